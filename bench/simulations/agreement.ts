import { cohenKappa } from "../../src/lib/agreement/cohen-kappa.js";
import { fisherInterval } from "../../src/lib/agreement/fisher-interval.js";
import { drawMultinomial } from "../../src/lib/stats/bootstrap-multinomial.js";
import { createRandom } from "../../src/lib/util/random.js";
import { CoverageCount, containsTruth, type Scenario, sound } from "./coverage-result.js";

/** The plain large-sample interval of kappa is known to cover too little on a few dozen items. */
const smallSample = { lowest: 0.9, highest: 0.97 };

/** Two raters with margins 0.5, 0.3, 0.2 and kappa 0.6 on 40, 100 and 1,000 items. */
export const kappaScenario: Scenario = (runs, seed) => {
  const random = createRandom(`kappa ${seed}`);
  const truth = 0.6;
  const margins = [0.5, 0.3, 0.2];
  const cells = margins.flatMap((row, i) =>
    margins.map((column, j) => row * column * (1 - truth) + (i === j ? truth * row : 0)),
  );
  return [40, 100, 1000].flatMap((n) => {
    const count = new CoverageCount(`kappa 0.6 on ${n} items`);
    const counts = new Float64Array(cells.length);
    for (let run = 0; run < runs; run += 1) {
      drawMultinomial(random, n, cells, counts);
      const table = margins.map((_, i) => [...counts.subarray(i * 3, i * 3 + 3)]);
      const kappa = cohenKappa(table);
      count.add("large-sample interval", n < 100 ? smallSample : sound, containsTruth(kappa, truth));
      count.add(
        "interval on Fisher's z",
        sound,
        containsTruth(fisherInterval(kappa.estimate, kappa.standardError), truth),
      );
    }
    return count.results();
  });
};
