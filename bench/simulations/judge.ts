import { ppiMean } from "../../src/lib/calibration/ppi.js";
import { clusteredPpiMean } from "../../src/lib/calibration/ppi-clustered.js";
import { stratifiedPpiMean } from "../../src/lib/calibration/ppi-stratified.js";
import { clusterMean } from "../../src/lib/stats/cluster-mean.js";
import { createRandom, type Random, randomNormal } from "../../src/lib/util/random.js";
import { CoverageCount, containsTruth, naive, type Scenario, sound } from "./coverage-result.js";
import { clusterNormal } from "./grouped-items.js";

/** A physician's score around 3.4 and a judge that is 0.4 too lenient and flattens the scale. */
function item(random: Random, quality: number): { readonly human: number; readonly judge: number } {
  const human = 3.4 + quality + 0.4 * randomNormal(random);
  return { human, judge: 3.8 + 0.7 * (human - 3.4) + 0.4 * randomNormal(random) };
}

/** 100 rated and 1,000 unrated answers, a lenient judge. */
export const biasedJudgeScenario: Scenario = (runs, seed) => {
  const random = createRandom(`biased judge ${seed}`);
  const count = new CoverageCount("mean with a lenient judge, 100 rated of 1,100");
  for (let run = 0; run < runs; run += 1) {
    const rated = Array.from({ length: 100 }, () => item(random, 0.8 * randomNormal(random)));
    const unrated = Array.from({ length: 1000 }, () => item(random, 0.8 * randomNormal(random)));
    const human = rated.map((each) => each.human);
    const judge = rated.map((each) => each.judge);
    const judgeOnly = unrated.map((each) => each.judge);
    const all = [...judge, ...judgeOnly];
    count.add("PPI++", sound, containsTruth(ppiMean(human, judge, judgeOnly), 3.4));
    count.add("PPI", sound, containsTruth(ppiMean(human, judge, judgeOnly, { lambda: 1 }), 3.4));
    const trusting = clusterMean(
      all,
      all.map(() => 1),
    );
    count.add("judge taken as truth", naive, containsTruth(trusting, 3.4));
  }
  return count.results();
};

/** Ratings spread evenly over four specialties of very unequal size and quality. */
export const stratifiedJudgeScenario: Scenario = (runs, seed) => {
  const random = createRandom(`stratified judge ${seed}`);
  const count = new CoverageCount("stratified mean, 40 rated in each of 4 specialties");
  const sizes = [1200, 500, 200, 100];
  const quality = [0.4, 0, -0.4, -1];
  const truth = 3.4 + sizes.reduce((total, size, s) => total + (size / 2000) * quality[s]!, 0);
  for (let run = 0; run < runs; run += 1) {
    const strata = sizes.map((size, s) => {
      const draw = (n: number) =>
        Array.from({ length: n }, () => item(random, quality[s]! + 0.6 * randomNormal(random)));
      const rated = draw(40);
      return {
        name: `specialty ${s}`,
        weight: size,
        human: rated.map((each) => each.human),
        judge: rated.map((each) => each.judge),
        judgeUnlabeled: draw(size - 40).map((each) => each.judge),
      };
    });
    const pooled = ppiMean(
      strata.flatMap((stratum) => stratum.human),
      strata.flatMap((stratum) => stratum.judge),
      strata.flatMap((stratum) => stratum.judgeUnlabeled),
    );
    count.add("stratified PPI++", sound, containsTruth(stratifiedPpiMean(strata), truth));
    count.add("strata pooled as one random sample", naive, containsTruth(pooled, truth));
  }
  return count.results();
};

/** 60 rated questions with five variants each, 300 unrated ones. */
export const clusteredJudgeScenario: Scenario = (runs, seed) => {
  const random = createRandom(`clustered judge ${seed}`);
  const count = new CoverageCount("grouped mean, 60 of 360 questions rated, 5 variants");
  for (let run = 0; run < runs; run += 1) {
    const rows = Array.from({ length: 360 }, (_, cluster) =>
      clusterNormal(random, 0.7, 0.3, 5).map((quality) => {
        const { human, judge } = item(random, quality);
        return { cluster, judge, human: cluster < 60 ? human : null };
      }),
    ).flat();
    const rated = rows.filter((row) => row.human !== null);
    const plain = ppiMean(
      rated.map((row) => row.human),
      rated.map((row) => row.judge),
      rows.filter((row) => row.human === null).map((row) => row.judge),
    );
    count.add("clustered PPI++", sound, containsTruth(clusteredPpiMean(rows), 3.4));
    count.add("rows taken as independent", naive, containsTruth(plain, 3.4));
  }
  return count.results();
};
