import { InputError } from "../errors.js";
import { roundHalfUp } from "../util/rounding.js";
import { mean } from "../util/sum.js";
import type { Catalogue } from "./schema.js";

/** Score of a dimension, as the board prints it. */
export interface RolledDimension {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  /** 0 to 100, rounded; null if a task is missing. */
  readonly score: number | null;
  readonly meanOverSubmitted: number | null;
  readonly missing: readonly string[];
}

/** Scores of a track and its dimensions, as the board prints them. */
export interface RolledTrack {
  readonly track: string;
  /** 0 to 100, rounded; null if a task is missing. */
  readonly overall: number | null;
  readonly meanOverSubmitted: number | null;
  readonly dimensions: readonly RolledDimension[];
}

/**
 * The board's composite from task scores: tasks are rounded half up to the board's decimals, a dimension is the plain
 * mean of its rounded tasks, and the overall is the plain mean of the dimensions before their rounding. Dimensions and
 * overall are rounded half up only for print. Numbers of items are not used as weights.
 *
 * A missing task leaves its dimension and the overall undefined (null); the mean over the submitted tasks is given
 * separately and cannot be compared with complete systems.
 *
 * @param scores dataset id to score, 0 to 100; ids absent or null are missing
 * @throws InputError for an unknown track, an unknown dataset, or a score outside [0, 100]
 * @see protocols P01.3: all dimension and overall values of the public board reproduce
 * @see printedOverall for printed dimensions instead of task scores
 */
export function rollUp(
  catalogue: Catalogue,
  track: string,
  scores: Readonly<Record<string, number | null>>,
): RolledTrack {
  const decimals = catalogue.composite.boardDecimals;
  checkInput(catalogue, track, scores);
  const round = (value: number) => roundHalfUp(value, decimals);
  const unrounded = catalogue.dimensions
    .filter((dimension) => dimension.track === track)
    .map(({ id, name }) => {
      const tasks = catalogue.datasets.filter(
        (dataset) => dataset.track === track && dataset.dimension === id,
      );
      const values = tasks.map((task) => scores[task.id] ?? null);
      const present = values.filter((value) => value !== null).map(round);
      const missing = tasks.filter((_, index) => values[index] === null).map((task) => task.id);
      return { id, name, missing, submitted: present.length > 0 ? mean(present) : null };
    });
  const dimensions = unrounded.map(({ id, name, missing, submitted }) => {
    const printed = submitted === null ? null : round(submitted);
    return { id, name, score: missing.length === 0 ? printed : null, meanOverSubmitted: printed, missing };
  });
  const complete = dimensions.every(({ score }) => score !== null);
  const submitted = unrounded.flatMap((dimension) => dimension.submitted ?? []);
  const meanOverSubmitted = submitted.length > 0 ? round(mean(submitted)) : null;
  return { track, overall: complete ? meanOverSubmitted : null, meanOverSubmitted, dimensions };
}

/** @throws InputError naming the known tracks */
export function requireTrack(catalogue: Catalogue, track: string): void {
  const tracks = catalogue.tracks.map(({ id }) => id);
  if (tracks.includes(track)) return;
  throw new InputError(`roll-up: track is ${JSON.stringify(track)}, expected one of ${tracks.join(", ")}`);
}

function checkInput(
  catalogue: Catalogue,
  track: string,
  scores: Readonly<Record<string, number | null>>,
): void {
  requireTrack(catalogue, track);
  const known = new Map(catalogue.datasets.map((dataset) => [dataset.id, dataset.track]));
  for (const [id, score] of Object.entries(scores)) {
    if (known.get(id) !== track) {
      const where = known.has(id)
        ? `belongs to track ${known.get(id)}`
        : `is not a dataset of ${catalogue.id}`;
      throw new InputError(`roll-up: scores.${id}: ${JSON.stringify(id)} ${where}`, {
        hint: `Datasets of ${track}: ${catalogue.datasets
          .filter((dataset) => dataset.track === track)
          .map((dataset) => dataset.id)
          .join(", ")}`,
      });
    }
    if (score !== null && !(Number.isFinite(score) && score >= 0 && score <= 100)) {
      throw new InputError(`roll-up: scores.${id} is ${score}, expected a number from 0 to 100`, {
        hint: "Warehouse scores are shares from 0 to 1: multiply them by 100.",
      });
    }
  }
}
