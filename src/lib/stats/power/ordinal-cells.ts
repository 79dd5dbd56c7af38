import { InputError } from "../../errors.js";
import { normalCdf, normalQuantile } from "../../util/special.js";
import { sum } from "../../util/sum.js";

/** How much a pair of grades disagrees, in [0, 1], by its distance as a share of the scale. */
export function disagreementWeight(weights: "unweighted" | "linear" | "quadratic", distance: number): number {
  if (weights === "unweighted") return distance === 0 ? 0 : 1;
  return weights === "linear" ? distance : distance ** 2;
}

interface OrdinalOptions {
  readonly kappa: number;
  readonly weights: "unweighted" | "linear" | "quadratic";
  readonly disagreements: readonly number[] | undefined;
}

/**
 * Joint probabilities of two raters' grades with margins `pi` and the given kappa, where disagreements are as far apart as in a
 * pilot, or as with two raters who see the same quality with normal errors.
 *
 * @returns null if margins, kappa and disagreements contradict each other
 * @throws InputError if the shares of the disagreements are not proportions that sum to 1
 */
export function ordinalCells(
  pi: readonly number[],
  { kappa, weights, disagreements }: OrdinalOptions,
): number[][] | null {
  return disagreements === undefined
    ? normalCells(pi, kappa, weights)
    : cellsByDistance(pi, disagreements, { kappa, weights });
}

/** Disagreements at each distance are spread over its cells like grades by chance. */
function cellsByDistance(
  pi: readonly number[],
  disagreements: readonly number[],
  { kappa, weights }: Omit<OrdinalOptions, "disagreements">,
): number[][] | null {
  const total = sum(disagreements);
  if (
    !disagreements.every((share) => share >= 0) ||
    Math.abs(total - 1) > 1e-9 ||
    disagreements.length > pi.length - 1
  ) {
    throw new InputError(
      `kappaSampleSize: disagreements must be shares for 1 to ${pi.length - 1} grades apart that sum to 1; got ${disagreements.join(", ")}`,
      {
        hint: "Count the pilot's pairs of unequal grades by how many grades they are apart, and divide by their number.",
      },
    );
  }
  const weightAt = (distance: number) => disagreementWeight(weights, distance / Math.max(1, pi.length - 1));
  const over = (term: (i: number, j: number) => number) =>
    sum(pi.flatMap((_, i) => pi.map((__, j) => term(i, j))));
  const product = (i: number, j: number) => (pi[i] as number) * (pi[j] as number);
  const byChance = over((i, j) => product(i, j) * weightAt(Math.abs(i - j)));
  const perDisagreement = sum(disagreements.map((share, d) => share * weightAt(d + 1)));
  const share = ((1 - kappa) * byChance) / perDisagreement;
  const room = disagreements.map((_, d) => over((i, j) => (Math.abs(i - j) === d + 1 ? product(i, j) : 0)));
  if (disagreements.some((own, d) => own > 0 && room[d] === 0)) return null;
  const off = pi.map((_, i) =>
    pi.map((__, j) => {
      const d = Math.abs(i - j) - 1;
      const own = d < 0 ? 0 : (disagreements[d] ?? 0);
      return own === 0 ? 0 : (share * own * product(i, j)) / (room[d] as number);
    }),
  );
  return off.map((row, i) => row.map((cell, j) => (i === j ? (pi[i] as number) - sum(row) : cell)));
}

/**
 * Grades of two raters who see the same quality, each with a normal error, cut where the margins say. Given the quality the
 * grades are independent, so that a cell is an integral over it; the share of the quality in the variance is found by bisection.
 */
function normalCells(
  pi: readonly number[],
  kappa: number,
  weights: OrdinalOptions["weights"],
): number[][] | null {
  const independent = pi.map((row) => pi.map((column) => row * column));
  if (pi.filter((share) => share > 0).length < 2) return independent;
  if (kappa < 0) return null;
  if (kappa === 1) return pi.map((row, i) => pi.map((_, j) => (i === j ? row : 0)));
  const below = pi.map((_, i) => Math.min(1, sum(pi.slice(0, i + 1))));
  const cuts = below.map((share) =>
    share >= 1 - 1e-12
      ? Number.POSITIVE_INFINITY
      : share <= 0
        ? Number.NEGATIVE_INFINITY
        : normalQuantile(share),
  );
  const disagreement = (cells: readonly (readonly number[])[]) =>
    sum(
      cells.flatMap((row, i) =>
        row.map((cell, j) => cell * disagreementWeight(weights, Math.abs(i - j) / (pi.length - 1))),
      ),
    );
  const byChance = disagreement(independent);
  let [low, high] = [0, 1];
  let cells = independent;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    cells = cellsOf(cuts, middle);
    if (1 - disagreement(cells) / byChance < kappa) low = middle;
    else high = middle;
  }
  return cells;
}

/** @param shared share of the quality in the variance of what a rater sees, in (0, 1) */
function cellsOf(cuts: readonly number[], shared: number): number[][] {
  const [spread, noise] = [Math.sqrt(shared), Math.sqrt(1 - shared)];
  // Steps well below the width of the transitions between grades.
  const step = Math.min(0.1, 0.5 * noise);
  const cells = cuts.map(() => cuts.map(() => 0));
  let total = 0;
  for (let z = -8; z <= 8; z += step) {
    const density = Math.exp((-z * z) / 2);
    total += density;
    const under = cuts.map((cut) =>
      Number.isFinite(cut) ? normalCdf((cut - spread * z) / noise) : Number(cut > 0),
    );
    const shares = under.map((p, i) => p - (i === 0 ? 0 : (under[i - 1] as number)));
    for (const [i, row] of cells.entries()) {
      for (const j of row.keys())
        row[j] = (row[j] as number) + density * (shares[i] as number) * (shares[j] as number);
    }
  }
  return cells.map((row) => row.map((cell) => cell / total));
}
