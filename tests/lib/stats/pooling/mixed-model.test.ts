import { describe, expect, it } from "vitest";
import { type BinomialCells, mixedMode } from "../../../../src/lib/stats/pooling/mixed-model.js";

// Data set cbpp of the R package lme4 (Lesnoff and others 2004): herd, new cases, animals, period. Periods take the place of
// systems, herds that of slices.
const cbpp =
  `1,2,14,1 1,3,12,2 1,4,9,3 1,0,5,4 2,3,22,1 2,1,18,2 2,1,21,3 3,8,22,1 3,2,16,2 3,0,16,3 3,2,20,4 4,2,10,1 4,0,10,2
4,2,9,3 4,0,6,4 5,5,18,1 5,0,25,2 5,0,24,3 5,1,4,4 6,3,17,1 6,0,17,2 6,0,18,3 6,1,20,4 7,8,16,1 7,1,10,2 7,3,9,3 7,0,5,4 8,12,34,1
9,2,9,1 9,0,6,2 9,0,8,3 9,0,6,4 10,1,22,1 10,1,22,2 10,0,18,3 10,2,22,4 11,0,25,1 11,5,27,2 11,3,22,3 11,1,22,4 12,2,10,1 12,1,8,2
12,0,6,3 12,0,5,4 13,1,21,1 13,2,24,2 13,0,19,3 13,0,23,4 14,11,19,1 14,0,2,2 14,0,3,3 14,0,2,4 15,1,19,1 15,1,15,2 15,1,15,3 15,0,15,4`
    .split(/\s+/)
    .map((row) => row.split(",").map(Number) as [number, number, number, number]);
const herds: BinomialCells = {
  nSystems: 4,
  nSlices: 15,
  successes: new Float64Array(60),
  trials: new Float64Array(60),
  luck: new Float64Array(15),
};
let coefficients = 0;
for (const [herd, cases, animals, period] of cbpp) {
  herds.successes[(period - 1) * 15 + herd - 1] = cases;
  herds.trials[(period - 1) * 15 + herd - 1] = animals;
  for (let i = 1; i <= cases; i += 1) coefficients += Math.log((animals - cases + i) / i);
}
// glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), family = binomial, data = cbpp), as its documentation prints it:
// intercept -1.3983, periods -0.9919, -1.1282, -1.5797, standard deviation of herds 0.6421, logLik -92.0, deviance 184.1.
const fixed = Float64Array.from([-1.3983, -1.3983 - 0.9919, -1.3983 - 1.1282, -1.3983 - 1.5797]);
const laplace = (levels: Float64Array, slices: number) =>
  mixedMode(herds, { slices, cells: 0 }, { fixedLevels: levels }).fixedLogLikelihood + coefficients;

describe("mixedMode", () => {
  it("has the Laplace log-likelihood of lme4 at lme4's estimates", () => {
    expect(laplace(fixed, 0.6421)).toBeCloseTo(-92.03, 2);
    expect(-2 * laplace(fixed, 0.6421)).toBeCloseTo(184.1, 1);
  });

  it("has its maximum where lme4 has it: a step of 0.02 in any direction is worse", () => {
    const best = laplace(fixed, 0.6421);
    for (const step of [-0.02, 0.02]) {
      expect(laplace(fixed, 0.6421 + step)).toBeLessThan(best);
      for (const period of [0, 1, 2, 3]) {
        const moved = Float64Array.from(fixed, (level, i) => (i === period ? level + step : level));
        expect(laplace(moved, 0.6421)).toBeLessThan(best);
      }
    }
  });

  it("approximates the integral over slices, luck and deviations that quadrature gives", () => {
    const cells = {
      nSystems: 2,
      nSlices: 3,
      successes: Float64Array.from([12, 20, 9, 15, 30, 7]),
      trials: Float64Array.from([20, 30, 10, 25, 40, 12]),
      luck: Float64Array.from([0.05, 0.1, 0.02]),
    };
    const fit = mixedMode(cells, { slices: 0.5, cells: 0.3 }, { fixedLevels: Float64Array.from([0.5, 0.9]) });
    // 120-point Gauss-Hermite quadrature in numpy, nested: -88.2378.
    expect(Math.abs(fit.fixedLogLikelihood + 88.2378)).toBeLessThan(0.03);
  });

  it("gives the same mode from another start", () => {
    const first = mixedMode(herds, { slices: 0.6, cells: 0.2 });
    const second = mixedMode(
      herds,
      { slices: 0.6, cells: 0.2 },
      { start: mixedMode(herds, { slices: 2, cells: 1 }) },
    );
    for (const [i, value] of first.logOdds.entries()) expect(second.logOdds[i]).toBeCloseTo(value, 5);
  });

  it("has no effects without spread: the levels are the log-odds of all counts", () => {
    const { levels, slices } = mixedMode(herds, { slices: 0, cells: 0 });
    // Period 4: 7 cases of 165 animals.
    const period = cbpp.filter(([, , , p]) => p === 4);
    const [cases, animals] = [1, 2].map((column) =>
      period.reduce((total, row) => total + (row[column] as number), 0),
    );
    expect(levels[3]).toBeCloseTo(Math.log((cases as number) / ((animals as number) - (cases as number))), 6);
    expect([...slices].every((effect) => effect === 0)).toBe(true);
  });
});
