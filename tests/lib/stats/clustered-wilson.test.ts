import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { clusteredWilson, wilsonInterval } from "../../../src/lib/stats/index.js";
import { createRandom, randomInteger } from "../../../src/lib/util/random.js";

describe("the clustered Wilson interval", () => {
  test("equals Wilson's interval if every cluster has one row", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 }), (rows) => {
        const plain = wilsonInterval(rows.filter((row) => row === 1).length, rows.length);
        const { lower, upper, estimate } = clusteredWilson(
          rows,
          rows.map(() => 1),
        );
        expect({ lower, upper, estimate }).toEqual({
          lower: plain.lower,
          upper: plain.upper,
          estimate: plain.estimate,
        });
      }),
    );
  });

  test("counts copies of a row once: with ten copies each the width is that of the clusters, except for Student's t", () => {
    const copied = clusteredWilson([10, 10, 0, 10, 0, 0, 10, 0], Array(8).fill(10));
    const single = wilsonInterval(4, 8);
    // Design effect 10 · 8/7, (z/t7)² = (1.96/2.3646)² = 0.687: effective size 7 · 0.687 = 4.81.
    expect(copied.nEffective).toBeCloseTo(4.81, 2);
    expect(copied.lower as number).toBeLessThan(single.lower as number);
  });

  test("never collapses: if all rows agree it is the interval for the number of clusters", () => {
    const { lower, upper } = clusteredWilson([5, 5, 5], [5, 5, 5]);
    expect(lower).toBeCloseTo(wilsonInterval(3, 3).lower as number, 12);
    expect(upper).toBe(1);
  });

  test("is undefined with a reason without rows", () => {
    expect(clusteredWilson([], [])).toMatchObject({ estimate: null, lower: null, reason: "no rows" });
  });

  test("throws for more successes than rows, naming the cluster", () => {
    expect(() => clusteredWilson([1, 3], [1, 2])).toThrow(InputError);
    expect(() => clusteredWilson([1, 3], [1, 2])).toThrow("successes[1] must be an integer in [0, 2]; got 3");
  });

  test("covers the truth in 93 to 98 of 100 samples of clustered rows, unlike plain Wilson", () => {
    const random = createRandom(7);
    const runs = 2000;
    let covered = 0;
    let coveredByPlain = 0;
    for (let run = 0; run < runs; run += 1) {
      // 30 answers of 6 edits; each answer's probability is 0.1 or 0.5 with equal chance: truth 0.3.
      const hits = Array.from({ length: 30 }, () => {
        const probability = randomInteger(random, 2) === 0 ? 0.1 : 0.5;
        return Array.from({ length: 6 }, () => (random() < probability ? 1 : 0)).filter((x) => x === 1)
          .length;
      });
      const contains = ({ lower, upper }: { lower: number | null; upper: number | null }) =>
        (lower as number) <= 0.3 && 0.3 <= (upper as number);
      if (
        contains(
          clusteredWilson(
            hits,
            hits.map(() => 6),
          ),
        )
      )
        covered += 1;
      if (
        contains(
          wilsonInterval(
            hits.reduce((a, b) => a + b, 0),
            180,
          ),
        )
      )
        coveredByPlain += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.98);
    expect(coveredByPlain / runs).toBeLessThan(0.91);
  });
});
