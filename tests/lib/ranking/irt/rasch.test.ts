import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionalMoments } from "../../../../src/lib/ranking/irt/conditional-moments.js";
import { fitRasch } from "../../../../src/lib/ranking/irt/rasch.js";
import type { Answer } from "../../../../src/lib/ranking/irt/responses.js";

/** The same moments by listing all answer patterns with the given sum. */
function enumerate(easiness: readonly number[], score: number) {
  const k = easiness.length;
  let total = 0;
  const joint = easiness.map(() => easiness.map(() => 0));
  for (let pattern = 0; pattern < 2 ** k; pattern += 1) {
    const right = easiness.map((_, i) => (pattern >> i) & 1);
    if (right.reduce((sum, bit) => sum + bit, 0) !== score) continue;
    const weight = Math.exp(right.reduce((sum, bit, i) => sum + bit * easiness[i]!, 0));
    total += weight;
    for (let i = 0; i < k; i += 1)
      for (let j = 0; j < k; j += 1) joint[i]![j]! += weight * right[i]! * right[j]!;
  }
  return { logSymmetric: Math.log(total), joint: joint.map((row) => row.map((value) => value / total)) };
}

describe("conditionalMoments", () => {
  it("equal the sums over all answer patterns", () => {
    const easiness = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(easiness, fc.nat(), (values, pick) => {
        const score = 1 + (pick % (values.length - 1));
        const got = conditionalMoments(values, score);
        const expected = enumerate(values, score);
        expect(got.logSymmetric).toBeCloseTo(expected.logSymmetric, 9);
        values.forEach((_, i) => {
          values.forEach((_, j) => {
            expect(got.joint[i]![j]).toBeCloseTo(expected.joint[i]![j]!, 9);
          });
        });
      }),
    );
  });

  it("stay exact for 1,000 equal items, where symmetric functions overflow", () => {
    const { mean, logSymmetric } = conditionalMoments(
      Array.from({ length: 1000 }, () => 0.3),
      2,
    );
    for (const chance of mean) expect(chance).toBeCloseTo(0.002, 12);
    // 1000 choose 2 patterns of weight exp(0.6)
    expect(logSymmetric).toBeCloseTo(Math.log(499_500) + 0.6, 9);
  });
});

describe("fitRasch", () => {
  const times = (n: number, row: readonly Answer[]) => Array.from({ length: n }, () => row);

  it("gives two items the log odds of the persons who got only one of them right", () => {
    const fit = fitRasch([
      ...times(30, [1, 0]),
      ...times(10, [0, 1]),
      ...times(7, [1, 1]),
      ...times(5, [0, 0]),
    ]);
    // difference of difficulties log(10 right on the second only / 30 on the first only), centered
    expect(fit.difficulty[0]).toBeCloseTo(-Math.log(3) / 2, 10);
    expect(fit.difficulty[1]).toBeCloseTo(Math.log(3) / 2, 10);
    expect(fit.se[0]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10) / 2, 10);
    expect(fit.conditionalLogLikelihood).toBeCloseTo(30 * Math.log(0.75) + 10 * Math.log(0.25), 10);
    expect(fit.nInformative).toBe(40);
  });

  it("conditions persons with missing answers on the items that they answered", () => {
    // These persons answer only the first two items together; others link the third to the second.
    const fit = fitRasch([
      ...times(30, [1, 0, null]),
      ...times(10, [0, 1, null]),
      ...times(12, [null, 1, 0]),
      ...times(6, [null, 0, 1]),
    ]);
    expect(fit.difficulty[1]! - fit.difficulty[0]!).toBeCloseTo(Math.log(3), 9);
    expect(fit.difficulty[2]! - fit.difficulty[1]!).toBeCloseTo(Math.log(2), 9);
    expect(fit.difficulty.reduce((sum: number, value) => sum + value!, 0)).toBeCloseTo(0, 10);
  });

  it("drops an item that only persons with all answers wrong failed, because it has no finite difficulty", () => {
    const fit = fitRasch([...times(3, [1, 0, 1]), ...times(2, [0, 1, 1]), ...times(4, [0, 0, 0])]);
    expect(fit.droppedItems).toEqual([{ item: 2, reason: "all right" }]);
    expect(fit.difficulty[2]).toBeNull();
    expect(fit.difficulty[1]! - fit.difficulty[0]!).toBeCloseTo(Math.log(3 / 2), 9);
  });

  it("is undefined if no chain of correct and wrong answers links two groups of items", () => {
    const fit = fitRasch([
      ...times(3, [1, 0, null, null]),
      ...times(2, [0, 1, null, null]),
      ...times(3, [null, null, 1, 0]),
      ...times(2, [null, null, 0, 1]),
    ]);
    expect(fit).toMatchObject({ status: "no_finite_mle", conditionalLogLikelihood: null });
    expect(fit.difficulty).toEqual([null, null, null, null]);
    expect(fit.reason).not.toBeNull();
  });

  it("is undefined if every person has all answers correct or all wrong", () => {
    expect(
      fitRasch([
        [1, 1],
        [0, 0],
      ]),
    ).toMatchObject({ status: "no_finite_mle", nInformative: 0 });
  });
});
