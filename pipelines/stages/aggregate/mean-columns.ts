import type { GroupMean } from "../../../src/lib/stats/group-mean.js";

/** A mean over groups as columns of a table of scores; nulls where there is none. */
export function meanColumns(found: GroupMean | null) {
  return {
    estimate: found?.estimate ?? null,
    lower: found?.lower ?? null,
    upper: found?.upper ?? null,
    standard_error: found?.standardError ?? null,
    interval_method: found === null || found.lower === null ? null : found.method,
    effective_groups: found?.effectiveGroups ?? null,
    few_groups: found?.isFew ?? false,
  };
}
