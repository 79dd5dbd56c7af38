import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ppiMean } from "../../../src/lib/calibration/ppi.js";
import { clusteredPpiMean } from "../../../src/lib/calibration/ppi-clustered.js";
import { stratifiedPpiMean } from "../../../src/lib/calibration/ppi-stratified.js";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";

const score = fc.integer({ min: 0, max: 20 }).map((k) => k / 4);
const sample = fc.record({
  rated: fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 15 }),
  unrated: fc.array(score, { minLength: 2, maxLength: 25 }),
});
const human = (rated: readonly (readonly [number, number])[]) => rated.map(([y]) => y);
const judge = (rated: readonly (readonly [number, number])[]) => rated.map(([, f]) => f);

describe("ppiMean", () => {
  it("does not change when the judge is lenient by any constant", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: -3, max: 3, noNaN: true }), ({ rated, unrated }, bias) => {
        const plain = ppiMean(human(rated), judge(rated), unrated);
        const lenient = ppiMean(
          human(rated),
          judge(rated).map((f) => f + bias),
          unrated.map((f) => f + bias),
        );
        expect(lenient.estimate).toBeCloseTo(plain.estimate!, 9);
        expect(lenient.standardError).toBeCloseTo(plain.standardError!, 9);
        expect(lenient.rectifier).toBeCloseTo(plain.rectifier! - bias, 9);
      }),
    );
  });

  it("does not change when the judge's scale is stretched, if its weight is tuned and not clipped", () => {
    fc.assert(
      fc.property(sample, ({ rated, unrated }) => {
        const plain = ppiMean(human(rated), judge(rated), unrated);
        if (plain.lambdaUnclipped === null || plain.lambdaUnclipped < 0 || plain.lambdaUnclipped > 1) return;
        const wide = ppiMean(
          human(rated),
          judge(rated).map((f) => 3 * f),
          unrated.map((f) => 3 * f),
        );
        expect(wide.estimate).toBeCloseTo(plain.estimate!, 9);
        expect(wide.lambda).toBeCloseTo(plain.lambda! / 3, 9);
      }),
    );
  });

  it("equals the people's mean if the judge gets no weight", () => {
    fc.assert(
      fc.property(sample, ({ rated, unrated }) => {
        const ys = human(rated);
        const classical = ppiMean(ys, judge(rated), unrated, { lambda: 0, ddof: 1 });
        const alone = clusterMean(
          ys,
          ys.map(() => 1),
        );
        expect(classical.estimate).toBeCloseTo(alone.estimate!, 12);
        expect(classical.standardError).toBeCloseTo(alone.standardError!, 12);
      }),
    );
  });

  it("ignores a judge whose scores do not vary", () => {
    expect(ppiMean([1, 0, 1], [2, 2, 2], [2, 2])).toMatchObject({ lambda: 0, lambdaUnclipped: null });
  });

  it("uses no item twice, and drops and counts missing scores", () => {
    const result = ppiMean([1, null, 0, 1], [1, 1, null, 0], [0, null, 1]);
    expect(result).toMatchObject({ n: 2, nUnlabeled: 2, nMissing: 3 });
    expect(result.estimate).toBe(ppiMean([1, 1], [1, 0], [0, 1]).estimate);
  });

  it.each([
    [[], [], [1, 0], null],
    [[1], [1], [], null],
    [[1], [1], [0, 1], 0.5],
  ])("has no error for %j, %j, %j, with a reason", (y, f, unrated, estimate) => {
    const result = ppiMean(y, f, unrated, { lambda: 1 });
    expect(result.estimate).toBe(estimate);
    expect(result.standardError).toBeNull();
    expect(result.reason).not.toBeNull();
  });
});

describe("stratifiedPpiMean", () => {
  it("equals the plain estimate for one stratum, and does not depend on the scale of the weights", () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const stratum = (name: string, weight: number, { rated, unrated }: typeof first) => ({
          name,
          weight,
          human: human(rated),
          judge: judge(rated),
          judgeUnlabeled: unrated,
        });
        const one = stratifiedPpiMean([stratum("a", 7, first)]);
        const plain = ppiMean(human(first.rated), judge(first.rated), first.unrated, { ddof: 1 });
        expect(one.estimate).toBeCloseTo(plain.estimate!, 12);
        expect(one.standardError).toBeCloseTo(plain.standardError!, 12);
        const small = stratifiedPpiMean([stratum("a", 0.2, first), stratum("b", 0.6, second)]);
        const large = stratifiedPpiMean([stratum("a", 10, first), stratum("b", 30, second)]);
        expect(large.estimate).toBeCloseTo(small.estimate!, 12);
        expect(large.standardError).toBeCloseTo(small.standardError!, 12);
      }),
    );
  });

  it("corrects a sample that over-represents the hard stratum", () => {
    // True means 0.2 and 0.8 with population weights 1 : 9; people rated the hard stratum as often as the easy one.
    const stratum = (name: string, weight: number, right: number) => ({
      name,
      weight,
      human: Array.from({ length: 10 }, (_, i) => (i < right ? 1 : 0)),
      judge: Array.from({ length: 10 }, (_, i) => (i < right ? 1 : 0)),
      judgeUnlabeled: Array.from({ length: 10 }, (_, i) => (i < right ? 1 : 0)),
    });
    const result = stratifiedPpiMean([stratum("hard", 1, 2), stratum("easy", 9, 8)]);
    expect(result.estimate).toBeCloseTo(0.74, 12); // 0.1 x 0.2 + 0.9 x 0.8
  });

  it("names the stratum without ratings instead of skipping it", () => {
    const empty = { name: "cardiology", weight: 1, human: [], judge: [], judgeUnlabeled: [1, 0] };
    const result = stratifiedPpiMean([
      { name: "a", weight: 1, human: [1, 0], judge: [1, 0], judgeUnlabeled: [1, 1] },
      empty,
    ]);
    expect(result).toMatchObject({ estimate: null, standardError: null });
    expect(result.reason).toMatch(/cardiology/);
  });

  it("throws for negative weights", () => {
    expect(() => stratifiedPpiMean([])).toThrow(/positive sum/);
  });
});

describe("clusteredPpiMean", () => {
  const rows = ({
    rated,
    unrated,
  }: {
    rated: readonly (readonly [number, number])[];
    unrated: readonly number[];
  }) => [
    ...rated.map(([y, f], i) => ({ cluster: `r${i}`, human: y, judge: f })),
    ...unrated.map((f, i) => ({ cluster: `u${i}`, judge: f })),
  ];

  it("equals the plain estimate with one row per cluster, with its variance times n / (n - 1)", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (data, lambda) => {
        const clustered = clusteredPpiMean(rows(data), { lambda });
        const plain = ppiMean(human(data.rated), judge(data.rated), data.unrated, { lambda });
        const n = data.rated.length;
        expect(clustered.estimate).toBeCloseTo(plain.estimate!, 9);
        expect(clustered.standardError).toBeCloseTo(plain.standardError! * Math.sqrt(n / (n - 1)), 9);
      }),
    );
  });

  it("gains nothing from repeating every row of a cluster", () => {
    fc.assert(
      fc.property(sample, (data) => {
        const once = clusteredPpiMean(rows(data));
        const fivefold = clusteredPpiMean(rows(data).flatMap((row) => Array.from({ length: 5 }, () => row)));
        expect(fivefold.estimate).toBeCloseTo(once.estimate!, 9);
        expect(fivefold.standardError).toBeCloseTo(once.standardError!, 9);
        expect(fivefold.nClusters).toBe(once.nClusters);
      }),
    );
  });

  it("gives the tuned weight the smallest error among all weights in [0, 1]", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (data, lambda) => {
        const tuned = clusteredPpiMean(rows(data)).standardError!;
        expect(tuned).toBeLessThanOrEqual(clusteredPpiMean(rows(data), { lambda }).standardError! + 1e-9);
      }),
    );
  });

  it("needs two clusters with ratings, however many rows they have", () => {
    const one = clusteredPpiMean([
      { cluster: 1, judge: 1, human: 1 },
      { cluster: 1, judge: 0, human: 1 },
      { cluster: 2, judge: 0 },
    ]);
    expect(one.standardError).toBeNull();
    expect(one.reason).toMatch(/two clusters/);
  });
});
