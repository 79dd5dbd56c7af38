import { InputError } from "../errors.js";

/**
 * An estimate with its interval. Undefined values (no data, zero variance, one cluster) are null, never 0 or NaN, and
 * `reason` explains why.
 */
export interface IntervalEstimate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Observations that were used. */
  readonly n: number;
  /** Nominal coverage in (0, 1). */
  readonly confidence: number;
  readonly method: string;
  /** Why something above is null; null when everything is defined. */
  readonly reason: string | null;
}

/** Options of every interval. */
export interface ConfidenceOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
}

/** Throws unless `confidence` is strictly between 0 and 1. */
export function checkConfidence(caller: string, confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError(`${caller}: confidence must be in (0, 1); got ${confidence}`, {
      hint: "Write coverage as a proportion: 0.95, not 95.",
    });
  }
}

/** Throws unless every value is a finite number. */
export function checkFinite(caller: string, name: string, values: readonly number[]): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new InputError(`${caller}: ${name}[${at}] must be a finite number; got ${values[at]}`, {
      hint: "Drop missing values first and report how many were dropped.",
    });
  }
}

/** Throws unless both arrays have one entry per observation. */
export function checkSameLength(caller: string, left: readonly unknown[], right: readonly unknown[]): void {
  if (left.length !== right.length) {
    throw new InputError(
      `${caller}: both inputs need the same length; got ${left.length} and ${right.length}`,
      {
        hint: "Align the two series by item before comparing them.",
      },
    );
  }
}

/** Throws unless 0 <= successes <= n are integers. */
export function checkBinomialCount(caller: string, successes: number, n: number): void {
  if (!(Number.isInteger(n) && n >= 0)) {
    throw new InputError(`${caller}: n must be an integer >= 0; got ${n}`, {
      hint: "Pass the number of scored items; report unscored ones separately.",
    });
  }
  if (!(Number.isInteger(successes) && successes >= 0 && successes <= n)) {
    throw new InputError(`${caller}: successes must be an integer in [0, ${n}]; got ${successes}`, {
      hint: "Partial credit is not binomial: use tInterval or clusterMean.",
    });
  }
}

/** The result of a statistic that is undefined on its data. */
export function undefinedInterval(
  method: string,
  n: number,
  confidence: number,
  reason: string,
): IntervalEstimate {
  return { estimate: null, lower: null, upper: null, n, confidence, method, reason };
}
