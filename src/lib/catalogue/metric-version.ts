import type { MetricVersion } from "./schema.js";

/**
 * The metric version in force in a month, or the newest if no month is given.
 *
 * @param month for example `2025-11`; a version is in force from its first month to its last, both included
 * @returns undefined if the dataset had no metric in that month
 */
export function metricVersionOf(
  versions: readonly MetricVersion[],
  month?: string,
): MetricVersion | undefined {
  if (month === undefined) return versions.find(({ until }) => until === null) ?? versions[0];
  return versions.find(
    ({ from, until }) => (from === null || from <= month) && (until === null || month <= until),
  );
}
