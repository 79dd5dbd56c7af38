import { InputError } from "../../errors.js";
import { normalCritical } from "../../util/special.js";
import { checkConfidence } from "../estimate.js";

/** How rows are clustered: `clusterSize` rows per group with correlation `icc`. */
export interface ClusteredDesign {
  /** Rows per cluster, >= 1. Default 1. */
  readonly clusterSize?: number;
  /** Intraclass correlation within clusters, at most 1. Default 0. */
  readonly icc?: number;
}

/** Options of `meanSampleSize`. */
export interface MeanSampleSizeOptions extends ClusteredDesign {
  /** Standard deviation of a single score, >= 0. */
  readonly sd: number;
  /** Required half-width of the interval, > 0, in the unit of the score. */
  readonly halfWidth: number;
  readonly confidence?: number;
}

/**
 * Variance inflation of a mean over equal clusters relative to independent rows: 1 + (m - 1) icc. Five option orders
 * that a system answers almost identically (icc 0.9) have a design effect of 4.6: they are worth little more than one.
 *
 * @see Kish (1965), Survey Sampling, section 5.4
 * @example designEffect({ clusterSize: 5, icc: 0.2 }) // 1.8
 */
export function designEffect({ clusterSize = 1, icc = 0 }: ClusteredDesign): number {
  if (!(clusterSize >= 1) || !(icc <= 1) || !(1 + (clusterSize - 1) * icc >= 0)) {
    throw new InputError(
      `designEffect: clusterSize must be >= 1 and icc in [-1/(clusterSize - 1), 1]; got ${clusterSize} and ${icc}`,
    );
  }
  return 1 + (clusterSize - 1) * icc;
}

/**
 * Rows needed for a mean whose normal interval has the required half-width: ceil((z sd / halfWidth)^2 * deff). Divide
 * by the cluster size for the number of clusters.
 *
 * @returns n rows in all, nReal before rounding up, deff the design effect
 * @throws InputError if sd is negative, halfWidth is not positive, or the design is impossible
 * @see oracle: 10-ppi-prevalence-power.json (nss-mean-*)
 * @example meanSampleSize({ sd: 1.2, halfWidth: 0.1 }).n // 554
 */
export function meanSampleSize({ sd, halfWidth, confidence = 0.95, ...design }: MeanSampleSizeOptions) {
  checkConfidence("meanSampleSize", confidence);
  if (!(sd >= 0 && Number.isFinite(sd)) || !(halfWidth > 0)) {
    throw new InputError(`meanSampleSize: sd must be >= 0 and halfWidth > 0; got ${sd} and ${halfWidth}`);
  }
  const deff = designEffect(design);
  const nReal = ((normalCritical(confidence) * sd) / halfWidth) ** 2 * deff;
  return { n: Math.ceil(nReal), nReal, deff };
}
