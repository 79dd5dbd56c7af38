import type { Random } from "../../../src/lib/util/random.js";

/** A text in the report's two languages. */
export interface Both {
  readonly en: string;
  readonly zh: string;
}

/**
 * What a measure must satisfy, as shares from 0 to 1. Every bound is enforced only beyond the Monte Carlo error of the
 * run, so the same limits serve a few hundred replicates and many thousands.
 */
export interface Limit {
  /** Smallest value. */
  readonly least?: number;
  /** Largest value: for error rates, and for naive methods, which must be seen to fail. */
  readonly most?: number;
  /** Largest mean width, as a multiple of the mean width of the measure's `baseline`. */
  readonly widthAtMost?: number;
  /** Largest share of replicates in which the method may give no interval, with a reason. Default 0. */
  readonly withheldAtMost?: number;
}

/** One figure that a scenario measures about one method. */
export interface Measure {
  readonly label: Both;
  /**
   * "coverage": how often an interval contains the truth, and how wide it is. "rate": how often something happens that
   * should be rare. "mean": the mean of a number.
   */
  readonly kind: "coverage" | "rate" | "mean";
  /** Limit in every setting; without one the figure is only reported. */
  readonly each?: Limit;
  /** Limit on the average over the settings of the scenario. */
  readonly average?: Limit;
  /** The measure whose intervals this one's widths are compared with, on the same replicates. */
  readonly baseline?: string;
  /** Why its limits are known not to hold, in some settings or in all; the page says so. */
  readonly open?: Both;
}

/** One cell of a scenario's grid. */
export interface Setting {
  readonly label: Both;
  /** Limits that differ from the measure's `each` here; null: the figure is only reported. */
  readonly limits?: Readonly<Record<string, Limit | null>>;
  /** Why a limit is known not to hold here, by measure. */
  readonly open?: Readonly<Record<string, Both>>;
}

/** Where a replicate writes what it found, once per measure: what one data set says twice is not independent. */
export interface Recorder {
  /** An interval; one with a null bound counts as withheld. */
  interval(
    measure: string,
    interval: { readonly lower: number | null; readonly upper: number | null },
    truth: number,
  ): void;
  /** Something that happened or not, and the width of the statement where it has one (ranks in a set of ranks). */
  event(measure: string, happened: boolean, width?: number): void;
  value(measure: string, value: number): void;
}

/** A simulation with known truth over a grid of settings. */
export interface Scenario<S extends Setting = Setting> {
  /** In kebab-case, for `--only`. */
  readonly name: string;
  /** Easy ground: many groups, middling scores, independent errors. Only there the total width is limited. */
  readonly ground: "easy" | "hard";
  readonly title: Both;
  /** Replicates of a full run, and of the small version in the tests. */
  readonly fullRuns: number;
  readonly smallRuns: number;
  readonly measures: Readonly<Record<string, Measure>>;
  readonly settings: readonly S[];
  /** Prepares a setting (its truth, say) and returns what draws one data set and records what the methods say of it. */
  prepare(setting: S, random: Random, record: Recorder): (replicate: number) => void;
}

/** Checks a scenario's settings against what its `prepare` needs, and forgets their type. */
export function defineScenario<S extends Setting>(scenario: Scenario<S>): Scenario {
  return {
    ...scenario,
    prepare: (setting, random, record) => scenario.prepare(setting as S, random, record),
  };
}

/** Measures that come back in many scenarios. */
export const labels = {
  released: { en: "released interval", zh: "发布的区间" },
  earlier: { en: "rule before this check", zh: "本项检验之前的规则" },
  naive: { en: "rows taken as independent", zh: "把各行当作相互独立" },
} as const satisfies Record<string, Both>;

/** Nominal 95 % intervals on easy ground. */
export const sound: Limit = { least: 0.93, most: 0.97 };
/** Joint statements may be conservative. */
export const joint: Limit = { least: 0.94 };
/** A method that ignores the design must be seen to fail: otherwise the scenario tests nothing. */
export const failing: Limit = { most: 0.9 };
