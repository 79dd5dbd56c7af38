import { expect, it } from "vitest";
import { compositeClusterInterval, type WeightedStratum } from "../../../src/lib/stats/composite.js";
import { createRandom, type Random } from "../../../src/lib/util/random.js";

// Every group is easy (each of its five variants right with 0.9) or hard (0.2): the truth is 0.6 * 0.9 + 0.4 * 0.2.
const truth = 0.62;

function drawBenchmark(random: Random): WeightedStratum[] {
  return Array.from({ length: 60 }, () => {
    const sums = Array.from({ length: 30 }, () => {
      const right = random() < 0.6 ? 0.9 : 0.2;
      let total = 0;
      for (let variant = 0; variant < 5; variant += 1) if (random() < right) total += 1;
      return total;
    });
    return { sums, sizes: sums.map(() => 5), weight: 1 };
  });
}

/** The same rows, treating every variant as a separate question. */
function ignoreGroups({ sums, weight }: WeightedStratum): WeightedStratum {
  const rows = sums.flatMap((total) => Array.from({ length: 5 }, (_, variant) => (variant < total ? 1 : 0)));
  return { sums: rows, sizes: rows.map(() => 1), weight };
}

it("95 % intervals of the composite contain the truth about 95 times in 100; row-level intervals do not", () => {
  const random = createRandom("coverage of the composite");
  const simulations = 400;
  let grouped = 0;
  let naive = 0;
  for (let s = 0; s < simulations; s += 1) {
    const strata = drawBenchmark(random);
    const holds = (interval: { readonly lower: number | null; readonly upper: number | null }) =>
      interval.lower! <= truth && truth <= interval.upper!;
    if (holds(compositeClusterInterval(strata))) grouped += 1;
    if (s % 4 === 0 && holds(compositeClusterInterval(strata.map(ignoreGroups)))) naive += 1;
  }
  // Three binomial standard errors of 0.95 over 400 runs are 3.3 %.
  expect(grouped / simulations).toBeGreaterThan(0.917);
  expect(grouped / simulations).toBeLessThan(0.983);
  // Variants share half of their variance, so rows claim 1 / sqrt(3) of the error: coverage near 74 %.
  expect(naive / (simulations / 4)).toBeLessThan(0.87);
});
