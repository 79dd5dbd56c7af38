import { kappaSampleSize } from "../../../src/lib/stats/index.js";
import { requireKnown } from "../../../src/lib/util/known-names.js";
import type { Engine } from "../../warehouse/engine.js";

export interface PlanRow {
  readonly [column: string]: unknown;
  readonly specialty: string;
  readonly rated_items: number;
  readonly wanted_items: number | null;
  readonly more: number | null;
}

/**
 * How many more answers each specialty needs so that the interval of the judge's kappa has the wanted half-width, given the
 * spread of physicians' grades there (of all specialties together where there are fewer than ten grades).
 *
 * @param criterion default: the only one that was rated, or safety
 * @throws InputError if the criterion has no ratings
 */
export async function ratingPlan(
  engine: Engine,
  {
    criterion: asked,
    kappa,
    halfWidth,
  }: { readonly criterion?: string; readonly kappa: number; readonly halfWidth: number },
): Promise<PlanRow[]> {
  const rated = await engine.table("ratings", ["criterion"], { distinct: true, orderBy: ["criterion"] });
  const known = rated.map((row) => row.criterion);
  const criterion = asked ?? (known.length === 1 ? (known[0] as string) : "safety");
  requireKnown([criterion], known, {
    ...{ where: "rating-packet --criterion", what: "criterion", plural: "criteria" },
    remedy: "A plan needs ratings of the criterion.",
  });
  const rows = await engine.rows<{ specialty: string; value: number; n: number; items: number }>(
    `WITH tagged AS (
       SELECT coalesce(i.specialty_primary, '') AS specialty, r.value, concat_ws(chr(31), r.dataset, r.pool, coalesce(i.group_id, r.item_id)) AS item
       FROM ratings AS r LEFT JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
       WHERE r.criterion = $criterion AND r.value IS NOT NULL
     ), counted AS (SELECT specialty, count(DISTINCT item) AS items FROM tagged GROUP BY specialty)
     SELECT s.specialty, t.value, count(t.value) AS n, coalesce(any_value(c.items), 0) AS items
     FROM (SELECT DISTINCT coalesce(specialty_primary, '') AS specialty FROM items) AS s
     LEFT JOIN tagged AS t USING (specialty) LEFT JOIN counted AS c USING (specialty)
     GROUP BY s.specialty, t.value ORDER BY s.specialty, t.value`,
    { criterion },
  );
  const shares = (own: typeof rows): number[] => {
    const values = [...new Set(rows.flatMap(({ value }) => (value === null ? [] : [value])))].sort(
      (a, b) => a - b,
    );
    const total = own.reduce((sum, { n }) => sum + n, 0);
    return values.map(
      (value) => own.filter((row) => row.value === value).reduce((sum, { n }) => sum + n, 0) / total,
    );
  };
  return [...new Set(rows.map(({ specialty }) => specialty))].map((specialty) => {
    const own = rows.filter((row) => row.specialty === specialty);
    const rated = own.reduce((sum, { n }) => sum + n, 0);
    const pi = shares(rated >= 10 ? own : rows);
    const { n } =
      pi.length < 2 || pi.some(Number.isNaN)
        ? { n: null }
        : kappaSampleSize({ model: "common_margins", pi, weights: "quadratic" }, { kappa, halfWidth });
    const items = Math.max(...own.map((row) => row.items));
    return {
      specialty,
      rated_items: items,
      wanted_items: n,
      more: n === null ? null : Math.max(0, n - items),
    };
  });
}
