import { type PpiMean, ppiMean } from "../../../src/lib/calibration/ppi.js";
import { type RoganGladenCounts, roganGladen } from "../../../src/lib/calibration/rogan-gladen.js";
import { InputError } from "../../../src/lib/errors.js";
import { bradleyTerry } from "../../../src/lib/ranking/bradley-terry.js";
import {
  auditItems,
  fit1pl,
  fit2pl,
  fitRasch,
  type MarginalFit,
  parseResponseRows,
} from "../../../src/lib/ranking/irt/index.js";
import { leaderboardCorrelation } from "../../../src/lib/ranking/leaderboard-correlation.js";
import {
  type KappaPlan,
  kappaSampleSize,
  meanSampleSize,
  proportionSampleSize,
} from "../../../src/lib/stats/power/index.js";
import type { OracleAdapter, OracleInput, OracleParams } from "./types.js";

/** Oracle groups 08 (paired comparisons, leaderboards), 09 (item response theory) and 10 (calibration, sample sizes). */
export const rankingAdapters: Readonly<Record<string, OracleAdapter>> = {
  bradley_terry: (input, params) => {
    const pairs = input["pairs"] as readonly {
      readonly a: string;
      readonly b: string;
      readonly wins_a: number;
      readonly wins_b: number;
      readonly ties?: number;
    }[];
    const fit = bradleyTerry(
      input["players"] as string[],
      pairs.map(({ a, b, wins_a, wins_b, ties }) => ({
        a,
        b,
        winsA: wins_a,
        winsB: wins_b,
        ties: ties ?? 0,
      })),
      params["reference"] === undefined ? {} : { reference: params["reference"] as string },
    );
    return {
      status: fit.status,
      ability_ref: fit.abilityRef,
      se_ref: fit.seRef,
      ability_centred: fit.abilityCentered,
      se_centred: fit.seCentered,
      log_lik: fit.logLikelihood,
    };
  },

  leaderboard_correlation: (input) => {
    const result = leaderboardCorrelation(
      input["a"] as Record<string, number>,
      input["b"] as Record<string, number>,
    );
    return {
      n_common: result.nCommon,
      kendall_tau_b: result.kendallTauB,
      spearman_rho: result.spearmanRho,
      ranks_a: result.ranksA,
      ranks_b: result.ranksB,
    };
  },

  irt_2pl_mml: (input, params) => {
    const fit = fit2pl(parseResponseRows(input["responses"] as string[]), quadratureOptions(params));
    return { a: fit.a, se_a: fit.seA, ...marginalKeys(fit) };
  },

  irt_1pl_mml: (input, params) => {
    const fit = fit1pl(parseResponseRows(input["responses"] as string[]), quadratureOptions(params));
    const first = fit.a.findIndex((a) => a !== null);
    return { a: fit.a[first] ?? null, se_a: fit.seA[first] ?? null, ...marginalKeys(fit) };
  },

  item_audit: (input) => {
    const matrix = parseResponseRows(input["responses"] as string[]);
    const values = auditItems(matrix, fit2pl(matrix)).flatMap((item) => Object.values(item));
    return { any_nan: values.some((value) => typeof value === "number" && !Number.isFinite(value)) };
  },

  rasch_cml: (input) => {
    const fit = fitRasch(parseResponseRows(input["responses"] as string[]));
    return {
      difficulty: fit.difficulty,
      se: fit.se,
      cond_log_lik: fit.conditionalLogLikelihood,
      dropped_items: fit.droppedItems.map(({ item }) => item),
    };
  },

  ppi_mean: (input, params) => {
    const { y, f, f_unlabelled: unlabeled } = input as Record<"y" | "f" | "f_unlabelled", number[]>;
    const options = { confidence: confidenceOf(params) };
    const run = (lambda: number | "tuned", ddof: 0 | 1) =>
      ppiMean(y, f, unlabeled, { ...options, lambda, ddof });
    const keys = (lambda: number | "tuned") => ppiKeys(run(lambda, 0), run(lambda, 1));
    const tuned = run("tuned", 0);
    return {
      classical: keys(0),
      ppi: keys(1),
      ppi_pp: keys("tuned"),
      lambda: tuned.lambda,
      lambda_unclipped: tuned.lambdaUnclipped,
      rectifier: tuned.rectifier,
    };
  },

  rogan_gladen: (input, params) => {
    const { x, n, tp, fn, tn, fp } = input as Record<keyof RoganGladenCounts, number>;
    const result = roganGladen({ x, n, tp, fn, tn, fp }, { confidence: confidenceOf(params) });
    return {
      sensitivity: result.sensitivity,
      specificity: result.specificity,
      apparent: result.apparent,
      youden: result.youden,
      prevalence: result.prevalence,
      ci_lower: result.lower,
      ci_upper: result.upper,
      prevalence_raw: result.prevalenceRaw,
      ci_lower_raw: result.lowerRaw,
      ci_upper_raw: result.upperRaw,
      sd: result.standardError,
      lang_reiczigel: result.langReiczigel,
    };
  },

  kappa_sample_size: (input, params) => {
    const result = kappaSampleSize(input as OracleInput & KappaPlan, {
      kappa: numberIn(input, "kappa"),
      halfWidth: numberIn(input, "half_width"),
      confidence: confidenceOf(params, input),
    });
    return {
      n: result.n,
      variance_per_pair: result.variancePerPair,
      se_at_n: result.seAtN,
      cells: result.cells,
    };
  },

  mean_sample_size: (input, params) => {
    const { n, nReal, deff } = meanSampleSize({
      sd: numberIn(input, "sd"),
      halfWidth: numberIn(input, "half_width"),
      clusterSize: numberIn(input, "cluster_size", 1),
      icc: numberIn(input, "icc", 0),
      confidence: confidenceOf(params, input),
    });
    return { n, n_real: nReal, deff };
  },

  proportion_sample_size: (input, params) => {
    const confidence = confidenceOf(params, input);
    const { p, half_width: halfWidth } = input as Record<"p" | "half_width", number>;
    return { n: proportionSampleSize({ p, halfWidth, confidence }).n };
  },
};

function numberIn(record: Readonly<Record<string, unknown>>, key: string, fallback?: number): number {
  const value = record[key] ?? fallback;
  if (typeof value === "number") return value;
  throw new InputError(`oracle case: "${key}" must be a number; got ${JSON.stringify(value)}`);
}

function confidenceOf(params: OracleParams, input: OracleInput = {}): number {
  return numberIn(params, "conf_level", numberIn(input, "conf_level", 0.95));
}

function quadratureOptions(params: OracleParams) {
  return {
    nodes: numberIn(params, "nodes", 61),
    range: (params["range"] ?? [-6, 6]) as [number, number],
  };
}

function marginalKeys(fit: MarginalFit): Record<string, unknown> {
  const logLikelihood = fit.logLikelihood;
  return {
    b: fit.b,
    se_b: fit.seB,
    log_lik: logLikelihood,
    deviance: logLikelihood === null ? null : -2 * logLikelihood,
    eap: fit.eap,
    eap_sd: fit.eapSd,
    dropped_items: fit.droppedItems.map(({ item }) => item),
  };
}

function ppiKeys(plain: PpiMean, unbiased: PpiMean): Record<string, unknown> {
  return {
    estimate: plain.estimate,
    se: plain.standardError,
    ci_lower: plain.lower,
    ci_upper: plain.upper,
    se_ddof1: unbiased.standardError,
  };
}
