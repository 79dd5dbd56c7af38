import { pairedDifferences } from "../../src/lib/ranking/paired-differences.js";
import { rankSets } from "../../src/lib/ranking/rank-sets.js";
import { systemCovariance } from "../../src/lib/ranking/system-covariance.js";
import { createRandom, randomNormal } from "../../src/lib/util/random.js";
import { CoverageCount, joint, naive, type Scenario } from "./coverage-result.js";

/**
 * Fifteen systems on the same 300 items, in three groups of five equally able ones: the hardest case for statements
 * about an order, because any order within a group is false. Rank sets are jointly correct if they imply no false order.
 */
export const rankScenario: Scenario = (runs, seed) => {
  const random = createRandom(`ranks ${seed}`);
  const count = new CoverageCount("ranks of 15 systems, equal in fives");
  const truth = Array.from({ length: 15 }, (_, s) => 0.1 * Math.floor(s / 5));
  const systems = truth.map((_, s) => `s${s}`);
  const isFalse = (better: number, worse: number) => truth[better]! <= truth[worse]!;
  for (let run = 0; run < runs; run += 1) {
    const sums = Array.from({ length: 300 }, () => {
      const difficulty = 0.5 * randomNormal(random);
      return truth.map((ability) => ability + difficulty + 0.4 * randomNormal(random));
    });
    const board = systemCovariance(
      systems,
      sums,
      sums.map(() => 1),
    );
    const covariance = board.covariance as readonly (readonly number[])[];
    const { better } = rankSets(systems, board.estimates, covariance, { draws: 2000, seed: run });
    const wrong = better.some((row, i) => row.some((shown, j) => shown && isFalse(i, j)));
    count.add("joint rank sets", joint, !wrong);
    const oneByOne = pairedDifferences(board).some(({ a, b, lower, upper }) => {
      const i = systems.indexOf(a);
      const j = systems.indexOf(b);
      return ((lower ?? 0) > 0 && isFalse(i, j)) || ((upper ?? 0) < 0 && isFalse(j, i));
    });
    count.add("pairs compared one by one", naive, !oneByOne);
  }
  return count.results();
};
