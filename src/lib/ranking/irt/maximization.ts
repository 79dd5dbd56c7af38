import { clamp } from "../../util/clamp.js";
import { type Expectation, type LogitItems, logistic } from "./expectation.js";
import type { Quadrature } from "./quadrature.js";
import type { PackedResponses } from "./responses.js";

/**
 * Bound on slopes. An item that reaches it is a step function: it separates the systems perfectly and has no finite
 * maximum. Without the bound, its intercept would keep moving within the flat region between two systems.
 */
const slopeBound = 25;

/** Whether an item reached the bound. */
export function isUnbounded(slope: number): boolean {
  return Math.abs(slope) >= slopeBound;
}

/** Expected sufficient statistics of one EM pass. */
interface ItemStatistics {
  /** Expected persons at node q who answered item j, at [j * nNodes + q]. */
  readonly answered: Float64Array;
  /** Correct answers to the item. */
  readonly right: Float64Array;
  /** Sum over correct answers of the person's posterior mean ability. */
  readonly rightAbility: Float64Array;
}

function itemStatistics(data: PackedResponses, { posterior, mean }: Expectation, Q: number): ItemStatistics {
  const { nPersons, nItems, at } = data;
  const allPersons = new Float64Array(Q);
  for (let i = 0; i < nPersons; i += 1) {
    for (let q = 0; q < Q; q += 1) allPersons[q]! += posterior[i * Q + q]!;
  }
  const answered = new Float64Array(nItems * Q);
  for (let j = 0; j < nItems; j += 1) answered.set(allPersons, j * Q);
  const right = new Float64Array(nItems);
  const rightAbility = new Float64Array(nItems);
  for (let i = 0; i < nPersons; i += 1) {
    for (let j = 0; j < nItems; j += 1) {
      const answer = at[i * nItems + j]!;
      if (answer === 1) {
        right[j]! += 1;
        rightAbility[j]! += mean[i]!;
      } else if (answer === -1) {
        for (let q = 0; q < Q; q += 1) answered[j * Q + q]! -= posterior[i * Q + q]!;
      }
    }
  }
  return { answered, right, rightAbility };
}

/**
 * One maximization pass: a few damped Newton steps on the expected complete-data likelihood (any increase is enough for
 * EM), then a shift and stretch of the ability scale (parameter expansion). Without the latter EM is very slow on long
 * tests: the posterior follows the current scale almost fully, so 1,100 items would need thousands of passes.
 *
 * @see Bock & Aitkin (1981), doi:10.1007/BF02293801; Liu, Rubin & Wu (1998), doi:10.1093/biomet/85.4.755
 */
export function maximization(
  data: PackedResponses,
  items: LogitItems,
  expected: Expectation,
  { nodes }: Quadrature,
  commonSlope: boolean,
): LogitItems {
  const statistics = itemStatistics(data, expected, nodes.length);
  const slopes = Float64Array.from(items.slopes);
  const intercepts = Float64Array.from(items.intercepts);
  for (let round = 0; round < 3; round += 1) {
    if (commonSlope) stepTogether(statistics, slopes, intercepts, nodes);
    else for (let j = 0; j < slopes.length; j += 1) stepItem(statistics, j, slopes, intercepts, nodes);
  }
  const center = average(expected.mean);
  const spread = Math.sqrt(
    average(expected.mean.map((value, i) => (value - center) ** 2 + expected.sd[i]! ** 2)),
  );
  for (let j = 0; j < slopes.length; j += 1) {
    intercepts[j]! += slopes[j]! * center;
    if (!isUnbounded(slopes[j]!)) slopes[j] = within(slopes[j]! * spread, slopeBound);
  }
  return { slopes, intercepts };
}

/** Gradient and information of one item in (slope, intercept). */
function itemDerivatives(
  { answered, right, rightAbility }: ItemStatistics,
  j: number,
  slope: number,
  intercept: number,
  nodes: Float64Array,
) {
  let gradientSlope = rightAbility[j]!;
  let gradientIntercept = right[j]!;
  let slopeSlope = 0;
  let slopeIntercept = 0;
  let interceptIntercept = 0;
  for (let q = 0; q < nodes.length; q += 1) {
    const chance = logistic(slope * nodes[q]! + intercept);
    const expectedRight = answered[j * nodes.length + q]! * chance;
    const weight = expectedRight * (1 - chance);
    gradientSlope -= expectedRight * nodes[q]!;
    gradientIntercept -= expectedRight;
    slopeSlope += weight * nodes[q]! ** 2;
    slopeIntercept += weight * nodes[q]!;
    interceptIntercept += weight;
  }
  return { gradientSlope, gradientIntercept, slopeSlope, slopeIntercept, interceptIntercept };
}

function stepItem(
  statistics: ItemStatistics,
  j: number,
  slopes: Float64Array,
  intercepts: Float64Array,
  nodes: Float64Array,
): void {
  if (isUnbounded(slopes[j]!)) return;
  const d = itemDerivatives(statistics, j, slopes[j]!, intercepts[j]!, nodes);
  const determinant = d.slopeSlope * d.interceptIntercept - d.slopeIntercept ** 2;
  if (!(determinant > 0)) return;
  const slopeStep =
    (d.interceptIntercept * d.gradientSlope - d.slopeIntercept * d.gradientIntercept) / determinant;
  const interceptStep =
    (d.slopeSlope * d.gradientIntercept - d.slopeIntercept * d.gradientSlope) / determinant;
  const scale = Math.min(1, 1 / Math.hypot(slopeStep, interceptStep));
  slopes[j] = within(slopes[j]! + scale * slopeStep, slopeBound);
  intercepts[j]! += scale * interceptStep;
}

/**
 * Newton step with one slope for all items: the information is an arrowhead matrix, solved through its Schur
 * complement.
 */
function stepTogether(
  statistics: ItemStatistics,
  slopes: Float64Array,
  intercepts: Float64Array,
  nodes: Float64Array,
): void {
  const parts = Array.from(slopes, (slope, j) =>
    itemDerivatives(statistics, j, slope, intercepts[j]!, nodes),
  );
  let gradient = 0;
  let information = 0;
  for (const d of parts) {
    gradient += d.gradientSlope - (d.slopeIntercept / d.interceptIntercept) * d.gradientIntercept;
    information += d.slopeSlope - d.slopeIntercept ** 2 / d.interceptIntercept;
  }
  const slopeStep = within(gradient / information, 0.5);
  parts.forEach((d, j) => {
    slopes[j] = within(slopes[j]! + slopeStep, slopeBound);
    intercepts[j]! += within((d.gradientIntercept - d.slopeIntercept * slopeStep) / d.interceptIntercept, 1);
  });
}

/** Limits the absolute value. */
const within = (value: number, bound: number): number => clamp(value, -bound, bound);

function average(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
