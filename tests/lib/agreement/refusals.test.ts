import { describe, expect, it } from "vitest";
import {
  agreementWeights,
  blandAltman,
  brennanPrediger,
  brennanPredigerTable,
  cohenKappa,
  cohenKappaBootstrap,
  cohenKappaOfLabels,
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
} from "../../../src/lib/agreement/index.js";
import { refusal } from "../../refusal.js";

interface Options {
  readonly confidence?: number;
}
const ofTables = { cohenKappa, cohenKappaBootstrap, scottPi, brennanPredigerTable };
const ofRaters = { gwetAgreement, brennanPrediger, fleissKappaGeneral };
const ofNumbers = { blandAltman, linCcc, pearson, spearman, kendallTauB, somersD };
const square = [
  [3, 1],
  [1, 3],
];

describe("with a confidence outside (0, 1)", () => {
  const { cohenKappaBootstrap: _drawn, ...closedForms } = ofTables;
  const calls: [string, (options: Options) => unknown][] = [
    ...Object.entries(closedForms).map(
      ([name, coefficient]) => [name, (options: Options) => coefficient(square, options)] as [string, never],
    ),
    ...Object.entries(ofRaters).map(
      ([name, coefficient]) =>
        [name, (options: Options) => coefficient([[1, 1]], { categories: [1, 2], ...options })] as [
          string,
          never,
        ],
    ),
    ["blandAltman", (options) => blandAltman([1, 2], [1, 3], options)],
    ["linCcc", (options) => linCcc([1, 2], [1, 3], options)],
    ["pearson", (options) => pearson([1, 2], [1, 3], options)],
    [
      "icc",
      (options) =>
        icc(
          [
            [1, 2],
            [2, 2],
          ],
          options,
        ),
    ],
    ["krippendorffAlphaBootstrap", (options) => krippendorffAlphaBootstrap([[1], [1]], options)],
  ];

  it.each(calls)("%s throws", (name, call) => {
    for (const confidence of [95, 1, 0]) {
      expect(refusal(() => call({ confidence })).message).toBe(
        `${name}: confidence must be in (0, 1); got ${confidence}`,
      );
    }
  });
});

describe("with a table that is not square or has invalid counts", () => {
  it.each(Object.entries(ofTables))("%s throws", (name, coefficient) => {
    const wide = refusal(() => coefficient([[1, 2]]));
    expect(wide.message).toBe(`${name}: the table must be square; row 0 has 2 of 1 cells`);
    expect(wide.hint).toMatch(/unused categories a row and a column of zeros/);
    for (const bad of [-2, Number.NaN, Number.POSITIVE_INFINITY]) {
      const call = () =>
        coefficient([
          [1, bad],
          [0, 1],
        ]);
      expect(refusal(call).message).toBe(`${name}: counts must be >= 0; got ${bad} in row 0, column 1`);
    }
  });
});

describe("with undeclared labels or duplicate categories", () => {
  const undeclared = "is not among the categories";
  it.each(Object.entries(ofRaters))("%s throws", (name, coefficient) => {
    const text = refusal(() =>
      coefficient(
        [
          [1, 1],
          [1, "2"],
        ],
        { categories: [1, 2] },
      ),
    );
    expect(text.message).toBe(`${name}: "2" (item 1) ${undeclared}`);
    expect(text.hint).toBe('Declared: 1, 2. The number 1 and the text "1" differ.');
    expect(refusal(() => coefficient([[1, 1]], { categories: [1, 2, 1] })).message).toBe(
      `${name}: categories must differ from each other; got [1, 2, 1]`,
    );
  });

  it("crosstab and cohenKappaOfLabels throw", () => {
    for (const call of [
      () => crosstab(["a", "a"], ["a", "c"], ["a", "b"]),
      () => cohenKappaOfLabels(["a", "c"], ["a", "a"], { categories: ["a", "b"] }),
    ]) {
      expect(refusal(call).message).toBe(`crosstab: "c" (item 1) ${undeclared}`);
      expect(refusal(call).hint).toMatch(/^Declared: "a", "b"\./);
    }
    expect(refusal(() => crosstab(["a"], [], ["a"])).message).toBe(
      "crosstab: both inputs need the same length; got 1 and 0",
    );
  });
});

describe("agreement weights", () => {
  it("throw for scores that are not one finite number per category", () => {
    for (const scores of [[1], [0, Number.NaN], [0, 1, 2]]) {
      const { message, hint } = refusal(() => agreementWeights("linear", 2, scores));
      expect(message).toBe(`agreementWeights: scores must be 2 finite numbers; got [${scores.join(", ")}]`);
      expect(hint).toMatch(/one score per declared category/);
    }
  });

  it("throw for a matrix that is not k x k numbers of at most 1", () => {
    for (const matrix of [
      [[1]],
      [[1, 0]],
      [[1, 0], [0]],
      [
        [1, 0],
        [0, 1.1],
      ],
      [
        [1, 0],
        [Number.NEGATIVE_INFINITY, 1],
      ],
    ]) {
      const { message, hint } = refusal(() => agreementWeights(matrix, 2));
      expect(message).toBe("agreementWeights: custom weights must be 2 x 2 numbers, at most 1");
      expect(hint).toMatch(/1 - v \/ max\(v\)/);
    }
  });
});

describe("with two series of different lengths or non-finite numbers", () => {
  it.each(Object.entries(ofNumbers))("%s throws", (name, statistic) => {
    expect(refusal(() => statistic([1, 2], [1])).message).toBe(
      `${name}: both inputs need the same length; got 2 and 1`,
    );
    expect(refusal(() => statistic([1, Number.NaN], [1, 2])).message).toBe(
      `${name}: x[1] must be a finite number; got NaN`,
    );
    expect(refusal(() => statistic([1, 2], [1, Number.POSITIVE_INFINITY])).message).toBe(
      `${name}: y[1] must be a finite number; got Infinity`,
    );
  });
});

describe("with invalid ratings by several raters", () => {
  it("fleissKappa throws for counts with different sums", () => {
    const { message, hint } = refusal(() =>
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    );
    expect(message).toBe("fleissKappa: every subject needs 2 ratings; row 1 has 1");
    expect(hint).toMatch(/fleissKappaGeneral, which takes missing ratings/);
    for (const row of [[2], [2.5, -0.5], [3, -1]]) {
      expect(refusal(() => fleissKappa([[2, 0], row])).message).toBe(
        `fleissKappa: row 1 must have 2 integer counts >= 0; got [${row.join(", ")}]`,
      );
    }
  });

  it("icc throws for ragged rows and non-finite numbers", () => {
    const { message, hint } = refusal(() => icc([[1, 2], [1]]));
    expect(message).toBe("icc: every subject needs 2 ratings; row 1 has 1");
    expect(hint).toMatch(/write null where a rating is missing/);
    expect(
      refusal(() =>
        icc([
          [1, 2],
          [1, Number.NaN],
        ]),
      ).message,
    ).toBe("icc: ratings[1][1] must be a finite number; got NaN");
  });

  it("krippendorffAlpha throws for ragged rows and values that are invalid for the level", () => {
    const ragged = refusal(() => krippendorffAlpha([[1, 2], [1]]));
    expect(ragged.message).toBe("krippendorffAlpha: rater 1 has 1 ratings, rater 0 has 2");
    expect(ragged.hint).toMatch(/write null where a rating is missing/);
    const text = refusal(() => krippendorffAlpha([["low"], [1]], { level: "interval" }));
    expect(text.message).toBe(
      'krippendorffAlpha: level "interval" needs numeric ratings; got "low" (unit 0, rater 0)',
    );
    expect(text.hint).toMatch(/Map labels with `order/);
    const endless = [[1], [Number.POSITIVE_INFINITY]];
    expect(refusal(() => krippendorffAlpha(endless, { level: "ordinal" })).message).toMatch(
      /needs numeric ratings; got Infinity \(unit 0, rater 1\)/,
    );
    expect(refusal(() => krippendorffAlpha([[1], [-1]], { level: "ratio" })).message).toBe(
      'krippendorffAlpha: level "ratio" needs ratings >= 0; got -1 (unit 0, rater 1)',
    );
    expect(refusal(() => krippendorffAlpha([[1], [-1]], { level: "ratio" })).hint).toMatch(
      /use level "interval"/,
    );
    const order = ["low", "high"];
    expect(refusal(() => krippendorffAlpha([["low"], ["mid"]], { level: "ordinal", order })).message).toBe(
      'krippendorffAlpha: every label must appear in order; got "mid" (unit 0, rater 1)',
    );
    expect(refusal(() => krippendorffAlphaBootstrap([[1], [1]], { replicates: 0 })).message).toBe(
      "krippendorffAlphaBootstrap: replicates must be an integer >= 1; got 0",
    );
  });
});
