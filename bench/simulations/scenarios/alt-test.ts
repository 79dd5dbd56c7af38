import { altTest } from "../../../src/lib/calibration/alt-test.js";
import { randomInteger } from "../../../src/lib/util/random.js";
import { defineScenario } from "../frame/scenario.js";

/** Chance that a rater gives a grade at random instead of the true one. */
const slips = 0.15;
const epsilon = 0.2;

/**
 * The judge's error rate at which its winning rate is exactly epsilon below a rater's: the null hypothesis of the test at
 * its boundary. Grades are counted from the true one; a judge that errs gives the next.
 */
function boundaryError(): number {
  const raterShare = (offset: number) => (offset === 0 ? 1 - slips + slips / 5 : slips / 5);
  const gap = (judge: number) => {
    let [total, offsets] = [0, [0, 1, 2, 3, 4]];
    for (const own of offsets) {
      for (const second of offsets) {
        for (const third of offsets) {
          const close = (grade: number) => Number(grade === second) + Number(grade === third);
          const chance = raterShare(own) * raterShare(second) * raterShare(third);
          total += chance * (Number(close(own) >= close(judge)) - Number(close(judge) >= close(own)));
        }
      }
    }
    return total;
  };
  return (epsilon - gap(0)) / (gap(1) - gap(0));
}

/** A judge exactly at the boundary must pass in at most 5% of studies, however many rows an item has. */
export const altTestScenario = defineScenario({
  name: "alt-test-at-the-boundary",
  ground: "hard",
  title: {
    en: "Alternative annotator test: a judge that should not pass",
    zh: "替代标注者检验：本不应通过的评审模型",
  },
  fullRuns: 1000,
  smallRuns: 60,
  measures: {
    passes: {
      label: { en: "judges that pass", zh: "通过的评审模型" },
      kind: "rate",
      each: { most: 0.05 },
    },
  },
  settings: [
    [300, 1, 1],
    [290, 5, 0.8],
    [100, 15, 0.8],
    [290, 5, 0.4],
  ].map(([items = 0, rows = 0, shared = 0]) => ({
    label: {
      en: `${items} items with ${rows} row${rows > 1 ? "s" : ""}, ${Math.round(100 * shared)}% of the errors shared`,
      zh: `${items} 题，每题 ${rows} 行，${Math.round(100 * shared)}% 的错误相同`,
    },
    ...{ items, rows, shared },
  })),
  prepare: ({ items, rows, shared }, random, record) => {
    const error = boundaryError();
    return () => {
      const ratings: number[][] = [];
      const judge: number[] = [];
      const clusters: string[] = [];
      for (let item = 0; item < items; item += 1) {
        const itemErrs = random() < error;
        for (let row = 0; row < rows; row += 1) {
          const truth = randomInteger(random, 5);
          ratings.push([0, 1, 2].map(() => (random() < slips ? randomInteger(random, 5) : truth)));
          const errs = random() < shared ? itemErrs : random() < error;
          judge.push(errs ? (truth + 1) % 5 : truth);
          clusters.push(String(item));
        }
      }
      record.event("passes", altTest(ratings, judge, { epsilon, clusters }).passed === true);
    };
  },
});
