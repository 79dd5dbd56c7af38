import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type RaterGrade,
  raterHalfWidth,
  raterSeverity,
} from "../../../src/lib/calibration/rater-severity.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

/** Every rater on every answer: answer's value plus rater's severity plus what is given per cell. */
const crossed = (
  answers: readonly number[],
  raters: readonly number[],
  noise: (i: number, r: number) => number,
) =>
  answers.flatMap((answer, i) =>
    raters.map(
      (severity, r): RaterGrade => ({
        answer: `${i}`,
        rater: `${r}`,
        difference: answer + severity + noise(i, r),
      }),
    ),
  );

describe("raterSeverity", () => {
  it("is the variance of the raters' means less what noise adds to it, where everyone rates everything", () => {
    // The two-way analysis of variance gives (MS raters - MS error) / answers.
    const noise = [
      [0.1, -0.1, 0],
      [-0.1, 0, 0.1],
      [0, 0.1, -0.1],
      [0, 0, 0],
    ];
    const grades = crossed([0, 0.3, 0.1, 0.2], [0, 0.2, 0.4], (i, r) => noise[i]![r]!);
    // Rows and columns of the noise sum to 0, so raters' means are 0.2 apart: MS raters = 4 * (0.04 + 0 + 0.04) / 2 = 0.16.
    // Six cells of 0.1 on (4 - 1) * (3 - 1) degrees of freedom: MS error = 0.06 / 6 = 0.01.
    expect(raterSeverity(grades)!.variance).toBeCloseTo((0.16 - 0.01) / 4, 10);
  });

  it("does not depend on the answers' values where everyone rates everything", () => {
    const noise = (i: number, r: number) => 0.05 * Math.sin(3 * i + 7 * r);
    const flat = raterSeverity(crossed([0, 0, 0, 0, 0, 0], [0, 0.1, 0.3], noise))!;
    const varied = raterSeverity(crossed([0, 5, 1, 3, 2, 9], [0, 0.1, 0.3], noise))!;
    expect(varied.variance).toBeCloseTo(flat.variance, 6);
  });

  it("is 0 for raters who differ by no more than noise, and never negative", () => {
    const random = createRandom("equal raters");
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), (nRaters) => {
        const grades = crossed(
          Array.from({ length: 12 }, () => randomNormal(random)),
          Array.from({ length: nRaters }, () => 0),
          () => 0.1 * randomNormal(random),
        );
        const { variance } = raterSeverity(grades)!;
        expect(variance).toBeGreaterThanOrEqual(0);
        expect(variance).toBeLessThan(0.02);
      }),
      { numRuns: 30 },
    );
  });

  it("finds the planted variance on average, where each answer has one rater or two", () => {
    const random = createRandom("sparse raters");
    const planted = 0.04 ** 2;
    for (const perAnswer of [1, 2]) {
      const runs = 400;
      let total = 0;
      for (let run = 0; run < runs; run += 1) {
        const severities = [0, 1, 2, 3].map(() => 0.04 * randomNormal(random));
        const grades = Array.from({ length: 80 }, (_, i) => {
          const answer = 0.08 * randomNormal(random);
          return Array.from({ length: perAnswer }, (__, k): RaterGrade => {
            const rater = (i + k) % 4;
            return {
              answer: `${i}`,
              rater: `${rater}`,
              difference: answer + severities[rater]! + 0.05 * randomNormal(random),
            };
          });
        }).flat();
        total += raterSeverity(grades)!.variance;
      }
      // The standard error of the mean is about planted * sqrt(2 / 3 / 400) = 4 %, more with one rater an answer.
      expect(total / runs / planted).toBeGreaterThan(0.85);
      expect(total / runs / planted).toBeLessThan(1.25);
    }
  });

  it("is unknown with one rater", () => {
    expect(raterSeverity(crossed([0, 1], [0], () => 0))).toBeNull();
  });
});

describe("raterHalfWidth", () => {
  it("is t on two degrees of freedom times the error of the mean of three raters", () => {
    // t(0.975, 2 df) = 4.3026527297; sqrt(0.0012 / 3) = 0.02.
    expect(raterHalfWidth({ nRaters: 3, variance: 0.0012 }, [1 / 3, 1 / 3, 1 / 3])).toBeCloseTo(
      4.3026527297 * 0.02,
      9,
    );
  });

  it("is unknown with fewer than three raters", () => {
    expect(raterHalfWidth({ nRaters: 2, variance: 0.01 }, [0.5, 0.5])).toBeNull();
    expect(raterHalfWidth(null, [1])).toBeNull();
  });
});
