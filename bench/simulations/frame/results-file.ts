import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { InputError } from "../../../src/lib/errors.js";
import { limitOf, type Result } from "./run-scenario.js";
import type { Both, Measure, Scenario } from "./scenario.js";

/** What a page shows of one scenario, and how to get the same figures again. */
export interface ScenarioRecord {
  readonly name: string;
  readonly ground: Scenario["ground"];
  readonly title: Both;
  readonly seed: number;
  readonly runs: number;
  /** Version of the package whose estimators were tried. */
  readonly version: string;
  readonly measures: Readonly<
    Record<string, Pick<Measure, "label" | "kind"> & { readonly baseline?: string }>
  >;
  readonly results: readonly Result[];
}

export interface ResultsFile {
  readonly format: "coverage/1";
  readonly scenarios: readonly ScenarioRecord[];
}

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly results: readonly Result[];
  readonly runs: number;
}

export function recordOf(
  { scenario, results, runs }: ScenarioRun,
  { seed, version }: { readonly seed: number; readonly version: string },
): ScenarioRecord {
  const { name, ground, title } = scenario;
  const measures = Object.fromEntries(
    Object.entries(scenario.measures).map(([key, { label, kind, baseline }]) => [
      key,
      { label, kind, ...(baseline === undefined ? {} : { baseline }) },
    ]),
  );
  return { name, ground, title, seed, runs, version, measures, results: results.map(rounded) };
}

/** Writes the records in the order of `scenarios`; what the file says of scenarios that were not run stays as it was. */
export function writeResults(
  path: string,
  records: readonly ScenarioRecord[],
  scenarios: readonly Scenario[],
): void {
  const kept = existsSync(path) ? readResults(path).scenarios : [];
  const byName = new Map([...kept, ...records].map((record) => [record.name, record]));
  const listed = scenarios.flatMap(({ name }) => byName.get(name) ?? []);
  const file: ResultsFile = { format: "coverage/1", scenarios: listed };
  writeFileSync(path, `${JSON.stringify(file, null, 1)}\n`);
}

export function readResults(path: string): ResultsFile {
  const file = JSON.parse(readFileSync(path, "utf8")) as ResultsFile;
  if (file.format === "coverage/1") return file;
  throw new InputError(`${path}: expected "format": "coverage/1"; found ${JSON.stringify(file.format)}`, {
    hint: "Give --write a file that it wrote before, or a new one.",
  });
}

/** What of a scenario must be the same in the file: where they differ, the file shows figures of another simulation. */
export function outlineOf(scenario: Scenario): unknown {
  const { name, ground, title, fullRuns, measures, settings } = scenario;
  return {
    ...{ name, ground, title, runs: fullRuns },
    labels: Object.entries(measures).map(([key, { label, kind, baseline }]) => [key, label, kind, baseline]),
    limits: settings.map((setting) => [
      setting.label,
      Object.entries(measures).map(([key, measure]) => [key, limitOf(key, measure, setting)]),
    ]),
  };
}

/** The same of a record, with the limits of measures that a setting did not record filled in from the scenario. */
export function recordedOutline(record: ScenarioRecord, scenario: Scenario): unknown {
  const { name, ground, title, runs, measures, results } = record;
  const labels = [
    ...new Map(results.flatMap(({ setting }) => (setting ? [[setting.en, setting]] : []))).values(),
  ];
  const limitIn = (key: string, label: Both) => {
    const result = results.find(({ measure, setting }) => measure === key && setting?.en === label.en);
    if (result !== undefined) return result.limit;
    const setting = scenario.settings.find((each) => each.label.en === label.en);
    const measure = scenario.measures[key];
    return setting === undefined || measure === undefined ? null : limitOf(key, measure, setting);
  };
  return {
    ...{ name, ground, title, runs },
    labels: Object.entries(measures).map(([key, { label, kind, baseline }]) => [key, label, kind, baseline]),
    limits: labels.map((label) => [label, Object.keys(measures).map((key) => [key, limitIn(key, label)])]),
  };
}

/** Four figures are more than the Monte Carlo error leaves. */
function rounded(result: Result): Result {
  const short = (value: number | null) => (value === null ? null : Math.round(value * 1e5) / 1e5);
  return {
    ...result,
    value: short(result.value),
    error: short(result.error),
    withheld: short(result.withheld) as number,
    width: short(result.width),
    widthRatio: short(result.widthRatio),
    widthRatioError: short(result.widthRatioError),
  };
}
