import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readTrials, staleParts, trialOf, writeTrials } from "../../bench/simulations/frame/results-file.js";
import { runScenario } from "../../bench/simulations/frame/run-scenario.js";
import { defineScenario } from "../../bench/simulations/frame/scenario.js";
import { scenarios } from "../../bench/simulations/index.js";
import packageFile from "../../package.json" with { type: "json" };

const page = resolve(import.meta.dirname, "..", "..", "src", "methods", "trials.json");
const both = (text: string) => ({ en: text, zh: text });

describe("the file behind the page of trials", () => {
  const { scenarios: trials } = readTrials(page);

  it("has every scenario of today, in their order, and no other", () => {
    expect(trials.map(({ name }) => name)).toEqual(scenarios.map(({ name }) => name));
  });

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "shows %s as it is today: settings, limits, methods and number of runs",
    (name, scenario) => {
      const trial = trials.find((each) => each.name === name);
      // If this fails: npm run simulate:coverage -- --only NAME --write src/methods/trials.json
      expect(trial === undefined ? ["missing"] : staleParts(trial, scenario)).toEqual([]);
      expect(trial?.version).toBe(packageFile.version);
    },
  );

  it("shows no limit as broken without a reason", () => {
    const unexplained = trials.flatMap(({ name, results }) =>
      results.filter(({ verdict }) => verdict === "fails").map(({ setting }) => `${name}: ${setting?.en}`),
    );
    expect(unexplained).toEqual([]);
  });
});

describe("writing trials", () => {
  const coin = (name: string, settings = ["fair"]) =>
    defineScenario({
      ...{ name, ground: "hard" as const, title: both(name), fullRuns: 20, smallRuns: 20 },
      measures: { heads: { label: both("heads"), kind: "rate", each: { most: 0.9 } } },
      settings: settings.map((text) => ({ label: both(text) })),
      prepare: (_, random, record) => () => record.event("heads", random() < 0.5),
    });
  const tried = (scenario: ReturnType<typeof coin>, seed = 1) =>
    trialOf(
      { scenario, results: runScenario(scenario, { runs: 20, seed }), runs: 20 },
      { seed, version: "1" },
    );

  it("replaces the trials that were run, keeps the others, drops those that are gone, and sorts", async () => {
    const folder = await mkdtemp(join(tmpdir(), "medbench-trials-"));
    try {
      const file = join(folder, "trials.json");
      const [a, b, c] = [coin("a"), coin("b"), coin("c")];
      writeTrials(file, [tried(c), tried(b)], [a, b, c]);
      writeTrials(file, [tried(a), tried(b, 2)], [a, b]);
      expect(readTrials(file).scenarios).toEqual([tried(a), tried(b, 2)]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("is noticed when the scenario has changed since", () => {
    const trial = tried(coin("a"));
    expect(staleParts(trial, coin("a"))).toEqual([]);
    expect(staleParts(trial, coin("a", ["fair", "bent"]))).toEqual(["settings"]);
    const limited = {
      ...coin("a"),
      measures: { heads: { label: both("heads"), kind: "rate", each: { most: 0.5 } } },
    } as const;
    expect(staleParts(trial, limited)).toEqual(["limit of heads, fair"]);
    expect(staleParts(trial, { ...coin("a"), fullRuns: 50 })).toEqual(["20 runs instead of 50"]);
  });
});
