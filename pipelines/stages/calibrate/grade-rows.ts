import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import type { CriterionUnits } from "./criteria.js";

/** Writes `judge_grades`. */
export async function writeGrades({ engine, draft }: StageTools, criteria: readonly CriterionUnits[]) {
  await writeRows(
    engine,
    "judge_grades",
    criteria.flatMap(gradesOf),
    draft.path("judge_grades", "0000.parquet"),
  );
}

/** Counts of (judge, physician) values: the confusion matrix, and everything that a Bland-Altman plot needs. */
function gradesOf({ identity, units }: CriterionUnits) {
  const cells = new Map<
    string,
    { judge_value: number; people_value: number; n_ratings: number; clusters: Set<string> }
  >();
  for (const { verdict, ratings, cluster } of units) {
    for (const { value } of ratings) {
      const key = `${verdict}/${value}`;
      const cell = cells.get(key) ?? {
        judge_value: verdict,
        people_value: value,
        n_ratings: 0,
        clusters: new Set(),
      };
      cell.n_ratings += 1;
      cell.clusters.add(cluster);
      cells.set(key, cell);
    }
  }
  return [...cells.values()]
    .sort((a, b) => a.judge_value - b.judge_value || a.people_value - b.people_value)
    .map(({ clusters, ...cell }) => ({ ...identity, ...cell, n_groups: clusters.size }));
}
