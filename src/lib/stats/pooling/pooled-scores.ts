import { InputError } from "../../errors.js";
import { normalCritical } from "../../util/special.js";
import { sum } from "../../util/sum.js";
import { type ClusterMoments, squaredResiduals } from "../cluster-moments.js";
import { checkConfidence } from "../estimate.js";
import { cellPosteriors } from "./cell-posterior.js";
import type { BinomialCells } from "./mixed-model.js";
import { spreadGrid } from "./spread-grid.js";

/** Score of one system on one slice (specialty), as moments of its groups of questions. */
export interface ScoreCell {
  readonly system: string;
  readonly slice: string;
  /** Scores in [0, 1]; a cell without groups stays unpooled. */
  readonly moments: ClusterMoments;
}

/** Options of `poolScores`. */
export interface PoolScoresOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /**
   * Variance, in log-odds, of the difficulty of questions within a slice, as far as systems share it: see `sharedDifficulty`.
   * 0 if systems find different questions hard. Ignored for one system. Default 0.
   */
  readonly sharedDifficulty?: number;
}

/** A score after partial pooling; all in [0, 1]. */
export interface PooledScore {
  /** Posterior mean of the score that the system would reach on many questions of the slice. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** What the other cells lead one to expect of this one, before its own answers are seen; and how sure that is. */
  readonly priorMean: number;
  readonly priorSd: number;
  /**
   * Variance of the pooled score over that of the prior, in log-odds, in [0, 1]: near 1 the estimate comes from the other cells,
   * near 0 from the cell's own answers.
   */
  readonly shrinkage: number;
}

/** Result of `poolScores`. */
export interface PooledScores {
  /** In the order of the cells; null for a cell without groups. */
  readonly cells: readonly (PooledScore | null)[];
  readonly nSystems: number;
  readonly nSlices: number;
  /** Standard deviation of the difficulty of slices, in log-odds; posterior mean. With one system, of all that differs between slices. */
  readonly sliceSpread: number | null;
  /** Standard deviation, in log-odds, of a system's strengths and weaknesses beyond that; null with one system. */
  readonly cellSpread: number | null;
  readonly reason: string | null;
}

/** With fewer slices, nothing says how much slices differ. */
const fewestSlices = 5;

/**
 * Partial pooling of scores by slice over systems and slices. The true score of system s on slice k has the log-odds
 *
 *   level of s + difficulty of k (the same for all systems) + deviation of s on k,
 *
 * with normal difficulties and deviations. A cell's groups of questions are a sample, counted as binomial trials: as many as give
 * the observed variance within slices, so that graded scores and uneven groups fit. Systems answer the same questions; the part of
 * the luck with the questions that they share (`sharedDifficulty`) is not taken for difficulty of the slice.
 *
 * Levels and spreads come from the data (empirical Bayes). The likelihood is Laplace's; intervals average over the uncertainty
 * of the spreads with a uniform prior on their variances, which Morris showed to keep the coverage, and over that of the levels.
 * Intervals cover on average over slices. A slice that is truly extreme is pulled toward the others by construction, and is covered
 * less often. For kappas and other estimates with a normal error see `partialPooling`.
 *
 * @returns fewer than five slices with groups are not pooled, with a reason
 * @throws InputError if a system appears twice on a slice, or `sharedDifficulty` is negative
 * @see Breslow & Clayton (1993), doi:10.1080/01621459.1993.10594284; Morris (1983), doi:10.1080/01621459.1983.10477920
 * @see oracle: lme4 on the data cbpp, tests/lib/stats/pooling/mixed-model.test.ts
 * @example poolScores([9, 8, 7, 8, 4].map((right, k) => ({ system: "a", slice: `${k}`, moments: { nClusters: 10, sumS: right, sumN: 10, sumSS: right, sumSN: right, sumNN: 10 } }))).cells[4]?.estimate // 0.4808717840
 */
export function poolScores(
  cells: readonly ScoreCell[],
  { confidence = 0.95, sharedDifficulty: luck = 0 }: PoolScoresOptions = {},
): PooledScores {
  checkConfidence("poolScores", confidence);
  if (!(luck >= 0 && Number.isFinite(luck))) {
    throw new InputError(`poolScores: sharedDifficulty must be a variance >= 0; got ${luck}`);
  }
  const used = cells.filter(({ moments }) => moments.nClusters > 0 && moments.sumN > 0);
  const systems = [...new Set(used.map(({ system }) => system))];
  const slices = [...new Set(used.map(({ slice }) => slice))];
  const shape = { nSystems: systems.length, nSlices: slices.length };
  if (slices.length < fewestSlices) {
    const reason = `${slices.length} slices have a score: fewer than ${fewestSlices} do not show how much slices differ`;
    return { cells: cells.map(() => null), ...shape, sliceSpread: null, cellSpread: null, reason };
  }
  const table = binomialCells(used, systems, slices, systems.length > 1 ? luck : 0);
  const grid = spreadGrid(table).map(({ mode, weight }) => ({
    weight,
    spreads: mode.spreads,
    posteriors: cellPosteriors(table, mode),
  }));
  const z = normalCritical(confidence);
  const systemAt = new Map(systems.map((system, s) => [system, s]));
  const sliceAt = new Map(slices.map((slice, k) => [slice, k]));
  const pooled = cells.map(({ system, slice, moments }): PooledScore | null => {
    if (!(moments.nClusters > 0 && moments.sumN > 0)) return null;
    const i = systemAt.get(system)! * slices.length + sliceAt.get(slice)!;
    const parts = grid.flatMap(({ weight, posteriors }) => {
      const posterior = posteriors[i];
      return posterior ? [{ weight, ...posterior }] : [];
    });
    const posterior = mixture(parts);
    const prior = mixture(
      parts.map(({ weight, priorMean, priorVariance }) => ({
        weight,
        mean: priorMean,
        variance: priorVariance,
        third: 0,
      })),
    );
    const scores = scoreMoments(posterior);
    const expected = scoreMoments({ ...prior, skewness: 0 });
    return {
      estimate: scores.mean,
      lower: scoreAt(posterior, -z),
      upper: scoreAt(posterior, z),
      priorMean: expected.mean,
      priorSd: expected.sd,
      shrinkage: Math.min(1, sum(parts.map((part) => (part.weight * part.variance) / part.priorVariance))),
    };
  });
  const spread = (axis: "slices" | "cells") => sum(grid.map((part) => part.weight * part.spreads[axis]));
  return {
    cells: pooled,
    ...shape,
    sliceSpread: spread("slices"),
    cellSpread: systems.length > 1 ? spread("cells") : null,
    reason: null,
  };
}

function binomialCells(
  used: readonly ScoreCell[],
  systems: readonly string[],
  slices: readonly string[],
  luck: number,
): BinomialCells {
  const K = slices.length;
  const successes = new Float64Array(systems.length * K);
  const trials = new Float64Array(systems.length * K);
  const groups = new Float64Array(K);
  const sliceAt = new Map(slices.map((slice, k) => [slice, k]));
  systems.forEach((system, s) => {
    const own = used.filter((cell) => cell.system === system);
    const perGroup = trialsPerGroup(own, luck);
    const sizes = own.map(({ moments }) => perGroup * effectiveGroups(moments));
    const all = sum(sizes);
    own.forEach(({ slice, moments }, j) => {
      const k = sliceAt.get(slice)!;
      if (trials[s * K + k]! > 0) {
        throw new InputError(`poolScores: system "${system}" has two cells on slice "${slice}"`);
      }
      // Half a success and half a failure over all slices of a system keep the level of a perfect system finite.
      successes[s * K + k] = sizes[j]! * (meanOf(moments) + 0.5 / all);
      trials[s * K + k] = sizes[j]! * (1 + 1 / all);
      groups[k] = Math.max(groups[k]!, effectiveGroups(moments));
    });
  });
  return { nSystems: systems.length, nSlices: K, successes, trials, luck: groups.map((n) => luck / n) };
}

const meanOf = ({ sumS, sumN }: ClusterMoments) => Math.min(1, Math.max(0, sumS / sumN));

/** Kish's effective number of groups of unequal sizes. */
const effectiveGroups = ({ sumN, sumNN }: ClusterMoments) => sumN ** 2 / sumNN;

/**
 * Binomial trials that a group of a system is worth: 1 for groups that are right or wrong, more for grades, whose variance is
 * less than p (1 - p). What systems share of the variance is left out here, because the model has it as luck of the slice.
 */
function trialsPerGroup(cells: readonly ScoreCell[], luck: number): number {
  let within = 0;
  let binomial = 0;
  for (const { moments } of cells) {
    const { nClusters, sumNN } = moments;
    if (nClusters < 2) continue;
    const mean = meanOf(moments);
    const correction = nClusters / (nClusters - 1);
    within += correction * squaredResiduals(moments, mean);
    binomial += correction * mean * (1 - mean) * sumNN;
  }
  // Equal grades on every question would otherwise count as infinitely many trials.
  const dispersion = binomial > 0 ? Math.max(0.05, within / binomial) : 1;
  const level = sum(cells.map(({ moments }) => moments.sumS)) / sum(cells.map(({ moments }) => moments.sumN));
  return 1 / Math.max(dispersion / 4, dispersion - luck * level * (1 - level));
}

/** Sums over the questions of a slice, for `sharedDifficulty`. */
export interface SharedDifficultyPart {
  /** Questions. */
  readonly n: number;
  /** (Sum over systems of the residual from the system's mean on the slice)^2 less the sum of their squares, summed over questions. */
  readonly products: number;
  /** The same with p (1 - p) in place of residuals, p being the system's mean score. */
  readonly scale: number;
}

/**
 * Variance, in log-odds, of the difficulty that systems share, from sums over questions: residuals of two systems on a question
 * have the covariance p (1 - p) q (1 - q) times it, p and q being the systems' mean scores.
 *
 * @param parts one per slice; slices with a single question do not count
 * @returns at least 0; 0 without two systems on a question
 * @example sharedDifficulty([{ n: 2, products: 0.05, scale: 0.1 }]) // 1
 */
export function sharedDifficulty(parts: readonly SharedDifficultyPart[]): number {
  const known = parts.filter(({ n }) => n > 1);
  const scale = sum(known.map((part) => part.scale));
  return scale > 0 ? Math.max(0, sum(known.map(({ n, products }) => (n / (n - 1)) * products)) / scale) : 0;
}

interface LogOdds {
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
}

function mixture(
  parts: readonly {
    readonly weight: number;
    readonly mean: number;
    readonly variance: number;
    readonly third: number;
  }[],
): LogOdds {
  const total = sum(parts.map(({ weight }) => weight));
  const average = (value: (part: (typeof parts)[number]) => number) =>
    sum(parts.map((part) => part.weight * value(part))) / total;
  const mean = average((part) => part.mean);
  const variance = average((part) => part.variance + (part.mean - mean) ** 2);
  const third = average(
    (part) => part.third + 3 * part.variance * (part.mean - mean) + (part.mean - mean) ** 3,
  );
  // Beyond 1.5 the expansion below is no longer increasing where it is used.
  const skewness = Math.min(1.5, Math.max(-1.5, third / variance ** 1.5));
  return { mean, sd: Math.sqrt(variance), skewness };
}

/** Score at a standard normal quantile, by the first Cornish-Fisher term in log-odds. */
function scoreAt({ mean, sd, skewness }: LogOdds, z: number): number {
  return 1 / (1 + Math.exp(-(mean + sd * (z + (skewness * (z * z - 1)) / 6))));
}

/** Mean and standard deviation of the score: the plain sum over equally spaced nodes is exact for a smooth bell curve. */
function scoreMoments(logOdds: LogOdds): { readonly mean: number; readonly sd: number } {
  let first = 0;
  let second = 0;
  for (const { z, weight } of normalNodes) {
    const score = scoreAt(logOdds, z);
    first += weight * score;
    second += weight * score * score;
  }
  return { mean: first, sd: Math.sqrt(Math.max(0, second - first * first)) };
}

const density = Array.from({ length: 21 }, (_, i) => Math.exp(-((i - 10) ** 2) / 8));
const normalNodes = density.map((value, i) => ({ z: (i - 10) / 2, weight: value / sum(density) }));
