import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import { type BiasOptions, biasOf, panelRows, selfConsistency } from "./bias-rows.js";
import type { CriterionUnits } from "./criteria.js";
import { positionRows } from "./position-rows.js";

/** Writes `judge_bias`: effects measured with people's ratings, and effects that verdicts alone show. */
export async function writeBias(
  { engine, draft }: StageTools,
  criteria: readonly CriterionUnits[],
  options: BiasOptions,
) {
  const rows = [
    ...criteria.flatMap(({ units }) => biasOf(units, options)),
    ...(await selfConsistency(engine, options.confidence)),
    ...(await positionRows(engine, options.confidence)),
    ...(await panelRows(engine)),
  ];
  await writeRows(engine, "judge_bias", rows, draft.path("judge_bias", "0000.parquet"));
}
