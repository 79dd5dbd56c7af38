import type { Language } from "./words.js";

/** A text in the report's languages. */
export type TrialText = Readonly<Record<Language, string>>;

/** Bounds that a figure must keep, beyond the Monte Carlo error of the run. */
export interface TrialLimit {
  readonly least?: number;
  readonly most?: number;
  readonly widthAtMost?: number;
  readonly withheldAtMost?: number;
}

/** One measure in one setting of a simulation. */
export interface TrialResult {
  /** Null: the average over the settings. */
  readonly setting: TrialText | null;
  readonly measure: string;
  /** A share, or the mean of a number; null if no run gave an interval. */
  readonly value: number | null;
  /** Monte Carlo standard error of `value`. */
  readonly error: number | null;
  readonly runs: number;
  /** Share of the runs in which the method gave no interval, with a reason. */
  readonly withheld: number;
  /** Mean width of the intervals. */
  readonly width: number | null;
  /** Mean width over that of the earlier rule. */
  readonly widthRatio: number | null;
  readonly limit: TrialLimit | null;
  /** "open": the limit does not hold, which is known. */
  readonly verdict: "holds" | "fails" | "open" | "reported";
  /** Why the limit does not hold, where that is known. */
  readonly open: TrialText | null;
}

export interface TrialMeasure {
  readonly label: TrialText;
  /** "coverage": how often an interval contains the truth; "rate": how often an error is made; "mean": a number. */
  readonly kind: "coverage" | "rate" | "mean";
}

/** A simulation with known truth; its first measure is the one of the tables. */
export interface Trial {
  readonly name: string;
  readonly ground: "easy" | "hard";
  readonly title: TrialText;
  readonly seed: number;
  readonly runs: number;
  /** Version of the package that was tried. */
  readonly version: string;
  readonly measures: Readonly<Record<string, TrialMeasure>>;
  readonly results: readonly TrialResult[];
}

/** The file that `npm run simulate:coverage -- --write` makes. */
export interface TrialFile {
  readonly format: "coverage/1";
  readonly scenarios: readonly Trial[];
}

/** The measure of the tables, which comes first. */
export function mainMeasure({ measures }: Trial): readonly [name: string, measure: TrialMeasure] {
  const [first] = Object.entries(measures);
  if (first === undefined) throw new Error("a trial without measures");
  return first;
}

/** Results of the main measure, without the average. */
export function mainResults(trial: Trial): TrialResult[] {
  const [name] = mainMeasure(trial);
  return trial.results.filter(({ measure, setting }) => measure === name && setting !== null);
}
