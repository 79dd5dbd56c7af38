import { mantelHaenszelDif } from "../../../src/lib/ranking/irt/differential/mantel-haenszel.js";
import type { GroupTests } from "../../../src/lib/ranking/irt/item-audit.js";
import { adjustPValues } from "../../../src/lib/stats/p-adjust.js";
import type { AuditedRun, PlaceAnswers } from "./read-place.js";

/** Whether single questions could be tested for a family of systems, and how many differ. */
export interface FamilyAudit {
  readonly family: string;
  readonly n_systems: number;
  readonly n_others: number;
  /** Questions with a test. */
  readonly n_tested: number;
  /** The smallest p-value that so few systems allow, before adjustment. */
  readonly smallest_p: number | null;
  /** Whether one question alone could be found among all tests, if it differed as clearly as these numbers allow. */
  readonly can_stand_out: boolean;
  readonly n_found: number;
  /** Why there is no test. */
  readonly reason: string | null;
}

/** Bands of ability need about four systems each to hold systems of the family and others. */
const systemsPerBand = 4;

/**
 * Single questions that are harder or easier for a family of systems than for other systems of the same ability: exact
 * Mantel-Haenszel tests in bands of ability, adjusted over all families and questions.
 */
export function auditFamilies(
  runs: readonly AuditedRun[],
  { matrix }: PlaceAnswers,
): { readonly families: readonly FamilyAudit[]; readonly tests: readonly GroupTests[] } {
  const names = [...new Set(runs.flatMap(({ family }) => family ?? []))].sort();
  const focals = names.map((family) => runs.map((run) => run.family === family));
  const bands = Math.min(10, Math.max(2, Math.floor(runs.length / systemsPerBand)));
  const tried = names.map((family, i) => {
    const focal = focals[i] as boolean[];
    const { items, nFocal, nReference, reason } = mantelHaenszelDif(matrix, focal, { test: "exact", bands });
    const allowed = items.flatMap(({ smallestP }) => smallestP ?? []);
    const smallest = allowed.length > 0 ? allowed.reduce((a, b) => Math.min(a, b)) : null;
    const other = focals.findIndex(
      (mask, j) => j < i && mask.every((isFocal, run) => isFocal !== focal[run]),
    );
    const refused =
      other >= 0
        ? `the same comparison as for ${names[other]}, seen from the other side`
        : reasonOf({ n: nFocal, others: nReference, smallest, isTooSmall: reason !== null });
    return { family, nFocal, nReference, items, smallest, reason: refused };
  });
  const tested = tried.filter(({ reason }) => reason === null);
  const adjusted = adjustPValues(
    tested.flatMap(({ items }) => items.map(({ p }) => p)),
    "benjamini-hochberg",
  );
  const tests = tested.map(({ family, items }, i) => ({
    group: family,
    items: items.map((item, j) => ({ ...item, adjustedP: adjusted[i * items.length + j] ?? null })),
  }));
  const nTests = adjusted.filter((p) => p !== null).length;
  const families = tried.map(({ family, nFocal, nReference, items, smallest, reason }) => ({
    family,
    n_systems: nFocal,
    n_others: nReference,
    n_tested: reason === null ? items.filter(({ p }) => p !== null).length : 0,
    smallest_p: smallest,
    can_stand_out: reason === null && smallest !== null && smallest * nTests <= 0.05,
    n_found: (tests.find(({ group }) => group === family)?.items ?? []).filter(
      ({ adjustedP, size }) => adjustedP !== null && adjustedP <= 0.05 && size !== "A",
    ).length,
    reason,
  }));
  return { families, tests };
}

function reasonOf({
  n,
  others,
  smallest,
  isTooSmall,
}: {
  readonly n: number;
  readonly others: number;
  readonly smallest: number | null;
  readonly isTooSmall: boolean;
}): string | null {
  const systems = `${n} ${n === 1 ? "system" : "systems"} of the family and ${others} ${others === 1 ? "other" : "others"}`;
  if (isTooSmall) return `${systems}: needs two of each`;
  if (smallest === null) return `${systems}: no band of equal ability has both`;
  if (smallest > 0.05)
    return `${systems}: even the clearest difference on one question would have p = ${smallest.toFixed(2)}`;
  return null;
}
