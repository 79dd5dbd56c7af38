import { InputError } from "../errors.js";
import { checkConfidence, checkFinite } from "../stats/estimate.js";
import { adjustPValues } from "../stats/p-adjust.js";
import { semidefiniteFactor } from "../util/linear-algebra.js";
import { tTwoSided } from "../util/special.js";
import { differenceError } from "./paired-differences.js";

/** Options of `rankSetsOfPairs`. */
export interface RankSetOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** "joint": the confidence applies to all sets together (default). "marginal": it applies to each set on its own. */
  readonly coverage?: "joint" | "marginal";
}

/** The ranks that the data allow for one system. */
export interface RankSet {
  readonly system: string;
  readonly estimate: number;
  /** Competition rank of the estimate: 1 is best, ties share the better rank. */
  readonly rank: number;
  /** The rank is in [best, worst]. */
  readonly best: number;
  readonly worst: number;
}

/** Result of `rankSets`. */
export interface RankSets {
  readonly sets: readonly RankSet[];
  /** better[i][j]: system i is better than system j, at the stated confidence over all these statements together. */
  readonly better: readonly (readonly boolean[])[];
  /** adjusted[i][j]: p-value of the pair after Holm, symmetric; null without a test. `better` is where it is small enough. */
  readonly adjusted: readonly (readonly (number | null)[])[];
  readonly confidence: number;
  readonly coverage: "joint" | "marginal";
  readonly method: string;
}

/**
 * Confidence sets for the ranks of systems from a p-value for each pair: which ranks the data allow. The pairs are ordered
 * that Holm's method rejects at 1 - confidence, each towards the higher estimate. A system's best rank is 1 + the
 * number of systems better than it; its worst is the number of systems minus those that it is better than. Everything
 * said about a pair (its order, a tier, an adjusted p-value) comes from this one decision.
 *
 * With "joint" the confidence covers all sets together, so the whole board can be quoted; with "marginal" it covers the
 * set of one system, over the pairs of that system.
 *
 * @param systems names, in the order of the estimates
 * @param pValue two-sided p-value of the pair i < j; null if it was not tested: it then stays open
 * @throws InputError if lengths differ, an estimate is not finite or a p-value is outside [0, 1]
 * @see Holm (1979); Mogstad, Romano, Shaikh & Wilhelm (2024), doi:10.1093/restud/rdad006, for sets from such pairs
 * @example rankSetsOfPairs(["a", "b", "c"], [0.9, 0.8, 0.1], (i, j) => (j === 2 ? 0.01 : 0.3)).sets[2]?.best // 3
 */
export function rankSetsOfPairs(
  systems: readonly string[],
  estimates: readonly number[],
  pValue: (i: number, j: number) => number | null,
  { confidence = 0.95, coverage = "joint" }: RankSetOptions = {},
): RankSets {
  checkConfidence("rankSetsOfPairs", confidence);
  checkFinite("rankSetsOfPairs", "estimates", estimates);
  if (estimates.length !== systems.length) {
    throw new InputError(
      `rankSetsOfPairs: ${systems.length} systems need as many estimates; got ${estimates.length}`,
    );
  }
  const pairs = systems.flatMap((_, i) =>
    systems.slice(i + 1).map((__, offset): Pair => ({ i, j: i + 1 + offset, p: pValue(i, i + 1 + offset) })),
  );
  // The rows of one system, for its own set: with "joint" they all come from one family.
  const families =
    coverage === "joint" ? [adjusted(pairs)] : systems.map((_, i) => adjusted(ofSystem(pairs, i)));
  const rows = systems.map((_, i) => {
    const row = new Array<number | null>(systems.length).fill(null);
    const family = families[coverage === "joint" ? 0 : i] ?? [];
    for (const pair of ofSystem(family, i)) row[pair.i === i ? pair.j : pair.i] = pair.p;
    return row;
  });
  const isShown = (i: number, j: number) => {
    const p = rows[i]?.[j] ?? null;
    return p !== null && p <= 1 - confidence && estimates[i] !== estimates[j];
  };
  const leads = (i: number, j: number) => (estimates[i] as number) > (estimates[j] as number);
  const count = (match: (other: number) => boolean) => systems.filter((_, other) => match(other)).length;
  return {
    sets: systems.map((system, i) => ({
      system,
      estimate: estimates[i] as number,
      rank: 1 + count((j) => leads(j, i)),
      best: 1 + count((j) => isShown(i, j) && leads(j, i)),
      worst: systems.length - count((j) => isShown(i, j) && leads(i, j)),
    })),
    better: systems.map((_, i) =>
      systems.map((__, j) => i !== j && leads(i, j) && (isShown(i, j) || isShown(j, i))),
    ),
    adjusted: rows,
    confidence,
    coverage,
    method: `${coverage} rank confidence sets, Holm over pairs`,
  };
}

/** Options of `rankSets`. */
export interface RankSetCovarianceOptions extends RankSetOptions {
  /**
   * Of the differences: clusters minus one for a mean over equal clusters, `degreesOfFreedom` of `systemCovariance`;
   * Infinity if the covariance is known. There is no default: a normal approximation orders too many pairs with few clusters.
   */
  readonly degreesOfFreedom: number;
}

/**
 * `rankSetsOfPairs` from estimates and their joint covariance, with a t test of each paired difference. Two systems
 * whose difference has no variance are ordered if they differ and the covariance is known; otherwise a sign test over the
 * clusters decides.
 *
 * @param systems names, in the order of estimates and covariance
 * @throws InputError if shapes differ, the covariance is not positive semidefinite or degrees of freedom are missing
 * @example rankSets(["a", "b"], [0.9, 0.1], [[0.0001, 0], [0, 0.0001]], { degreesOfFreedom: 29 }).sets[0]?.worst // 1
 */
export function rankSets(
  systems: readonly string[],
  estimates: readonly number[],
  covariance: readonly (readonly number[])[],
  { degreesOfFreedom, ...options }: RankSetCovarianceOptions,
): RankSets {
  const p = systems.length;
  if (estimates.length !== p || covariance.length !== p || covariance.some((row) => row.length !== p)) {
    throw new InputError(`rankSets: ${p} systems need ${p} estimates and a ${p} x ${p} covariance`);
  }
  if (!(degreesOfFreedom > 0)) {
    throw new InputError(`rankSets: degreesOfFreedom must be > 0; got ${degreesOfFreedom}`, {
      hint: "Pass those of systemCovariance, or Infinity if the covariance is known.",
    });
  }
  if (semidefiniteFactor(covariance) === null) {
    throw new InputError("rankSets: the covariance is not positive semidefinite", {
      hint: "Use systemCovariance; do not assemble it from pairs of systems on different items.",
    });
  }
  const pValue = (i: number, j: number) => {
    const difference = (estimates[i] as number) - (estimates[j] as number);
    if (difference === 0) return 1;
    const error = differenceError(covariance, i, j);
    // All clusters on one side: twice 0.5 to the power of their number, which is degrees of freedom plus one.
    return error > 0 ? tTwoSided(difference / error, degreesOfFreedom) : 0.5 ** degreesOfFreedom;
  };
  return rankSetsOfPairs(systems, estimates, pValue, options);
}

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly p: number | null;
}

const ofSystem = (pairs: readonly Pair[], system: number) =>
  pairs.filter(({ i, j }) => i === system || j === system);

function adjusted(pairs: readonly Pair[]): Pair[] {
  const values = adjustPValues(
    pairs.map(({ p }) => p),
    "holm",
  );
  return pairs.map((pair, index) => ({ ...pair, p: values[index] ?? null }));
}
