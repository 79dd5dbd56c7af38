import { describe, expect, it } from "vitest";
import { easyGridWidth } from "../../bench/simulations/frame/easy-grid.js";
import { type Result, runScenario } from "../../bench/simulations/frame/run-scenario.js";
import type { Scenario } from "../../bench/simulations/frame/scenario.js";
import { scenarios } from "../../bench/simulations/index.js";

// The small version of `npm run simulate:coverage`: few runs from a fixed seed; the limits widen with the Monte Carlo error.
const found = new Map<Scenario, readonly Result[]>();
function smallRun(scenario: Scenario): readonly Result[] {
  const results = found.get(scenario) ?? runScenario(scenario, { runs: scenario.smallRuns, seed: 2 });
  found.set(scenario, results);
  return results;
}

describe("simulation with known truth", () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "%s stays within its limits, and what is naive fails",
    (_, scenario) => {
      const results = smallRun(scenario);
      expect(results.filter(({ verdict }) => verdict === "fails")).toEqual([]);
      expect(results.some(({ verdict }) => verdict === "holds" || verdict === "open")).toBe(true);
    },
  );

  it("average intervals on easy ground are at most 3 % wider than by the earlier rules", () => {
    const easy = scenarios.filter(({ ground }) => ground === "easy");
    expect(easyGridWidth(easy.map((scenario) => ({ scenario, results: smallRun(scenario) })))?.holds).toBe(
      true,
    );
  });

  it("every scenario and every setting of it has a name of its own, in both languages", () => {
    const names = scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { settings } of scenarios) {
      for (const language of ["en", "zh"] as const) {
        const labels = settings.map(({ label }) => label[language]);
        expect(new Set(labels).size).toBe(labels.length);
      }
    }
  });
});
