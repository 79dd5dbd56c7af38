import type { Rectifier } from "../../../src/lib/calibration/judge-error.js";
import type { Engine } from "../../warehouse/engine.js";

/**
 * Rectifiers by run, then by `overall` or dimension id: from the judge version that the run's scores use. A run without enough
 * rated answers has none.
 */
export async function rectifiersOf(
  engine: Engine,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Rectifier>>> {
  const rows = await engine.rows<{ run_id: string; place: string; shift: number; standard_error: number }>(
    `SELECT run_id, CASE scope WHEN 'overall' THEN 'overall' ELSE name END AS place, rectifier AS shift, rectifier_se AS standard_error
     FROM corrected_scores
     SEMI JOIN scored_verdicts USING (run_id, judge, rubric_version, prompt_hash)
     WHERE scope IN ('overall', 'dimension') AND status = 'corrected' AND rectifier_se IS NOT NULL
     QUALIFY row_number() OVER (PARTITION BY run_id, scope, name ORDER BY n_rated DESC, rubric_version, prompt_hash) = 1`,
  );
  const byRun = new Map<string, Map<string, Rectifier>>();
  for (const { run_id, place, shift, standard_error } of rows) {
    const own = byRun.get(run_id) ?? new Map<string, Rectifier>();
    byRun.set(run_id, own.set(place, { shift, standardError: standard_error }));
  }
  return byRun;
}
