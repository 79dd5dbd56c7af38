import { pairedDifferences } from "../../../src/lib/ranking/paired-differences.js";
import { rankSets } from "../../../src/lib/ranking/rank-sets.js";
import { systemCovariance } from "../../../src/lib/ranking/system-covariance.js";
import { randomNormal } from "../../../src/lib/util/random.js";
import { mean } from "../../../src/lib/util/sum.js";
import { defineScenario, failing, joint } from "../frame/scenario.js";

/**
 * Fifteen systems on the same 300 items, in three groups of five equally able ones: the hardest case for statements
 * about an order, because any order within a group is false. Rank sets are jointly correct if they imply no false order.
 */
export const rankScenario = defineScenario({
  name: "ranks-on-many-items",
  ground: "easy",
  title: {
    en: "Possible ranks of 15 systems, five of them equal at a time",
    zh: "15 个系统的可能名次，每五个同样好",
  },
  fullRuns: 600,
  smallRuns: 60,
  measures: {
    sets: {
      label: { en: "rank sets, all at once", zh: "名次集合，全部同时成立" },
      kind: "coverage",
      each: joint,
    },
    pairs: {
      label: { en: "pairs compared one by one", zh: "逐对比较" },
      kind: "coverage",
      each: failing,
    },
  },
  settings: [{ label: { en: "300 items", zh: "300 题" } }],
  prepare: (_, random, record) => {
    const truth = Array.from({ length: 15 }, (__, s) => 0.1 * Math.floor(s / 5));
    const systems = truth.map((__, s) => `s${s}`);
    const isFalse = (better: number, worse: number) => (truth[better] as number) <= (truth[worse] as number);
    return () => {
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
      const { better, sets } = rankSets(systems, board.estimates, covariance, {
        degreesOfFreedom: board.degreesOfFreedom as number,
      });
      const wrong = better.some((row, i) => row.some((shown, j) => shown && isFalse(i, j)));
      record.event("sets", !wrong, mean(sets.map(({ best, worst }) => worst - best)));
      const oneByOne = pairedDifferences(board).some(({ a, b, lower, upper }) => {
        const i = systems.indexOf(a);
        const j = systems.indexOf(b);
        return ((lower ?? 0) > 0 && isFalse(i, j)) || ((upper ?? 0) < 0 && isFalse(j, i));
      });
      record.event("pairs", !oneByOne);
    };
  },
});
