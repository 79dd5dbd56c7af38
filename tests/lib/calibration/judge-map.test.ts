import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyJudgeMap, isotonicMap, linearMap } from "../../../src/lib/calibration/judge-map.js";

const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 10 })), {
  minLength: 1,
  maxLength: 20,
});

describe("isotonicMap", () => {
  it("never decreases, keeps the mean, and fits at least as well as any non-decreasing line", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const judge = rows.map(([x]) => x);
        const human = rows.map(([, y]) => y);
        const { map, rmse } = isotonicMap(judge, human);
        const mapped = judge.map((x) => applyJudgeMap(map!, x));
        judge.forEach((x, i) => {
          judge.forEach((other, j) => {
            if (x <= other) expect(mapped[i]!).toBeLessThanOrEqual(mapped[j]! + 1e-12);
          });
        });
        const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
        expect(total(mapped)).toBeCloseTo(total(human), 9);
        const line = linearMap(judge, human);
        if (line.map?.kind === "linear" && line.map.slope >= 0)
          expect(rmse!).toBeLessThanOrEqual(line.rmse! + 1e-9);
      }),
    );
  });

  it("matches weighted pooling by hand", () => {
    // 3 (weight 1) and 1 (weight 3) violate the order: pooled to (3 + 3) / 4 = 1.5
    const { map } = isotonicMap([1, 2, 3], [3, 1, 5], [1, 3, 1]);
    expect(map).toEqual({
      kind: "isotonic",
      knots: [
        { judge: 1, human: 1.5 },
        { judge: 2, human: 1.5 },
        { judge: 3, human: 5 },
      ],
    });
  });

  it("is linear between knots and flat outside", () => {
    const { map } = isotonicMap([1, 3], [2, 6]);
    expect([0, 1, 2, 3, 9].map((x) => applyJudgeMap(map!, x))).toEqual([2, 2, 4, 6, 6]);
  });

  it("is undefined without items and throws for weights of 0", () => {
    expect(isotonicMap([], [])).toMatchObject({ map: null, rmse: null });
    expect(() => isotonicMap([1], [1], [0])).toThrow(/weights\[0\]/);
  });
});

describe("linearMap", () => {
  it("corrects a judge that is lenient and compresses the scale", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 15 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (human, slope, bias) => {
          const judge = human.map((y) => slope * y + bias);
          const fit = linearMap(judge, human);
          human.forEach((y, i) => {
            expect(applyJudgeMap(fit.map!, judge[i]!)).toBeCloseTo(y, 6);
          });
        },
      ),
    );
  });

  it("is undefined with a reason if the judge gives every item the same score", () => {
    expect(linearMap([3, 3], [1, 5])).toMatchObject({
      map: null,
      reason: "the judge's scores do not vary",
      rmseRaw: 2,
    });
  });
});
