import { z } from "zod";
import { cohenKappaOfLabels } from "../../../src/lib/agreement/cohen-kappa.js";
import { correlation } from "../../../src/lib/agreement/pearson.js";
import { agrestiCoullInterval } from "../../../src/lib/stats/agresti-coull.js";
import { bcaInterval } from "../../../src/lib/stats/bca.js";
import { intervalOfReplicates } from "../../../src/lib/stats/bootstrap.js";
import { clopperPearsonInterval } from "../../../src/lib/stats/clopper-pearson.js";
import { clusterErrors } from "../../../src/lib/stats/cluster-errors.js";
import { clusteredWilson } from "../../../src/lib/stats/clustered-wilson.js";
import { median } from "../../../src/lib/stats/descriptive.js";
import type { IntervalEstimate } from "../../../src/lib/stats/estimate.js";
import { jeffreysInterval } from "../../../src/lib/stats/jeffreys.js";
import { mcnemarTest } from "../../../src/lib/stats/mcnemar.js";
import { newcombeDifference } from "../../../src/lib/stats/newcombe.js";
import { adjustPValues } from "../../../src/lib/stats/p-adjust.js";
import { pairedPermutationTest } from "../../../src/lib/stats/permutation.js";
import { tInterval } from "../../../src/lib/stats/t-interval.js";
import { waldInterval } from "../../../src/lib/stats/wald.js";
import { wilcoxonSignedRank } from "../../../src/lib/stats/wilcoxon.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";
import * as special from "../../../src/lib/util/special.js";
import { mean, sum } from "../../../src/lib/util/sum.js";
import type { OracleAdapter, OracleParams } from "./types.js";

const confidenceParam = z.object({ conf_level: z.number().default(0.95) });
const label = z.union([z.string(), z.number()]);
const numbers = z.array(z.number());

/** The confidence level of a case; the default of oracles is 0.95. */
export function confidenceOf(params: OracleParams): { readonly confidence: number } {
  return { confidence: confidenceParam.parse(params).conf_level };
}

const paired = z.object({ a: numbers, b: numbers });

export const statsAdapters: Record<string, OracleAdapter> = {
  distribution,
  bootstrap,

  proportion_ci: (input, params) => {
    const { x, n } = z.object({ x: z.number(), n: z.number() }).parse(input);
    const options = confidenceOf(params);
    const limits = ({ lower, upper }: IntervalEstimate) => ({ lower, upper });
    const wilson = wilsonInterval(x, n, options);
    return {
      estimate: wilson.estimate,
      wilson: limits(wilson),
      clopper_pearson: limits(clopperPearsonInterval(x, n, options)),
      agresti_coull: limits(agrestiCoullInterval(x, n, options)),
      agresti_coull_raw: limits(agrestiCoullInterval(x, n, { ...options, clip: false })),
      jeffreys: limits(jeffreysInterval(x, n, options)),
      jeffreys_bcd: limits(jeffreysInterval(x, n, { ...options, ends: "brown-cai-dasgupta" })),
      wald_raw: limits(waldInterval(x, n, options)),
    };
  },

  newcombe_diff: (input, params) => {
    const { x1, n1, x2, n2 } = z
      .object({ x1: z.number(), n1: z.number(), x2: z.number(), n2: z.number() })
      .parse(input);
    const result = newcombeDifference(
      { successes: x1, n: n1 },
      { successes: x2, n: n2 },
      confidenceOf(params),
    );
    return { diff: result.estimate, ci_lower: result.lower, ci_upper: result.upper };
  },

  mcnemar: (input) => {
    const { a, b, c, d } = z
      .object({ a: z.number(), b: z.number(), c: z.number(), d: z.number() })
      .parse(input);
    const result = mcnemarTest({ both: a, onlyFirst: b, onlySecond: c, neither: d });
    return {
      exact_p: result.pExact,
      mid_p: result.pMid,
      diff: result.estimate,
      chi2: result.chiSquare,
      p_chi2: result.pChiSquare,
      chi2_cc: result.chiSquareCorrected,
      p_chi2_cc: result.pChiSquareCorrected,
    };
  },

  paired_permutation: (input) => {
    const { a, b } = paired.parse(input);
    const result = pairedPermutationTest(a, b);
    return { statistic: result.estimate, p_value: result.pValue, n_permutations: result.nPermutations };
  },

  wilcoxon_signed_rank: (input, params) => {
    const { a, b } = paired.parse(input);
    const { zero_method: zeros } = z
      .object({ zero_method: z.enum(["wilcox", "pratt"]).default("wilcox") })
      .parse(params);
    const result = wilcoxonSignedRank(a, b, { zeros });
    return {
      n_nonzero: result.nNonzero,
      w_plus: result.wPlus,
      w_minus: result.wMinus,
      statistic: result.statistic,
      p_exact: result.pExact,
      p_approx: result.pApproximate,
      p_approx_cc: result.pApproximateCorrected,
    };
  },

  cluster_se: (input, params) => {
    const { values, clusters } = z.object({ values: numbers, clusters: z.array(label) }).parse(input);
    const result = clusterErrors(values, clusters, { ...confidenceOf(params), type: "CR1" });
    return {
      n: result.n,
      n_clusters: result.nClusters,
      mean: result.estimate,
      naive_se: result.naive,
      cr0: result.cr0,
      cr1: result.cr1,
      cr2: result.cr2,
      miller: result.miller,
      ci_lower: result.lower,
      ci_upper: result.upper,
      design_effect: result.designEffect,
    };
  },

  clustered_sensitivity: (input, params) => {
    const { sums, sizes } = z.object({ sums: numbers, sizes: numbers }).parse(input);
    const result = clusteredWilson(sums, sizes, confidenceOf(params));
    return { estimate: result.estimate, lower: result.lower, upper: result.upper };
  },

  t_interval: (input, params) => {
    const { values } = z.object({ values: numbers }).parse(input);
    const result = tInterval(values, confidenceOf(params));
    return {
      mean: result.estimate,
      se: result.standardError,
      df: result.degreesOfFreedom,
      ci_lower: result.lower,
      ci_upper: result.upper,
      t_stat: result.statistic,
      p_value: result.pValue,
    };
  },

  p_adjust: (input) => {
    const { p } = z.object({ p: numbers }).parse(input);
    return {
      holm: adjustPValues(p, "holm"),
      hochberg: adjustPValues(p, "hochberg"),
      bonferroni: adjustPValues(p, "bonferroni"),
      bh: adjustPValues(p, "benjamini-hochberg"),
      by: adjustPValues(p, "benjamini-yekutieli"),
    };
  },
};

function distribution(input: unknown, params: unknown): Record<string, unknown> {
  const {
    distribution: family,
    kind,
    p,
    x,
  } = z
    .object({
      distribution: z.enum(["normal", "t", "chisq", "f", "beta", "binom"]),
      kind: z.enum(["cdf", "quantile"]),
      p: z.number().default(Number.NaN),
      x: z.number().default(Number.NaN),
    })
    .parse(params);
  const shape = z.record(z.string(), z.number()).parse(input);
  const of = (name: string) => shape[name] ?? Number.NaN;
  const table = {
    normal: { cdf: () => special.normalCdf(x), quantile: () => special.normalQuantile(p) },
    t: { cdf: () => special.tCdf(x, of("df")), quantile: () => special.tQuantile(p, of("df")) },
    chisq: {
      cdf: () => special.chiSquareCdf(x, of("df")),
      quantile: () => special.chiSquareQuantile(p, of("df")),
    },
    f: {
      cdf: () => special.fCdf(x, of("df1"), of("df2")),
      quantile: () => special.fQuantile(p, of("df1"), of("df2")),
    },
    beta: {
      cdf: () => special.betaCdf(x, of("a"), of("b")),
      quantile: () => special.betaQuantile(p, of("a"), of("b")),
    },
    binom: { cdf: () => special.binomialCdf(x, of("n"), of("prob")), quantile: () => undefined },
  };
  return { value: table[family][kind]() };
}

function bootstrap(input: Readonly<Record<string, unknown>>, params: OracleParams): Record<string, unknown> {
  const { data, indices } = z
    .object({ data: z.array(z.unknown()), indices: z.array(z.array(z.int())) })
    .parse(input);
  const name = z.object({ statistic: z.enum(statisticNames) }).parse(params).statistic;
  const { confidence } = confidenceOf(params);
  const statistic = bootstrapStatistic(name, data);
  const all = data.map((_, i) => i);
  const estimate = statistic(all);
  const values = Float64Array.from(indices, statistic);
  const jackknife = () => Float64Array.from(all, (left) => statistic(all.filter((i) => i !== left)));
  const about = { estimate, n: data.length, seed: "given", confidence };
  const limits = ({ lower, upper }: { readonly lower: number | null; readonly upper: number | null }) =>
    lower === null || upper === null ? null : [lower, upper];
  const percentile = intervalOfReplicates(values, jackknife, { ...about, interval: "percentile" });
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const detail = bcaInterval(sorted, { estimate, jackknife: jackknife(), confidence });
  const strict = bcaInterval(sorted, { estimate, jackknife: jackknife(), confidence, ties: "below" });
  return {
    theta: percentile.estimate,
    n_undefined: percentile.nUndefined,
    n_replicates: percentile.replicates,
    replicates_first_5: [...values.slice(0, 5)].map((value) => (Number.isNaN(value) ? null : value)),
    percentile: limits(percentile),
    basic: limits(intervalOfReplicates(values, jackknife, { ...about, interval: "basic" })),
    bootstrap_se: percentile.standardError,
    bca: limits(intervalOfReplicates(values, jackknife, { ...about, interval: "bca" })),
    bca_strict: limits(strict),
    bca_alphas: detail.levels,
    z0: detail.bias,
    jackknife_acceleration: detail.acceleration,
  };
}

const statisticNames = ["mean", "median", "pearson", "mean_diff", "cohen_kappa", "cluster_mean"] as const;

/** The named statistic on the data at these positions; NaN where undefined. */
function bootstrapStatistic(
  name: (typeof statisticNames)[number],
  data: readonly unknown[],
): (positions: readonly number[]) => number {
  const at = <T>(items: readonly T[], positions: readonly number[]) => positions.map((i) => items[i] as T);
  switch (name) {
    case "mean":
    case "median": {
      const values = numbers.parse(data);
      return (positions) => (name === "mean" ? mean : median)(at(values, positions));
    }
    case "pearson":
    case "mean_diff": {
      const pairs = z.array(z.tuple([z.number(), z.number()])).parse(data);
      return (positions) => {
        const drawn = at(pairs, positions);
        if (name === "mean_diff") return mean(drawn.map(([a, b]) => a - b));
        return (
          correlation(
            drawn.map(([a]) => a),
            drawn.map(([, b]) => b),
          ) ?? Number.NaN
        );
      };
    }
    case "cohen_kappa": {
      const pairs = z.array(z.tuple([label, label])).parse(data);
      const categories = [...new Set(pairs.flat())];
      return (positions) => {
        const drawn = at(pairs, positions);
        const [a, b] = [drawn.map(([left]) => left), drawn.map(([, right]) => right)];
        return cohenKappaOfLabels(a, b, { categories }).estimate ?? Number.NaN;
      };
    }
    case "cluster_mean": {
      const clusters = z.array(numbers).parse(data);
      return (positions) => {
        const drawn = at(clusters, positions);
        return sum(drawn.map(sum)) / sum(drawn.map((cluster) => cluster.length));
      };
    }
  }
}
