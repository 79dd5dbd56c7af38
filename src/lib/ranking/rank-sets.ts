import { InputError } from "../errors.js";
import { checkConfidence, checkFinite } from "../stats/estimate.js";
import { quantileSorted } from "../stats/quantile.js";
import { semidefiniteFactor } from "../util/linear-algebra.js";
import { createRandom, randomNormal } from "../util/random.js";
import { differenceError } from "./paired-differences.js";

/** Options of `rankSets`. */
export interface RankSetOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** "joint": the confidence applies to all sets together (default). "marginal": it applies to each set on its own. */
  readonly coverage?: "joint" | "marginal";
  /** Number of draws of the largest studentized difference, >= 100. Default 10000. */
  readonly draws?: number;
  /** Seed of the random sequence. Default 1. */
  readonly seed?: number | string;
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
  readonly confidence: number;
  readonly coverage: "joint" | "marginal";
  readonly draws: number;
  readonly seed: number | string;
  readonly method: string;
}

/**
 * Confidence sets for the ranks of systems from their estimates and joint covariance: which ranks the data allow. A
 * pair is ordered if its studentized difference exceeds a quantile of the largest such difference under multivariate
 * normal noise, with step-down: ordered pairs are removed from the maximum, which lowers the quantile. A system's best
 * rank is 1 + the number of systems shown to be better; its worst is the number of systems minus those shown to be
 * worse.
 *
 * With "joint" the confidence covers all sets together, so the whole board can be quoted; with "marginal" it covers the
 * set of one system. Uses a normal approximation; needs a few dozen clusters. Two systems whose difference has no
 * variance are ordered only if they actually differ.
 *
 * @param systems names, in the order of estimates and covariance
 * @throws InputError if shapes differ or the covariance is not positive semidefinite
 * @see Mogstad, Romano, Shaikh & Wilhelm (2024), doi:10.1093/restud/rdad006; step-down: Romano & Wolf (2005), doi:10.1198/016214504000000539
 * @example rankSets(["a", "b"], [0.9, 0.1], [[0.0001, 0], [0, 0.0001]]).sets[0]?.worst // 1
 */
export function rankSets(
  systems: readonly string[],
  estimates: readonly number[],
  covariance: readonly (readonly number[])[],
  { confidence = 0.95, coverage = "joint", draws = 10_000, seed = 1 }: RankSetOptions = {},
): RankSets {
  checkConfidence("rankSets", confidence);
  checkFinite("rankSets", "estimates", estimates);
  const p = systems.length;
  if (estimates.length !== p || covariance.length !== p || covariance.some((row) => row.length !== p)) {
    throw new InputError(`rankSets: ${p} systems need ${p} estimates and a ${p} x ${p} covariance`);
  }
  if (!(Number.isInteger(draws) && draws >= 100)) {
    throw new InputError(`rankSets: draws must be an integer >= 100; got ${draws}`);
  }
  const factor = semidefiniteFactor(covariance);
  if (factor === null) {
    throw new InputError("rankSets: the covariance is not positive semidefinite", {
      hint: "Use systemCovariance; do not assemble it from pairs of systems on different items.",
    });
  }
  const noise = normalDraws(factor, draws, seed);
  const pairs = orderedPairs(estimates, covariance);
  const better = systems.map(() => systems.map(() => false));
  const families =
    coverage === "joint"
      ? [pairs]
      : systems.map((_, i) => pairs.filter((pair) => pair.i === i || pair.j === i));
  // Marginal statements about one system must not depend on pairs that only another system's family has ordered.
  const shown = families.map((family) => stepDown(family, noise, confidence));
  for (const pair of shown.flat()) better[pair.i]![pair.j] = true;
  const count = (pairsOf: readonly Pair[], match: (pair: Pair) => boolean) => pairsOf.filter(match).length;
  const sets = systems.map((system, i) => {
    const mine = coverage === "joint" ? (shown[0] as Pair[]) : (shown[i] as Pair[]);
    return {
      system,
      estimate: estimates[i]!,
      rank: 1 + estimates.filter((other) => other > estimates[i]!).length,
      best: 1 + count(mine, (pair) => pair.j === i),
      worst: p - count(mine, (pair) => pair.i === i),
    };
  });
  const method = `${coverage} rank confidence sets, step-down over studentized differences`;
  return { sets, better, confidence, coverage, draws, seed, method };
}

/** The null hypothesis "i is no better than j". */
interface Pair {
  readonly i: number;
  readonly j: number;
  /** Studentized difference of the estimates. */
  readonly statistic: number;
  readonly error: number;
}

function orderedPairs(estimates: readonly number[], covariance: readonly (readonly number[])[]): Pair[] {
  return estimates.flatMap((left, i) =>
    estimates.flatMap((right, j) => {
      if (i === j) return [];
      const error = differenceError(covariance, i, j);
      const difference = left - right;
      // Without variance the difference is known exactly: it orders the pair unless it is 0.
      const known = difference > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      return [{ i, j, statistic: error > 0 ? difference / error : known, error }];
    }),
  );
}

/** One array of draws per system, so that the loop over a pair's draws runs through memory in order. */
function normalDraws(factor: readonly Float64Array[], draws: number, seed: number | string): Float64Array[] {
  const random = createRandom(seed);
  const independent = factor.map(() => {
    const values = new Float64Array(draws);
    for (let d = 0; d < draws; d += 1) values[d] = randomNormal(random);
    return values;
  });
  return factor.map((row, i) => {
    const noise = new Float64Array(draws);
    for (let k = 0; k <= i; k += 1) {
      const weight = row[k]!;
      const values = independent[k]!;
      if (weight === 0) continue;
      for (let d = 0; d < draws; d += 1) noise[d]! += weight * values[d]!;
    }
    return noise;
  });
}

/** Pairs shown to be ordered, with a family-wise error rate of 1 - confidence. */
function stepDown(family: readonly Pair[], noise: readonly Float64Array[], confidence: number): Pair[] {
  const shown = family.filter((pair) => pair.statistic === Number.POSITIVE_INFINITY);
  let open = family.filter((pair) => pair.error > 0);
  const largest = new Float64Array(noise[0]?.length ?? 0);
  while (open.length > 0) {
    largest.fill(Number.NEGATIVE_INFINITY);
    const isOpen = new Set(open.map(({ i, j }) => i * noise.length + j));
    for (const { i, j, error } of open) {
      // A pair that is open in both directions is visited once, for the larger of the difference and its negative.
      const both = isOpen.has(j * noise.length + i);
      if (!both || i < j) raiseToDifference(largest, noise[i]!, noise[j]!, 1 / error, both);
    }
    const critical = quantileSorted(largest.slice().sort(), confidence);
    const crossed = open.filter((pair) => pair.statistic > critical);
    if (crossed.length === 0) return shown;
    shown.push(...crossed);
    open = open.filter((pair) => pair.statistic <= critical);
  }
  return shown;
}

function raiseToDifference(
  largest: Float64Array,
  left: Float64Array,
  right: Float64Array,
  scale: number,
  both: boolean,
): void {
  for (let d = 0; d < largest.length; d += 1) {
    const difference = (left[d]! - right[d]!) * scale;
    const value = both && difference < 0 ? -difference : difference;
    if (value > largest[d]!) largest[d] = value;
  }
}
