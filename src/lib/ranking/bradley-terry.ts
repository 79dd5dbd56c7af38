import { InputError } from "../errors.js";
import { choleskyFactor, choleskyInverse } from "../util/linear-algebra.js";
import { isStronglyConnected } from "../util/strong-components.js";
import { sum } from "../util/sum.js";

/** Head-to-head record of two systems; several records of one pair, in either order, add up. */
export interface PairRecord {
  readonly a: string;
  readonly b: string;
  readonly winsA: number;
  readonly winsB: number;
  readonly ties?: number;
}

/** Options of `bradleyTerry`. */
export interface BradleyTerryOptions {
  /** System whose ability is 0 in `abilityRef`. Default: the first. */
  readonly reference?: string;
  /** "drop" ignores ties; "half" counts each tie as half a win for both sides. Default "drop". */
  readonly ties?: "drop" | "half";
}

/** Result of `bradleyTerry`. */
export interface BradleyTerry {
  readonly status: "ok" | "no_finite_mle";
  /** Why the abilities are null; null when they are defined. */
  readonly reason: string | null;
  /** Log-abilities with the reference at 0, by system. */
  readonly abilityRef: Readonly<Record<string, number>> | null;
  readonly seRef: Readonly<Record<string, number>> | null;
  /** Log-abilities that sum to 0, by system. */
  readonly abilityCentered: Readonly<Record<string, number>> | null;
  readonly seCentered: Readonly<Record<string, number>> | null;
  /** Covariance of the centered abilities in the order of `players`; singular, as they sum to 0. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** Maximum of the log-likelihood without binomial coefficients. */
  readonly logLikelihood: number | null;
  /** Comparisons that were used, and ties that were dropped. */
  readonly n: number;
  readonly nTiesDropped: number;
}

/**
 * Bradley-Terry abilities from pairwise wins by maximum likelihood: P(a beats b) = 1 / (1 + exp(-(l_a - l_b))).
 * Standard errors come from the inverse information. They assume independent comparisons: verdicts on variants of one
 * question are not, so resample questions for intervals in that case.
 *
 * The maximum is finite only if a chain of wins leads from every system to every other; an unbeaten system or two
 * groups that never met give status "no_finite_mle" and nulls, not the large number at which an optimizer stopped.
 *
 * @throws InputError on unknown or repeated players, negative counts, or a record of a player against itself
 * @see Bradley & Terry (1952), doi:10.1093/biomet/39.3-4.324; Ford (1957), doi:10.2307/2308513
 * @see oracle: R BradleyTerry2::BTm, 08-bradley-terry-ranking.json
 * @example bradleyTerry(["x", "y"], [{ a: "x", b: "y", winsA: 3, winsB: 1 }]).abilityRef?.["y"] // -1.0986122887
 */
export function bradleyTerry(
  players: readonly string[],
  pairs: readonly PairRecord[],
  { reference = players[0] ?? "", ties = "drop" }: BradleyTerryOptions = {},
): BradleyTerry {
  const { wins, nTies } = winMatrix(players, pairs, reference, ties);
  const n = sum(wins.flat());
  const nTiesDropped = ties === "drop" ? nTies : 0;
  const beaten = wins.map((row) => row.flatMap((count, j) => (count > 0 ? [j] : [])));
  const fit = isStronglyConnected(beaten) ? maximize(wins) : null;
  if (fit === null) {
    const reason =
      "the win graph is not strongly connected: some system never lost to, or never met, the others";
    const nothing = { abilityRef: null, seRef: null, abilityCentered: null, seCentered: null };
    return {
      status: "no_finite_mle",
      reason,
      ...nothing,
      covariance: null,
      logLikelihood: null,
      n,
      nTiesDropped,
    };
  }
  const { ability, covariance, logLikelihood } = fit;
  const ref = players.indexOf(reference);
  const named = (value: (i: number) => number) =>
    Object.fromEntries(players.map((player, i) => [player, value(i)]));
  const cov = (i: number, j: number) => covariance[i]![j]!;
  return {
    status: "ok",
    reason: null,
    abilityRef: named((i) => ability[i]! - ability[ref]!),
    seRef: named((i) => (i === ref ? 0 : Math.sqrt(cov(i, i) + cov(ref, ref) - 2 * cov(i, ref)))),
    abilityCentered: named((i) => ability[i]!),
    seCentered: named((i) => Math.sqrt(cov(i, i))),
    covariance,
    logLikelihood,
    n,
    nTiesDropped,
  };
}

function winMatrix(
  players: readonly string[],
  pairs: readonly PairRecord[],
  reference: string,
  ties: "drop" | "half",
) {
  const position = new Map(players.map((player, i) => [player, i]));
  if (players.length === 0 || position.size !== players.length) {
    throw new InputError(
      `bradleyTerry: needs at least one player, and distinct names; got ${players.join(", ")}`,
    );
  }
  const indexOf = (player: string, where: string) => {
    const i = position.get(player);
    if (i === undefined) {
      throw new InputError(`bradleyTerry: ${where} names "${player}", which is not among the players`, {
        hint: "List every system in `players`, including those that only lose.",
      });
    }
    return i;
  };
  indexOf(reference, "reference");
  const wins = players.map(() => players.map(() => 0));
  let nTies = 0;
  pairs.forEach((pair, row) => {
    const i = indexOf(pair.a, `pairs[${row}]`);
    const j = indexOf(pair.b, `pairs[${row}]`);
    const tied = pair.ties ?? 0;
    if (i === j || !(pair.winsA >= 0 && pair.winsB >= 0 && tied >= 0)) {
      throw new InputError(
        `bradleyTerry: pairs[${row}] needs two different players and counts >= 0; got ${pair.a} ${pair.winsA} : ${pair.winsB} ${pair.b}, ties ${tied}`,
      );
    }
    const shared = ties === "half" ? tied / 2 : 0;
    wins[i]![j]! += pair.winsA + shared;
    wins[j]![i]! += pair.winsB + shared;
    nTies += tied;
  });
  return { wins, nTies };
}

/** Newton's method with step halving; the log-likelihood is concave, so a strongly connected win graph suffices. */
function maximize(wins: readonly (readonly number[])[]) {
  const p = wins.length;
  const met = (i: number, j: number) => wins[i]![j]! + wins[j]![i]!;
  const likelihood = (ability: readonly number[]) =>
    sum(
      wins.flatMap((row, i) =>
        row.map((count, j) => (count > 0 ? -count * Math.log1p(Math.exp(ability[j]! - ability[i]!)) : 0)),
      ),
    );
  let ability = wins.map(() => 0);
  let logLikelihood = likelihood(ability);
  for (let iteration = 0; iteration < 200; iteration += 1) {
    const gradient = ability.map(() => 0);
    // Adding a matrix of ones to the information makes the abilities sum to zero: the information's null space is the
    // constant vector, and the inverse is then the covariance of the centered abilities plus 1/p^2.
    const information = ability.map(() => ability.map(() => 1));
    for (let i = 0; i < p; i += 1) {
      for (let j = 0; j < p; j += 1) {
        if (i === j || met(i, j) === 0) continue;
        const chance = 1 / (1 + Math.exp(ability[j]! - ability[i]!));
        gradient[i]! += wins[i]![j]! - met(i, j) * chance;
        const weight = met(i, j) * chance * (1 - chance);
        information[i]![i]! += weight;
        information[i]![j]! -= weight;
      }
    }
    const factor = choleskyFactor(information, 0);
    if (factor === null) return null;
    const inverse = choleskyInverse(factor);
    const step = inverse.map((row) => sum(gradient.map((value, j) => value * row[j]!)));
    const largest = Math.max(...step.map(Math.abs));
    if (largest < 1e-12 || iteration === 199) {
      const covariance = inverse.map((row) => [...row].map((value) => value - 1 / (p * p)));
      return { ability, covariance, logLikelihood };
    }
    let scale = 1;
    let next = ability;
    let reached = Number.NEGATIVE_INFINITY;
    for (; scale > 1e-10; scale /= 2) {
      next = ability.map((value, i) => value + scale * step[i]!);
      reached = likelihood(next);
      if (reached >= logLikelihood - 1e-12 * Math.abs(logLikelihood)) break;
    }
    const level = sum(next) / p;
    ability = next.map((value) => value - level);
    logLikelihood = reached;
  }
  return null;
}
