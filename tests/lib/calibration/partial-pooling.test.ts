import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  partialPooling,
  probabilityBelow,
  type Slice,
} from "../../../src/lib/calibration/partial-pooling.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

const slices = fc.array(
  fc.record({
    estimate: fc.double({ min: -1, max: 1, noNaN: true }),
    standardError: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    n: fc.integer({ min: 5, max: 200 }),
  }),
  { minLength: 4, maxLength: 20 },
);
const named = (rows: readonly Omit<Slice, "name">[]): Slice[] =>
  rows.map((row, i) => ({ name: `s${i}`, ...row }));

describe("partialPooling", () => {
  it("shrinks every slice toward the center and never past it", () => {
    fc.assert(
      fc.property(slices, fc.constantFrom<"pooled" | "own">("pooled", "own"), (rows, variance) => {
        const { slices: pooled, center } = partialPooling(named(rows), { variance });
        for (const slice of pooled) {
          const low = Math.min(slice.raw!, center!) - 1e-9;
          const high = Math.max(slice.raw!, center!) + 1e-9;
          expect(slice.estimate!).toBeGreaterThanOrEqual(low);
          expect(slice.estimate!).toBeLessThanOrEqual(high);
          expect(slice.borrowed!).toBeGreaterThan(0);
          expect(slice.borrowed!).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("borrows more for smaller slices", () => {
    const rows = [5, 10, 40, 80, 160].map((n, i) => ({ estimate: 0.5 + i / 10, standardError: 0.1, n }));
    const borrowed = partialPooling(named(rows)).slices.map((slice) => slice.borrowed!);
    expect([...borrowed].sort((a, b) => b - a)).toEqual(borrowed);
  });

  it("solves the Paule-Mandel equation", () => {
    const rows = [0.1, 0.5, 0.7, 0.9, 0.3].map((estimate) => ({ estimate, standardError: 0.1, n: 50 }));
    const { spread, center } = partialPooling(named(rows), { variance: "own" });
    // Equal variances: sum of squares 0.4 about 0.5, so 0.4 / (0.01 + spread^2) = 4
    expect(center).toBeCloseTo(0.5, 12);
    expect(spread! ** 2).toBeCloseTo(0.09, 9);
  });

  it("finds no spread if slices differ less than expected by chance", () => {
    const rows = [0.5, 0.51, 0.49, 0.5].map((estimate) => ({ estimate, standardError: 0.2, n: 10 }));
    expect(partialPooling(named(rows)).spread).toBe(0);
  });

  it("covers the truth at its nominal rate, with few items a slice and unequal sizes", () => {
    const random = createRandom(17);
    let covered = 0;
    let raw = 0;
    let total = 0;
    for (let run = 0; run < 400; run += 1) {
      const truths: number[] = [];
      const rows = Array.from({ length: 15 }, (_, i) => {
        const truth = 0.7 + 0.1 * randomNormal(random);
        const n = i % 3 === 0 ? 10 : 60;
        truths.push(truth);
        const standardError = 0.8 / Math.sqrt(n);
        return { estimate: truth + standardError * randomNormal(random), standardError, n };
      });
      const pooled = partialPooling(named(rows)).slices;
      pooled.forEach((slice, i) => {
        total += 1;
        if (truths[i]! >= slice.lower! && truths[i]! <= slice.upper!) covered += 1;
        raw += (slice.raw! - truths[i]!) ** 2 - (slice.estimate! - truths[i]!) ** 2;
      });
    }
    expect(covered / total).toBeGreaterThan(0.93);
    expect(covered / total).toBeLessThan(0.985);
    // Pooling must be useful: a smaller squared error than the slices alone.
    expect(raw).toBeGreaterThan(0);
  });

  it("gives a slice without data the center and a wider interval than any other's error", () => {
    const rows = [0.2, 0.5, 0.8, 0.6, 0.4].map((estimate) => ({ estimate, standardError: 0.05, n: 40 }));
    const { slices: pooled, center } = partialPooling([
      ...named(rows),
      { name: "empty", estimate: null, standardError: null, n: 0 },
    ]);
    const empty = pooled.at(-1)!;
    expect(empty).toMatchObject({ estimate: center, raw: null, borrowed: 1 });
    expect(empty.standardError!).toBeGreaterThan(pooled[0]!.standardError!);
  });

  it("does not treat perfect agreement on three items as certainty", () => {
    const rows = [0.6, 0.7, 0.5, 0.8].map((estimate) => ({ estimate, standardError: 0.08, n: 50 }));
    const perfect = { name: "tiny", estimate: 1, standardError: 0, n: 3 };
    const tiny = partialPooling([...named(rows), perfect]).slices.at(-1)!;
    expect(tiny.rawStandardError!).toBeGreaterThan(0.08);
    expect(tiny.estimate!).toBeLessThan(0.9);
    const own = partialPooling([...named(rows), perfect], { variance: "own" }).slices.at(-1)!;
    expect(own.rawStandardError).toBeNull();
  });

  it("leaves three slices unpooled and gives the reason", () => {
    const result = partialPooling(
      named([0.1, 0.5, 0.9].map((estimate) => ({ estimate, standardError: 0.1, n: 20 }))),
    );
    expect(result).toMatchObject({ center: null, spread: null });
    expect(result.reason).toMatch(/only 3 slices/);
    expect(result.slices[0]).toMatchObject({ estimate: 0.1, borrowed: 0 });
  });
});

describe("probabilityBelow", () => {
  it("is a half at the estimate and undefined without an error", () => {
    expect(probabilityBelow({ estimate: 0.8, standardError: 0.05 }, 0.8)).toBeCloseTo(0.5, 12);
    expect(probabilityBelow({ estimate: null, standardError: null }, 0.8)).toBeNull();
  });
});
