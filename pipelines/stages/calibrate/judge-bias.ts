import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import { type BiasOptions, panelEffects, ratedEffects, selfConsistency } from "./bias-effects.js";
import type { CriterionUnits } from "./criteria.js";
import { positionEffects } from "./position-effects.js";

/** Writes `judge_bias`: effects measured with people's ratings, and effects that verdicts alone show. */
export async function writeBias(
  { engine, draft }: StageTools,
  criteria: readonly CriterionUnits[],
  options: BiasOptions,
) {
  const rows = [
    ...criteria.flatMap(({ units }) => ratedEffects(units, options)),
    ...(await selfConsistency(engine, options.confidence)),
    ...(await positionEffects(engine, options.confidence)),
    ...(await panelEffects(engine)),
  ];
  await writeRows(engine, "judge_bias", rows, draft.path("judge_bias", "0000.parquet"));
}
