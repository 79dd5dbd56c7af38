/**
 * `npm run simulate:coverage`: how often the library's statements are right where the truth is known, how wide they are, and
 * that naive ones fail. Exit code 1 if a limit is broken by more than the Monte Carlo error of the run.
 */
import { readFileSync } from "node:fs";
import { integer, share } from "../pipelines/terminal/arguments.js";
import { startProgress } from "../pipelines/terminal/progress.js";
import { runScript, scriptCommand } from "../pipelines/terminal/run-script.js";
import { formatTable } from "../pipelines/terminal/table.js";
import { CheckError, InputError } from "../src/lib/errors.js";
import { easyGridWidth } from "./simulations/frame/easy-grid.js";
import { type ScenarioRun, trialOf, writeTrials } from "./simulations/frame/results-file.js";
import { type Result, runScenario } from "./simulations/frame/run-scenario.js";
import type { Scenario } from "./simulations/frame/scenario.js";
import { scenarios } from "./simulations/index.js";

interface Options {
  readonly only?: string;
  readonly share: number;
  readonly seed: number;
  readonly json?: true;
  readonly write?: string;
  readonly list?: true;
}

await runScript(import.meta.url, async () => {
  const options = scriptCommand(
    "simulate:coverage",
    "Measure how often intervals contain a known truth and how wide they are, and check that naive ones fail.",
  )
    .option("--only <names>", "scenarios to run, separated by commas; a part of the name is enough")
    .option("--share <share>", "share of the runs to do", share({ zero: false }), 1)
    .option("--seed <n>", "seed of the simulations", integer, 1)
    .option("--json", "print the results as JSON")
    .option("--write <file>", "write what the methods page shows; other scenarios in the file stay")
    .option("--list", "print the names of the scenarios and end")
    .parse()
    .opts<Options>();
  if (options.list) {
    process.stdout.write(
      `${formatTable(scenarios.map(({ name, ground, title }) => ({ name, ground, what: title.en })))}\n`,
    );
    return;
  }
  const version = packageVersion();
  const asTrial = (run: ScenarioRun) => trialOf(run, { seed: options.seed, version });
  const { write } = options;
  const runs = runAll(chosen(options.only), options, (run) => {
    if (write !== undefined) writeTrials(write, [asTrial(run)], scenarios);
  });
  process.stdout.write(
    options.json ? `${JSON.stringify(runs.map(asTrial), null, 1)}\n` : `${asTable(runs)}\n`,
  );
  const easy = easyGridWidth(runs);
  if (easy !== null && !options.json) {
    process.stdout.write(
      `Average width on easy ground: ${number(easy.figure.widthRatio)} times the earlier rules (Monte Carlo error ${number(easy.figure.widthRatioError)}, ${easy.settings} settings).\n`,
    );
  }
  const failed = runs.flatMap(({ scenario, results }) =>
    results.filter(({ verdict }) => verdict === "fails").map((result) => describe(scenario, result)),
  );
  if (easy?.holds === false) failed.push("the average width on easy ground grew by more than 3 %");
  if (failed.length === 0) return;
  throw new CheckError(`coverage: ${failed.length} limits broken: ${failed.join("; ")}`, {
    hint: "The limits allow two Monte Carlo standard errors; to tell noise from a fault, run the scenario again with --only and another --seed.",
  });
});

function chosen(only: string | undefined): readonly Scenario[] {
  if (only === undefined) return scenarios;
  const parts = only.split(",").map((part) => part.trim());
  const unknown = parts.find((part) => part === "" || !scenarios.some(({ name }) => name.includes(part)));
  if (unknown !== undefined) {
    throw new InputError(`--only: no scenario is called "${unknown}"`, {
      hint: "--list prints their names.",
    });
  }
  return scenarios.filter(({ name }) => parts.some((part) => name.includes(part)));
}

/** Runs the scenarios one after the other; `onRun` gets each as it ends, so that a long run that is stopped has not been for nothing. */
function runAll(
  list: readonly Scenario[],
  { share: part, seed }: Options,
  onRun: (run: ScenarioRun) => void,
): ScenarioRun[] {
  const total = list.reduce((settings, scenario) => settings + scenario.settings.length, 0);
  const progress = startProgress("simulate:coverage", { unit: "settings", total });
  let before = 0;
  try {
    return list.map((scenario) => {
      const runs = Math.ceil(part * scenario.fullRuns);
      const results = runScenario(scenario, {
        runs,
        seed,
        onSetting: (done) => progress.step(before + done),
      });
      before += scenario.settings.length;
      const run = { scenario, results, runs };
      onRun(run);
      return run;
    });
  } finally {
    progress.end();
  }
}

function asTable(runs: readonly ScenarioRun[]): string {
  return formatTable(
    runs.flatMap(({ scenario, results }) =>
      results.map((result) => ({
        scenario: scenario.name,
        setting: result.setting?.en ?? "average",
        method: scenario.measures[result.measure]?.label.en,
        value: number(result.value),
        error: number(result.error),
        wanted: wanted(result),
        width: number(result.width),
        "width ratio": number(result.widthRatio),
        withheld: result.withheld === 0 ? null : number(result.withheld),
        verdict: result.verdict === "fails" ? `FAILS: ${result.broken.join(", ")}` : result.verdict,
      })),
    ),
  );
}

function wanted({ limit }: Result): string | null {
  if (limit === null) return null;
  const { least, most, widthAtMost } = limit;
  const parts = [
    ...(least === undefined ? [] : [`>= ${least}`]),
    ...(most === undefined ? [] : [`<= ${most}`]),
    ...(widthAtMost === undefined ? [] : [`width <= ${widthAtMost}x`]),
  ];
  return parts.join(", ");
}

function describe(scenario: Scenario, { setting, measure, broken, value, error }: Result): string {
  const place = setting === null ? "average" : setting.en;
  return `${scenario.name} (${place}), ${scenario.measures[measure]?.label.en}: ${broken.join(", ")} at ${number(value)} ± ${number(error)}`;
}

function number(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e4) / 1e4;
}

function packageVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
