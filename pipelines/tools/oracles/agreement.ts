import { z } from "zod";
import { blandAltman } from "../../../src/lib/agreement/bland-altman.js";
import {
  brennanPrediger,
  fleissKappaGeneral,
  gwetAgreement,
  type RaterAgreement,
  type RaterAgreementOptions,
} from "../../../src/lib/agreement/chance-corrected.js";
import { cohenKappa, cohenKappaOfLabels } from "../../../src/lib/agreement/cohen-kappa.js";
import { fleissKappa } from "../../../src/lib/agreement/fleiss-kappa.js";
import { type IccForm, icc } from "../../../src/lib/agreement/icc.js";
import { kendallTauB } from "../../../src/lib/agreement/kendall-tau.js";
import { krippendorffAlpha } from "../../../src/lib/agreement/krippendorff-alpha.js";
import { linCcc } from "../../../src/lib/agreement/lin-ccc.js";
import { pearson, spearman } from "../../../src/lib/agreement/pearson.js";
import { brennanPredigerTable, scottPi } from "../../../src/lib/agreement/scott-pi.js";
import { somersD } from "../../../src/lib/agreement/somers-d.js";
import { confidenceOf } from "./stats.js";
import type { OracleAdapter, OracleInput, OracleParams } from "./types.js";

const label = z.union([z.string(), z.number()]);
const labels = z.array(label.nullable());
const numbers = z.array(z.number().nullable());
const matrix = z.array(z.array(z.number()));
const series = z.object({ x: numbers, y: numbers });
const weighting = z.enum(["unweighted", "linear", "quadratic", "ordinal"]);

export const agreementAdapters: Record<string, OracleAdapter> = {
  cohen_kappa: cohen,
  gwet_ac: (input, params) => severalRaters(gwetAgreement, input, params),
  brennan_prediger: (input, params) => severalRaters(brennanPrediger, input, params),
  fleiss_kappa_general: (input, params) => severalRaters(fleissKappaGeneral, input, params),

  scott_pi: (input) => {
    const { table } = z.object({ table: matrix }).parse(input);
    const result = scottPi(table);
    return {
      scott_pi: result.estimate,
      po: result.observed,
      pe: result.expected,
      brennan_prediger: brennanPredigerTable(table).estimate,
    };
  },

  fleiss_kappa: (input) => {
    const result = fleissKappa(z.object({ counts: matrix }).parse(input).counts);
    return {
      kappa: result.estimate,
      p_bar: result.observed,
      p_e: result.expected,
      se0: result.standardErrorNull,
      z: result.statistic,
      p_value: result.pValue,
    };
  },

  krippendorff_alpha: (input, params) => {
    const { ratings } = z.object({ ratings: z.array(labels) }).parse(input);
    const { level } = z.object({ level: z.enum(["nominal", "ordinal", "interval", "ratio"]) }).parse(params);
    const result = krippendorffAlpha(ratings, { level });
    return {
      alpha: result.estimate,
      observed_disagreement: result.observedDisagreement,
      expected_disagreement: result.expectedDisagreement,
      n_pairable: result.nPairable,
    };
  },

  icc: (input, params) => {
    const { ratings } = z.object({ ratings: z.array(numbers) }).parse(input);
    const result = icc(ratings, confidenceOf(params));
    const ms = result.meanSquares;
    return {
      ICC1: iccForm(result.icc1),
      ICC2: iccForm(result.icc2),
      ICC3: iccForm(result.icc3),
      ICC1k: iccForm(result.icc1k),
      ICC2k: iccForm(result.icc2k),
      ICC3k: iccForm(result.icc3k),
      mean_squares: ms && {
        MSB: ms.betweenSubjects,
        MSW: ms.withinSubjects,
        MSJ: ms.betweenRaters,
        MSE: ms.residual,
      },
    };
  },

  bland_altman: (input, params) => {
    const { a, b } = z.object({ a: numbers, b: numbers }).parse(input);
    const result = blandAltman(a, b, confidenceOf(params));
    return {
      n: result.n,
      bias: result.bias.estimate,
      bias_ci_lower: result.bias.lower,
      bias_ci_upper: result.bias.upper,
      sd: result.standardDeviation,
      loa_lower: result.lowerLimit.estimate,
      loa_lower_ci_lower: result.lowerLimit.lower,
      loa_lower_ci_upper: result.lowerLimit.upper,
      loa_upper: result.upperLimit.estimate,
      loa_upper_ci_lower: result.upperLimit.lower,
      loa_upper_ci_upper: result.upperLimit.upper,
      se_bias: result.standardErrorBias,
      se_loa: result.standardErrorLimit,
      se_loa_exact_var: result.standardErrorLimitExact,
    };
  },

  lin_ccc: (input, params) => {
    const { x, y } = series.parse(input);
    const options = confidenceOf(params);
    const result = linCcc(x, y, options);
    return {
      ccc: result.estimate,
      r: result.pearson,
      c_b: result.biasCorrection,
      se: result.standardError,
      ci_lower: result.lower,
      ci_upper: result.upper,
      ccc_unbiased_variances: linCcc(x, y, { ...options, divisor: "n - 1" }).estimate,
    };
  },

  pearson: (input, params) => {
    const { x, y } = series.parse(input);
    const result = pearson(x, y, confidenceOf(params));
    return {
      r: result.estimate,
      p_value: result.pValue,
      ci_lower: result.lower,
      ci_upper: result.upper,
      n: result.n,
    };
  },

  spearman: (input) => {
    const { x, y } = series.parse(input);
    const result = spearman(x, y);
    return { rho: result.estimate, p_value: result.pValue, n: result.n };
  },

  kendall_tau_b: (input) => {
    const { x, y } = series.parse(input);
    const result = kendallTauB(x, y);
    return {
      tau_b: result.estimate,
      p_value: result.pValue,
      n_concordant: result.concordant,
      n_discordant: result.discordant,
      n_tied_x: result.tiedX,
      n_tied_y: result.tiedY,
    };
  },

  somers_d: (input) => {
    const { x, y } = series.parse(input);
    const result = somersD(x, y);
    return { somers_d_y_given_x: result.yGivenX, somers_d_x_given_y: result.xGivenY, gamma: result.gamma };
  },
};

function cohen(input: OracleInput, params: OracleParams): Record<string, unknown> {
  const data = z
    .object({
      categories: z.array(label),
      table: matrix.optional(),
      a: labels.optional(),
      b: labels.optional(),
    })
    .parse(input);
  const choice = z
    .object({
      weights: z.union([weighting, z.literal("custom")]).default("unweighted"),
      scores: z.array(z.number()).optional(),
      agreement_weights: matrix.optional(),
    })
    .parse(params);
  const weights = choice.weights === "custom" ? (choice.agreement_weights ?? []) : choice.weights;
  const options = {
    weights,
    ...confidenceOf(params),
    ...(choice.scores === undefined ? {} : { scores: choice.scores }),
  };
  const result =
    data.table === undefined
      ? cohenKappaOfLabels(data.a ?? [], data.b ?? [], { ...options, categories: data.categories })
      : cohenKappa(data.table, options);
  return {
    n: result.n,
    po: result.observed,
    pe: result.expected,
    percent_agreement: result.percentAgreement,
    kappa: result.estimate,
    se: result.standardError,
    se0: result.standardErrorNull,
    ci_lower: result.lower,
    ci_upper: result.upper,
    kappa_max: result.kappaMax,
    pabak: result.pabak,
    prevalence_index: result.prevalenceIndex,
    bias_index: result.biasIndex,
  };
}

function severalRaters(
  coefficient: (
    ratings: readonly (readonly (string | number | null)[])[],
    options: RaterAgreementOptions,
  ) => RaterAgreement,
  input: OracleInput,
  params: OracleParams,
): Record<string, unknown> {
  const { ratings, categories } = z
    .object({ ratings: z.array(labels), categories: z.array(label) })
    .parse(input);
  const { weights } = z.object({ weights: weighting.default("unweighted") }).parse(params);
  const result = coefficient(ratings, { categories, weights, ...confidenceOf(params) });
  return {
    coefficient: result.estimate,
    pa: result.observed,
    pe: result.expected,
    se: result.standardError,
    ci_lower: result.lower,
    ci_upper: result.upper,
  };
}

function iccForm({ estimate, lower, upper, statistic, df1, df2, pValue }: IccForm): Record<string, unknown> {
  return { icc: estimate, F: statistic, df1, df2, p: pValue, ci_lower: lower, ci_upper: upper };
}
