import { InputError } from "../../../errors.js";
import type { PAdjustment } from "../../../stats/p-adjust.js";
import { packResponses, type ResponseMatrix } from "../responses.js";

/** Size of a difference: A negligible, B moderate, C large. */
export type DifferentialSize = "A" | "B" | "C";

/** Options that both tests have. */
export interface DifferentialOptions {
  /** Repeat the tests without the items found different in the matching score, until the same items are found. Default false. */
  readonly purify?: boolean;
  /** Most repetitions. Default 10. */
  readonly iterations?: number;
  /** Level of a single test in purification. Default 0.05. */
  readonly level?: number;
  /** Correction for testing many items. Default "benjamini-hochberg". */
  readonly adjustment?: PAdjustment;
}

/** Result of `mantelHaenszelDif` and `logisticDif`. */
export interface DifferentialFunctioning<Item> {
  /** One for each column; empty if the groups are too small. */
  readonly items: readonly Item[];
  readonly nFocal: number;
  readonly nReference: number;
  /** Items that are left out of the matching score of the others. */
  readonly purifiedItems: readonly number[];
  /** Repetitions of purification, and whether they ended with the same items. */
  readonly iterations: number;
  readonly converged: boolean;
  readonly reason: string | null;
}

export const untested = { items: [], purifiedItems: [], iterations: 0, converged: true };

/** Answers and groups, with each person's right answers, so that scores without some items cost no second pass. */
export interface GroupedAnswers {
  readonly matrix: ResponseMatrix;
  readonly focal: readonly boolean[];
  readonly nItems: number;
}

/** Checks the groups. `reason` is set if one is too small. */
export function groupsOf(
  caller: string,
  matrix: ResponseMatrix,
  focal: readonly boolean[],
  smallest: number,
) {
  if (focal.length !== matrix.length) {
    throw new InputError(`${caller}: focal has ${focal.length} entries, the matrix ${matrix.length} rows`);
  }
  const { nItems } = packResponses(caller, matrix);
  const nFocal = focal.filter((isFocal) => isFocal).length;
  const sizes = { nFocal, nReference: focal.length - nFocal };
  const reason =
    Math.min(sizes.nFocal, sizes.nReference) < smallest
      ? `too few rows: ${nFocal} focal and ${sizes.nReference} reference; needs ${smallest} of each`
      : null;
  return { data: { matrix, focal, nItems }, sizes, reason };
}

/** Repeats the tests of all items, each time without the items just found in the matching score of the others (as difR does). */
export function purify<Item>(
  { matrix, focal, nItems }: GroupedAnswers,
  testAll: (matching: MatchingScore) => Item[],
  pOf: (item: Item) => number | null,
  { purify: isPurified = false, iterations: most = 10, level = 0.05 }: DifferentialOptions,
) {
  const everything = new Array<boolean>(nItems).fill(true);
  let purified = testAll(new MatchingScore(matrix, focal, everything));
  const findings = () => purified.map((item) => (pOf(item) ?? 1) < level);
  let found = findings();
  let used = new Array<boolean>(nItems).fill(false);
  let iterations = 0;
  let converged = !isPurified || !found.includes(true);
  while (!converged && iterations < most) {
    iterations += 1;
    used = found;
    // A score of no items matches nobody: if all are found, all are kept.
    const anchors = used.includes(false) ? used.map((out) => !out) : everything;
    purified = testAll(new MatchingScore(matrix, focal, anchors));
    found = findings();
    converged = found.every((out, item) => out === used[item]);
  }
  const purifiedItems = used.flatMap((out, item) => (out ? [item] : []));
  return { purified, purifiedItems, iterations, converged };
}

/** A person who answered the item under test. */
export interface ScoredPerson {
  readonly score: number;
  readonly isFocal: boolean;
  readonly right: 0 | 1;
}

/** Right answers to the anchors and the item under test; where answers are missing, in proportion to those given. */
export class MatchingScore {
  readonly #matrix: ResponseMatrix;
  readonly #focal: readonly boolean[];
  readonly #anchors: readonly boolean[];
  readonly #totals: readonly { readonly right: number; readonly n: number }[];
  readonly nItems: number;
  readonly #nAnchors: number;

  constructor(matrix: ResponseMatrix, focal: readonly boolean[], anchors: readonly boolean[]) {
    this.#matrix = matrix;
    this.#focal = focal;
    this.#anchors = anchors;
    this.nItems = anchors.length;
    this.#nAnchors = anchors.filter((isAnchor) => isAnchor).length;
    this.#totals = matrix.map((row) => {
      let right = 0;
      let n = 0;
      for (const [item, answer] of row.entries()) {
        if (answer === null || !anchors[item]) continue;
        right += answer;
        n += 1;
      }
      return { right, n };
    });
  }

  of(item: number): ScoredPerson[] {
    const own = this.#anchors[item] ? 0 : 1;
    return this.#matrix.flatMap((row, person) => {
      const right = row[item];
      if (right === null || right === undefined) return [];
      const total = this.#totals[person]!;
      const score = ((total.right + own * right) * (this.#nAnchors + own)) / (total.n + own);
      return [{ score, isFocal: this.#focal[person] as boolean, right }];
    });
  }
}

export const sizeOf = (value: number, moderate: number, large: number): DifferentialSize =>
  value < moderate ? "A" : value < large ? "B" : "C";
