import { describe, expect, it } from "vitest";
import {
  blandAltman,
  brennanPrediger,
  clusteredKappa,
  cohenKappa,
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
  type MeasurementLevel,
  pearson,
  scottPi,
  somersD,
  spearman,
} from "../../../src/lib/agreement/index.js";
import { InputError } from "../../../src/lib/errors.js";

type Ratings = (number | null)[][];

/** Three raters and three units, as callers without types write them: `missing` stands for two missing ratings. */
const byRater = (missing: unknown): Ratings =>
  [
    [1, 1, 2],
    [1, 1, missing],
    [missing, 1, 2],
  ] as Ratings;
const hole = (): Ratings => {
  const ratings = byRater(null);
  delete (ratings[1] as (number | null)[])[2];
  return ratings;
};
const byUnit = (ratings: Ratings): Ratings =>
  [0, 1, 2].map((unit) => ratings.map((row) => row[unit] as number | null));
const declared = { categories: [1, 2] };
const levels: MeasurementLevel[] = ["nominal", "ordinal", "interval", "ratio"];

const several: Readonly<Record<string, (ratings: Ratings) => unknown>> = {
  ...Object.fromEntries(
    levels.flatMap((level) => [
      [`krippendorffAlpha, ${level}`, (ratings: Ratings) => krippendorffAlpha(ratings, { level })],
      [
        `krippendorffAlphaBootstrap, ${level}`,
        (ratings: Ratings) => krippendorffAlphaBootstrap(ratings, { level, replicates: 100 }),
      ],
    ]),
  ),
  "krippendorffAlpha with an order": (ratings) =>
    krippendorffAlpha(ratings, { level: "ordinal", order: [1, 2] }),
  gwetAgreement: (ratings) => gwetAgreement(byUnit(ratings), declared),
  brennanPrediger: (ratings) => brennanPrediger(byUnit(ratings), declared),
  fleissKappaGeneral: (ratings) => fleissKappaGeneral(byUnit(ratings), declared),
  icc: (ratings) => icc(byUnit(ratings)),
};

const ofTwo: Readonly<Record<string, (a: (number | null)[], b: (number | null)[]) => unknown>> = {
  crosstab: (a, b) => crosstab(a, b, [1, 2]),
  cohenKappaOfLabels: (a, b) => cohenKappaOfLabels(a, b, declared),
  pearson,
  spearman,
  linCcc,
  kendallTauB,
  somersD,
  blandAltman,
};

describe("a rating that is missing", () => {
  it("is null, and alpha of ratings that otherwise agree is then 1", () => {
    // Two units with the pairs (1, 1), (1, 1, 1) and (2, 2): no disagreement, and two values are used.
    for (const level of levels) expect(krippendorffAlpha(byRater(null), { level }).estimate).toBe(1);
  });

  for (const [name, statistic] of Object.entries(several)) {
    it.each([
      ["NaN", byRater(Number.NaN)],
      ["undefined", byRater(undefined)],
      ["Infinity", byRater(Number.POSITIVE_INFINITY)],
      ["a hole in the row", hole()],
    ])(`is never %s: ${name} refuses it`, (_, ratings) => {
      expect(() => statistic(byRater(null))).not.toThrow();
      expect(() => statistic(ratings)).toThrow(InputError);
    });
  }

  for (const [name, statistic] of Object.entries(ofTwo)) {
    const [series, other] = [
      [1, 2, 1, 2],
      [1, null, 2, 2],
    ];
    it.each([
      ["NaN", Number.NaN],
      ["undefined", undefined],
      ["-Infinity", Number.NEGATIVE_INFINITY],
    ])(`is never %s, on either side: ${name} refuses it`, (_, missing) => {
      const bad = [1, missing as number, 2, 2];
      expect(() => statistic(series, other)).not.toThrow();
      expect(() => statistic(series, bad)).toThrow(InputError);
      expect(() => statistic(bad, series)).toThrow(InputError);
      // A missing rating on one side does not hide a bad one on the other.
      expect(() => statistic(bad, other)).toThrow(InputError);
    });
  }

  it("is no category and no count either", () => {
    const [odd, none] = [Number.NaN, undefined as unknown as number];
    for (const bad of [odd, none]) {
      expect(() => crosstab([1], [1], [1, bad])).toThrow(InputError);
      expect(() => gwetAgreement([[1, 1]], { categories: [1, bad] })).toThrow(InputError);
      expect(() =>
        cohenKappa([
          [1, bad],
          [0, 1],
        ]),
      ).toThrow(InputError);
      expect(() =>
        scottPi([
          [1, bad],
          [0, 1],
        ]),
      ).toThrow(InputError);
      expect(() =>
        fleissKappa([
          [1, bad],
          [0, 1],
        ]),
      ).toThrow(InputError);
      expect(() => clusteredKappa([{ left: 0, right: bad, cluster: "a" }], { categories: [0, 1] })).toThrow(
        InputError,
      );
    }
  });
});
