import { describe, expect, it } from "vitest";
import {
  brennanPrediger,
  fleissKappa,
  fleissKappaGeneral,
  gwetAgreement,
  icc,
  krippendorffAlpha,
  krippendorffAlphaBootstrap,
} from "../../../src/lib/agreement/index.js";

/** Undefined values are null with a reason, and all other fields are as usual: compares whole records. */
const noInterval = { estimate: null, lower: null, upper: null };
const confidence = 0.95;

describe("with too few ratings or without variation", () => {
  const coefficients = [
    ["gwet", gwetAgreement, 0],
    // Two declared labels: guessing agrees half of the time.
    ["brennan-prediger", brennanPrediger, 0.5],
    ["fleiss", fleissKappaGeneral, 1],
  ] as const;

  it.each(coefficients)(
    "the %s coefficient is null with a reason",
    (chance, coefficient, chanceOnOneLabel) => {
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
          chanceOnOneLabel === 1
            ? "expected agreement is 1: 0/0"
            : "one subject: no variance between subjects",
      });
      const weighted = coefficient(
        [
          [1, 1],
          [1, 2],
        ],
        { categories, weights: "linear", confidence: 0.9 },
      );
      expect(weighted).toMatchObject({ confidence: 0.9, method: `${chance}, linear`, reason: null });
    },
  );

  it("fleissKappa is null with a reason", () => {
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

  it("krippendorffAlpha is null with a reason", () => {
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

  it("krippendorffAlphaBootstrap is null with a reason", () => {
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

  it("icc is null with a reason", () => {
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
