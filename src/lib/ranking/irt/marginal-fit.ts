import { InputError } from "../../errors.js";
import { choleskyFactor, choleskySolve } from "../../util/linear-algebra.js";
import { type Expectation, expectation, type LogitItems, logistic } from "./expectation.js";
import { itemwiseVariances, observedVariances } from "./item-variances.js";
import { isUnbounded, maximization } from "./maximization.js";
import { observedInformation } from "./observed-information.js";
import { normalQuadrature, type Quadrature } from "./quadrature.js";
import {
  type DroppedItem,
  degenerateItems,
  type PackedResponses,
  packResponses,
  type ResponseMatrix,
  sampleSizeWarnings,
} from "./responses.js";

/** Options of `fit1pl` and `fit2pl`. */
export interface MarginalOptions {
  /**
   * Number of equally spaced quadrature nodes, >= 3. Default: 61, or more if the test is so long that a posterior could
   * fall between two nodes.
   */
  readonly nodes?: number;
  /** Ability range of the nodes. Default [-6, 6]. */
  readonly range?: readonly [number, number];
  /** Maximum number of EM passes. Default 2000. */
  readonly maxIterations?: number;
  /**
   * "observed": from the exact observed information (with Newton steps to the exact maximum), the default up to 250
   * items. "itemwise": from each item's own block of the expected information, a lower bound; the default above that.
   */
  readonly standardErrors?: "observed" | "itemwise" | "none";
}

/** Result of `fit1pl` and `fit2pl`. */
export interface MarginalFit {
  /** Discrimination per item in the input's order; null for dropped items. Equal for all items in the 1PL. */
  readonly a: readonly (number | null)[];
  /** Difficulty per item; null for dropped items. */
  readonly b: readonly (number | null)[];
  /** Standard errors; null where undefined. */
  readonly seA: readonly (number | null)[];
  readonly seB: readonly (number | null)[];
  readonly standardErrors: "observed" | "itemwise" | "none";
  /** Items that every system answered the same way: they have no finite maximum and are left out. */
  readonly droppedItems: readonly DroppedItem[];
  /** Marginal log-likelihood at the maximum; null if nothing could be fitted. */
  readonly logLikelihood: number | null;
  /** Posterior mean and standard deviation of every person's ability. */
  readonly eap: readonly number[];
  readonly eapSd: readonly number[];
  readonly nPersons: number;
  readonly nodes: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Small samples, no convergence, coarse nodes: print these warnings with every figure of the fit. */
  readonly warnings: readonly string[];
  readonly reason: string | null;
}

/** Fits the logistic model with free slopes or one common slope; see `fit2pl` and `fit1pl` for the contract. */
export function marginalFit(
  caller: string,
  matrix: ResponseMatrix,
  commonSlope: boolean,
  { nodes, range = [-6, 6], maxIterations = 2000, standardErrors }: MarginalOptions,
): MarginalFit {
  if (matrix.length === 0) throw new InputError(`${caller}: needs at least one row of answers`);
  const droppedItems = degenerateItems(packResponses(caller, matrix));
  const dropped = new Set(droppedItems.map(({ item }) => item));
  const nAll = matrix[0]!.length;
  const kept = Array.from({ length: nAll }, (_, item) => item).filter((item) => !dropped.has(item));
  const data = packResponses(caller, matrix, kept);
  const kind = standardErrors ?? (kept.length <= 250 ? "observed" : "itemwise");
  const warnings = sampleSizeWarnings(matrix.length, kept.length, commonSlope ? 1 : kept.length);
  let quadrature = normalQuadrature(nodes ?? 61, range);
  if (kept.length === 0) {
    const nulls = Array.from({ length: nAll }, () => null);
    const prior = expectation(
      data,
      { slopes: new Float64Array(), intercepts: new Float64Array() },
      quadrature,
    );
    return {
      a: nulls,
      b: nulls,
      seA: nulls,
      seB: nulls,
      standardErrors: kind,
      droppedItems,
      logLikelihood: null,
      eap: [...prior.mean],
      eapSd: [...prior.sd],
      nPersons: matrix.length,
      nodes: quadrature.nodes.length,
      iterations: 0,
      converged: false,
      warnings,
      reason: "every item was answered the same way by all systems",
    };
  }
  let state = emPasses(
    data,
    startItems(data),
    quadrature,
    commonSlope,
    nodes === undefined ? 10 : maxIterations,
  );
  const wanted = nodesFor(state.items, quadrature, range);
  if (nodes === undefined) {
    if (wanted > quadrature.nodes.length) quadrature = normalQuadrature(wanted, range);
    state = emPasses(data, state.items, quadrature, commonSlope, maxIterations);
  } else if (wanted > nodes) {
    warnings.push(`${nodes} nodes are too coarse for the sharpest posterior: use ${wanted}`);
  }
  const polished = kind === "observed" ? newtonSteps(data, state, quadrature, commonSlope) : state;
  const variances =
    kind === "observed"
      ? observedVariances(data, polished.items, polished.expected, quadrature, commonSlope)
      : kind === "itemwise"
        ? itemwiseVariances(data, polished.items, polished.expected, quadrature)
        : null;
  if (!polished.converged)
    warnings.push(`did not converge in ${maxIterations} passes: do not use the estimates`);
  const unbounded = kept.filter((_, j) => isUnbounded(polished.items.slopes[j]!));
  if (unbounded.length > 0) {
    warnings.push(
      `the slope is not finite and was set to a bound: the systems are separated perfectly by item ${unbounded.join(", ")}`,
    );
  }
  if (kind === "observed" && variances === null) {
    warnings.push("the observed information is not positive definite: standard errors are undefined");
  }
  const place = new Map(kept.map((item, column) => [item, column]));
  const spread = (value: (column: number) => number | null) =>
    Array.from({ length: nAll }, (_, item) => {
      const column = place.get(item);
      return column === undefined ? null : value(column);
    });
  const { slopes, intercepts } = polished.items;
  const difficulty = (j: number) => -intercepts[j]! / slopes[j]!;
  return {
    a: spread((j) => slopes[j]!),
    b: spread(difficulty),
    seA: spread((j) =>
      variances === null || isUnbounded(slopes[j]!) ? null : Math.sqrt(variances(j).slope),
    ),
    seB: spread((j) => {
      if (variances === null || isUnbounded(slopes[j]!)) return null;
      // Delta method for b = -intercept / slope.
      const { slope, covariance, intercept } = variances(j);
      return (
        Math.sqrt(intercept + difficulty(j) ** 2 * slope + 2 * difficulty(j) * covariance) /
        Math.abs(slopes[j]!)
      );
    }),
    standardErrors: kind,
    droppedItems,
    logLikelihood: polished.expected.logLikelihood,
    eap: [...polished.expected.mean],
    eapSd: [...polished.expected.sd],
    nPersons: matrix.length,
    nodes: quadrature.nodes.length,
    iterations: polished.iterations,
    converged: polished.converged,
    warnings,
    reason: null,
  };
}

interface State {
  readonly items: LogitItems;
  readonly expected: Expectation;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Slope 1 and the logit of the share correct, stretched because averaging over a normal ability flattens the curve. */
function startItems({ nPersons, nItems, at }: PackedResponses): LogitItems {
  const intercepts = Float64Array.from({ length: nItems }, (_, j) => {
    let right = 0.5;
    let wrong = 0.5;
    for (let i = 0; i < nPersons; i += 1) {
      if (at[i * nItems + j] === 1) right += 1;
      else if (at[i * nItems + j] === 0) wrong += 1;
    }
    return 1.2 * Math.log(right / wrong);
  });
  return { slopes: new Float64Array(nItems).fill(1), intercepts };
}

function emPasses(
  data: PackedResponses,
  start: LogitItems,
  quadrature: Quadrature,
  commonSlope: boolean,
  maxIterations: number,
): State {
  let items = start;
  let expected = expectation(data, items, quadrature);
  for (let iterations = 1; iterations <= maxIterations; iterations += 1) {
    const next = maximization(data, items, expected, quadrature, commonSlope);
    const change = Math.max(
      largestChange(items.slopes, next.slopes),
      largestChange(items.intercepts, next.intercepts),
    );
    items = next;
    expected = expectation(data, items, quadrature);
    if (change < 1e-6) return { items, expected, iterations, converged: true };
  }
  return { items, expected, iterations: maxIterations, converged: false };
}

/** Goes from EM's result to the exact maximum: Newton converges quadratically where EM is slowest. */
function newtonSteps(
  data: PackedResponses,
  start: State,
  quadrature: Quadrature,
  commonSlope: boolean,
): State {
  let state = start;
  for (let step = 0; step < 20; step += 1) {
    const { gradient, information } = observedInformation(
      data,
      state.items,
      state.expected,
      quadrature,
      commonSlope,
    );
    const factor = choleskyFactor(information);
    if (factor === null) return state;
    const move = choleskySolve(factor, gradient);
    const nSlopes = move.length - state.items.intercepts.length;
    const slopes = state.items.slopes.map((slope, j) => slope + move[commonSlope ? 0 : j]!);
    const intercepts = state.items.intercepts.map((intercept, j) => intercept + move[nSlopes + j]!);
    const items = { slopes, intercepts };
    const expected = expectation(data, items, quadrature);
    if (!(expected.logLikelihood >= state.expected.logLikelihood - 1e-9)) return state;
    const done = move.every((value) => Math.abs(value) < 1e-8);
    state = { ...state, items, expected, converged: state.converged || done };
    if (done) return state;
  }
  return state;
}

/** Odd number of nodes whose spacing is no wider than the sharpest posterior within three SD of the prior. */
function nodesFor(
  { slopes, intercepts }: LogitItems,
  { nodes }: Quadrature,
  range: readonly [number, number],
): number {
  let most = 0;
  for (const node of nodes) {
    if (Math.abs(node) > 3) continue;
    let information = 1;
    for (let j = 0; j < slopes.length; j += 1) {
      const chance = logistic(slopes[j]! * node + intercepts[j]!);
      information += slopes[j]! ** 2 * chance * (1 - chance);
    }
    most = Math.max(most, information);
  }
  const half = Math.ceil(((range[1] - range[0]) * Math.sqrt(most)) / 2);
  return Math.min(1001, 2 * half + 1);
}

function largestChange(before: Float64Array, after: Float64Array): number {
  return before.reduce((largest, value, j) => Math.max(largest, Math.abs(after[j]! - value)), 0);
}
