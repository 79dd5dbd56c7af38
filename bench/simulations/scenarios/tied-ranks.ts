import { stratumCovariance } from "../../../src/lib/ranking/composite-covariance.js";
import { compositeRankSets } from "../../../src/lib/ranking/composite-ranks.js";
import { randomNormal } from "../../../src/lib/util/random.js";
import { mean, sum } from "../../../src/lib/util/sum.js";
import { defineScenario, joint } from "../frame/scenario.js";

/** Systems of the same ability on few questions of shared difficulty: every order that a set of ranks implies is false. */
export const tiedRanksScenario = defineScenario({
  name: "ranks-of-equal-systems",
  ground: "hard",
  title: {
    en: "Possible ranks of equally good systems, few questions",
    zh: "同样好的系统的可能名次，题目很少",
  },
  fullRuns: 800,
  smallRuns: 40,
  measures: {
    sets: {
      label: { en: "rank sets, all at once", zh: "名次集合，全部同时成立" },
      kind: "coverage",
      each: joint,
    },
  },
  settings: [
    [8, 1, 12],
    [8, 2, 12],
    [8, 2, 30],
    [15, 2, 30],
    [15, 5, 30],
  ].map(([systems = 0, datasets = 0, groups = 0]) => ({
    label: {
      en: `${systems} systems, ${datasets} datasets of ${groups} questions`,
      zh: `${systems} 个系统，${datasets} 个数据集，各 ${groups} 题`,
    },
    ...{ systems, datasets, groups },
  })),
  prepare: ({ systems, datasets, groups }, random, record) => {
    const names = Array.from({ length: systems }, (_, s) => `s${s}`);
    const numbers = Array.from({ length: groups }, (_, g) => g);
    return () => {
      const strata = Array.from({ length: datasets }, () => {
        const chances = numbers.map(() => 1 / (1 + Math.exp(-0.3 - 0.9 * randomNormal(random))));
        const boards = names.map(() => ({
          groups: numbers,
          sums: chances.map((chance) => (random() < chance ? 1 : 0)),
          sizes: numbers.map(() => 1),
        }));
        return {
          ...stratumCovariance(boards),
          means: boards.map(({ sums }) => mean(sums)),
          weight: 1 / datasets,
        };
      });
      const estimates = names.map((_, s) =>
        sum(strata.map(({ means, weight }) => weight * (means[s] as number))),
      );
      const { better, sets } = compositeRankSets(names, estimates, strata);
      const wrong = better.some((row) => row.some(Boolean));
      record.event("sets", !wrong, mean(sets.map(({ best, worst }) => worst - best)));
    };
  },
});
