import { describe, expect, it } from "vitest";
import {
  blandAltman,
  brennanPrediger,
  brennanPredigerTable,
  cohenKappa,
  crosstab,
  fleissKappa,
  fleissKappaGeneral,
  gwetAgreement,
  icc,
  kendallTauB,
  krippendorffAlpha,
  krippendorffAlphaBootstrap,
  linCcc,
  pearson,
  scottPi,
  somersD,
  spearman,
} from "../../src/lib/agreement/index.js";

/** What data do not define is null with a reason, and the rest of the record is as ever: compared whole. */
const noInterval = { estimate: null, lower: null, upper: null };
const confidence = 0.95;

describe("tables of two raters", () => {
  const oneLabel = [
    [3, 0],
    [0, 0],
  ];
  const empty = [
    [0, 0],
    [0, 0],
  ];

  it("cohenKappa", () => {
    const unknown = { ...noInterval, standardError: null, standardErrorNull: null, kappaMax: null };
    const shared = { confidence, nMissing: 0, method: "cohen kappa, unweighted" };
    expect(cohenKappa(empty)).toEqual({
      ...shared,
      ...unknown,
      n: 0,
      observed: null,
      expected: null,
      percentAgreement: null,
      pabak: null,
      prevalenceIndex: null,
      biasIndex: null,
      positiveAgreement: null,
      negativeAgreement: null,
      reason: "no pairs of labels",
    });
    expect(cohenKappa(oneLabel)).toEqual({
      ...shared,
      ...unknown,
      n: 3,
      observed: 1,
      expected: 1,
      percentAgreement: 1,
      pabak: 1,
      prevalenceIndex: 1,
      biasIndex: 0,
      positiveAgreement: 1,
      negativeAgreement: null,
      reason: "expected agreement is 1: kappa is 0/0",
    });
  });

  it.each([
    ["scott", scottPi],
    ["brennan-prediger", brennanPredigerTable],
  ] as const)("%s", (chance, coefficient) => {
    const shared = { ...noInterval, standardError: null, confidence, method: `${chance}, unweighted` };
    const none = { observed: null, expected: null, reason: "no pairs of labels" };
    expect(coefficient(empty)).toEqual({ ...shared, ...none, n: 0 });
    // Declaring a single label leaves chance nothing to guess.
    expect(coefficient([[3]])).toEqual({
      ...shared,
      n: 3,
      observed: 1,
      expected: 1,
      reason: "expected agreement is 1: the coefficient is 0/0",
    });
  });

  it("crosstab counts the pairs that it dropped", () => {
    const table = [
      [1, 0],
      [0, 0],
    ];
    expect(crosstab(["a", null, "b"], ["a", "a", null], ["a", "b"])).toEqual({ table, n: 1, nMissing: 2 });
  });
});

describe("several raters", () => {
  const coefficients = [
    ["gwet", gwetAgreement, 0],
    // Two declared labels: guessing agrees half of the time.
    ["brennan-prediger", brennanPrediger, 0.5],
    ["fleiss", fleissKappaGeneral, 1],
  ] as const;

  it.each(coefficients)("%s", (chance, coefficient, chanceOnOneLabel) => {
    const shared = { ...noInterval, standardError: null, confidence, method: `${chance}, unweighted` };
    const categories = [1, 2];
    expect(
      coefficient(
        [
          [1, null],
          [null, null],
        ],
        { categories },
      ),
    ).toEqual({
      ...shared,
      n: 1,
      nPaired: 0,
      nMissing: 1,
      observed: null,
      expected: null,
      reason: "no subject has two ratings",
    });
    expect(
      coefficient(
        [
          [1, 1],
          [1, 1],
        ],
        { categories: [1] },
      ),
    ).toEqual({
      ...shared,
      n: 2,
      nPaired: 2,
      nMissing: 0,
      observed: 1,
      expected: null,
      reason: "one declared category: nothing to disagree on",
    });
    expect(coefficient([[1, 1]], { categories })).toEqual({
      ...shared,
      estimate: chanceOnOneLabel === 1 ? null : 1,
      n: 1,
      nPaired: 1,
      nMissing: 0,
      observed: 1,
      expected: chanceOnOneLabel,
      reason:
        chanceOnOneLabel === 1 ? "expected agreement is 1: 0/0" : "one subject: no variance between subjects",
    });
    const weighted = coefficient(
      [
        [1, 1],
        [1, 2],
      ],
      { categories, weights: "linear", confidence: 0.9 },
    );
    expect(weighted).toMatchObject({ confidence: 0.9, method: `${chance}, linear`, reason: null });
  });

  it("fleissKappa", () => {
    const untested = { estimate: null, standardErrorNull: null, statistic: null, pValue: null };
    const shared = { ...untested, method: "fleiss kappa" };
    const none = { ...shared, observed: null, expected: null, reason: "no ratings" };
    expect(fleissKappa([])).toEqual({ ...none, n: 0, ratingsPerSubject: null });
    expect(fleissKappa([[0, 0]])).toEqual({ ...none, n: 1, ratingsPerSubject: 0 });
    expect(
      fleissKappa([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual({
      ...shared,
      n: 2,
      ratingsPerSubject: 1,
      observed: null,
      expected: 0.5,
      reason: "one rating per subject: no pairs",
    });
    expect(
      fleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toEqual({
      ...shared,
      n: 2,
      ratingsPerSubject: 2,
      observed: 1,
      expected: 1,
      reason: "all ratings in one category: kappa is 0/0",
    });
  });

  it("krippendorffAlpha", () => {
    const shared = { estimate: null, level: "nominal", method: "krippendorff alpha, nominal" };
    expect(
      krippendorffAlpha([
        [1, null],
        [null, 1],
      ]),
    ).toEqual({
      ...shared,
      observedDisagreement: null,
      expectedDisagreement: null,
      nPairable: 0,
      nUnits: 0,
      nDropped: 2,
      reason: "no unit has two ratings",
    });
    expect(krippendorffAlpha([])).toMatchObject({ nDropped: 0, reason: "no unit has two ratings" });
    expect(
      krippendorffAlpha([
        [1, 1, 2],
        [1, 1, null],
      ]),
    ).toEqual({
      ...shared,
      observedDisagreement: 0,
      expectedDisagreement: 0,
      nPairable: 4,
      nUnits: 2,
      nDropped: 1,
      reason: "a single value is used throughout: alpha is 0/0",
    });
  });

  it("krippendorffAlphaBootstrap", () => {
    const shared = { ...noInterval, standardError: null, confidence, replicates: 10, seed: 1 };
    expect(krippendorffAlphaBootstrap([[1], [null]], { replicates: 10 })).toEqual({
      ...shared,
      n: 0,
      nUndefined: 0,
      method: "krippendorff alpha, nominal; bootstrap over units",
      reason: "no unit has two ratings",
    });
    expect(krippendorffAlphaBootstrap([[1], [1]], { replicates: 10, level: "ordinal" })).toEqual({
      ...shared,
      n: 1,
      nUndefined: 10,
      method: "krippendorff alpha, ordinal; bootstrap over units, percentile",
      reason: "the statistic is undefined on the data",
    });
  });

  it("icc", () => {
    const untested = { lower: null, upper: null, statistic: null, pValue: null };
    const names = ["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"] as const;
    const none = {
      ...untested,
      estimate: null,
      df1: null,
      df2: null,
      reason: "needs two complete subjects and two raters",
    };
    const shared = { confidence, method: "icc, analysis of variance" };
    for (const [rows, n, nRaters, nMissing] of [
      [[], 0, 0, 0],
      [
        [
          [1, 2],
          [3, null],
        ],
        1,
        2,
        1,
      ],
      [[[1], [2]], 2, 1, 0],
    ] as const) {
      expect(icc(rows)).toEqual({
        ...shared,
        ...Object.fromEntries(names.map((name) => [name, none])),
        meanSquares: null,
        n,
        nRaters,
        nMissing,
      });
    }
    // Two subjects and two raters are enough to say that nothing varies, or that only the subjects do.
    const flat = icc([
      [2, 2],
      [2, 2],
    ]);
    const certain = icc([
      [1, 1],
      [2, 2],
    ]);
    for (const name of names) {
      const [df1, df2] = [1, name.startsWith("icc1") ? 2 : 1];
      expect(flat[name]).toEqual({
        ...untested,
        estimate: null,
        df1,
        df2,
        reason: "the ratings do not vary: 0/0",
      });
      expect(certain[name]).toEqual({
        ...untested,
        estimate: 1,
        df1,
        df2,
        reason: "the error mean square is 0: no F ratio",
      });
    }
    expect(flat.meanSquares).toEqual({
      betweenSubjects: 0,
      withinSubjects: 0,
      betweenRaters: 0,
      residual: 0,
    });
    expect(certain.meanSquares).toEqual({
      betweenSubjects: 1,
      withinSubjects: 0,
      betweenRaters: 0,
      residual: 0,
    });
  });
});

describe("pairs of numbers", () => {
  it("blandAltman", () => {
    const none = { estimate: null, lower: null, upper: null };
    const shared = {
      standardDeviation: null,
      lowerLimit: none,
      upperLimit: none,
      standardErrorBias: null,
      standardErrorLimit: null,
      standardErrorLimitExact: null,
      confidence,
      method: "bland-altman, 1.96 sd",
    };
    expect(blandAltman([null], [1])).toEqual({
      ...shared,
      bias: none,
      n: 0,
      nMissing: 1,
      reason: "no complete pairs",
    });
    expect(blandAltman([3], [1])).toEqual({
      ...shared,
      bias: { ...none, estimate: 2 },
      n: 1,
      nMissing: 0,
      reason: "one pair: the differences have no spread",
    });
    // Differences 1 and 3: mean 2, standard deviation sqrt(2); t of one degree of freedom 12.7062047 x sqrt(2 / 2).
    const two = blandAltman([1, 3], [0, 0]);
    expect(two.bias.lower!).toBeCloseTo(2 - 12.7062047, 6);
    expect(two.upperLimit.estimate!).toBeCloseTo(2 + 1.96 * Math.SQRT2, 12);
    expect(two.reason).toBeNull();
  });

  it("pearson and spearman", () => {
    const r = { confidence, method: "pearson, Fisher z interval", nMissing: 0, pValue: null };
    const rho = { method: "spearman, t approximation", nMissing: 0, pValue: null };
    for (const [x, y, n, reason] of [
      [[1], [2], 1, "fewer than two complete pairs"],
      [[1, 1], [1, 2], 2, "x has zero variance"],
      [[1, 2], [1, 1], 2, "y has zero variance"],
    ] as const) {
      expect(pearson(x, y)).toEqual({ ...r, ...noInterval, n, reason });
      expect(spearman(x, y)).toEqual({ ...rho, estimate: null, n, reason });
    }
    expect(pearson([1, 2], [5, 3])).toEqual({
      ...r,
      ...noInterval,
      estimate: -1,
      n: 2,
      reason: "two pairs always lie on a line: no interval or test",
    });
    expect(spearman([1, 2], [5, 3])).toEqual({
      ...rho,
      estimate: -1,
      n: 2,
      reason: "two pairs allow no test",
    });
    // Three pairs leave Fisher's z no width but all of it; r = 1/2 has t = 1/sqrt(3) on one degree of freedom: p = 2/3.
    const three = pearson([1, 2, 3], [1, 3, 2]);
    expect(three).toMatchObject({ estimate: 0.5, lower: -1, upper: 1, reason: null });
    expect(three.pValue!).toBeCloseTo(2 / 3, 10);
    expect(spearman([1, 2, 3], [1, 3, 2]).pValue!).toBeCloseTo(2 / 3, 10);
    expect(pearson([1, 2, 3], [2, 4, 6])).toMatchObject({ lower: -1, upper: 1, pValue: 0, reason: null });
    expect(pearson([1, 2, 3, 4], [4, 3, 2, 1])).toMatchObject({
      estimate: -1,
      lower: -1,
      upper: -1,
      pValue: 0,
    });
    // The mean of three times 0.1 is 0.1 and a bit.
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3]).reason).toBe("x has zero variance");
    expect(pearson([1, 2, 3], [0.1, 0.1, 0.1]).reason).toBe("y has zero variance");
    expect(spearman([1, 2, 3], [4, 2, 0])).toMatchObject({ estimate: -1, pValue: 0, reason: null });
  });

  it("kendallTauB", () => {
    const shared = {
      method: "kendall tau-b",
      estimate: null,
      pValue: null,
      concordant: 0,
      discordant: 0,
      nMissing: 0,
    };
    expect(kendallTauB([1], [2])).toEqual({
      ...shared,
      tiedX: 0,
      tiedY: 0,
      n: 1,
      reason: "fewer than two complete pairs",
    });
    expect(kendallTauB([1, 1], [1, 2])).toEqual({
      ...shared,
      tiedX: 1,
      tiedY: 0,
      n: 2,
      reason: "x has zero variance",
    });
    expect(kendallTauB([1, 2], [1, 1])).toMatchObject({ reason: "y has zero variance" });
    // One pair in order: tau 1; its null variance is 2 x 1 x 9 / 18 = 1, so z = 1 and p = 0.3173.
    const two = kendallTauB([1, 2], [1, 2]);
    expect(two).toMatchObject({ estimate: 1, reason: null });
    expect(two.pValue!).toBeCloseTo(0.31731050786, 9);
  });

  it("somersD", () => {
    const tied = "every pair of items is tied: nothing to order";
    const shared = { method: "somers d", concordant: 0, discordant: 0, nMissing: 0, n: 2 };
    const nothing = { yGivenX: null, xGivenY: null, gamma: null };
    expect(somersD([1, 1], [2, 2])).toEqual({ ...shared, ...nothing, reason: tied });
    expect(somersD([1, 1], [1, 2])).toEqual({ ...shared, ...nothing, xGivenY: 0, reason: tied });
    expect(somersD([1, 2], [1, 2])).toEqual({
      ...shared,
      concordant: 1,
      yGivenX: 1,
      xGivenY: 1,
      gamma: 1,
      reason: null,
    });
  });

  it("linCcc", () => {
    const unknown = { lower: null, upper: null, standardError: null, pearson: null, biasCorrection: null };
    const shared = { ...unknown, nMissing: 0, confidence, method: "lin ccc, variances over n" };
    expect(linCcc([1], [1])).toEqual({
      ...shared,
      estimate: null,
      n: 1,
      reason: "fewer than two complete pairs",
    });
    expect(linCcc([2, 2], [2, 2])).toEqual({
      ...shared,
      estimate: null,
      n: 2,
      reason: "both series are one constant: 0/0",
    });
    const flat = { ...shared, n: 2, reason: "a series has zero variance: no correlation, no interval" };
    expect(linCcc([2, 2], [1, 3])).toEqual({ ...flat, estimate: 0 });
    expect(linCcc([1, 3], [2, 2])).toEqual({ ...flat, estimate: 0 });
    // Shift 1 and variances 1/4: 2 x 1/4 / (1/2 + 1) = 1/3.
    const two = linCcc([0, 1], [1, 2]);
    expect(two.estimate!).toBeCloseTo(1 / 3, 12);
    expect(two).toMatchObject({
      ...unknown,
      pearson: 1,
      biasCorrection: expect.closeTo(1 / 3, 12),
      reason: "fewer than three complete pairs: no error",
    });
    expect(linCcc([1, 2, 4], [1, 2, 4], { divisor: "n - 1" })).toMatchObject({
      estimate: expect.closeTo(1, 12),
      lower: null,
      upper: null,
      standardError: expect.closeTo(0, 7),
      method: "lin ccc, variances over n - 1",
      reason: "perfect agreement: z is infinite",
    });
  });
});
