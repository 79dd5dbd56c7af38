import { clusterMean } from "../../src/lib/stats/cluster-mean.js";
import { compositeClusterInterval } from "../../src/lib/stats/composite.js";
import { stratifiedCompositeBootstrap } from "../../src/lib/stats/stratified-bootstrap.js";
import { createRandom } from "../../src/lib/util/random.js";
import { CoverageCount, containsTruth, naive, type Scenario, sound } from "./coverage-result.js";
import { asRows, groupedScores } from "./grouped-items.js";

/** One dataset of 50 questions with five variants each. */
export const clusterMeanScenario: Scenario = (runs, seed) => {
  const random = createRandom(`cluster mean ${seed}`);
  const count = new CoverageCount("mean over 50 groups of 5 variants");
  for (let run = 0; run < runs; run += 1) {
    const truth = 0.65;
    const scores = groupedScores(random, truth, 50);
    const rows = asRows(scores);
    count.add("cluster-robust t", sound, containsTruth(clusterMean(scores.sums, scores.sizes), truth));
    count.add("rows taken as independent", naive, containsTruth(clusterMean(rows.sums, rows.sizes), truth));
  }
  return count.results();
};

/** Datasets per dimension: 60 in all, the composite being the mean over dimensions of the mean over datasets. */
const dimensionSizes = [20, 15, 12, 8, 5];

/** The benchmark's composite: 60 datasets of 30 questions with five variants each, five dimensions. */
export const compositeScenario: Scenario = (runs, seed) => {
  const random = createRandom(`composite ${seed}`);
  const count = new CoverageCount("composite of 60 datasets x 30 groups of 5");
  const design = dimensionSizes.flatMap((size) =>
    Array.from({ length: size }, () => ({
      weight: 1 / (dimensionSizes.length * size),
      mean: 0.3 + 0.6 * random(),
    })),
  );
  const truth = design.reduce((total, { weight, mean }) => total + weight * mean, 0);
  for (let run = 0; run < runs; run += 1) {
    const strata = design.map(({ weight, mean }) => ({ ...groupedScores(random, mean, 30), weight }));
    const rows = strata.map((stratum) => ({ ...asRows(stratum), weight: stratum.weight }));
    count.add("cluster-robust composite", sound, containsTruth(compositeClusterInterval(strata), truth));
    count.add("rows taken as independent", naive, containsTruth(compositeClusterInterval(rows), truth));
    // The bootstrap costs hundreds of times more; a quarter of the runs is enough to measure it.
    if (run % 4 === 0) {
      const bootstrap = stratifiedCompositeBootstrap(strata, { replicates: 500, seed: run });
      count.add("stratified bootstrap over groups", sound, containsTruth(bootstrap, truth));
    }
  }
  return count.results();
};
