import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import { compositeClusterInterval, type WeightedStratum } from "../../../src/lib/stats/composite.js";
import {
  stratifiedCompositeBootstrap,
  stratifiedCompositesBootstrap,
} from "../../../src/lib/stats/stratified-bootstrap.js";
import { createRandom } from "../../../src/lib/util/random.js";

/** A benchmark of datasets whose groups of five variants share a latent easiness. */
function benchmark(seed: number, nStrata: number, nGroups: number): WeightedStratum[] {
  const random = createRandom(seed);
  return Array.from({ length: nStrata }, () => {
    const sums = Array.from({ length: nGroups }, () => {
      const easy = random() < 0.6 ? 0.9 : 0.2;
      return Array.from({ length: 5 }, () => (random() < easy ? 1 : 0)).reduce<number>((a, b) => a + b, 0);
    });
    return { sums, sizes: sums.map(() => 5), weight: 1 };
  });
}

const stratum = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((groups) => ({ sums: groups.map(([s]) => s), sizes: groups.map(([, n]) => n), weight: 1 }));

describe("compositeClusterInterval", () => {
  it("equals the cluster-robust interval for one stratum", () => {
    fc.assert(
      fc.property(stratum, (one) => {
        const whole = compositeClusterInterval([one]);
        const alone = clusterMean(one.sums, one.sizes);
        expect(whole.standardError!).toBeCloseTo(alone.standardError!, 12);
        expect(whole.upper!).toBeCloseTo(alone.upper!, 10);
      }),
    );
  });

  it("does not change when all weights are multiplied", () => {
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.01, max: 99, noNaN: true }),
        (strata, k) => {
          const scaled = compositeClusterInterval(strata.map((s) => ({ ...s, weight: k })));
          expect(scaled.estimate!).toBeCloseTo(compositeClusterInterval(strata).estimate!, 12);
          expect(scaled.standardError!).toBeCloseTo(compositeClusterInterval(strata).standardError!, 12);
        },
      ),
    );
  });

  it("adds the variances of independent strata: two equal ones halve the variance and double the degrees of freedom", () => {
    const one = { sums: [1, 0, 1, 1], sizes: [1, 1, 1, 1], weight: 1 };
    const single = compositeClusterInterval([one]);
    const pair = compositeClusterInterval([one, one]);
    expect(pair.standardError!).toBeCloseTo(single.standardError! / Math.SQRT2, 14);
    expect(pair.degreesOfFreedom!).toBeCloseTo(6, 10);
  });

  it("counts a stratum with one group and adds no variance for it", () => {
    const one = { sums: [1, 0, 1, 1], sizes: [1, 1, 1, 1], weight: 1 };
    const mixed = compositeClusterInterval([one, { sums: [3], sizes: [5], weight: 1 }]);
    expect(mixed.estimate!).toBeCloseTo((0.75 + 0.6) / 2, 14);
    expect(mixed.standardError!).toBeCloseTo(compositeClusterInterval([one]).standardError! / 2, 14);
    expect(mixed.nSingletonStrata).toBe(1);
  });

  it("is undefined, naming the stratum, if a stratum with positive weight is empty", () => {
    const result = compositeClusterInterval([
      { sums: [1, 0], sizes: [1, 1], weight: 1 },
      { sums: [], sizes: [], weight: 1 },
    ]);
    expect(result).toMatchObject({ estimate: null, lower: null, reason: "stratum 1 has no scored group" });
  });

  it("throws for negative weights and for weights that sum to 0", () => {
    expect(() => compositeClusterInterval([{ sums: [1], sizes: [1], weight: 0 }])).toThrow(/sum to 0/);
    expect(() => compositeClusterInterval([{ sums: [1], sizes: [1], weight: -1 }])).toThrow(/weight 0 is -1/);
  });
});

describe("stratifiedCompositeBootstrap", () => {
  it("agrees with the analytic error of 60 datasets of 30 groups within 5 %", () => {
    const strata = benchmark(11, 60, 30);
    const analytic = compositeClusterInterval(strata, { type: "CR0" });
    const drawn = stratifiedCompositeBootstrap(strata, { replicates: 4000, seed: 4 });
    expect(drawn.standardError! / analytic.standardError!).toBeGreaterThan(0.95);
    expect(drawn.standardError! / analytic.standardError!).toBeLessThan(1.05);
    expect(drawn.estimate).toBe(analytic.estimate);
  });

  it("draws whole groups when all scores differ and cells when they repeat, with the same spread", () => {
    const repeated = benchmark(5, 3, 40);
    // Noise far below the spread makes every group its own cell, which selects the other code path.
    const distinct = repeated.map((s) => ({ ...s, sums: s.sums.map((value, g) => value + g * 1e-9) }));
    const [a, b] = [repeated, distinct].map((strata) =>
      stratifiedCompositeBootstrap(strata, { replicates: 8000, seed: 1 }),
    );
    expect(a!.standardError! / b!.standardError!).toBeGreaterThan(0.95);
    expect(a!.standardError! / b!.standardError!).toBeLessThan(1.05);
  });

  it("is close to a normal interval with its own error, whichever way groups are drawn", () => {
    const repeated = benchmark(5, 3, 40);
    const distinct = repeated.map((s) => ({ ...s, sums: s.sums.map((value, g) => value + g * 1e-9) }));
    for (const strata of [repeated, distinct]) {
      const { estimate, lower, upper, standardError } = stratifiedCompositeBootstrap(strata, {
        replicates: 8000,
        seed: 2,
      });
      // Means of 120 groups are close to normal: the ends within a fifth of a standard error of where they would be.
      expect(Math.abs(lower! - (estimate! - 1.96 * standardError!))).toBeLessThan(0.2 * standardError!);
      expect(Math.abs(upper! - (estimate! + 1.96 * standardError!))).toBeLessThan(0.2 * standardError!);
    }
  });

  it("draws only groups with scored rows", () => {
    const run = (stratum: WeightedStratum) => stratifiedCompositeBootstrap([stratum], { replicates: 100 });
    const few = { sums: [1, 0, 1], sizes: [1, 1, 2], weight: 1 };
    const many = { sums: [1.5, 0.25, 1, 2, 0.75], sizes: [2, 1, 2, 3, 1], weight: 1 };
    for (const { sums, sizes, weight } of [few, many]) {
      const padded = { sums: [0, ...sums, 0], sizes: [0, ...sizes, 0], weight };
      expect(run(padded).standardError).toBe(run({ sums, sizes, weight }).standardError);
    }
  });

  it("gives a composite the same interval as on its own, whatever strata the others leave out", () => {
    const strata = benchmark(6, 3, 20);
    const options = { replicates: 200, seed: 3 };
    const [together] = stratifiedCompositesBootstrap(
      strata,
      [
        [1, 2, 3],
        [0, 0, 1],
        [0, 1, 0],
      ],
      options,
    );
    const alone = stratifiedCompositeBootstrap(
      strata.map((stratum, h) => ({ ...stratum, weight: h + 1 })),
      options,
    );
    expect(together).toEqual(alone);
  });

  it("gives several composites from the same draws: equal weightings give equal intervals", () => {
    const strata = benchmark(3, 4, 10);
    const [overall, again, first] = stratifiedCompositesBootstrap(
      strata,
      [
        [1, 1, 1, 1],
        [2, 2, 2, 2],
        [1, 0, 0, 0],
      ],
      { replicates: 300, seed: "s" },
    );
    expect(again!.lower!).toBeCloseTo(overall!.lower!, 12);
    expect(first!.nClusters).toBe(10);
    expect(overall!.nClusters).toBe(40);
  });

  it("keeps composites defined if they give an empty stratum no weight", () => {
    const strata = [
      { sums: [1, 0, 1], sizes: [1, 1, 1] },
      { sums: [], sizes: [] },
    ];
    const [all, part] = stratifiedCompositesBootstrap(
      strata,
      [
        [1, 1],
        [1, 0],
      ],
      { replicates: 50 },
    );
    expect(all).toMatchObject({ estimate: null, lower: null, reason: "stratum 1 has no scored group" });
    expect(part!.estimate).toBeCloseTo(2 / 3, 14);
    expect(part!.lower).not.toBeNull();
  });

  it("gives no error if every stratum has one group", () => {
    const result = stratifiedCompositeBootstrap([{ sums: [1], sizes: [2], weight: 1 }], { replicates: 20 });
    expect(result).toMatchObject({ estimate: 0.5, lower: null, standardError: null });
    expect(result.reason).toMatch(/one group/);
  });

  it("gives the same result for the same seed, and a stratum added at the end does not change the others' draws", () => {
    const strata = benchmark(8, 3, 12);
    const run = (list: readonly WeightedStratum[]) =>
      stratifiedCompositesBootstrap(list, [list.map((_, h) => (h === 0 ? 1 : 0))], {
        replicates: 200,
        seed: 7,
      })[0];
    expect(run(strata)!.lower).toBe(run(strata.slice(0, 2))!.lower);
  });
});
