import type { ReleasedRow } from "../lib/records/released-tables.js";
import { formatInterval, formatPercent, formatScore } from "./figures.js";
import type { Words } from "./words.js";

type Pooled = ReleasedRow<
  "specialty_scores",
  "pooled" | "pooled_lower" | "pooled_upper" | "prior_mean" | "prior_sd" | "shrinkage"
>;

/** Interval of a partially pooled score. */
export const pooledInterval = ({ pooled_lower, pooled_upper }: Pooled, words: Words): string =>
  formatInterval({ lower: pooled_lower, upper: pooled_upper }, words);

/** What was expected before the cell's own answers, with its standard deviation. */
export const pooledPrior = ({ prior_mean, prior_sd }: Pooled): string =>
  prior_mean === null ? "–" : `${formatScore(prior_mean)} ± ${formatScore(prior_sd)}`;

/** A partially pooled score in a tip; empty if there is none. */
export function pooledLines(row: Pooled, words: Words): string[] {
  if (row.pooled === null) return [];
  const { pooled, prior, shrinkage } = words.specialties;
  return [
    `${pooled} ${formatScore(row.pooled)} (${pooledInterval(row, words)})`,
    `${prior} ${pooledPrior(row)}`,
    `${shrinkage} ${formatPercent(row.shrinkage)}`,
  ];
}
