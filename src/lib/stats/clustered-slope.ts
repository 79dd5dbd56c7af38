import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { tCritical } from "../util/special.js";
import { mean, sum } from "../util/sum.js";
import type { ConfidenceOptions } from "./estimate.js";

/** Result of `clusteredSlope`. */
export interface ClusteredSlope {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number;
  readonly nClusters: number;
  readonly reason: Message<"too-few-rated-items" | "no-variation"> | null;
}

/**
 * Least-squares slope of y on x with an intercept, a cluster-robust (CR1) error and a t interval on G - 2 degrees of freedom,
 * G clusters. The error is Stata's and R's HC1-type CR1: G / (G - 1) times (n - 1) / (n - 2) times the sandwich.
 *
 * @param points in any order; those with the same `cluster` may depend on each other in any way
 * @param options coverage of the interval, default 0.95
 * @returns null with a reason with fewer than three clusters or if x does not vary
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @see R sandwich::vcovCL(type = "HC1", cadjust = TRUE)
 * @example clusteredSlope([{ x: 0, y: 1, cluster: "a" }, { x: 1, y: 3, cluster: "b" }, { x: 2, y: 5, cluster: "c" }]).estimate // 2
 */
export function clusteredSlope(
  points: readonly { readonly x: number; readonly y: number; readonly cluster: string }[],
  { confidence = 0.95 }: ConfidenceOptions = {},
): ClusteredSlope {
  const n = points.length;
  const nClusters = new Set(points.map(({ cluster }) => cluster)).size;
  const nothing = { estimate: null, lower: null, upper: null, n, nClusters };
  if (nClusters < 3)
    return { ...nothing, reason: message("too-few-rated-items", { found: nClusters, wanted: 3 }) };
  const centerX = mean(points.map(({ x }) => x));
  const centerY = mean(points.map(({ y }) => y));
  const spread = sum(points.map(({ x }) => (x - centerX) ** 2));
  if (!(spread > 0)) return { ...nothing, reason: message("no-variation") };
  const estimate = sum(points.map(({ x, y }) => (x - centerX) * (y - centerY))) / spread;
  const scores = new Map<string, number>();
  for (const { x, y, cluster } of points) {
    const residual = y - centerY - estimate * (x - centerX);
    scores.set(cluster, (scores.get(cluster) ?? 0) + (x - centerX) * residual);
  }
  const small = (nClusters / (nClusters - 1)) * ((n - 1) / Math.max(1, n - 2));
  const error = Math.sqrt(small * sum([...scores.values()].map((score) => score ** 2))) / spread;
  const half = tCritical(confidence, nClusters - 2) * error;
  return { estimate, lower: estimate - half, upper: estimate + half, n, nClusters, reason: null };
}
