import { describe, expect, it } from "vitest";
import { easyGridWidth } from "../../bench/simulations/frame/easy-grid.js";
import { runScenario } from "../../bench/simulations/frame/run-scenario.js";
import { defineScenario, type Measure } from "../../bench/simulations/frame/scenario.js";
import { Tally } from "../../bench/simulations/frame/tally.js";
import { brokenBounds } from "../../bench/simulations/frame/verdict.js";

const both = (text: string) => ({ en: text, zh: text });

describe("the tally of a setting", () => {
  it("counts an interval without bounds as withheld, not as one that misses", () => {
    const tally = new Tally(["a"]);
    for (const lower of [0, 0, 2, null]) {
      tally.interval("a", { lower, upper: lower === null ? null : lower + 1 }, 0.5);
      tally.next();
    }
    expect(tally.figure("a")).toMatchObject({ value: 2 / 3, runs: 3, withheld: 0.25, width: 1 });
  });

  it("compares widths only where both methods gave an interval", () => {
    const tally = new Tally(["wide", "base"], new Map([["wide", "base"]]));
    for (const [wide, base] of [
      [2, 1],
      [4, 1],
      [100, null],
    ] as const) {
      tally.interval("wide", { lower: 0, upper: wide }, 0);
      tally.interval("base", { lower: 0, upper: base }, 0);
      tally.next();
    }
    // (2 + 4) / (1 + 1); residuals -1 and 1 around 3, so sqrt(2 / 1 * 2) / 2 = 1.
    expect(tally.figure("wide")).toMatchObject({ widthRatio: 3, widthRatioError: expect.closeTo(1, 12) });
  });

  it("refuses a measure that the scenario does not list", () => {
    expect(() => new Tally(["a"]).event("b", true)).toThrow('records "b", which it does not list');
  });
});

describe("a limit", () => {
  const figure = { withheld: 0, width: 1, widthRatio: 1.1, widthRatioError: 0.02, error: 0.01 };

  it("is broken only beyond two Monte Carlo standard errors", () => {
    // Two standard errors of a 94 % share in 400 runs: 2 sqrt(0.94 * 0.06 / 400) = 0.0237.
    expect(brokenBounds({ ...figure, value: 0.917, runs: 400 }, "coverage", { least: 0.94 })).toEqual([]);
    expect(brokenBounds({ ...figure, value: 0.916, runs: 400 }, "coverage", { least: 0.94 })).toEqual([
      "too low",
    ]);
    expect(brokenBounds({ ...figure, value: 0.1, runs: 400 }, "rate", { most: 0.05 })).toEqual(["too high"]);
    expect(brokenBounds({ ...figure, value: 1.02, runs: 400 }, "mean", { most: 1 })).toEqual([]);
    expect(brokenBounds({ ...figure, value: 1.03, runs: 400 }, "mean", { most: 1 })).toEqual(["too high"]);
  });

  it("of never has no such room", () => {
    expect(brokenBounds({ ...figure, value: 0.001, runs: 1000 }, "rate", { most: 0 })).toEqual(["too high"]);
  });

  it("on the width is broken by width alone", () => {
    const sound = { ...figure, value: 0.95, runs: 400 };
    expect(brokenBounds(sound, "coverage", { least: 0.94, widthAtMost: 1.07 })).toEqual([]);
    expect(brokenBounds(sound, "coverage", { least: 0.94, widthAtMost: 1.03 })).toEqual(["too wide"]);
  });

  it("forbids to withhold intervals unless it says how many", () => {
    const shy = { ...figure, value: 0.95, runs: 400, withheld: 0.5 };
    expect(brokenBounds(shy, "coverage", { least: 0.94 })).toEqual(["withheld"]);
    expect(brokenBounds(shy, "coverage", { least: 0.94, withheldAtMost: 0.5 })).toEqual([]);
    const mute = { ...figure, value: null, runs: 0, withheld: 1 };
    expect(brokenBounds(mute, "coverage", { least: 0.94 })).toEqual(["withheld"]);
    expect(brokenBounds(mute, "coverage", { withheldAtMost: 1 })).toEqual([]);
  });
});

describe("a scenario", () => {
  const scenario = (interval: Measure, widths: readonly number[] = [1, 1]) =>
    defineScenario({
      ...{ name: "coin", ground: "easy" as const, title: both("coin"), fullRuns: 500, smallRuns: 50 },
      measures: { interval, base: { label: both("base"), kind: "coverage" } },
      settings: widths.map((width, i) => ({ label: both(`setting ${i}`), width })),
      prepare:
        ({ width }, random, record) =>
        () => {
          const truth = random() < 0.9 ? 0.5 : 5;
          record.interval("interval", { lower: 0, upper: width }, truth);
          record.interval("base", { lower: 0, upper: 1 }, truth);
        },
    });
  const options = { runs: 500, seed: 1 };
  const measure: Measure = { label: both("interval"), kind: "coverage", baseline: "base" };

  it("gives the same figures for the same seed, whatever other settings there are", () => {
    const [first] = runScenario(scenario(measure), options);
    expect(runScenario(scenario(measure, [1]), options)[0]).toEqual(first);
    expect(runScenario(scenario(measure), { ...options, seed: 2 })[0]?.value).not.toBe(first?.value);
  });

  it("fails where a limit is broken, unless it is said to be open, and on its average too", () => {
    const broken = { ...measure, each: { least: 0.99 }, average: { least: 0.99 } };
    const verdicts = (of: Measure) =>
      runScenario(scenario(of), options)
        .filter((result) => result.measure === "interval")
        .map(({ setting, verdict }) => [setting?.en ?? "average", verdict]);
    expect(verdicts(broken)).toEqual([
      ["setting 0", "fails"],
      ["setting 1", "fails"],
      ["average", "fails"],
    ]);
    expect(verdicts({ ...broken, open: both("known") }).map(([, verdict]) => verdict)).toEqual([
      "open",
      "open",
      "open",
    ]);
    expect(verdicts({ ...broken, each: { least: 0.8 }, average: { least: 0.8 } })[0]?.[1]).toBe("holds");
  });

  it("breaks the limit on the easy grid if its intervals grow by more than 3 % on average", () => {
    const runs = (widths: readonly number[]) => {
      const coin = scenario(measure, widths);
      return [{ scenario: coin, results: runScenario(coin, options) }];
    };
    expect(easyGridWidth(runs([1.05, 1]))?.holds).toBe(true);
    expect(easyGridWidth(runs([1.05, 1.02]))?.holds).toBe(false);
    expect(easyGridWidth(runs([1.05, 1.02]))?.figure.widthRatio).toBeCloseTo(1.035, 12);
  });
});
