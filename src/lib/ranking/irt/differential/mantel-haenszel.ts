import { exactMantelHaenszel, mantelHaenszel, type TwoByTwo } from "../../../stats/mantel-haenszel.js";
import { adjustPValues } from "../../../stats/p-adjust.js";
import type { ResponseMatrix } from "../responses.js";
import {
  type DifferentialFunctioning,
  type DifferentialOptions,
  type DifferentialSize,
  groupsOf,
  purify,
  type ScoredPerson,
  sizeOf,
  untested,
} from "./matching.js";

/** Options of `mantelHaenszelDif`. */
export interface MantelHaenszelDifOptions extends DifferentialOptions {
  /** Test with the chi-square, corrected for continuity, or exactly; "exact" is for small groups. Default "chi-square". */
  readonly test?: "chi-square" | "exact";
  /** Bands of the matching score with about equally many persons. Default: one for each score, as long as there are persons. */
  readonly bands?: number;
}

/** What `mantelHaenszelDif` finds for one item. */
export interface MantelHaenszelItem {
  /** Position of the item, from 0. */
  readonly item: number;
  /** Odds of a right answer of the reference group over those of the focal group, at equal scores; null with a reason. */
  readonly oddsRatio: number | null;
  /** -2.35 times its log (ETS): below 0 if the item is harder for the focal group. */
  readonly delta: number | null;
  /** A below 1 in absolute value, B below 1.5, C from 1.5 on. */
  readonly size: DifferentialSize | null;
  readonly chiSquare: number | null;
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** For the exact test, the smallest p-value that the numbers of systems allow. */
  readonly smallestP: number | null;
  readonly reason: string | null;
}

/**
 * Differential item functioning by Mantel-Haenszel: whether persons of two groups with the same score differ on an item. The
 * matching score counts right answers, the item under test included.
 *
 * With few persons, use `test: "exact"` and `bands`: with as many scores as persons, no stratum has two groups. For attributes of
 * items (specialty, language), transpose: rows are questions, columns systems, and `focal` are the questions with the attribute; a
 * system is then tested for whether it finds them harder than other questions that are equally hard for all systems.
 *
 * @param matrix rows are persons (systems), columns items: 1 right, 0 wrong, null missing; scores are then shares of answered items
 * @param focal whether a row belongs to the focal group
 * @returns no items, with a reason, if a group has fewer than two rows
 * @throws InputError if `focal` has another length than the matrix has rows
 * @see Holland & Thayer (1988); Magis, Beland, Tuerlinckx & De Boeck (2010), doi:10.3758/BRM.42.3.847
 * @see oracle: difR `difMH` on the data verbal, tests/lib/ranking/irt/differential/mantel-haenszel.test.ts
 * @example mantelHaenszelDif(parseResponseRows(["10", "01", "10", "01"]), [true, true, false, false]).items[0]?.oddsRatio // 1
 */
export function mantelHaenszelDif(
  matrix: ResponseMatrix,
  focal: readonly boolean[],
  {
    test = "chi-square",
    bands,
    adjustment = "benjamini-hochberg",
    ...options
  }: MantelHaenszelDifOptions = {},
): DifferentialFunctioning<MantelHaenszelItem> {
  const { data, sizes, reason } = groupsOf("mantelHaenszelDif", matrix, focal, 2);
  if (reason !== null) return { ...sizes, ...untested, reason };
  const { purified, ...ended } = purify(
    data,
    (matching) =>
      Array.from({ length: data.nItems }, (_, item) =>
        mantelHaenszelItem(stratify(matching.of(item), bands), item, test),
      ),
    ({ p }) => p,
    options,
  );
  const adjusted = adjustPValues(
    purified.map(({ p }) => p),
    adjustment,
  );
  const items = purified.map((item, i) => ({ ...item, adjustedP: adjusted[i] ?? null }));
  return { ...sizes, ...ended, items, reason: null };
}

/** Right and wrong of the reference group, right and wrong of the focal group, by score or band of scores. */
function stratify(persons: readonly ScoredPerson[], bands: number | undefined): TwoByTwo[] {
  const sorted = persons.map(({ score }) => score).sort((a, b) => a - b);
  // The band of a score is that of the middle of its ties, so that equal scores stay together.
  const bandOf = (score: number) => {
    if (bands === undefined) return score;
    const below = sorted.findIndex((other) => other >= score);
    const upTo = sorted.findLastIndex((other) => other <= score);
    return Math.floor((bands * (below + upTo + 1)) / (2 * sorted.length));
  };
  const strata = new Map<number, [number, number, number, number]>();
  for (const { score, isFocal, right } of persons) {
    const band = bandOf(score);
    const counts = strata.get(band) ?? [0, 0, 0, 0];
    strata.set(band, counts);
    counts[(isFocal ? 2 : 0) + (1 - right)]! += 1;
  }
  return [...strata.values()];
}

type UnadjustedItem = Omit<MantelHaenszelItem, "adjustedP">;

function mantelHaenszelItem(
  tables: readonly TwoByTwo[],
  item: number,
  test: "chi-square" | "exact",
): UnadjustedItem {
  const { oddsRatio, chiSquare, p, nStrata, reason } = mantelHaenszel(tables);
  const delta = oddsRatio === null ? null : -2.35 * Math.log(oddsRatio);
  const exact = test === "exact" && nStrata > 0 ? exactMantelHaenszel(tables) : null;
  return {
    item,
    oddsRatio,
    delta,
    size: delta === null ? null : sizeOf(Math.abs(delta), 1, 1.5),
    chiSquare,
    p: test === "exact" ? (exact?.p ?? null) : p,
    smallestP: exact?.smallestP ?? null,
    reason,
  };
}
