import { adjustPValues } from "../../../src/lib/stats/p-adjust.js";

/** Holm's adjustment over the comparisons that were tested; those without a p-value stay without and count for nothing. */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const adjusted = adjustPValues(
    pValues.filter((p) => p !== null),
    "holm",
  );
  let tested = 0;
  return pValues.map((p) => (p === null ? null : (adjusted[tested++] as number)));
}
