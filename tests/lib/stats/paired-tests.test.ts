import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterErrors } from "../../../src/lib/stats/cluster-errors.js";
import { onDecimalGrid } from "../../../src/lib/stats/decimal-grid.js";
import { mcnemarTest } from "../../../src/lib/stats/mcnemar.js";
import { adjustPValues } from "../../../src/lib/stats/p-adjust.js";
import { pairedDifference } from "../../../src/lib/stats/paired-difference.js";
import { pairedPermutationTest } from "../../../src/lib/stats/permutation.js";
import { midRanks } from "../../../src/lib/stats/ranks.js";
import { tInterval } from "../../../src/lib/stats/t-interval.js";
import { wilcoxonSignedRank } from "../../../src/lib/stats/wilcoxon.js";

const decimal = fc.integer({ min: 0, max: 10 }).map((v) => v / 10);
const paired = fc.array(fc.tuple(decimal, decimal), { minLength: 1, maxLength: 11 });
const split = (list: readonly (readonly [number, number])[]) =>
  [list.map(([a]) => a), list.map(([, b]) => b)] as const;

/** All sign patterns by brute force over tenths, which are exact as integers. */
function countSigns(list: readonly (readonly [number, number])[]): number {
  const tenths = list.map(([a, b]) => Math.round(10 * a) - Math.round(10 * b));
  const observed = Math.abs(tenths.reduce((s, d) => s + d, 0));
  let hits = 0;
  for (let mask = 0; mask < 2 ** tenths.length; mask += 1) {
    const total = tenths.reduce((s, d, i) => s + ((mask >> i) & 1 ? d : -d), 0);
    if (Math.abs(total) >= observed) hits += 1;
  }
  return hits / 2 ** tenths.length;
}

describe("pairedPermutationTest", () => {
  it("counts exactly the sign patterns at least as extreme, with decimals tied as decimals", () => {
    fc.assert(
      fc.property(paired, (list) => {
        expect(pairedPermutationTest(...split(list)).pValue).toBeCloseTo(countSigns(list), 14);
      }),
    );
  });

  it("gives the same for differences without a decimal unit, by enumeration", () => {
    fc.assert(
      fc.property(paired, (list) => {
        const [a, b] = split(list);
        const irrational = (v: number) => v * Math.PI;
        expect(pairedPermutationTest(a.map(irrational), b.map(irrational)).pValue).toBeCloseTo(
          countSigns(list),
          12,
        );
      }),
    );
  });

  it("is within four standard errors of the exact value by Monte Carlo", () => {
    const a = [0.3, 0.7, 0.9, 0.4, 0.6, 0.8, 0.5, 0.9];
    const b = [0.1, 0.4, 0.5, 0.5, 0.3, 0.6, 0.5, 0.2];
    const exact = pairedPermutationTest(a, b).pValue!;
    const drawn = pairedPermutationTest(a, b, { method: "monte-carlo", replicates: 20_000, seed: 5 });
    expect(Math.abs(drawn.pValue! - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 20_000));
    expect(drawn).toMatchObject({ nPermutations: 20_000, seed: 5 });
  });

  it("handles 400 binary items exactly and throws for 30 irrational ones, naming the alternative", () => {
    const ones = Array.from({ length: 400 }, () => 1);
    const zeros = ones.map((_, i) => (i < 30 ? 0 : 1));
    // All 30 discordant items on one side: 2 / 2^30.
    expect(pairedPermutationTest(ones, zeros).pValue).toBeCloseTo(2 ** -29, 15);
    const odd = Array.from({ length: 30 }, (_, i) => Math.sqrt(i + 2));
    expect(() =>
      pairedPermutationTest(
        odd,
        odd.map(() => 0),
      ),
    ).toThrow(/too large/);
  });

  it("is undefined without pairs, and gives p = 1 without a difference", () => {
    expect(pairedPermutationTest([], [])).toMatchObject({ estimate: null, pValue: null, reason: "no pairs" });
    expect(pairedPermutationTest([1, 2], [1, 2]).pValue).toBe(1);
  });
});

describe("wilcoxonSignedRank", () => {
  it("sums the ranks of all nonzero differences and is symmetric", () => {
    fc.assert(
      fc.property(paired, fc.constantFrom("wilcox" as const, "pratt" as const), (list, zeros) => {
        const [a, b] = split(list);
        const forward = wilcoxonSignedRank(a, b, { zeros });
        const backward = wilcoxonSignedRank(b, a, { zeros });
        expect(backward).toEqual({ ...forward, wPlus: forward.wMinus, wMinus: forward.wPlus });
        const m = forward.nNonzero;
        if (zeros === "wilcox") expect(forward.wPlus + forward.wMinus).toBe((m * (m + 1)) / 2);
        else
          expect(forward.wPlus + forward.wMinus).toBe(
            (a.length * (a.length + 1)) / 2 - ((a.length - m) * (a.length - m + 1)) / 2,
          );
      }),
    );
  });

  it("equals McNemar's exact test on binary scores, where all ranks are tied", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 40 }), (list) => {
        const count = (a: number, b: number) => list.filter(([x, y]) => x === a && y === b).length;
        const exact = mcnemarTest({
          both: count(1, 1),
          onlyFirst: count(1, 0),
          onlySecond: count(0, 1),
          neither: count(0, 0),
        });
        expect(wilcoxonSignedRank(...split(list)).pExact).toBeCloseTo(exact.pExact, 12);
        expect(pairedPermutationTest(...split(list)).pValue).toBeCloseTo(exact.pExact, 12);
      }),
    );
  });

  it("omits the exact value above its limit and keeps the approximation", () => {
    const a = Array.from({ length: 501 }, (_, i) => i + 1);
    const result = wilcoxonSignedRank(
      a,
      a.map(() => 0),
    );
    expect(result.pExact).toBeNull();
    expect(result.pApproximate!).toBeLessThan(1e-80);
    expect(result.reason).toMatch(/more than 500/);
  });

  it("has no approximation without a nonzero difference", () => {
    expect(wilcoxonSignedRank([1, 2], [1, 2])).toMatchObject({ pExact: 1, pApproximate: null, nNonzero: 0 });
  });
});

describe("onDecimalGrid", () => {
  it("finds the integers of decimals and keeps small differences", () => {
    expect(onDecimalGrid([0.3 - 0.1, 0.2, -0.4], 0.4)).toEqual([2, 2, -4]);
    expect(onDecimalGrid([1, 2.25], 2.25)).toEqual([100, 225]);
    expect(onDecimalGrid([Math.PI, 1], Math.PI)).toBeNull();
    expect(onDecimalGrid([1e-10, 3e-10], 3e-10)).toBeNull();
    // 1000000.3 - 1000000.1 carries the rounding of a million, not of 0.2.
    expect(onDecimalGrid([1000000.3 - 1000000.1, 0.2], 1e6)).toEqual([2, 2]);
  });
});

describe("midRanks", () => {
  it("sum to n(n+1)/2 and tie equal values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }), (values) => {
        const ranks = midRanks(values);
        expect(ranks.reduce((s, r) => s + r, 0)).toBe((values.length * (values.length + 1)) / 2);
        values.forEach((v, i) => {
          values.forEach((w, j) => {
            expect(Math.sign(v - w)).toBe(Math.sign(ranks[i]! - ranks[j]!));
          });
        });
      }),
    );
  });
});

describe("mcnemarTest", () => {
  it("has a mid-p below the exact p, both symmetric", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (b, c) => {
        const one = mcnemarTest({ both: 5, onlyFirst: b, onlySecond: c, neither: 5 });
        const other = mcnemarTest({ both: 5, onlyFirst: c, onlySecond: b, neither: 5 });
        expect(one.pMid).toBeLessThanOrEqual(one.pExact);
        expect(other).toEqual({ ...one, estimate: other.estimate });
        expect(other.estimate! + one.estimate!).toBe(0);
      }),
    );
  });

  it("throws for invalid counts", () => {
    expect(() => mcnemarTest({ both: 1, onlyFirst: 0.5, onlySecond: 0, neither: 0 })).toThrow(
      /onlyFirst must be/,
    );
  });
});

describe("adjustPValues", () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });

  it("orders the methods: raw <= BH <= Hochberg <= Holm <= Bonferroni, and BH <= BY", () => {
    fc.assert(
      fc.property(ps, (p) => {
        const [bh, hochberg, holm, bonferroni, by] = (
          ["benjamini-hochberg", "hochberg", "holm", "bonferroni", "benjamini-yekutieli"] as const
        ).map((method) => adjustPValues(p, method));
        p.forEach((raw, i) => {
          const chain = [raw, bh![i]!, hochberg![i]!, holm![i]!, bonferroni![i]!, 1];
          for (let k = 1; k < chain.length; k += 1)
            expect(chain[k]!).toBeGreaterThanOrEqual(chain[k - 1]! - 1e-12);
          expect(by![i]!).toBeGreaterThanOrEqual(bh![i]! - 1e-12);
        });
      }),
    );
  });

  it("follows the p-values when they are reordered and does not change its input", () => {
    fc.assert(
      fc.property(ps, (p) => {
        const frozen = Object.freeze([...p]);
        expect(adjustPValues([...p].reverse(), "holm").reverse()).toEqual(adjustPValues(frozen, "holm"));
      }),
    );
  });

  it("leaves a missing p-value missing and does not count it as a test, with every method", () => {
    const methods = ["holm", "hochberg", "bonferroni", "benjamini-hochberg", "benjamini-yekutieli"] as const;
    const withGaps = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 20 });
    fc.assert(
      fc.property(withGaps, fc.constantFrom(...methods), (list, method) => {
        const adjusted = adjustPValues(list, method);
        expect(adjusted.map((p) => p === null)).toEqual(list.map((p) => p === null));
        expect(adjusted.filter((p) => p !== null)).toEqual(
          adjustPValues(
            list.filter((p) => p !== null),
            method,
          ),
        );
      }),
    );
    // Two tests: 2 * 0.02, then the larger of 0.04 and 1 * 0.03.
    expect(adjustPValues([null, 0.03, null, 0.02], "holm")).toEqual([null, 0.04, null, 0.04]);
  });

  it("throws for values that are not p-values", () => {
    expect(() => adjustPValues([0.1, 1.2], "holm")).toThrow(/pValues\[1\]/);
  });
});

describe("pairedDifference", () => {
  it("equals the paired t test without clusters", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), {
          minLength: 2,
          maxLength: 30,
        }),
        (list) => {
          const [a, b] = split(list);
          const ours = pairedDifference(a, b);
          const t = tInterval(a.map((v, i) => v - b[i]!));
          expect(ours.standardError!).toBeCloseTo(t.standardError!, 10);
          if (t.pValue === null) expect(ours.pValue).toBeNull();
          else expect(ours.pValue!).toBeCloseTo(t.pValue, 10);
        },
      ),
    );
  });

  it("treats five copies of an item as one independent unit if they share a cluster", () => {
    const a = [1, 1, 0, 1];
    const b = [0, 1, 0, 0];
    const copies = (list: readonly number[]) => list.flatMap((v) => [v, v, v, v, v]);
    const clusters = copies([1, 2, 3, 4]);
    const once = pairedDifference(a, b);
    expect(pairedDifference(copies(a), copies(b), { clusters }).standardError!).toBeCloseTo(
      once.standardError!,
      12,
    );
    expect(pairedDifference(copies(a), copies(b)).standardError!).toBeLessThan(once.standardError! / 2);
  });

  it("drops items that one system left unscored, and gives a reason if differences do not vary", () => {
    expect(pairedDifference([1, null, 0, 1], [1, 1, null, 0])).toMatchObject({
      n: 2,
      nMissing: 2,
      estimate: 0.5,
    });
    const constant = pairedDifference([0.3, 0.5, 0.9], [0.2, 0.4, 0.8]);
    expect(constant.estimate!).toBeCloseTo(0.1, 12);
    expect(pairedDifference([2, 3], [1, 2])).toMatchObject({ estimate: 1, statistic: null, pValue: null });
    expect(pairedDifference([], [])).toMatchObject({
      estimate: null,
      pValue: null,
      reason: "no scored items",
    });
  });
});

describe("clusterErrors", () => {
  it("are the plain standard error when every item is its own cluster", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 40 }), (values) => {
        const { naive, cr1, cr2, miller } = clusterErrors(
          values,
          values.map((_, i) => i),
        );
        expect(cr1!).toBeCloseTo(naive!, 10);
        expect(cr2!).toBeCloseTo(naive!, 10);
        expect(miller!).toBeCloseTo(naive!, 10);
      }),
    );
  });

  it("give Miller's error where residuals cancel within clusters and CR0 is 0", () => {
    // Residuals ±1: own diagonal 4/16, s²/n = (4/3)/4, so 0 - 1/4 + 1/3.
    expect(clusterErrors([0, 2, 0, 2], ["a", "a", "b", "b"]).miller!).toBeCloseTo(Math.sqrt(1 / 12), 12);
  });
});
