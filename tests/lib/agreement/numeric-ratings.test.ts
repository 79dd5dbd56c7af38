import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blandAltman } from "../../../src/lib/agreement/bland-altman.js";
import { icc } from "../../../src/lib/agreement/icc.js";
import { kendallTauB } from "../../../src/lib/agreement/kendall-tau.js";
import { linCcc } from "../../../src/lib/agreement/lin-ccc.js";
import { pairOrder } from "../../../src/lib/agreement/pair-order.js";
import { pearson, spearman } from "../../../src/lib/agreement/pearson.js";
import { somersD } from "../../../src/lib/agreement/somers-d.js";
import { normalTwoSided } from "../../../src/lib/util/special.js";

const value = fc.integer({ min: -20, max: 20 });
const pairs = fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 40 });
const split = (list: readonly (readonly [number, number])[]) =>
  [list.map(([x]) => x), list.map(([, y]) => y)] as const;
const close = (a: number | null, b: number | null, digits = 9) => {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(a).toBeCloseTo(b, digits);
};

describe("pairOrder", () => {
  it("gives the same counts as comparing every pair", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        let [concordant, discordant, tiedX, tiedY, tiedBoth] = [0, 0, 0, 0, 0];
        for (let i = 0; i < x.length; i += 1) {
          for (let j = 0; j < i; j += 1) {
            const product = (x[i]! - x[j]!) * (y[i]! - y[j]!);
            if (product > 0) concordant += 1;
            if (product < 0) discordant += 1;
            if (x[i] === x[j]) tiedX += 1;
            if (y[i] === y[j]) tiedY += 1;
            if (x[i] === x[j] && y[i] === y[j]) tiedBoth += 1;
          }
        }
        expect(pairOrder(x, y)).toMatchObject({ concordant, discordant, tiedX, tiedY, tiedBoth });
      }),
    );
  });
});

describe("correlations", () => {
  it("are symmetric, in [-1, 1] and change sign with one series", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        const negative = y.map((v) => -v);
        for (const statistic of [pearson, spearman, kendallTauB]) {
          const r = statistic(x, y).estimate;
          close(statistic(y, x).estimate, r);
          close(statistic(x, negative).estimate, r === null ? null : -r);
          if (r !== null) expect(Math.abs(r)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("do not change under an increasing map of either series if they use ranks", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        const mapped = x.map((v) => v ** 3 + v);
        close(spearman(mapped, y).estimate, spearman(x, y).estimate);
        close(kendallTauB(mapped, y).pValue, kendallTauB(x, y).pValue);
        expect(somersD(mapped, y)).toEqual(somersD(x, y));
      }),
    );
  });

  it("lose no digits when ten million is added", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        const far = x.map((v) => v + 1e7);
        close(pearson(far, y).estimate, pearson(x, y).estimate, 12);
        close(
          linCcc(
            far,
            y.map((v) => v + 1e7),
          ).estimate,
          linCcc(x, y).estimate,
          9,
        );
      }),
    );
  });

  it("include a tau-b that is the geometric mean of the two Somers' D", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        const { yGivenX, xGivenY } = somersD(x, y);
        const tau = kendallTauB(x, y).estimate;
        if (tau !== null) expect(Math.sqrt(yGivenX! * xGivenY!)).toBeCloseTo(Math.abs(tau), 10);
      }),
    );
  });

  it("test tau-b with its standard deviation over all orders of one series, with and without ties", () => {
    const orders = <T>(list: readonly T[]): T[][] =>
      list.length === 0
        ? [[]]
        : list.flatMap((first, i) => orders(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
    const short = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(short, (list) => {
        const [x, y] = split(list);
        const { estimate, pValue } = kendallTauB(x, y);
        if (estimate === null || pValue === null) return;
        const balance = (other: readonly number[]) => {
          const { concordant, discordant } = pairOrder(x, other);
          return concordant - discordant;
        };
        // By symmetry the mean over all orders is 0.
        const squares = orders(y).map((order) => balance(order) ** 2);
        const sd = Math.sqrt(squares.reduce((total, square) => total + square, 0) / squares.length);
        expect(pValue).toBeCloseTo(normalTwoSided(balance(y) / sd), 10);
      }),
    );
  });

  it("report which series has no variance, and drop incomplete pairs", () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toMatchObject({ estimate: null, reason: "x has zero variance" });
    expect(spearman([1, 2, 3], [5, 5, 5])).toMatchObject({ estimate: null, reason: "y has zero variance" });
    expect(kendallTauB([1, 2], [5, 5])).toMatchObject({ estimate: null, reason: "y has zero variance" });
    expect(pearson([1, null, 3, 4], [1, 2, 3, null])).toMatchObject({
      n: 2,
      nMissing: 2,
      estimate: 1,
      lower: null,
    });
    expect(somersD([1, 1], [1, 2])).toMatchObject({ yGivenX: null, xGivenY: 0, gamma: null });
    expect(() => pearson([1, Number.NaN], [1, 2])).toThrow(/x\[1\] must be a finite number/);
  });
});

describe("linCcc", () => {
  it("equals Pearson's r times the bias correction, so it never exceeds r", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        const { estimate, pearson: r, biasCorrection } = linCcc(x, y);
        if (r === null || estimate === null) return;
        expect(estimate).toBeCloseTo(r * biasCorrection!, 10);
        expect(Math.abs(estimate)).toBeLessThanOrEqual(Math.abs(r) + 1e-12);
      }),
    );
  });

  it("detects the shift that Pearson's r ignores", () => {
    expect(pearson([1, 2, 3, 4], [3, 4, 5, 6]).estimate).toBeCloseTo(1, 12);
    // s² = 1.25, shift 2: 2 * 1.25 / (2.5 + 4)
    expect(linCcc([1, 2, 3, 4], [3, 4, 5, 6]).estimate).toBeCloseTo(2.5 / 6.5, 12);
  });

  it("is undefined for two equal constants, 0 when one series is constant", () => {
    expect(linCcc([2, 2, 2], [2, 2, 2])).toMatchObject({ estimate: null });
    expect(linCcc([2, 2, 2], [1, 2, 3])).toMatchObject({ estimate: 0, pearson: null, lower: null });
  });
});

describe("blandAltman", () => {
  it("moves its limits with the bias and swaps them with the raters", () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: -50, max: 50 }), (list, shift) => {
        const [x, y] = split(list);
        const plain = blandAltman(x, y);
        const moved = blandAltman(
          x.map((v) => v + shift),
          y,
        );
        const swapped = blandAltman(y, x);
        close(moved.lowerLimit.estimate, plain.lowerLimit.estimate! + shift);
        close(swapped.upperLimit.estimate, -plain.lowerLimit.estimate!);
        close(swapped.bias.lower, -plain.bias.upper!);
      }),
    );
  });

  it("gives only the bias for one pair, and no limits", () => {
    expect(blandAltman([3], [1])).toMatchObject({
      bias: { estimate: 2, lower: null },
      lowerLimit: { estimate: null },
    });
    expect(blandAltman([null], [1])).toMatchObject({ n: 0, nMissing: 1, reason: "no complete pairs" });
  });
});

describe("icc", () => {
  const rows = fc.array(fc.tuple(value, value, value), { minLength: 3, maxLength: 20 });
  const forms = ["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"] as const;

  it("does not depend on the order of subjects or raters, nor on a common shift", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const plain = icc(list);
        const turned = icc([...list].reverse().map((row) => [...row].reverse().map((v) => v + 1000)));
        for (const form of forms) {
          if (plain[form].lower === null || Math.abs(plain[form].estimate!) > 100) continue;
          close(turned[form].estimate, plain[form].estimate, 6);
          close(turned[form].pValue, plain[form].pValue, 8);
        }
      }),
    );
  });

  it("ignores a rater's shift in the consistency forms but not in absolute agreement", () => {
    const list = [
      [1, 2, 4],
      [3, 3, 5],
      [5, 6, 6],
      [2, 2, 3],
    ];
    const shifted = list.map(([a, b, c]) => [a!, b!, c! + 10]);
    close(icc(shifted).icc3.estimate, icc(list).icc3.estimate, 10);
    expect(icc(shifted).icc2.estimate!).toBeLessThan(icc(list).icc2.estimate! / 2);
  });

  it("gives average forms that follow from the single ones by Spearman-Brown", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const result = icc(list);
        for (const [single, average] of [
          ["icc1", "icc1k"],
          ["icc2", "icc2k"],
          ["icc3", "icc3k"],
        ] as const) {
          const r = result[single].estimate;
          if (r === null || result[average].estimate === null || Math.abs(1 + 2 * r) < 0.01) continue;
          expect(result[average].estimate).toBeCloseTo((3 * r) / (1 + 2 * r), 6);
        }
      }),
    );
  });

  it("is close to Lin's concordance in ICC2 for two raters of many subjects", () => {
    const x = Array.from({ length: 400 }, (_, i) => (i * 37) % 101);
    const y = x.map((v, i) => v + ((i * 53) % 17) - 3);
    const agreement = icc(x.map((v, i) => [v, y[i]!])).icc2.estimate!;
    expect(Math.abs(agreement - linCcc(x, y).estimate!)).toBeLessThan(0.002);
  });

  it("treats rounding error of equal ratings as agreement, not as an error mean square", () => {
    const tenths = fc.uniqueArray(fc.integer({ min: -999, max: 999 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(tenths, fc.constantFrom(0, 1e6), (list, offset) => {
        const rows = list.map((value) => [0, 1, 2].map(() => offset + value / 10));
        const { meanSquares, icc2 } = icc(rows);
        expect(meanSquares).toMatchObject({ withinSubjects: 0, betweenRaters: 0, residual: 0 });
        expect(meanSquares!.betweenSubjects).toBeGreaterThan(0);
        expect(icc2).toMatchObject({ estimate: 1, statistic: null });
      }),
    );
  });

  it("never gives a non-finite number, a form above 1 or a limit on the wrong side, even for few grades", () => {
    const grades = fc.integer({ min: 1, max: 5 });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((raters) =>
        fc.array(fc.array(grades, { minLength: raters, maxLength: raters }), { minLength: 2, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, (list) => {
        const result = icc(list);
        for (const name of forms) {
          const { estimate, lower, upper, statistic, pValue, reason } = result[name];
          for (const number of [estimate, lower, upper, statistic, pValue]) {
            if (number !== null) expect(Number.isFinite(number)).toBe(true);
          }
          if (estimate !== null) expect(estimate).toBeLessThanOrEqual(1 + 1e-12);
          expect(lower === null).toBe(upper === null);
          expect(reason === null).toBe(lower !== null);
          if (lower !== null) expect(lower).toBeLessThanOrEqual(estimate!);
          if (upper !== null) expect(upper).toBeGreaterThanOrEqual(estimate!);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("drops the limits of ICC2k if ICC2's lower limit is beyond the pole of Spearman-Brown", () => {
    // Means 1, 3/2, 5/2: MSB 7/6; both raters' mean is 5/3: MSJ 0; MSE 1/2. ICC2k = (7/6 - 1/2) / (7/6 - 1/6) = 2/3.
    const past = icc([
      [1, 1],
      [1, 2],
      [3, 2],
    ]);
    expect(past.icc2k.estimate).toBeCloseTo(2 / 3, 12);
    expect(past.icc2.lower).toBeLessThan(-1);
    expect(past.icc2k).toMatchObject({
      lower: null,
      upper: null,
      reason: "a limit would be infinite or on the wrong side of the estimate: no limits",
    });
  });

  it("drops the limits of ICC2k if ICC2's lower limit is at the pole (found by the property above)", () => {
    const at = icc([
      [1, 5],
      [1, 5],
      [5, 3],
    ]);
    expect(at.icc2.lower).toBeCloseTo(-1, 12);
    expect(at.icc2k).toMatchObject({ lower: null, upper: null });
  });

  it("has no reliability of a mean if subjects do not differ, and gives the reason", () => {
    // Between subjects 0, within 1/2: a single rating has (0 - 1/2) / (0 + 1/2), the mean of two -1/2 over 0.
    const crossed = icc([
      [1, 2],
      [2, 1],
    ]);
    expect(crossed.icc1).toMatchObject({
      estimate: -1,
      lower: null,
      upper: null,
      statistic: 0,
      pValue: 1,
      reason: "the subjects' means do not differ: no limits",
    });
    const reason = "the subjects' means do not differ: divided by 0";
    for (const form of ["icc2", "icc1k", "icc2k", "icc3k"] as const) {
      expect(crossed[form]).toMatchObject({ estimate: null, lower: null, statistic: null, reason });
    }
    expect(crossed.icc3).toMatchObject({ estimate: -1, lower: null, upper: null });
  });

  it("drops incomplete subjects, counts them, and gives the reason if nothing is left", () => {
    expect(
      icc([
        [1, 2],
        [3, null],
        [4, 4],
        [6, 5],
      ]),
    ).toMatchObject({ n: 3, nMissing: 1 });
    expect(
      icc([
        [1, 2],
        [3, null],
      ]).icc2,
    ).toMatchObject({ estimate: null, reason: expect.stringMatching(/two complete subjects/) });
    expect(
      icc([
        [2, 2],
        [2, 2],
      ]).icc1,
    ).toMatchObject({ estimate: null, reason: expect.stringMatching(/do not vary/) });
    expect(
      icc([
        [1, 1],
        [2, 2],
        [3, 3],
      ]).icc2,
    ).toMatchObject({ estimate: 1, lower: null });
    expect(() => icc([[1, 2], [1]])).toThrow(/every subject needs 2 ratings; row 1 has 1/);
  });
});
