import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  brennanPrediger,
  fleissKappaGeneral,
  gwetAgreement,
} from "../../../src/lib/agreement/chance-corrected.js";
import { crosstab } from "../../../src/lib/agreement/crosstab.js";
import { fleissKappa } from "../../../src/lib/agreement/fleiss-kappa.js";
import {
  krippendorffAlpha,
  krippendorffAlphaBootstrap,
} from "../../../src/lib/agreement/krippendorff-alpha.js";
import { brennanPredigerTable, scottPi } from "../../../src/lib/agreement/scott-pi.js";

const categories = [1, 2, 3, 4];
const rating = fc.option(fc.constantFrom(...categories), { freq: 6, nil: null });
/** Subjects by three raters, some ratings missing. */
const ratings = fc.array(fc.tuple(rating, rating, rating), { minLength: 2, maxLength: 25 });
const complete = fc.array(fc.tuple(...categories.slice(0, 3).map(() => fc.constantFrom(...categories))), {
  minLength: 2,
  maxLength: 25,
});
const transpose = <T>(rows: readonly (readonly T[])[]) =>
  (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] as T));
const close = (a: number | null, b: number | null, digits = 10) => {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(a).toBeCloseTo(b, digits);
};

describe("gwetAgreement, brennanPrediger, fleissKappaGeneral", () => {
  const all = [gwetAgreement, brennanPrediger, fleissKappaGeneral];

  it("do not depend on the order of subjects or raters", () => {
    fc.assert(
      fc.property(ratings, fc.constantFrom("unweighted" as const, "quadratic" as const), (rows, weights) => {
        const turned = [...rows].reverse().map((row) => [...row].reverse());
        for (const coefficient of all) {
          const forward = coefficient(rows, { categories, weights });
          const backward = coefficient(turned, { categories, weights });
          close(forward.estimate, backward.estimate);
          close(forward.standardError, backward.standardError);
        }
      }),
    );
  });

  it("do not change when subjects without ratings are added, but count them", () => {
    fc.assert(
      fc.property(ratings, (rows) => {
        for (const coefficient of all) {
          const before = coefficient(rows, { categories });
          const after = coefficient([...rows, [null, null, null]], { categories });
          expect(after).toEqual({ ...before, nMissing: before.nMissing + 1 });
        }
      }),
    );
  });

  it("give Fleiss' kappa on complete ratings", () => {
    fc.assert(
      fc.property(complete, (rows) => {
        const counts = rows.map((row) =>
          categories.map((category) => row.filter((value) => value === category).length),
        );
        close(fleissKappaGeneral(rows, { categories }).estimate, fleissKappa(counts).estimate);
      }),
    );
  });

  it("give Scott's pi and Brennan-Prediger of the table for two raters, with nearly their delta-method error", () => {
    fc.assert(
      fc.property(complete, (rows) => {
        const pairs = rows.map(([a, b]) => [a!, b!]);
        const { table } = crosstab(
          pairs.map(([a]) => a!),
          pairs.map(([, b]) => b!),
          categories,
        );
        const n = pairs.length;
        const fleiss = fleissKappaGeneral(pairs, { categories });
        const scott = scottPi(table);
        close(fleiss.estimate, scott.estimate);
        // Same linearization; Gwet divides by n - 1 where the multinomial delta method divides by n.
        if (scott.standardError !== null) {
          close(fleiss.standardError, scott.standardError * Math.sqrt(n / (n - 1)), 8);
        }
        close(brennanPrediger(pairs, { categories }).estimate, brennanPredigerTable(table).estimate);
      }),
    );
  });

  it("give the reason when undefined: no subject with two ratings, one category, one subject", () => {
    expect(
      gwetAgreement(
        [
          [1, null],
          [null, 2],
        ],
        { categories },
      ),
    ).toMatchObject({ estimate: null, n: 2, nPaired: 0 });
    expect(gwetAgreement([[1, 1]], { categories: [1] }).reason).toMatch(/one declared category/);
    expect(gwetAgreement([[1, 1]], { categories })).toMatchObject({ estimate: 1, standardError: null });
    expect(
      fleissKappaGeneral(
        [
          [1, 1],
          [1, 1],
        ],
        { categories },
      ),
    ).toMatchObject({ estimate: null, expected: 1 });
  });

  it("keep AC1 high where kappa collapses on a skewed label", () => {
    const skewed = [...Array.from({ length: 45 }, () => [1, 1]), [1, 2], [2, 1], [1, 2], [2, 1], [2, 2]];
    expect(gwetAgreement(skewed, { categories: [1, 2] }).estimate!).toBeGreaterThan(0.88);
    expect(fleissKappaGeneral(skewed, { categories: [1, 2] }).estimate!).toBeLessThan(0.35);
  });
});

describe("fleissKappa", () => {
  it("throws for subjects with different numbers of ratings, naming the row and an alternative", () => {
    expect(() =>
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    ).toThrow(/every subject needs 2 ratings; row 1 has 1/);
  });

  it("is undefined without pairs of ratings", () => {
    expect(
      fleissKappa([
        [1, 0],
        [0, 1],
      ]),
    ).toMatchObject({ estimate: null, observed: null, expected: 0.5 });
    expect(fleissKappa([])).toMatchObject({ estimate: null, n: 0, reason: "no ratings" });
  });
});

describe("krippendorffAlpha", () => {
  const levels = fc.constantFrom(
    "nominal" as const,
    "ordinal" as const,
    "interval" as const,
    "ratio" as const,
  );

  it("does not depend on the order of raters or units, nor on empty units", () => {
    fc.assert(
      fc.property(ratings, levels, (rows, level) => {
        const byRater = transpose(rows);
        const forward = krippendorffAlpha(byRater, { level });
        const turned = krippendorffAlpha(
          [...byRater].reverse().map((row) => [null, ...[...row].reverse()]),
          { level },
        );
        close(turned.estimate, forward.estimate);
        expect(turned.nPairable).toBe(forward.nPairable);
      }),
    );
  });

  it("does not change at interval level when ratings are shifted and stretched", () => {
    fc.assert(
      fc.property(
        ratings,
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, shift, scale) => {
          const byRater = transpose(rows);
          const moved = byRater.map((row) =>
            row.map((value) => (value === null ? null : scale * value + shift)),
          );
          close(
            krippendorffAlpha(moved, { level: "interval" }).estimate,
            krippendorffAlpha(byRater, { level: "interval" }).estimate,
            8,
          );
        },
      ),
    );
  });

  it("does not change at ordinal level under an increasing relabeling, unlike at interval level", () => {
    fc.assert(
      fc.property(ratings, (rows) => {
        const byRater = transpose(rows);
        const cubed = byRater.map((row) => row.map((value) => (value === null ? null : value ** 3)));
        close(
          krippendorffAlpha(cubed, { level: "ordinal" }).estimate,
          krippendorffAlpha(byRater, { level: "ordinal" }).estimate,
        );
      }),
    );
  });

  it("equals Scott's pi at nominal level except for its small-sample term: 1 - alpha = (1 - pi)(2n - 1) / 2n", () => {
    fc.assert(
      fc.property(complete, (rows) => {
        const [a, b] = [rows.map((row) => row[0]!), rows.map((row) => row[1]!)];
        const pi = scottPi(crosstab(a, b, categories).table).estimate;
        const alpha = krippendorffAlpha([a, b]).estimate;
        const n2 = 2 * rows.length;
        close(alpha, pi === null ? null : 1 - ((1 - pi) * (n2 - 1)) / n2);
      }),
    );
  });

  it("is the same at every level except ratio for two values: there is only one distance", () => {
    const binary = [
      [0, 1, 0, 0, 1, 1],
      [0, 1, 1, 0, 1, null],
    ];
    const nominal = krippendorffAlpha(binary).estimate!;
    expect(krippendorffAlpha(binary, { level: "interval" }).estimate!).toBeCloseTo(nominal, 12);
    expect(krippendorffAlpha(binary, { level: "ordinal" }).estimate!).toBeCloseTo(nominal, 12);
  });

  it("maps ordered text labels to ranks", () => {
    const words = [
      ["low", "mid", "high"],
      ["low", "high", "high"],
    ];
    const numbers = [
      [1, 2, 3],
      [1, 3, 3],
    ];
    const order = ["low", "mid", "high"];
    expect(krippendorffAlpha(words, { level: "ordinal", order }).estimate).toBe(
      krippendorffAlpha(numbers, { level: "ordinal" }).estimate,
    );
  });

  it("names the rating that is invalid for the level", () => {
    expect(() =>
      krippendorffAlpha(
        [
          [1, "low"],
          [1, 1],
        ],
        { level: "ordinal" },
      ),
    ).toThrow(/level "ordinal" needs numeric ratings; got "low" \(unit 1, rater 0\)/);
    expect(() => krippendorffAlpha([[1], [-1]], { level: "ratio" })).toThrow(/needs ratings >= 0/);
    expect(() => krippendorffAlpha([["x"], ["a"]], { level: "ordinal", order: ["a"] })).toThrow(
      /must appear in order/,
    );
    expect(() => krippendorffAlpha([[1, 2], [1]])).toThrow(/rater 1 has 1 ratings, rater 0 has 2/);
  });

  it("is undefined, not 1, when a single value is used, and without pairs", () => {
    expect(
      krippendorffAlpha([
        [1, 1],
        [1, 1],
      ]),
    ).toMatchObject({ estimate: null, expectedDisagreement: 0 });
    expect(
      krippendorffAlpha([
        [1, null],
        [null, 1],
      ]),
    ).toMatchObject({ estimate: null, nPairable: 0, nDropped: 2 });
  });

  it("has a bootstrap interval around the estimate, undefined if the estimate is", () => {
    const units = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2],
      [1, 2, 3, 3, 2, 2, 4, 1, 2],
      [1, 3, 3, 3, 2, 3, 4, 2, 2],
    ];
    for (const level of ["nominal", "ordinal", "interval", "ratio"] as const) {
      const drawn = krippendorffAlphaBootstrap(units, { level, replicates: 400, seed: 3, interval: "bca" });
      expect(drawn.estimate).toBe(krippendorffAlpha(units, { level }).estimate);
      expect(drawn.lower! < drawn.estimate! && drawn.estimate! < drawn.upper! && drawn.upper! <= 1).toBe(
        true,
      );
    }
    expect(krippendorffAlphaBootstrap([[1], [1]], { replicates: 10 })).toMatchObject({
      estimate: null,
      lower: null,
    });
    expect(krippendorffAlphaBootstrap([[1], [null]], { replicates: 10 })).toMatchObject({
      estimate: null,
      n: 0,
    });
  });
});
