import betaCdfOf from "@stdlib/stats-base-dists-beta-cdf";
import betaQuantileOf from "@stdlib/stats-base-dists-beta-quantile";
import binomialCdfOf from "@stdlib/stats-base-dists-binomial-cdf";
import chiSquareCdfOf from "@stdlib/stats-base-dists-chisquare-cdf";
import fCdfOf from "@stdlib/stats-base-dists-f-cdf";
import fQuantileOf from "@stdlib/stats-base-dists-f-quantile";
import normalCdfOf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantileOf from "@stdlib/stats-base-dists-normal-quantile";
import tCdfOf from "@stdlib/stats-base-dists-t-cdf";
import tQuantileOf from "@stdlib/stats-base-dists-t-quantile";

// All distribution functions come from this file: a package can be replaced in one place, and every interval uses
// functions that pass oracle group 00 (many popular packages do not).

/** P(Z <= x) for a standard normal Z. For an upper tail pass -x, which keeps digits that 1 - p would lose. */
export function normalCdf(x: number): number {
  return normalCdfOf(x, 0, 1);
}

/** Standard normal quantile; p in [0, 1]. */
export function normalQuantile(p: number): number {
  return normalQuantileOf(p, 0, 1);
}

/** P(T <= x) for Student's t; df > 0, fractions allowed. */
export function tCdf(x: number, df: number): number {
  return tCdfOf(x, df);
}

/** Student's t quantile; p in [0, 1], df > 0, fractions allowed. */
export function tQuantile(p: number, df: number): number {
  return tQuantileOf(p, df);
}

/** P(X <= x) for chi-square with df > 0. */
export function chiSquareCdf(x: number, df: number): number {
  return chiSquareCdfOf(x, df);
}

/** P(F <= x) for the F distribution; both df > 0, fractions allowed. */
export function fCdf(x: number, df1: number, df2: number): number {
  return fCdfOf(x, df1, df2);
}

/** Quantile of the F distribution; p in [0, 1]. */
export function fQuantile(p: number, df1: number, df2: number): number {
  return fQuantileOf(p, df1, df2);
}

/** P(B <= x) for Beta(a, b). */
export function betaCdf(x: number, a: number, b: number): number {
  return betaCdfOf(x, a, b);
}

/** Quantile of Beta(a, b); p in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaQuantileOf(p, a, b);
}

/** P(X <= k) for X ~ Binomial(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  return binomialCdfOf(k, n, p);
}

/** z with P(|Z| <= z) = confidence: 1.959963984540054 for 0.95. */
export function normalCritical(confidence: number): number {
  return -normalQuantile((1 - confidence) / 2);
}

/** t with P(|T| <= t) = confidence on df degrees of freedom; normal without a limit on them. */
export function tCritical(confidence: number, df: number): number {
  return df < unlimited ? -tQuantile((1 - confidence) / 2, df) : normalCritical(confidence);
}

/** From here on t and normal agree in all digits, and the t functions in use lose theirs. */
const unlimited = 1e12;

/** Two-sided p-value of a standard normal statistic. */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}

/** Two-sided p-value of a t statistic; normal without a limit on df. */
export function tTwoSided(t: number, df: number): number {
  return df < unlimited ? Math.min(1, 2 * tCdf(-Math.abs(t), df)) : normalTwoSided(t);
}

/** Upper tail P(F > x), computed as a lower tail of 1/F so that small values keep their digits. */
export function fUpperTail(x: number, df1: number, df2: number): number {
  if (x <= 0) return 1;
  return fCdf(1 / x, df2, df1);
}

/**
 * Chi-square quantile; p in [0, 1], df > 0. The packages in use do not provide it: bisection on a logarithmic scale
 * brackets the root and narrows the bracket to the last bits, so it does not depend on a starting value.
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  let low = Math.log(df);
  let high = Math.log(df);
  while (chiSquareCdf(Math.exp(low), df) > p && low > -740) low -= 1;
  while (chiSquareCdf(Math.exp(high), df) < p) high += 1;
  for (let i = 0; i < 80 && high - low > 2e-16 * Math.abs(high); i += 1) {
    const middle = low + (high - low) / 2;
    if (chiSquareCdf(Math.exp(middle), df) < p) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
