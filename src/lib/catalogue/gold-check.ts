import { InputError } from "../errors.js";
import { checkKeyPoints } from "../scorers/gold-key-points.js";
import { scorerOf } from "../scorers/index.js";
import { readsAnswers } from "../scorers/scorer.js";
import { metricVersionOf } from "./metric-version.js";
import type { MetricVersion } from "./schema.js";

/** What an item states about its right answer, as parsed JSON; undefined or null where it states nothing. */
export interface ItemGold {
  /** File of the dataset that contains the item; "" if the dataset has only one. */
  readonly part: string;
  readonly gold?: unknown;
  readonly keyPoints?: unknown;
  readonly options?: unknown;
}

/** Gold in the form that the dataset's scorers compare with, and why anything of it was refused. */
export interface CheckedGold {
  readonly gold: unknown;
  readonly keyPoints: unknown;
  /** Why the gold was refused; it is null then. */
  readonly goldProblem: string | null;
  /** The same for the key points. */
  readonly keyPointsProblem: string | null;
}

/**
 * Checks the gold of a dataset's items against the metric in force: each scorer says which forms it can compare with, and
 * refuses what is none. Gold that no scorer reads is left as it is.
 *
 * @param scoring metric versions of the dataset
 * @returns a function that takes one item; it never throws because of the item
 */
export function goldChecker(scoring: readonly MetricVersion[]): (item: ItemGold) => CheckedGold {
  const readers = (metricVersionOf(scoring)?.components ?? []).flatMap(({ scorer: name, part, options }) => {
    const scorer = scorerOf(name);
    return readsAnswers(scorer) ? [{ part, scorer, settings: scorer.options.parse(options ?? {}) }] : [];
  });
  return ({ part, gold, keyPoints, options }) => {
    const given = (options ?? null) as Readonly<Record<string, string>> | null;
    const checked = attempt(gold, (value) =>
      readers
        .filter((reader) => reader.part === undefined || reader.part === part)
        .reduce<unknown>(
          (read, { scorer, settings }) => scorer.checkGold({ gold: read, options: given }, settings),
          value,
        ),
    );
    const points = attempt(keyPoints, checkKeyPoints);
    return {
      gold: checked.value,
      keyPoints: points.value,
      goldProblem: checked.problem,
      keyPointsProblem: points.problem,
    };
  };
}

/** The checked value, or null and the problem where it is refused. */
function attempt(
  value: unknown,
  check: (value: unknown) => unknown,
): { readonly value: unknown; readonly problem: string | null } {
  if (value === undefined || value === null) return { value: null, problem: null };
  try {
    return { value: check(value), problem: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      value: null,
      problem: error.hint === undefined ? error.message : `${error.message}; ${error.hint}`,
    };
  }
}
