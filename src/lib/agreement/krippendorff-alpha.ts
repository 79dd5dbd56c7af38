import { InputError } from "../errors.js";
import { bootstrapUnits, type UnitBootstrapOptions } from "../stats/bootstrap.js";
import { type BootstrapOptions, type BootstrapResult, checkBootstrap } from "../stats/bootstrap-summary.js";
import { at, lookUp } from "../util/indexing.js";
import { sum } from "../util/sum.js";
import { checkLabel, type Label, quoted, type RatingsByRater } from "./crosstab.js";
import { designWeightsOf } from "./design-weights.js";

/** How differences between values count: all equal, by rank, by distance, or by ratio. */
export type MeasurementLevel = "nominal" | "ordinal" | "interval" | "ratio";

/** Options of `krippendorffAlpha`. */
export interface AlphaOptions {
  /** Default "nominal". */
  readonly level?: MeasurementLevel;
  /** Order of text labels, lowest first: they become 1, 2, ... Default: ratings are already numbers. */
  readonly order?: readonly Label[];
  /**
   * Units of the population that each unit represents: the inverse of its probability of being rated. Only the ratios
   * matter. Default: all equal.
   */
  readonly designWeights?: readonly number[];
}

/** Result of `krippendorffAlpha`. */
export interface Alpha {
  readonly estimate: number | null;
  readonly observedDisagreement: number | null;
  readonly expectedDisagreement: number | null;
  /** Ratings in units with two or more ratings: those that are used. */
  readonly nPairable: number;
  /** Units with two or more ratings. */
  readonly nUnits: number;
  /** Units dropped because they have fewer than two ratings. */
  readonly nDropped: number;
  readonly level: MeasurementLevel;
  readonly method: string;
  readonly reason: string | null;
}

/**
 * Krippendorff's alpha: one minus observed over expected disagreement, for any number of raters, missing ratings, and
 * four levels of measurement. It has no reliable formula for a standard error: use `krippendorffAlphaBootstrap`.
 *
 * @param ratings one row per rater, one column per unit, null where missing (NaN and undefined are refused)
 * @returns undefined with a reason if all ratings have one value (0/0, not 1) or no unit has two ratings
 * @throws InputError if rows differ in length, a rating is NaN, infinite or undefined, or the level needs numbers (not
 *   negative for "ratio") and gets other values
 * @see Krippendorff (2011), "Computing Krippendorff's alpha-reliability", https://repository.upenn.edu/asc_papers/43
 * @see oracle: krippendorff (Python) and exact rational arithmetic, 02-multirater-agreement.json
 * @example krippendorffAlpha([[0, 1, 0, 0], [0, 1, 1, 0]]).estimate // 0.5333333333
 */
export function krippendorffAlpha(
  ratings: RatingsByRater,
  { level = "nominal", order, designWeights }: AlphaOptions = {},
): Alpha {
  const { units, values, nDropped } = readUnits(ratings, level, order, designWeights);
  const shared = { nUnits: units.length, nDropped, level, method: `krippendorff alpha, ${level}` };
  if (units.length === 0) {
    const unknown = { estimate: null, observedDisagreement: null, expectedDisagreement: null };
    return { ...shared, ...unknown, nPairable: 0, reason: "no unit has two ratings" };
  }
  const once = Int32Array.from(units, (_, i) => i);
  const { observed, expected } = disagreement(once, units, values, level);
  const defined = expected > 0;
  return {
    ...shared,
    nPairable: sum(units.map(({ total }) => total)),
    estimate: defined ? 1 - observed / expected : null,
    observedDisagreement: observed,
    expectedDisagreement: expected,
    reason: defined ? null : "a single value is used throughout: alpha is 0/0",
  };
}

/**
 * Bootstrap interval of Krippendorff's alpha over units: all ratings of a unit stay together. Resamples that use a single
 * value are dropped and counted.
 *
 * @param ratings as for `krippendorffAlpha`
 * @see Zapf et al. (2016), doi:10.1186/s12874-016-0200-9
 * @throws InputError as for `krippendorffAlpha`, or if an option is out of range
 * @example krippendorffAlphaBootstrap([[0, 1, 0, 0], [0, 1, 1, 0]], { seed: 1 }).nUndefined >= 0 // true
 */
export function krippendorffAlphaBootstrap(
  ratings: RatingsByRater,
  { level = "nominal", order, designWeights, ...options }: AlphaOptions & UnitBootstrapOptions = {},
): BootstrapResult {
  const { replicates = 2000, seed = 1, confidence = 0.95 }: BootstrapOptions = options;
  checkBootstrap("krippendorffAlphaBootstrap", replicates, confidence);
  const method = `krippendorff alpha, ${level}; bootstrap over units`;
  const { units, values } = readUnits(ratings, level, order, designWeights);
  if (units.length === 0) {
    const reason = "no unit has two ratings";
    const unknown = { estimate: null, lower: null, upper: null, standardError: null, nUndefined: 0 };
    return { ...unknown, n: 0, confidence, method, replicates, seed, reason };
  }
  const statistic = (positions: Int32Array): number => {
    const { observed, expected } = disagreement(positions, units, values, level);
    // NaN, from 0/0, if the resample contains a single value.
    return 1 - observed / expected;
  };
  const result = bootstrapUnits(units.length, statistic, options);
  return { ...result, method: `krippendorff alpha, ${level}; ${result.method}` };
}

/** Ratings of one unit: the distinct values, how often each occurs, and how many there are in all. */
interface Unit {
  readonly cells: readonly (readonly [value: number, count: number])[];
  readonly total: number;
  /** Design weight, 1 on average. */
  readonly weight: number;
}

function readUnits(
  ratings: RatingsByRater,
  level: MeasurementLevel,
  order: readonly Label[] | undefined,
  designWeights: readonly number[] | undefined,
) {
  const width = ratings[0]?.length ?? 0;
  const columns: Label[][] = Array.from({ length: width }, () => []);
  ratings.forEach((row, rater) => {
    if (row.length !== width) {
      throw new InputError(
        `krippendorffAlpha: rater ${rater} has ${row.length} ratings, rater 0 has ${width}`,
        {
          hint: "One row per rater, one column per unit; write null where a rating is missing.",
        },
      );
    }
    for (let unit = 0; unit < width; unit += 1) {
      const label = row[unit] as Label | null;
      if (label !== null) (columns[unit] as Label[]).push(readValue(label, level, order, unit, rater));
    }
  });
  const pairable = columns.filter((column) => column.length >= 2);
  const own = designWeightsOf("krippendorffAlpha", designWeights, width);
  const weights = designWeightsOf(
    "krippendorffAlpha",
    [...own].filter((_, unit) => (columns[unit] as Label[]).length >= 2),
    pairable.length,
  );
  const labels = [...new Set(pairable.flat())];
  const values = level === "nominal" ? labels : (labels as number[]).sort((a, b) => a - b);
  const position = new Map(values.map((value, k) => [value, k]));
  const units = pairable.map((column, unit): Unit => {
    const counts = new Map<number, number>();
    for (const label of column) {
      const k = lookUp(position, label);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    return { cells: [...counts], total: column.length, weight: at(weights, unit) };
  });
  return { units, values, nDropped: width - units.length };
}

function readValue(
  label: Label,
  level: MeasurementLevel,
  order: readonly Label[] | undefined,
  unit: number,
  rater: number,
): Label {
  if (level === "nominal") {
    checkLabel("krippendorffAlpha", label, `unit ${unit}, rater ${rater}`);
    return label;
  }
  const value = order === undefined ? label : order.indexOf(label) + 1;
  const where = `got ${quoted(label)} (unit ${unit}, rater ${rater})`;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InputError(`krippendorffAlpha: level "${level}" needs numeric ratings; ${where}`, {
      hint: 'Map labels with `order: ["low", "mid", "high"]`, or use level "nominal".',
    });
  }
  if (order !== undefined && value === 0) {
    throw new InputError(`krippendorffAlpha: every label must appear in order; ${where}`);
  }
  if (level === "ratio" && value < 0) {
    throw new InputError(`krippendorffAlpha: level "ratio" needs ratings >= 0; ${where}`, {
      hint: 'A scale with negative values has no natural zero: use level "interval".',
    });
  }
  return value;
}

/** Observed and expected disagreement of the units at the given positions, repeated ones counting each time. */
function disagreement(
  positions: Int32Array,
  units: readonly Unit[],
  values: readonly Label[],
  level: MeasurementLevel,
): { readonly observed: number; readonly expected: number } {
  const counts = new Float64Array(values.length);
  let nPairable = 0;
  for (const position of positions) {
    const { cells, total, weight } = units[position] as Unit;
    for (const [value, count] of cells) counts[value]! += weight * count;
    nPairable += weight * total;
  }
  const distance = squaredDistance(values, level, counts);
  let observed = 0;
  for (const position of positions) {
    const { cells, total, weight } = units[position] as Unit;
    let within = 0;
    for (let x = 0; x < cells.length; x += 1) {
      for (let y = 0; y < x; y += 1) {
        const [c, nc] = cells[x] as readonly [number, number];
        const [k, nk] = cells[y] as readonly [number, number];
        within += nc * nk * distance(c, k);
      }
    }
    observed += (2 * weight * within) / (total - 1);
  }
  let expected = 0;
  for (let c = 0; c < values.length; c += 1) {
    for (let k = 0; k < c; k += 1) expected += counts[c]! * counts[k]! * distance(c, k);
  }
  return {
    observed: observed / nPairable,
    expected: (2 * expected) / (nPairable * (nPairable - 1)),
  };
}

/**
 * Krippendorff's squared difference between two different values, by position in `values` (ascending, except at nominal
 * level).
 */
function squaredDistance(
  values: readonly Label[],
  level: MeasurementLevel,
  counts: Float64Array,
): (c: number, k: number) => number {
  if (level === "nominal") return () => 1;
  if (level === "ordinal") {
    // Half of the end values plus all between them = the difference of the mid-positions in the pooled ranking.
    const middle = new Float64Array(counts.length);
    let below = 0;
    for (let g = 0; g < counts.length; g += 1) {
      middle[g] = below + counts[g]! / 2;
      below += counts[g]!;
    }
    return (c, k) => (middle[c]! - middle[k]!) ** 2;
  }
  const numbers = Float64Array.from(values as readonly number[]);
  if (level === "interval") return (c, k) => (numbers[c]! - numbers[k]!) ** 2;
  // Different values that are not negative have a positive sum.
  return (c, k) => {
    const x = numbers[c]!;
    const y = numbers[k]!;
    return ((x - y) / (x + y)) ** 2;
  };
}
