import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Trial, TrialFile, TrialResult } from "../../../src/components/trial-results.js";
import { InputError } from "../../../src/lib/errors.js";
import { limitOf, type Result } from "./run-scenario.js";
import type { Scenario } from "./scenario.js";

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly results: readonly Result[];
  readonly runs: number;
}

/** What a page shows of one scenario, and how to get the same figures again. */
export function trialOf(
  { scenario, results, runs }: ScenarioRun,
  { seed, version }: { readonly seed: number; readonly version: string },
): Trial {
  const { name, ground, title } = scenario;
  const measures = Object.fromEntries(
    Object.entries(scenario.measures).map(([key, { label, kind }]) => [key, { label, kind }]),
  );
  return { name, ground, title, seed, runs, version, measures, results: results.map(rounded) };
}

/** Writes the trials in the order of `scenarios`; what the file says of scenarios that were not run stays as it was. */
export function writeTrials(path: string, trials: readonly Trial[], scenarios: readonly Scenario[]): void {
  const kept = existsSync(path) ? readTrials(path).scenarios : [];
  const byName = new Map([...kept, ...trials].map((trial) => [trial.name, trial]));
  const listed = scenarios.flatMap(({ name }) => byName.get(name) ?? []);
  writeFileSync(path, `{"format":"coverage/1","scenarios":[\n${listed.map(asText).join(",\n")}\n]}\n`);
}

export function readTrials(path: string): TrialFile {
  const file = JSON.parse(readFileSync(path, "utf8")) as TrialFile;
  if (file.format === "coverage/1") return file;
  throw new InputError(`${path}: expected "format": "coverage/1"; found ${JSON.stringify(file.format)}`, {
    hint: "Give --write a file that it wrote before, or a new one.",
  });
}

/** What of a trial in a file no longer belongs to the scenario of its name; none if its figures are those of the scenario. */
export function staleParts({ ground, title, runs, measures, results }: Trial, scenario: Scenario): string[] {
  const present = Object.entries(scenario.measures).map(([key, { label, kind }]) => [key, { label, kind }]);
  const recorded = results.filter(({ setting }) => setting !== null);
  const labels = new Set(recorded.map(({ setting }) => JSON.stringify(setting)));
  const settings = new Map(scenario.settings.map((setting) => [JSON.stringify(setting.label), setting]));
  const limitFor = ({ setting, measure: name }: TrialResult) => {
    const measure = scenario.measures[name];
    const own = settings.get(JSON.stringify(setting));
    if (measure === undefined) return null;
    return own === undefined ? (measure.average ?? null) : limitOf(name, measure, own);
  };
  return [
    ...(isDeepStrictEqual([ground, title], [scenario.ground, scenario.title]) ? [] : ["title"]),
    ...(runs === scenario.fullRuns ? [] : [`${runs} runs instead of ${scenario.fullRuns}`]),
    ...(isDeepStrictEqual(Object.entries(measures), present) ? [] : ["measures"]),
    ...(isDeepStrictEqual([...labels], [...settings.keys()]) ? [] : ["settings"]),
    ...results
      .filter((result) => !isDeepStrictEqual(result.limit, limitFor(result)))
      .map(({ setting, measure }) => `limit of ${measure}, ${setting?.en ?? "average"}`),
  ];
}

/** One line for each result, so that a change of figures is a small change of the file. */
function asText({ results, ...head }: Trial): string {
  const lines = results.map((result) => JSON.stringify(result));
  return `${JSON.stringify(head).slice(0, -1)},"results":[\n${lines.join(",\n")}\n]}`;
}

/** The Monte Carlo error leaves fewer digits than these. */
function rounded({ broken: _, widthRatioError: __, ...result }: Result): TrialResult {
  const short = (value: number | null) => (value === null ? null : Math.round(value * 1e5) / 1e5);
  return {
    ...result,
    value: short(result.value),
    error: short(result.error),
    withheld: Math.round(result.withheld * 1e5) / 1e5,
    width: short(result.width),
    widthRatio: short(result.widthRatio),
  };
}
