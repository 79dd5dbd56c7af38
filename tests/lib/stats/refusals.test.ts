import { describe, expect, it } from "vitest";
import {
  adjustPValues,
  agrestiCoullInterval,
  bootstrapClusterMean,
  bootstrapMultinomial,
  bootstrapTotals,
  bootstrapUnits,
  clopperPearsonInterval,
  clusterErrors,
  clusterMean,
  compositeClusterInterval,
  describe as describeValues,
  designEffect,
  differenceSampleSize,
  jeffreysInterval,
  kappaSampleSize,
  mcnemarTest,
  meanSampleSize,
  minimumDetectableDifference,
  pairedDifference,
  pairedPermutationTest,
  powerOfDifference,
  proportionSampleSize,
  stratifiedCompositeBootstrap,
  sumByCluster,
  tInterval,
  waldInterval,
  wilcoxonSignedRank,
  wilsonInterval,
} from "../../../src/lib/stats/index.js";
import { refusal } from "../../refusal.js";

const proportions = {
  wilsonInterval,
  clopperPearsonInterval,
  agrestiCoullInterval,
  jeffreysInterval,
  waldInterval,
};
const one = { sums: [1, 0], sizes: [1, 1], weight: 1 };
const design = { difference: 1, n: 9, sdDifference: 1 };
const even = { model: "margins2x2", p1: 0.5, p2: 0.5 } as const;

describe("with a confidence or power outside (0, 1)", () => {
  const takesConfidence: Record<string, (options: { readonly confidence: number }) => unknown> = {
    ...Object.fromEntries(
      Object.entries(proportions).map(([name, interval]) => [
        name,
        (options: { readonly confidence: number }) => interval(1, 2, options),
      ]),
    ),
    tInterval: (options) => tInterval([1, 2], options),
    clusterMean: (options) => clusterMean([1, 0], [1, 1], options),
    compositeClusterInterval: (options) => compositeClusterInterval([one], options),
    stratifiedCompositeBootstrap: (options) => stratifiedCompositeBootstrap([one], options),
    bootstrapUnits: (options) => bootstrapUnits(2, () => 1, options),
    bootstrapTotals: (options) => bootstrapTotals([[1], [2]], () => 1, options),
    bootstrapMultinomial: (options) => bootstrapMultinomial([1, 1], () => 1, options),
    meanSampleSize: (options) => meanSampleSize({ sd: 1, halfWidth: 0.1, ...options }),
    proportionSampleSize: (options) => proportionSampleSize({ p: 0.5, halfWidth: 0.1, ...options }),
    kappaSampleSize: (options) => kappaSampleSize(even, { kappa: 0.6, halfWidth: 0.1, ...options }),
    powerOfDifference: (options) => powerOfDifference({ ...design, ...options }),
    minimumDetectableDifference: (options) => minimumDetectableDifference({ ...design, ...options }),
    differenceSampleSize: (options) => differenceSampleSize({ ...design, ...options }),
  };

  it.each(Object.entries(takesConfidence))("%s throws", (name, call) => {
    for (const confidence of [95, 1, 0, -0.5, Number.NaN]) {
      const { message, hint } = refusal(() => call({ confidence }));
      expect(message).toBe(`${name}: confidence must be in (0, 1); got ${confidence}`);
      expect(hint).toMatch(/0\.95, not 95/);
    }
    expect(() => call({ confidence: 0.5 })).not.toThrow();
  });

  it.each([
    ["minimumDetectableDifference", (power: number) => minimumDetectableDifference({ ...design, power })],
    ["differenceSampleSize", (power: number) => differenceSampleSize({ ...design, power })],
  ])("%s throws for the power", (name, call) => {
    for (const power of [80, 1, 0]) {
      const { message, hint } = refusal(() => call(power));
      expect(message).toBe(`${name}: power must be in (0, 1); got ${power}`);
      expect(hint).toMatch(/0\.8, not 80/);
    }
  });
});

describe("with counts that are not integers in range", () => {
  it.each(Object.entries(proportions))("%s throws", (name, interval) => {
    for (const successes of [3, -1, 0.5, Number.NaN]) {
      const { message, hint } = refusal(() => interval(successes, 2));
      expect(message).toBe(`${name}: successes must be an integer in [0, 2]; got ${successes}`);
      expect(hint).toMatch(/tInterval or clusterMean/);
    }
    for (const n of [-1, 1.5, Number.POSITIVE_INFINITY]) {
      const { message, hint } = refusal(() => interval(0, n));
      expect(message).toBe(`${name}: n must be an integer >= 0; got ${n}`);
      expect(hint).toMatch(/number of scored items/);
    }
  });

  it.each(["both", "onlyFirst", "onlySecond", "neither"])("mcnemarTest throws for %s", (cell) => {
    const counts = { both: 1, onlyFirst: 1, onlySecond: 1, neither: 1 };
    for (const bad of [-1, 0.5]) {
      const { message, hint } = refusal(() => mcnemarTest({ ...counts, [cell]: bad }));
      expect(message).toBe(`mcnemarTest: ${cell} must be an integer >= 0; got ${bad}`);
      expect(hint).toMatch(/one system left unscored/);
    }
    expect(() => mcnemarTest({ ...counts, [cell]: 0 })).not.toThrow();
  });

  it("bootstrapMultinomial throws", () => {
    for (const bad of [0.2, -1]) {
      const { message, hint } = refusal(() => bootstrapMultinomial([1, bad], () => 1));
      expect(message).toBe(`bootstrapMultinomial: counts[1] must be an integer >= 0; got ${bad}`);
      expect(hint).toMatch(/counts of units, not proportions/);
    }
  });
});

describe("with a value that is not a finite number", () => {
  it.each([
    ["tInterval: values[1]", () => tInterval([1, Number.NaN])],
    ["describe: values[1]", () => describeValues([1, Number.NaN])],
    ["clusterMean: sums[1]", () => clusterMean([1, Number.NaN], [1, 1])],
    ["clusterMean: sizes[1]", () => clusterMean([1, 1], [1, Number.NaN])],
    ["clusterErrors: values[1]", () => clusterErrors([1, Number.NaN], ["a", "b"])],
    ["pairedDifference: differences[1]", () => pairedDifference([1, Number.NaN], [1, 1])],
    ["pairedPermutationTest: a[1]", () => pairedPermutationTest([1, Number.NaN], [1, 1])],
    ["pairedPermutationTest: b[1]", () => pairedPermutationTest([1, 1], [1, Number.NaN])],
    ["wilcoxonSignedRank: a[1]", () => wilcoxonSignedRank([1, Number.NaN], [1, 1])],
    ["wilcoxonSignedRank: b[1]", () => wilcoxonSignedRank([1, 1], [1, Number.NaN])],
    [
      "bootstrapTotals: column 1[1]",
      () =>
        bootstrapTotals(
          [
            [1, 1],
            [1, Number.NaN],
          ],
          () => 1,
        ),
    ],
  ])("throws for %s", (where, call) => {
    const { message, hint } = refusal(call);
    expect(message).toBe(`${where} must be a finite number; got NaN`);
    expect(hint).toMatch(/Drop missing values first/);
  });
});

describe("with inputs of different lengths", () => {
  it.each([
    ["clusterMean", () => clusterMean([1, 2], [1])],
    ["sumByCluster", () => sumByCluster([1, 2], ["a"])],
    ["pairedDifference", () => pairedDifference([1, 2], [1])],
    ["pairedDifference", () => pairedDifference([1, 2], [1, 2], { clusters: ["a"] })],
    ["pairedPermutationTest", () => pairedPermutationTest([1, 2], [1])],
    ["wilcoxonSignedRank", () => wilcoxonSignedRank([1, 2], [1])],
    ["bootstrapTotals", () => bootstrapTotals([[1, 2], [1]], () => 1)],
    ["bootstrapClusterMean", () => bootstrapClusterMean([1, 2], [1])],
  ])("%s throws", (name, call) => {
    const { message, hint } = refusal(call);
    expect(message).toBe(`${name}: both inputs need the same length; got 2 and 1`);
    expect(hint).toMatch(/Align the two series by item/);
  });
});

describe("without resamples or units to draw", () => {
  it.each([
    ["bootstrapUnits", (replicates: number) => bootstrapUnits(2, () => 1, { replicates })],
    ["bootstrapTotals", (replicates: number) => bootstrapTotals([[1]], () => 1, { replicates })],
    ["bootstrapMultinomial", (replicates: number) => bootstrapMultinomial([1], () => 1, { replicates })],
    [
      "stratifiedCompositeBootstrap",
      (replicates: number) => stratifiedCompositeBootstrap([one], { replicates }),
    ],
  ])("%s throws", (name, call) => {
    for (const replicates of [0, 1.5]) {
      const { message, hint } = refusal(() => call(replicates));
      expect(message).toBe(`${name}: replicates must be an integer >= 1; got ${replicates}`);
      expect(hint).toMatch(/2000 is enough/);
    }
    expect(() => call(1)).not.toThrow();
  });

  it("pairedPermutationTest throws by Monte Carlo, but not for the exact test, which draws nothing", () => {
    for (const replicates of [0, 1.5]) {
      const options = { method: "monte-carlo", replicates } as const;
      expect(refusal(() => pairedPermutationTest([1], [0], options)).message).toBe(
        `pairedPermutationTest: replicates must be an integer >= 1; got ${replicates}`,
      );
    }
    const once = pairedPermutationTest([1], [0], { method: "monte-carlo", replicates: 1 });
    expect(once.nPermutations).toBe(1);
    expect(pairedPermutationTest([1], [0], { replicates: 0 }).nPermutations).toBe(2);
  });

  it("the bootstraps throw for an empty list of units", () => {
    for (const n of [0, 1.5]) {
      const { message, hint } = refusal(() => bootstrapUnits(n, () => 1));
      expect(message).toBe(`bootstrapUnits: needs at least one unit; got ${n}`);
      expect(hint).toMatch(/empty slice has no interval/);
    }
    expect(refusal(() => bootstrapTotals([], () => 1)).message).toBe(
      "bootstrapTotals: needs at least one unit; got 0",
    );
  });
});

describe("throws for", () => {
  it("negative sizes of clusters", () => {
    const { message, hint } = refusal(() => clusterMean([1, 1], [1, -1]));
    expect(message).toBe("clusterMean: sizes[1] must be >= 0; got -1");
    expect(hint).toMatch(/number of scored rows/);
  });

  it("weights of a composite that are negative, infinite or all 0", () => {
    const weighted = (weight: number) => refusal(() => compositeClusterInterval([{ ...one, weight }]));
    const needs = "compositeClusterInterval: weights must be >= 0 with a positive sum;";
    expect(weighted(-1).message).toBe(`${needs} weight 0 is -1`);
    expect(weighted(Number.POSITIVE_INFINITY).message).toBe(`${needs} weight 0 is Infinity`);
    expect(weighted(0).message).toBe(`${needs} they sum to 0`);
    expect(weighted(0).hint).toMatch(/share of the composite/);
  });

  it("p-values outside [0, 1]", () => {
    for (const bad of [-0.1, 1.1, Number.NaN]) {
      const { message, hint } = refusal(() => adjustPValues([0.5, bad], "holm"));
      expect(message).toBe(`adjustPValues: pValues[1] must be in [0, 1]; got ${bad}`);
      expect(hint).toMatch(/null for an undefined test/);
      expect(refusal(() => adjustPValues([bad], "bonferroni")).message).toMatch(/pValues\[0\]/);
    }
  });

  it("an exact permutation test that would take hours, naming the alternative", () => {
    const odd = Array.from({ length: 25 }, (_, i) => Math.sqrt(i + 2));
    const zeros = odd.map(() => 0);
    const { message, hint } = refusal(() => pairedPermutationTest(odd, zeros));
    expect(message).toBe("pairedPermutationTest: the exact test of 25 nonzero differences is too large");
    expect(hint).toMatch(/monte-carlo/);
  });

  it("impossible designs", () => {
    const range = "clusterSize must be >= 1 and icc in [-1/(clusterSize - 1), 1]";
    expect(refusal(() => designEffect({ clusterSize: 0.5 })).message).toBe(
      `designEffect: ${range}; got 0.5 and 0`,
    );
    expect(refusal(() => designEffect({ clusterSize: 5, icc: 1.1 })).message).toMatch(/got 5 and 1\.1$/);
    expect(refusal(() => designEffect({ clusterSize: 5, icc: -0.3 })).message).toMatch(/got 5 and -0\.3$/);
    // At -1/(m - 1) the rows of a cluster offset each other exactly.
    expect(designEffect({ clusterSize: 5, icc: -0.25 })).toBe(0);
  });

  it("plans without spread, width, items or difference", () => {
    const said = (call: () => unknown) => refusal(call).message;
    const mean = "meanSampleSize: sd must be >= 0 and halfWidth > 0; got";
    expect(said(() => meanSampleSize({ sd: -1, halfWidth: 0.1 }))).toBe(`${mean} -1 and 0.1`);
    expect(said(() => meanSampleSize({ sd: Number.POSITIVE_INFINITY, halfWidth: 0.1 }))).toMatch(mean);
    expect(said(() => meanSampleSize({ sd: 1, halfWidth: 0 }))).toBe(`${mean} 1 and 0`);
    expect(meanSampleSize({ sd: 0, halfWidth: 0.1 }).nReal).toBe(0);
    const share = "proportionSampleSize: p must be in [0, 1] and halfWidth > 0; got";
    expect(said(() => proportionSampleSize({ p: -0.1, halfWidth: 0.1 }))).toBe(`${share} -0.1 and 0.1`);
    expect(said(() => proportionSampleSize({ p: 1.1, halfWidth: 0.1 }))).toBe(`${share} 1.1 and 0.1`);
    expect(said(() => proportionSampleSize({ p: 0.5, halfWidth: 0 }))).toBe(`${share} 0.5 and 0`);
    const test = "n must be > 0 and sdDifference >= 0; got";
    expect(said(() => powerOfDifference({ ...design, n: 0 }))).toBe(`powerOfDifference: ${test} 0 and 1`);
    expect(said(() => powerOfDifference({ ...design, sdDifference: -1 }))).toMatch(/got 9 and -1$/);
    expect(said(() => powerOfDifference({ ...design, sdDifference: Number.POSITIVE_INFINITY }))).toMatch(
      test,
    );
    expect(said(() => minimumDetectableDifference({ ...design, n: -1 }))).toBe(
      `minimumDetectableDifference: ${test} -1 and 1`,
    );
    for (const difference of [0, Number.NaN]) {
      expect(said(() => differenceSampleSize({ difference, sdDifference: 1 }))).toBe(
        `differenceSampleSize: difference must not be 0; got ${difference}`,
      );
    }
    expect(differenceSampleSize({ difference: -0.05, sdDifference: 0.5 }).n).toBe(785);
  });

  it("planned kappas and margins out of range", () => {
    const wanted = { kappa: 0.6, halfWidth: 0.1 };
    const said = (call: () => unknown) => refusal(call).message;
    const range = "kappaSampleSize: halfWidth must be > 0 and kappa in [-1, 1]; got";
    expect(said(() => kappaSampleSize(even, { ...wanted, halfWidth: 0 }))).toBe(`${range} 0 and 0.6`);
    expect(said(() => kappaSampleSize(even, { ...wanted, kappa: 1.1 }))).toBe(`${range} 0.1 and 1.1`);
    expect(said(() => kappaSampleSize(even, { ...wanted, kappa: -1.1 }))).toBe(`${range} 0.1 and -1.1`);
    // At the ends of the range of kappa: raters who always agree, and who never do.
    expect(kappaSampleSize(even, { ...wanted, kappa: 1 }).n).toBe(1);
    expect(kappaSampleSize(even, { ...wanted, kappa: -1 }).n).toBe(1);
    const shares = "kappaSampleSize: margins must be proportions";
    expect(said(() => kappaSampleSize({ ...even, p1: 1.2 }, wanted))).toBe(`${shares}; got 1.2, 0.5`);
    expect(said(() => kappaSampleSize({ ...even, p2: -0.2 }, wanted))).toBe(`${shares}; got 0.5, -0.2`);
    expect(said(() => kappaSampleSize({ model: "common_margins", pi: [0.5, 0.4] }, wanted))).toBe(
      `${shares} that sum to 1; got 0.5, 0.4`,
    );
    // Thirds do not sum to exactly 1 in binary, but should be accepted.
    expect(kappaSampleSize({ model: "common_margins", pi: [0.1, 0.2, 0.7] }, wanted).n).toBeGreaterThan(1);
  });
});
