import { InputError } from "../errors.js";
import { binomialCdf, normalTwoSided } from "../util/special.js";

/** Counts of items by the two systems' outcomes. */
export interface PairedCounts {
  /** Both correct. */
  readonly both: number;
  /** Only the first correct. */
  readonly onlyFirst: number;
  /** Only the second correct. */
  readonly onlySecond: number;
  /** Both wrong. */
  readonly neither: number;
}

/** Result of `mcnemarTest`. */
export interface McnemarTest {
  /** First proportion minus second; null without items. */
  readonly estimate: number | null;
  /** Two-sided exact conditional test. */
  readonly pExact: number;
  /** Two-sided mid-p: nearly exact and less conservative; the preferred one. */
  readonly pMid: number;
  readonly chiSquare: number | null;
  readonly pChiSquare: number | null;
  /** Edwards' continuity correction. */
  readonly chiSquareCorrected: number | null;
  readonly pChiSquareCorrected: number | null;
  readonly n: number;
  readonly nDiscordant: number;
  readonly method: "mcnemar";
  readonly reason: string | null;
}

/**
 * McNemar's test of equal proportions on paired binary outcomes: only items on which the two systems differ matter.
 *
 * Assumes independent items; with variants or other clusters use `pairedDifference`.
 *
 * @param counts integers >= 0
 * @returns without discordant pairs both p-values are 1 and the chi-square tests are null with a reason
 * @throws InputError if a count is not an integer >= 0
 * @see McNemar (1947), doi:10.1007/BF02295996; Fagerland, Lydersen & Laake (2013), doi:10.1186/1471-2288-13-91
 * @see oracle: statsmodels mcnemar, 04-proportions-paired-tests.json
 * @example mcnemarTest({ both: 1, onlyFirst: 1, onlySecond: 7, neither: 12 }).pMid // 0.0390625
 */
export function mcnemarTest({ both, onlyFirst, onlySecond, neither }: PairedCounts): McnemarTest {
  for (const [name, count] of Object.entries({ both, onlyFirst, onlySecond, neither })) {
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new InputError(`mcnemarTest: ${name} must be an integer >= 0; got ${count}`, {
        hint: "Count items; report items that one system left unscored separately.",
      });
    }
  }
  const n = both + onlyFirst + onlySecond + neither;
  const nDiscordant = onlyFirst + onlySecond;
  const shared = {
    n,
    nDiscordant,
    method: "mcnemar" as const,
    estimate: n === 0 ? null : (onlyFirst - onlySecond) / n,
  };
  if (nDiscordant === 0) {
    const asymptotic = {
      chiSquare: null,
      pChiSquare: null,
      chiSquareCorrected: null,
      pChiSquareCorrected: null,
    };
    const reason = n === 0 ? "no items" : "no discordant pairs: the chi-square tests are 0/0";
    return { ...shared, ...asymptotic, pExact: 1, pMid: 1, reason };
  }
  const fewer = Math.min(onlyFirst, onlySecond);
  const tail = binomialCdf(fewer, nDiscordant, 0.5);
  const point = tail - binomialCdf(fewer - 1, nDiscordant, 0.5);
  const gap = Math.abs(onlyFirst - onlySecond);
  const chiSquare = gap ** 2 / nDiscordant;
  const chiSquareCorrected = Math.max(0, gap - 1) ** 2 / nDiscordant;
  return {
    ...shared,
    pExact: Math.min(1, 2 * tail),
    // With b = c both tails contain the observed point, so twice the tail counts it twice.
    pMid: onlyFirst === onlySecond ? 1 - point : 2 * tail - point,
    chiSquare,
    pChiSquare: normalTwoSided(Math.sqrt(chiSquare)),
    chiSquareCorrected,
    pChiSquareCorrected: normalTwoSided(Math.sqrt(chiSquareCorrected)),
    reason: null,
  };
}
