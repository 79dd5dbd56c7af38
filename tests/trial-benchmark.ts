import type { SmallBenchmark } from "./stages/score/small-benchmark.js";

/**
 * Forty answers that two physicians rated, a model graded once, and another judge graded twice, at random. That judge agrees with
 * nobody: where its verdicts count, every table shows it.
 */
export function trialBenchmark(
  trial: string,
  { hasModel = true }: { readonly hasModel?: boolean } = {},
): SmallBenchmark {
  const ids = Array.from({ length: 40 }, (_, index) => String(index + 1));
  const of = (id: string) => ({ dataset: "Open", id, criterion: "quality", highest: 5 });
  const grade = (id: string) => 1 + (Number(id) % 5);
  return {
    datasets: { Open: [{ metric: "judge", scorer: "judge", weight: 1 }] },
    items: ids.map((id) => ({ dataset: "Open", id, gold: "reference" })),
    answers: ids.map((id) => ({ dataset: "Open", id, raw: "answer" })),
    verdicts: ids.flatMap((id) => [
      ...(hasModel ? [{ ...of(id), judge: "model", value: grade(id) }] : []),
      ...[1, 2].map((repeat) => ({
        ...of(id),
        judge: trial,
        repeat,
        value: 1 + ((Number(id) * 7 + repeat) % 4),
      })),
    ]),
    ratings: ids.flatMap((id) => ["r1", "r2"].map((rater) => ({ ...of(id), rater, value: grade(id) }))),
  };
}
