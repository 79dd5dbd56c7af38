import { InputError } from "../../../src/lib/errors.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Engine } from "../../warehouse/engine.js";

/** How far apart unequal grades are assumed to be: as in the ratings so far, as with normal errors, or these shares (1 grade apart, 2, ...). */
export type AssumedDisagreements = "pilot" | "normal" | readonly number[];

/** Shares of disagreements by distance for a plan, and where they come from. */
export interface PlannedDisagreements {
  /** Undefined: those of two raters with normal errors. */
  readonly shares: readonly number[] | undefined;
  readonly source: "pilot" | "normal" | "given";
  /** Pairs of unequal grades in the pilot. */
  readonly pairs: number;
}

/** With fewer pairs of unequal grades, their distances are no basis for a plan. */
const leastPairs = 30;

/**
 * The disagreements to plan with. Unless told otherwise, those of the judge version with the most rated answers, if at least 30 pairs
 * of a verdict and a rating differ, and normal errors if not.
 *
 * @param values all grades in order
 * @throws InputError if a pilot is asked for that has too few pairs
 */
export async function plannedDisagreements(
  engine: Engine,
  {
    criterion,
    values,
    asked,
  }: {
    readonly criterion: string;
    readonly values: readonly number[];
    readonly asked: AssumedDisagreements | undefined;
  },
): Promise<PlannedDisagreements> {
  if (asked !== undefined && typeof asked !== "string") return { shares: asked, source: "given", pairs: 0 };
  const apart = asked === "normal" ? [] : await pilotDistances(engine, criterion, values);
  const pairs = apart.reduce((total, n) => total + n, 0);
  if (pairs >= leastPairs) return { shares: apart.map((n) => n / pairs), source: "pilot", pairs };
  if (asked === "pilot") {
    throw new InputError(
      `rating-packet --disagreements pilot: ${pairs} verdicts differ from a physician's grade on ${criterion}; at least ${leastPairs} are needed`,
      { hint: "Leave the option out to plan with normal errors, or give shares such as 0.9,0.1." },
    );
  }
  return { shares: undefined, source: "normal", pairs };
}

/** How many unequal grades of the judge and a physician are 1, 2, ... grades apart. */
async function pilotDistances(
  engine: Engine,
  criterion: string,
  values: readonly number[],
): Promise<number[]> {
  const rows = await engine.rows<{ version: string; verdict: number; rating: number; n: number }>(
    `SELECT concat_ws(chr(31), j.judge, j.rubric_version, coalesce(j.prompt_hash, '')) AS version, j.value AS verdict, r.value AS rating, count(*) AS n
     FROM judgments AS j JOIN ratings AS r USING (run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, criterion, scale_min, scale_max)
     WHERE criterion = $criterion AND j.judge_repeat = 1 AND j.status = 'ok' AND r.value IS NOT NULL
     GROUP BY ALL ORDER BY ALL`,
    { criterion },
  );
  const size = (own: typeof rows) => own.reduce((total, { n }) => total + n, 0);
  const [most] = [...groupBy(rows, ({ version }) => version).values()].sort((a, b) => size(b) - size(a));
  const apart = values.slice(1).map(() => 0);
  for (const { verdict, rating, n } of most ?? []) {
    const [left, right] = [values.indexOf(verdict), values.indexOf(rating)];
    const distance = Math.abs(left - right);
    if (left < 0 || right < 0 || distance === 0) continue;
    apart[distance - 1] = (apart[distance - 1] ?? 0) + n;
  }
  return apart;
}
