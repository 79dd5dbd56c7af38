import type { MetricVersion } from "../../../src/lib/catalogue/schema.js";
import type { MomentEstimate } from "../../../src/lib/stats/cluster-moments.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { tCritical } from "../../../src/lib/util/special.js";
import type { Engine } from "../../warehouse/engine.js";

/** How far people's grades lie from a judge's on the rated answers of one run, and how sure that is. */
export interface Rectifier {
  /** People less judge, on the scale of scores. */
  readonly shift: number;
  readonly standardError: number;
}

/** Rectifiers by run, then by `overall` or dimension id; a run of which nobody rated enough answers has none. */
export async function rectifiersOf(
  engine: Engine,
  judge: string | null,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Rectifier>>> {
  const rows = await engine.rows<{ run_id: string; place: string; shift: number; standard_error: number }>(
    `SELECT run_id, CASE scope WHEN 'overall' THEN 'overall' ELSE name END AS place, rectifier AS shift, rectifier_se AS standard_error
     FROM corrected_scores
     WHERE judge = $judge AND scope IN ('overall', 'dimension') AND status = 'corrected' AND rectifier_se IS NOT NULL
     QUALIFY row_number() OVER (PARTITION BY run_id, scope, name ORDER BY n_rated DESC, rubric_version) = 1`,
    { judge },
  );
  const byRun = new Map<string, Map<string, Rectifier>>();
  for (const { run_id, place, shift, standard_error } of rows) {
    const own = byRun.get(run_id) ?? new Map<string, Rectifier>();
    byRun.set(run_id, own.set(place, { shift, standardError: standard_error }));
  }
  return byRun;
}

/** Share of a dataset's score that rests on the judge's grades, in [0, 1]. */
export function judgedShare(version: MetricVersion | undefined): number {
  const components = version?.components ?? [];
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const judged = components
    .filter(({ scorer }) => scorer === "judge")
    .reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : judged / total;
}

/** A composite of which `share` rests on the judge's grades, moved by what the rated answers show; in [0, 1]. */
export const correctedBy = (estimate: number, share: number, { shift }: Rectifier): number =>
  clamp(estimate + share * shift);

/**
 * A composite as people would have graded its judged part: the judge's grades moved by what the rated answers show, and an
 * interval that carries both the spread over items and the judge's error. Key points keep the judge's matching: nobody
 * rated it. The rectifier of a scope is taken to hold for all judged tasks in it. The quantile is the composite's own
 * (Satterthwaite), which is the wider choice.
 *
 * @param share part of the composite that rests on the judge's grades
 *
 * @returns nulls where the composite or the rectifier is missing
 */
export function withJudgeError(
  {
    estimate,
    standardError,
    degreesOfFreedom,
  }: Pick<MomentEstimate, "estimate" | "standardError" | "degreesOfFreedom">,
  share: number,
  rectifier: Rectifier | undefined,
  confidence: number,
) {
  if (
    estimate === null ||
    standardError === null ||
    degreesOfFreedom === null ||
    share === 0 ||
    rectifier === undefined
  ) {
    return { corrected: null, corrected_lower: null, corrected_upper: null };
  }
  const corrected = correctedBy(estimate, share, rectifier);
  const half =
    tCritical(confidence, degreesOfFreedom) * Math.hypot(standardError, share * rectifier.standardError);
  return {
    corrected,
    corrected_lower: clamp(corrected - half),
    corrected_upper: clamp(corrected + half),
  };
}
