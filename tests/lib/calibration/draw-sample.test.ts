import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, drawSample, strataOf } from "../../../src/lib/calibration/draw-sample.js";

const candidate = fc.record({
  response: fc.uuid(),
  specialty: fc.constantFrom("03", "04", "15"),
  dataset: fc.constantFrom("MedHC", "MedMC"),
  judgeScore: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
});
const candidates = fc.uniqueArray(candidate, {
  minLength: 12,
  maxLength: 80,
  selector: ({ response }) => response,
});

describe("drawSample", () => {
  it("draws no answer twice and makes the inverse inclusion probabilities add up to the population", () => {
    fc.assert(
      fc.property(
        candidates,
        fc.integer({ min: 1, max: 60 }),
        fc.integer(),
        (population: Candidate[], size, seed) => {
          const drawn = drawSample(population, { size, seed, raters: ["a", "b", "c"], overlap: 0.5 });
          expect(drawn).toHaveLength(Math.min(size, population.length));
          expect(new Set(drawn.map(({ candidate: { response } }) => response)).size).toBe(drawn.length);
          const total = drawn.reduce((sum, { inclusion }) => sum + 1 / inclusion, 0);
          expect(total).toBeCloseTo(population.length, 6);
        },
      ),
    );
  });

  it("gives the same draw for the same seed, and assigns two different raters to half of the answers", () => {
    fc.assert(
      fc.property(candidates, fc.integer(), (population: Candidate[], seed) => {
        const options = { size: 20, seed, raters: ["a", "b", "c"], overlap: 0.5 };
        const drawn = drawSample(population, options);
        expect(drawSample(population, options)).toEqual(drawn);
        const doubled = drawn.filter(({ raters }) => raters.length === 2);
        expect(doubled.length).toBe(Math.round(drawn.length / 2));
        for (const { raters } of doubled) expect(raters[0]).not.toBe(raters[1]);
      }),
    );
  });

  it("draws each answer as often as its inclusion probability says, over 4,000 seeds", () => {
    const population: Candidate[] = Array.from({ length: 10 }, (_, i) => ({
      ...{ response: String(i), specialty: "03", dataset: i < 4 ? "MedHC" : "MedMC", judgeScore: null },
    }));
    const hits = population.map(() => 0);
    for (let seed = 0; seed < 4000; seed += 1) {
      for (const { candidate: drawn } of drawSample(population, {
        size: 3,
        seed,
        raters: ["a"],
        overlap: 0,
      })) {
        hits[Number(drawn.response)] = (hits[Number(drawn.response)] as number) + 1;
      }
    }
    // 3 of 10; four standard errors of a share over 4,000 draws are 4 sqrt(0.3 * 0.7 / 4000) = 0.029
    for (const n of hits) expect(Math.abs(n / 4000 - 0.3)).toBeLessThan(0.029);
  });

  it("gives small strata the same share as large ones", () => {
    const population: Candidate[] = Array.from({ length: 23 }, (_, i) => ({
      ...{ response: String(i), dataset: "MedHC", judgeScore: null },
      // One answer of specialty 03, two of 04, twenty of 15.
      specialty: i < 1 ? "03" : i < 3 ? "04" : "15",
    }));
    const drawnFrom = (size: number) => {
      const drawn = drawSample(population, { size, seed: 1, raters: ["a"], overlap: 0 });
      return ["03", "04", "15"].map(
        (code) => drawn.filter(({ candidate: { specialty } }) => specialty === code).length,
      );
    };
    expect(drawnFrom(3)).toEqual([1, 1, 1]);
    expect(drawnFrom(9)).toEqual([1, 2, 6]);
    expect(drawnFrom(100)).toEqual([1, 2, 20]);
  });

  it("draws as many answers as were asked for, with coarser strata where they are too few for all", () => {
    // Four specialties with grades in all three thirds: twelve strata of two answers.
    const population: Candidate[] = Array.from({ length: 24 }, (_, i) => ({
      ...{ response: String(i), specialty: `0${1 + (i % 4)}`, dataset: "MedHC" },
      judgeScore: (i % 3) / 2,
    }));
    const strata = (size: number) => {
      const { by, strata: found, finest } = strataOf(population, size);
      expect(finest).toBe(12);
      expect(drawSample(population, { size, seed: 1, raters: ["a"], overlap: 0 })).toHaveLength(size);
      return [by.join(" and "), found.size];
    };
    expect(strata(12)).toEqual(["specialty and grade", 12]);
    expect(strata(11)).toEqual(["specialty", 4]);
    expect(strata(3)).toEqual(["grade", 3]);
    expect(strata(2)).toEqual(["", 1]);
  });

  it("spreads a draw over specialties and grades also where they are not strata", () => {
    const population: Candidate[] = Array.from({ length: 30 }, (_, i) => ({
      ...{ response: String(i), specialty: i % 2 === 0 ? "03" : "04", dataset: "MedHC" },
      judgeScore: (i % 3) / 2,
    }));
    for (let seed = 0; seed < 20; seed += 1) {
      // Two strata by specialty; three of fifteen answers in one, in the order of three grades with five answers each.
      const drawn = drawSample(population, { size: 5, seed, raters: ["a"], overlap: 0 });
      const grades = new Set(drawn.map(({ candidate: { judgeScore } }) => judgeScore));
      expect(grades.size).toBe(3);
    }
  });

  it("splits the judge's grades at their thirds, and keeps ungraded answers separate", () => {
    const population: Candidate[] = [0, 0.1, 0.2, 0.5, 0.6, 0.7, null].map((judgeScore, i) => ({
      ...{ response: String(i), specialty: "03", dataset: "MedHC", judgeScore },
    }));
    const drawn = drawSample(population, { size: 7, seed: 2, raters: ["a"], overlap: 0 });
    const strata = new Map(drawn.map(({ candidate: { response }, stratum }) => [response, stratum]));
    // Sorted grades 0 to 0.7: the cuts are the third and the fifth of six.
    expect([...strata].sort().map(([, stratum]) => stratum)).toEqual([
      ...["03/low", "03/low", "03/middle", "03/middle", "03/high", "03/high", "03/ungraded"],
    ]);
  });

  it("spreads the draw over datasets: each of two equal ones gets half of the sample", () => {
    const population: Candidate[] = Array.from({ length: 40 }, (_, i) => ({
      ...{ response: String(i), specialty: "03", dataset: i % 2 === 0 ? "MedHC" : "MedMC", judgeScore: null },
    }));
    for (let seed = 0; seed < 20; seed += 1) {
      const drawn = drawSample(population, { size: 10, seed, raters: ["a"], overlap: 0 });
      expect(drawn.filter(({ candidate: { dataset } }) => dataset === "MedHC")).toHaveLength(5);
    }
  });

  it("gives every pair of three raters shared answers, and each rater about the same number", () => {
    const population: Candidate[] = Array.from({ length: 60 }, (_, i) => ({
      ...{ response: String(i), specialty: "03", dataset: "MedHC", judgeScore: null },
    }));
    const drawn = drawSample(population, { size: 60, seed: 3, raters: ["a", "b", "c"], overlap: 1 });
    const pairs = new Set(drawn.map(({ raters }) => [...raters].sort().join("")));
    expect([...pairs].sort()).toEqual(["ab", "ac", "bc"]);
    // Sixty answers with two raters each: 120 / 3.
    for (const rater of ["a", "b", "c"])
      expect(drawn.filter(({ raters }) => raters.includes(rater))).toHaveLength(40);
  });

  it("throws for an empty population, no raters, or an overlap with one rater, and shows what was given", () => {
    const one: Candidate[] = [{ response: "1", specialty: "03", dataset: "MedHC", judgeScore: null }];
    const options = { size: 1, seed: 1, raters: ["a"], overlap: 0 };
    expect(() => drawSample([], options)).toThrow(/0 answers to draw from and 1 raters/);
    expect(() => drawSample(one, { ...options, raters: [] })).toThrow(/1 answers to draw from and 0 raters/);
    expect(() => drawSample(one, { ...options, overlap: 0.5 })).toThrow(/an overlap of 0.5/);
    expect(drawSample(one, options)).toHaveLength(1);
  });
});
