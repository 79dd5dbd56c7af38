import { InputError } from "../../errors.js";
import { normalCritical } from "../../util/special.js";
import { sum } from "../../util/sum.js";
import { checkConfidence } from "../estimate.js";
import { disagreementWeight, ordinalCells } from "./ordinal-cells.js";

/** What the planner assumes about the two raters. */
export type KappaPlan =
  | {
      /** Two categories; each rater has their own share of category 1. */
      readonly model: "margins2x2";
      readonly p1: number;
      readonly p2: number;
    }
  | {
      /**
       * Any number of categories with equal margins `pi` for both raters; disagreements are distributed by chance, as with
       * categories that have no order. For grades this asks for several times too many items: use "ordinal".
       */
      readonly model: "common_margins";
      readonly pi: readonly number[];
      /** Default "unweighted". */
      readonly weights?: "unweighted" | "linear" | "quadratic";
    }
  | {
      /** Grades in order, with equal margins `pi` for both raters; most disagreements are small. */
      readonly model: "ordinal";
      readonly pi: readonly number[];
      /** Default "quadratic". */
      readonly weights?: "unweighted" | "linear" | "quadratic";
      /**
       * Shares of the disagreements that are 1, 2, ... grades apart, from a pilot; they sum to 1. Default: those of two raters
       * who see the same quality with normal errors.
       */
      readonly disagreements?: readonly number[];
    };

/** Options of `kappaSampleSize`. */
export interface KappaSampleSizeOptions {
  /** Expected kappa. */
  readonly kappa: number;
  /** Required half-width of the interval, > 0. */
  readonly halfWidth: number;
  readonly confidence?: number;
}

/** Result of `kappaSampleSize`. */
export interface KappaSampleSize {
  /** Items that both raters must rate; null if the plan is impossible. */
  readonly n: number | null;
  /** n times the variance of kappa. */
  readonly variancePerPair: number | null;
  readonly seAtN: number | null;
  /** Joint probabilities of the plan, rows rater 1. */
  readonly cells: readonly (readonly number[])[] | null;
  readonly reason: string | null;
}

/**
 * Number of items that two raters must both rate so that the interval of Cohen's kappa has the required half-width: the
 * smallest n with z sqrt(V / n) <= halfWidth, V being the large-sample variance of kappa (not under the null) at the
 * planned cell probabilities. Below about 40 items the large-sample interval is itself too narrow: `ratingSampleSize` plans for
 * the interval that the tables have.
 *
 * @returns n null with a reason if margins and kappa contradict each other (a negative cell) or leave only one category
 * @see Fleiss, Cohen & Everitt (1969), doi:10.1037/h0028106
 * @see oracle: 10-ppi-prevalence-power.json (kss-*)
 * @example kappaSampleSize({ model: "margins2x2", p1: 0.5, p2: 0.5 }, { kappa: 0.6, halfWidth: 0.1 }).n // 246
 */
export function kappaSampleSize(
  plan: KappaPlan,
  { kappa, halfWidth, confidence = 0.95 }: KappaSampleSizeOptions,
): KappaSampleSize {
  checkConfidence("kappaSampleSize", confidence);
  if (!(halfWidth > 0) || !(kappa >= -1 && kappa <= 1)) {
    throw new InputError(
      `kappaSampleSize: halfWidth must be > 0 and kappa in [-1, 1]; got ${halfWidth} and ${kappa}`,
    );
  }
  const cells = plannedCells(plan, kappa);
  if (cells === null) return impossible("margins and kappa incompatible: a cell probability is negative");
  const weights = weightsOf(plan);
  const variancePerPair = kappaVariance(cells, weights);
  if (variancePerPair === null) return impossible("only one category has a positive probability");
  const z = normalCritical(confidence);
  const enough = (size: number) => size > 0 && z * Math.sqrt(variancePerPair / size) <= halfWidth;
  // The formula may be off by one if its value is a whole number except for rounding.
  let n = Math.ceil((z / halfWidth) ** 2 * variancePerPair);
  while (enough(n - 1)) n -= 1;
  while (!enough(n)) n += 1;
  return { n, variancePerPair, seAtN: Math.sqrt(variancePerPair / n), cells, reason: null };
}

function weightsOf(plan: KappaPlan): "unweighted" | "linear" | "quadratic" {
  if (plan.model === "margins2x2") return "unweighted";
  return plan.weights ?? (plan.model === "ordinal" ? "quadratic" : "unweighted");
}

function impossible(reason: string): KappaSampleSize {
  return { n: null, variancePerPair: null, seAtN: null, cells: null, reason };
}

function plannedCells(plan: KappaPlan, kappa: number): number[][] | null {
  const shares = plan.model === "margins2x2" ? [plan.p1, plan.p2] : plan.pi;
  const total = plan.model === "margins2x2" ? 1 : sum(plan.pi);
  if (!shares.every((share) => share >= 0 && share <= 1) || Math.abs(total - 1) > 1e-9) {
    throw new InputError(
      `kappaSampleSize: margins must be proportions${plan.model === "margins2x2" ? "" : " that sum to 1"}; got ${shares.join(", ")}`,
    );
  }
  const cells =
    plan.model === "margins2x2"
      ? twoByTwo(plan.p1, plan.p2, kappa)
      : plan.model === "common_margins"
        ? common(plan.pi, kappa)
        : ordinalCells(plan.pi, { kappa, weights: weightsOf(plan), disagreements: plan.disagreements });
  if (cells === null) return null;
  // A cell that should be exactly zero (perfect agreement) can be slightly negative because of rounding.
  if (cells.flat().some((cell) => cell < -1e-12)) return null;
  return cells.map((row) => row.map((cell) => Math.max(0, cell)));
}

function twoByTwo(p1: number, p2: number, kappa: number): number[][] {
  const byChance = p1 * p2 + (1 - p1) * (1 - p2);
  const observed = byChance + kappa * (1 - byChance);
  const both = (observed + p1 + p2 - 1) / 2;
  return [
    [both, p1 - both],
    [p2 - both, 1 - p1 - p2 + both],
  ];
}

function common(pi: readonly number[], kappa: number): number[][] {
  return pi.map((row, i) => pi.map((column, j) => row * column * (1 - kappa) + (i === j ? kappa * row : 0)));
}

/** Large-sample variance of (weighted) kappa times n, at the given joint probabilities; null without disagreement by chance. */
function kappaVariance(
  cells: readonly (readonly number[])[],
  weights: "unweighted" | "linear" | "quadratic",
): number | null {
  const k = cells.length;
  const weight = (i: number, j: number) =>
    1 - disagreementWeight(weights, Math.abs(i - j) / Math.max(1, k - 1));
  const rows = cells.map((row) => sum(row));
  const columns = cells.map((_, j) => sum(cells.map((row) => row[j]!)));
  const over = (term: (i: number, j: number) => number) =>
    sum(cells.flatMap((row, i) => row.map((_, j) => term(i, j))));
  const observed = over((i, j) => weight(i, j) * cells[i]![j]!);
  const byChance = over((i, j) => weight(i, j) * rows[i]! * columns[j]!);
  if (1 - byChance < 1e-12) return null;
  const meanOfRow = rows.map((_, i) => sum(columns.map((share, j) => weight(i, j) * share)));
  const meanOfColumn = columns.map((_, j) => sum(rows.map((share, i) => weight(i, j) * share)));
  const first = over((i, j) => {
    const spread = (meanOfRow[i]! + meanOfColumn[j]!) * (1 - observed);
    return cells[i]![j]! * (weight(i, j) * (1 - byChance) - spread) ** 2;
  });
  const second = (observed * byChance - 2 * byChance + observed) ** 2;
  return Math.max(0, (first - second) / (1 - byChance) ** 4);
}
