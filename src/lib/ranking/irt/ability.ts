import { InputError } from "../../errors.js";
import { logistic } from "./expectation.js";
import { normalQuadrature } from "./quadrature.js";
import type { Answer } from "./responses.js";

/** An item whose parameters are treated as known. */
export interface CalibratedItem {
  /** Discrimination. */
  readonly a: number;
  /** Difficulty. */
  readonly b: number;
}

/** An estimate of a person's or a system's ability. */
export interface Ability {
  /** Null if the likelihood has no finite maximum. */
  readonly estimate: number | null;
  /** Standard error (ML, MAP) or posterior standard deviation (EAP). */
  readonly standardError: number | null;
  /** Test information at the estimate; with the prior's 1/sd^2 for MAP. Null for EAP. */
  readonly information: number | null;
  /** Items answered. */
  readonly n: number;
  readonly method: "ML" | "MAP" | "EAP";
  readonly reason: string | null;
}

/** Normal prior of an ability. */
export interface AbilityPrior {
  /** Mean of the normal prior. Default 0. */
  readonly mean?: number;
  /** Its standard deviation, > 0. Default 1. */
  readonly sd?: number;
}

/**
 * Probability of a correct answer, 1 / (1 + exp(-a (theta - b))).
 *
 * @example answerProbability({ a: 1.2, b: -0.5 }, 1) // 0.8581489351
 */
export function answerProbability({ a, b }: CalibratedItem, theta: number): number {
  return logistic(a * (theta - b));
}

/**
 * Ability by maximum likelihood, given the items. The likelihood is log-concave, so the root of its derivative is the
 * maximum, and bisection always finds it.
 *
 * @returns null with a reason where no finite maximum exists (all answers correct, all wrong, or no answers)
 * @see Lord (1980), Applications of Item Response Theory, doi:10.4324/9780203056615
 * @see oracle: protocols.md P24
 * @example abilityMl([{ a: 1, b: -1 }, { a: 1.5, b: 0 }, { a: 0.8, b: 0.5 }, { a: 2, b: 1 }], [1, 1, 0, 0]).estimate // 0.3229622921
 */
export function abilityMl(items: readonly CalibratedItem[], answers: readonly Answer[]): Ability {
  const answered = pairUp("abilityMl", items, answers);
  const n = answered.length;
  // Signs of the derivative at -infinity and +infinity; a maximum needs + then -.
  const atMinusInfinity = answered.some(({ item, right }) => item.a !== 0 && item.a > 0 === (right === 1));
  const atPlusInfinity = answered.some(({ item, right }) => item.a !== 0 && item.a > 0 !== (right === 1));
  if (!atMinusInfinity || !atPlusInfinity) {
    const reason =
      n === 0
        ? "no item answered"
        : "all answers point in one direction, so the maximum is at infinity; use MAP or EAP";
    return { estimate: null, standardError: null, information: null, n, method: "ML", reason };
  }
  return atMode(answered, "ML", 0, 0);
}

/**
 * Ability at the mode of the posterior under a normal prior: finite for every answer pattern, shrunk toward the prior
 * mean.
 *
 * @see oracle: protocols.md P24
 * @example abilityMap([{ a: 1, b: -1 }, { a: 1.5, b: 0 }, { a: 0.8, b: 0.5 }, { a: 2, b: 1 }], [1, 1, 0, 0]).estimate // 0.1924750838
 */
export function abilityMap(
  items: readonly CalibratedItem[],
  answers: readonly Answer[],
  { mean = 0, sd = 1 }: AbilityPrior = {},
): Ability {
  checkPrior("abilityMap", sd);
  return atMode(pairUp("abilityMap", items, answers), "MAP", mean, 1 / sd ** 2);
}

/**
 * Ability as the mean of the posterior under a normal prior, with the posterior standard deviation. Uses equally spaced
 * nodes, more of them for a more informative test.
 *
 * @see Bock & Mislevy (1982), doi:10.1177/014662168200600405
 * @see oracle: protocols.md P24
 * @example abilityEap([{ a: 1, b: -1 }, { a: 1.5, b: 0 }, { a: 0.8, b: 0.5 }, { a: 2, b: 1 }], [1, 1, 0, 0]).estimate // 0.1545034192
 */
export function abilityEap(
  items: readonly CalibratedItem[],
  answers: readonly Answer[],
  { mean = 0, sd = 1 }: AbilityPrior = {},
): Ability {
  checkPrior("abilityEap", sd);
  const answered = pairUp("abilityEap", items, answers);
  // Information is at most a^2/4 per item; the spacing must not exceed the standard deviation of the sharpest possible
  // posterior.
  const sharpest = Math.sqrt(1 + answered.reduce((total, { item }) => total + (item.a * sd) ** 2 / 4, 0));
  const { nodes, logWeights } = normalQuadrature(Math.max(61, 2 * Math.ceil(8 * sharpest) + 1), [-8, 8]);
  const logPosterior = nodes.map((node, q) => {
    const theta = mean + sd * node;
    return answered.reduce(
      (total, { item, right }) => total + logLikelihood(item, right, theta),
      logWeights[q]!,
    );
  });
  const highest = Math.max(...logPosterior);
  const weights = logPosterior.map((value) => Math.exp(value - highest));
  const total = weights.reduce((sum, value) => sum + value, 0);
  const center = weights.reduce((sum, weight, q) => sum + weight * nodes[q]!, 0) / total;
  const variance = weights.reduce((sum, weight, q) => sum + weight * (nodes[q]! - center) ** 2, 0) / total;
  return {
    estimate: mean + sd * center,
    standardError: sd * Math.sqrt(variance),
    information: null,
    n: answered.length,
    method: "EAP",
    reason: null,
  };
}

interface AnsweredItem {
  readonly item: CalibratedItem;
  readonly right: 0 | 1;
}

function pairUp(
  caller: string,
  items: readonly CalibratedItem[],
  answers: readonly Answer[],
): AnsweredItem[] {
  if (items.length !== answers.length) {
    throw new InputError(
      `${caller}: needs one answer per item; got ${answers.length} for ${items.length} items`,
    );
  }
  return answers.flatMap((right, i) => {
    const item = items[i]!;
    if (!Number.isFinite(item.a) || !Number.isFinite(item.b)) {
      throw new InputError(`${caller}: item ${i} needs finite a and b; got ${item.a} and ${item.b}`, {
        hint: "Leave dropped items out of both lists.",
      });
    }
    return right === null ? [] : [{ item, right }];
  });
}

function checkPrior(caller: string, sd: number): void {
  if (!(sd > 0 && Number.isFinite(sd))) throw new InputError(`${caller}: prior sd must be > 0; got ${sd}`);
}

function logLikelihood({ a, b }: CalibratedItem, right: 0 | 1, theta: number): number {
  const against = right === 1 ? -a * (theta - b) : a * (theta - b);
  return against > 0 ? -against - Math.log1p(Math.exp(-against)) : -Math.log1p(Math.exp(against));
}

/** Root of the derivative of log-likelihood plus log-prior, which decreases in theta. */
function atMode(
  answered: readonly AnsweredItem[],
  method: "ML" | "MAP",
  mean: number,
  precision: number,
): Ability {
  const slope = (theta: number) =>
    answered.reduce(
      (total, { item, right }) => total + item.a * (right - answerProbability(item, theta)),
      -precision * (theta - mean),
    );
  let low = mean - 1;
  let high = mean + 1;
  while (slope(low) < 0) low -= 2 * (high - low);
  while (slope(high) > 0) high += 2 * (high - low);
  for (let i = 0; i < 200 && high - low > 1e-14 * Math.max(1, Math.abs(low)); i += 1) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const estimate = (low + high) / 2;
  const information = answered.reduce((total, { item }) => {
    const chance = answerProbability(item, estimate);
    return total + item.a ** 2 * chance * (1 - chance);
  }, precision);
  const standardError = 1 / Math.sqrt(information);
  return { estimate, standardError, information, n: answered.length, method, reason: null };
}
