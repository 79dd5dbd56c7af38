import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";

/** Result of `majority`. */
export interface Majority {
  readonly winner: string;
  /** Votes for the winner / all votes. */
  readonly voteShare: number;
  /** Whether another answer has as many votes. */
  readonly isTied: boolean;
}

/**
 * Most frequent of several answers to one question; on a tie the answer that first reached the largest count wins. Null
 * without answers; drop unreadable samples first.
 *
 * @example majority(["A", "B", "B", "A"])?.winner // "B"
 */
export function majority(answers: readonly string[]): Majority | null {
  const counts = new Map<string, number>();
  let winner: string | null = null;
  let most = 0;
  for (const answer of answers) {
    const count = (counts.get(answer) ?? 0) + 1;
    counts.set(answer, count);
    if (count > most) {
      most = count;
      winner = answer;
    }
  }
  if (winner === null) return null;
  const leaders = [...counts.values()].filter((count) => count === most).length;
  return { winner, voteShare: most / answers.length, isTied: leaders > 1 };
}

/**
 * Unbiased pass@k of one item: 1 − C(n−c, k) / C(n, k), the chance that k of n samples include a correct one.
 *
 * @param n samples, c of them correct; k in [1, n]
 * @throws InputError for counts out of range
 * @see Chen et al. (2021), arXiv:2107.03374
 * @example passAtK(5, 2, 2) // 0.7
 */
export function passAtK(n: number, c: number, k: number): number {
  const areIntegers = [n, c, k].every(Number.isInteger);
  if (!(areIntegers && c >= 0 && c <= n && k >= 1 && k <= n)) {
    throw new InputError(`passAtK: need integers 0 <= c <= n and 1 <= k <= n; got n=${n}, c=${c}, k=${k}`);
  }
  let missed = 1;
  for (let i = 0; i < k; i += 1) missed *= Math.max(0, n - c - i) / (n - i);
  return 1 - missed;
}

/** Result of `voteEntropy`. */
export interface VoteEntropy {
  readonly bits: number;
  /** Entropy / its maximum for K options, in [0, 1]; null for fewer than two options. */
  readonly normalized: number | null;
}

/**
 * Entropy of physicians' votes over the options of one item: how much they disagree about the consensus answer.
 *
 * @param votes non-negative counts or shares, one per option, options without votes included
 * @returns null when there is no vote
 * @example voteEntropy([0.5, 0.3, 0.15, 0.05])?.bits // 1.6477309221
 */
export function voteEntropy(votes: readonly number[]): VoteEntropy | null {
  if (votes.some((vote) => !(vote >= 0)))
    throw new InputError(`voteEntropy: votes must be >= 0; got ${votes.join(", ")}`);
  const total = sum(votes);
  if (total === 0) return null;
  const bits =
    -sum(votes.filter((vote) => vote > 0).map((vote) => (vote / total) * Math.log2(vote / total))) || 0;
  return { bits, normalized: votes.length < 2 ? null : bits / Math.log2(votes.length) };
}
