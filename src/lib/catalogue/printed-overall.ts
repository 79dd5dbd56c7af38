import { InputError } from "../errors.js";
import { roundHalfUp } from "../util/rounding.js";
import { mean } from "../util/sum.js";
import { requireTrack } from "./roll-up.js";
import type { Catalogue } from "./schema.js";

/** Printed values from the lowest to the highest, both possible. */
export interface PrintedRange {
  /** 0 to 100, with the board's decimals. */
  readonly lower: number;
  /** 0 to 100, with the board's decimals; equal to `lower` where only one value is possible. */
  readonly upper: number;
  /** The possible values in words: `55.8 or 55.9`, or just `54.5`. */
  readonly text: string;
}

/** What printed dimensions allow the overall score to be. */
export interface PrintedOverall {
  readonly track: string;
  /** The overall score as the board would print it; null if a dimension is missing. */
  readonly overall: PrintedRange | null;
  /** The mean of the dimensions before rounding: at least `lower`, and below `upper` (or equal to 100); null if a dimension is missing. */
  readonly unrounded: { readonly lower: number; readonly upper: number } | null;
  readonly dimensions: readonly {
    readonly id: string;
    readonly name: { readonly en: string; readonly zh: string };
    /** 0 to 100, as printed; null if missing. */
    readonly printed: number | null;
  }[];
  /** Ids of the dimensions without a printed score. */
  readonly missing: readonly string[];
}

/**
 * The overall score that the board can have printed next to printed dimensions. The board averages dimensions before rounding
 * them, and a dimension printed as 66.8 is any value from 66.75 to just below 66.85. So printed dimensions allow a range of
 * overall values, one or two tenths. Values outside 0 to 100 are not possible.
 *
 * @param dimensions id, English name or Chinese name of a dimension, to its printed score, 0 to 100; absent or null ones are missing
 * @returns `overall` and `unrounded` are null if a dimension of the track is missing
 * @throws InputError for an unknown track or dimension, a dimension named twice, a score outside [0, 100], or one with more
 *   decimals than the board prints
 * @see protocols P01.3
 */
export function printedOverall(
  catalogue: Catalogue,
  track: string,
  dimensions: Readonly<Record<string, number | null>>,
): PrintedOverall {
  requireTrack(catalogue, track);
  const printed = printedScores(catalogue, track, dimensions);
  const decimals = catalogue.composite.boardDecimals;
  const known = catalogue.dimensions.filter((dimension) => dimension.track === track);
  const rows = known.map(({ id, name }) => ({ id, name, printed: printed.get(id) ?? null }));
  const missing = rows.filter((row) => row.printed === null).map(({ id }) => id);
  if (missing.length > 0 || rows.length === 0)
    return { track, overall: null, unrounded: null, dimensions: rows, missing };
  const step = 10 ** -decimals;
  const values = rows.map((row) => row.printed as number);
  const lower = mean(values.map((value) => Math.max(0, value - step / 2)));
  const upper = mean(values.map((value) => Math.min(100, value + step / 2)));
  // The highest mean is below `upper`, unless all dimensions are 100: a mean that would just be rounded up is not reached.
  const highest = roundHalfUp(upper, decimals);
  const isReached = highest - upper < step / 2 - 1e-9;
  const range = {
    lower: roundHalfUp(lower, decimals),
    upper: isReached ? highest : roundHalfUp(highest - step, decimals),
  };
  const shown = [...new Set([range.lower, range.upper])].map((value) => value.toFixed(decimals));
  return {
    track,
    overall: { ...range, text: shown.join(" or ") },
    unrounded: { lower: roundHalfUp(lower, 9), upper: roundHalfUp(upper, 9) },
    dimensions: rows,
    missing,
  };
}

/** Printed scores by the id of their dimension. */
function printedScores(
  catalogue: Catalogue,
  track: string,
  dimensions: Readonly<Record<string, number | null>>,
): ReadonlyMap<string, number | null> {
  const known = catalogue.dimensions.filter((dimension) => dimension.track === track);
  const decimals = catalogue.composite.boardDecimals;
  const scores = new Map<string, number | null>();
  for (const [key, score] of Object.entries(dimensions)) {
    const found = known.find(({ id, name }) => [id, name.en, name.zh].includes(key));
    if (found === undefined)
      throw new InputError(
        `roll-up: dimensions: ${JSON.stringify(key)} is not a dimension of track ${track} in ${catalogue.id}`,
        { hint: `Dimensions of ${track}: ${known.map(({ id }) => id).join(", ")}` },
      );
    if (scores.has(found.id))
      throw new InputError(
        `roll-up: dimension ${found.id} has two scores, one of them as ${JSON.stringify(key)}`,
        {
          hint: "Give each dimension once, by its id or by one of its names.",
        },
      );
    if (score !== null && !(Number.isFinite(score) && score >= 0 && score <= 100))
      throw new InputError(`roll-up: dimensions.${key} is ${score}, expected a number from 0 to 100`, {
        hint: "Give the score as the board prints it; shares from 0 to 1 must be multiplied by 100.",
      });
    if (score !== null && roundHalfUp(score, decimals) !== score)
      throw new InputError(
        `roll-up: dimensions.${key} is ${score}, expected a printed score with at most ${decimals} decimal${decimals === 1 ? "" : "s"}`,
        {
          hint: 'For unrounded scores, give the task scores: {"track":"llm","scores":{"MedExam":100.0,...}}.',
        },
      );
    scores.set(found.id, score);
  }
  return scores;
}
