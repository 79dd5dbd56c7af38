import { ratingSampleSize } from "../../../src/lib/agreement/rating-sample-size.js";
import { requireKnown } from "../../../src/lib/util/known-names.js";
import type { Engine } from "../../warehouse/engine.js";
import {
  type AssumedDisagreements,
  type PlannedDisagreements,
  plannedDisagreements,
} from "./pilot-disagreements.js";

export interface PlanRow {
  readonly [column: string]: unknown;
  readonly specialty: string;
  readonly rated_items: number;
  readonly wanted_items: number | null;
  readonly more: number | null;
}

export interface RatingPlan {
  readonly rows: readonly PlanRow[];
  readonly disagreements: PlannedDisagreements;
}

export interface RatingPlanOptions {
  readonly criterion?: string;
  readonly kappa: number;
  readonly halfWidth: number;
  /** Default: of the ratings so far where there are enough, otherwise normal. */
  readonly disagreements?: AssumedDisagreements;
}

/**
 * How many more answers each specialty needs so that the interval of the judge's kappa has the wanted half-width, with one
 * physician per answer, given the spread of physicians' grades there (of all specialties together where there are fewer than ten
 * grades) and how far apart unequal grades are.
 *
 * @param criterion default: the only one that was rated, or safety
 * @throws InputError if the criterion has no ratings
 */
export async function ratingPlan(
  engine: Engine,
  { criterion: asked, kappa, halfWidth, disagreements: wanted }: RatingPlanOptions,
): Promise<RatingPlan> {
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
  const values = [...new Set(rows.flatMap(({ value }) => (value === null ? [] : [value])))].sort(
    (a, b) => a - b,
  );
  const disagreements = await plannedDisagreements(engine, { criterion, values, asked: wanted });
  const shares = (own: typeof rows): number[] => {
    const total = own.reduce((sum, { n }) => sum + n, 0);
    return values.map(
      (value) => own.filter((row) => row.value === value).reduce((sum, { n }) => sum + n, 0) / total,
    );
  };
  const { shares: apart } = disagreements;
  const wantedItems = (pi: readonly number[]) => {
    const plan = { kappa, halfWidth };
    const planned = apart === undefined ? null : ratingSampleSize(pi, { ...plan, disagreements: apart });
    // Where a specialty's grades leave no room for the pilot's disagreements, normal errors do.
    return planned?.n ?? ratingSampleSize(pi, plan).n;
  };
  const plans = [...new Set(rows.map(({ specialty }) => specialty))].map((specialty) => {
    const own = rows.filter((row) => row.specialty === specialty);
    const rated = own.reduce((sum, { n }) => sum + n, 0);
    const pi = shares(rated >= 10 ? own : rows);
    const n = pi.length < 2 || pi.some(Number.isNaN) ? null : wantedItems(pi);
    const items = Math.max(...own.map((row) => row.items));
    return {
      specialty,
      rated_items: items,
      wanted_items: n,
      more: n === null ? null : Math.max(0, n - items),
    };
  });
  return { rows: plans, disagreements };
}
