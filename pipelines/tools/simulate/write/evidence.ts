import type { SimulatedFile } from "../datasets.js";
import { criteria, judge } from "../grades.js";
import { judgeResponse } from "../judging.js";
import type { Population } from "../population.js";
import type { RatedResponse } from "../rating-sample.js";
import type { SimulatedRun } from "../systems.js";
import { filesOf } from "./answers.js";
import { itemsOf, jsonLine } from "./packs.js";
import { csvRow } from "./text-file.js";

/** Verdicts of the judge, one line per judged response and repeat; the mapping file unfolds them. */
export function* judgmentLines(
  population: Population,
  runs: readonly SimulatedRun[],
  files: readonly SimulatedFile[],
): Generator<string> {
  for (const run of runs) {
    for (const file of filesOf(run, files)) {
      if (!file.kind.judged) continue;
      for (const item of itemsOf(population, file, run.pool)) {
        const planned = population.response(run, item, 0);
        for (const { repeat, scores, keyPoints } of judgeResponse(population, run, item, planned)) {
          yield jsonLine({
            run: run.id,
            dataset: file.dataset,
            pool: run.pool,
            item: item.itemId,
            judge: judge.id,
            rubric: judge.rubric,
            repeat,
            scores,
            key_points: keyPoints,
          });
        }
      }
    }
  }
}

/** Physicians' ratings, one row per rater and response, one column per criterion. */
export function* ratingRows(sample: Iterable<RatedResponse>): Generator<string> {
  yield csvRow([
    "rater",
    "run",
    "dataset",
    "pool",
    "item",
    "stratum",
    ...criteria,
    "role",
    "blinded",
    "batch",
    "rated_at",
  ]);
  let day = 0;
  for (const { run, item, stratum, ratings } of sample) {
    day += 1;
    const ratedAt = `2026-03-${String(12 + Math.floor(day / 40)).padStart(2, "0")}`;
    for (const { rater, scores } of ratings) {
      const grades = criteria.map((criterion) => scores[criterion]);
      const response = [run.id, item.file.dataset, item.pool, item.itemId, stratum];
      yield csvRow([rater, ...response, ...grades, "physician", true, "calibration-2026-03", ratedAt]);
    }
  }
}
