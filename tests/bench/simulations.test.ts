import { describe, expect, it } from "vitest";
import { scenarios } from "../../bench/simulations/index.js";

// The small version of `npm run simulate:coverage`: a tenth of the runs or fewer, so the ranges are widened by two
// Monte Carlo standard errors of a 95 % coverage.
const largestRuns = 800;

describe("simulation with known truth", () => {
  for (const { scenario, fullRuns } of scenarios) {
    const results = scenario(Math.min(largestRuns, Math.ceil(fullRuns / 10)), 2);
    for (const { scenario: title, method, coverage, runs, lowest, highest } of results) {
      const noise = 2 * Math.sqrt((0.05 * 0.95) / runs);
      const name = highest < 0.95 ? `fails with ${method}` : `covers at its nominal rate with ${method}`;
      it(`${title}: ${name}`, () => {
        expect(coverage).toBeGreaterThanOrEqual(lowest - noise);
        expect(coverage).toBeLessThanOrEqual(highest < 0.95 ? highest : highest + noise);
      });
    }
  }
});
