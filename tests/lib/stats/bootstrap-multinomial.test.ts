import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBinomial, stirlingTail } from "../../../src/lib/stats/binomial.js";
import { bootstrapMultinomial, drawMultinomial } from "../../../src/lib/stats/bootstrap-multinomial.js";
import { createRandom } from "../../../src/lib/util/random.js";
import { binomialCdf } from "../../../src/lib/util/special.js";

describe("drawBinomial", () => {
  // np on both sides of 10 and p on both sides of one half: inversion, rejection and their mirror images.
  it.each([
    [12, 0.3],
    [40, 0.9],
    [30, 0.5],
    [1000, 0.004],
    [1000, 0.37],
    [5000, 0.98],
  ])("follows the distribution function of Binomial(%d, %f)", (n, p) => {
    const random = createRandom("binomial");
    const draws = n * p * (1 - p) > 5 ? 400_000 : 40_000;
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i += 1) {
      const k = drawBinomial(random, n, p);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    let below = 0;
    let worst = 0;
    for (const k of [...counts.keys()].sort((a, b) => a - b)) {
      below += counts.get(k)!;
      worst = Math.max(worst, Math.abs(below / draws - binomialCdf(k, n, p)));
    }
    // Kolmogorov-Smirnov distance: 1.95 / sqrt(draws) is exceeded with probability below 0.001 (less when discrete).
    expect(worst).toBeLessThan(1.95 / Math.sqrt(draws));
  });

  it("stays in [0, n] and is certain at p = 0 and 1", () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (n, p, seed) => {
        const k = drawBinomial(createRandom(seed), n, p);
        expect(Number.isInteger(k) && k >= 0 && k <= n).toBe(true);
        expect(drawBinomial(createRandom(seed), n, 0)).toBe(0);
        expect(drawBinomial(createRandom(seed), n, 1)).toBe(n);
      }),
    );
  });
});

describe("the cost of a draw", () => {
  const uniforms = (n: number, p: number) => {
    const random = createRandom("cost");
    let calls = 0;
    const counted = () => {
      calls += 1;
      return random();
    };
    drawBinomial(counted, n, p);
    return calls;
  };

  it("is no random number if the result is certain, so that other draws stay the same", () => {
    expect(uniforms(100, 0)).toBe(0);
    expect(uniforms(0, 0.3)).toBe(0);
    expect(uniforms(100, 1)).toBe(0);
  });

  it("is one uniform number below ten expected events and pairs of them from ten on, for any n", () => {
    expect([uniforms(19, 0.5), uniforms(1_000_000, 9.9e-6), uniforms(100, 0.95)]).toEqual([1, 1, 1]);
    for (const [n, p] of [
      [20, 0.5],
      [100, 0.25],
      [1_000_000, 0.4],
    ] as const)
      expect(uniforms(n, p) % 2).toBe(0);
  });
});

it("does not change that a uniform number equal to a probability counts as above it", () => {
  // Binomial(1, 1/2): [0, 0.5) gives 0 and [0.5, 1) gives 1.
  expect(drawBinomial(() => 0.5, 1, 0.5)).toBe(1);
  expect(drawBinomial(() => 0.4999, 1, 0.5)).toBe(0);
});

describe("stirlingTail", () => {
  it("is the error of Stirling's formula for the logarithm of k!", () => {
    let logFactorial = 0;
    for (let k = 1; k <= 300; k += 1) {
      logFactorial += Math.log(k);
      const stirling = 0.5 * Math.log(2 * Math.PI) + (k + 0.5) * Math.log(k + 1) - (k + 1);
      expect(Math.abs(stirlingTail(k) - (logFactorial - stirling)), `k = ${k}`).toBeLessThan(3e-11 * k);
    }
  });
});

describe("drawMultinomial", () => {
  it("places every observation, and none in an empty cell", () => {
    const weights = fc.array(fc.nat(60), { minLength: 1, maxLength: 20 }).filter((w) => w.some((x) => x > 0));
    fc.assert(
      fc.property(weights, fc.nat(500), fc.nat(), (cells, n, seed) => {
        const out = new Int32Array(cells.length);
        drawMultinomial(createRandom(seed), n, cells, out);
        expect(out.reduce((total, count) => total + count, 0)).toBe(n);
        expect(cells.every((weight, i) => weight > 0 || out[i] === 0)).toBe(true);
      }),
    );
  });
});

describe("bootstrapMultinomial", () => {
  const share = (table: Float64Array) => table[1]! / (table[0]! + table[1]!);

  it("recovers the binomial standard error of a proportion within Monte Carlo error", () => {
    // sqrt(0.2 * 0.8 / 500) = 0.017889; the SD of 20,000 replicates is itself good to 0.5 %
    const result = bootstrapMultinomial([400, 100], share, { replicates: 20_000, seed: 3 });
    expect(result.standardError!).toBeGreaterThan(0.017889 * 0.98);
    expect(result.standardError!).toBeLessThan(0.017889 * 1.02);
    expect(result.estimate).toBe(0.2);
  });

  it("gives the same result for the same seed and another for a different seed", () => {
    const run = (seed: number) => bootstrapMultinomial([37, 41], share, { seed, replicates: 101 });
    expect(run(5)).toEqual(run(5));
    expect(run(5).standardError).not.toBe(run(6).standardError);
  });

  it("counts the replicates on which the statistic is undefined", () => {
    const oneOfEach = (table: Float64Array) => (table[0] === 1 ? 1 : Number.NaN);
    // Of two units, one lands in each cell with probability 1/2: about half of the replicates are undefined.
    const result = bootstrapMultinomial([1, 1], oneOfEach, { replicates: 1000, seed: 2 });
    expect(result.nUndefined).toBeGreaterThan(430);
    expect(result.nUndefined).toBeLessThan(570);
    expect(result).toMatchObject({ lower: 1, upper: 1 });
  });

  it("gives a reason for an undefined statistic", () => {
    expect(bootstrapMultinomial([0, 0], share)).toMatchObject({ estimate: null, lower: null });
    expect(bootstrapMultinomial([0, 0], share).reason).toMatch(/undefined on the data/);
  });

  it("throws for proportions, negative counts and zero replicates", () => {
    expect(() => bootstrapMultinomial([0.2, 0.8], share)).toThrow(
      /counts\[0\] must be an integer >= 0; got 0.2/,
    );
    expect(() => bootstrapMultinomial([1, -1], share)).toThrow(/got -1/);
    expect(() => bootstrapMultinomial([1, 1], share, { replicates: 0 })).toThrow(/replicates must be/);
  });
});
