import { createRandom } from "../../../src/lib/util/random.js";
import { sum } from "../../../src/lib/util/sum.js";
import type { Both, Limit, Measure, Scenario, Setting } from "./scenario.js";
import { type Figure, Tally } from "./tally.js";
import { brokenBounds } from "./verdict.js";

/** "open": the limit does not hold, which is known; "reported": there is no limit. */
export type Verdict = "holds" | "fails" | "open" | "reported";

/** One measure in one setting of a scenario; `setting` is null for the average over the settings. */
export interface Result extends Figure {
  readonly setting: Both | null;
  readonly measure: string;
  readonly limit: Limit | null;
  readonly broken: readonly string[];
  readonly verdict: Verdict;
  /** Why the limit is known not to hold. */
  readonly open: Both | null;
}

export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
  /** Called after each setting. */
  readonly onSetting?: (done: number, total: number) => void;
}

/** Runs every setting of a scenario from its own random numbers, so that leaving others out changes nothing. */
export function runScenario(scenario: Scenario, { runs, seed, onSetting }: RunOptions): Result[] {
  const measures = Object.entries(scenario.measures);
  const baselines = new Map(
    measures.flatMap(([name, { baseline }]) => (baseline === undefined ? [] : [[name, baseline] as const])),
  );
  const results = scenario.settings.flatMap((setting, done) => {
    const random = createRandom(`${scenario.name} / ${setting.label.en} / ${seed}`);
    const tally = new Tally(Object.keys(scenario.measures), baselines);
    const replicate = scenario.prepare(setting, random, tally);
    for (let run = 0; run < runs; run += 1) {
      replicate(run);
      tally.next();
    }
    onSetting?.(done + 1, scenario.settings.length);
    return measures
      .map(([name, measure]) => judge(name, measure, setting, tally.figure(name)))
      .filter(({ runs: recorded, withheld }) => recorded > 0 || withheld > 0);
  });
  return [...results, ...measures.flatMap(([name, measure]) => averageOf(name, measure, results))];
}

/** The limit of a measure in a setting. */
export function limitOf(name: string, measure: Measure, setting: Setting): Limit | null {
  const own = setting.limits?.[name];
  return own === undefined ? (measure.each ?? null) : own;
}

function judge(name: string, measure: Measure, setting: Setting, figure: Figure): Result {
  const limit = limitOf(name, measure, setting);
  const open = setting.open?.[name] ?? measure.open ?? null;
  return { ...figure, setting: setting.label, measure: name, open, ...against(figure, measure, limit, open) };
}

function against(figure: Figure, measure: Measure, limit: Limit | null, open: Both | null) {
  if (limit === null) return { limit, broken: [], verdict: "reported" as const };
  const broken = brokenBounds(figure, measure.kind, limit);
  const verdict: Verdict = broken.length === 0 ? "holds" : open === null ? "fails" : "open";
  return { limit, broken, verdict };
}

function averageOf(name: string, measure: Measure, results: readonly Result[]): Result[] {
  if (measure.average === undefined) return [];
  const mine = results.filter((result) => result.measure === name && result.value !== null);
  if (mine.length === 0) return [];
  const figure = averageFigure(mine);
  const open = measure.open ?? null;
  const judged = against(figure, measure, measure.average, open);
  return [{ ...figure, setting: null, measure: name, open, ...judged }];
}

/** Average of figures from independent random numbers. */
export function averageFigure(figures: readonly Figure[]): Figure {
  const mean = (of: (figure: Figure) => number | null) => {
    const found = figures.map(of).filter((value) => value !== null);
    return found.length === 0 ? null : sum(found) / found.length;
  };
  const errorOfMean = (of: (figure: Figure) => number | null) => {
    const found = figures.map(of).filter((value) => value !== null);
    return found.length === 0 ? null : Math.sqrt(sum(found.map((error) => error ** 2))) / found.length;
  };
  return {
    value: mean((figure) => figure.value),
    error: errorOfMean((figure) => figure.error),
    runs: sum(figures.map((figure) => figure.runs)),
    withheld: mean((figure) => figure.withheld) ?? 0,
    width: mean((figure) => figure.width),
    widthRatio: mean((figure) => figure.widthRatio),
    widthRatioError: errorOfMean((figure) => figure.widthRatioError),
  };
}
