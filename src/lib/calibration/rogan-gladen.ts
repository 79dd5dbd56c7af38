import { InputError } from "../errors.js";
import { checkConfidence } from "../stats/estimate.js";
import { clamp } from "../util/clamp.js";
import { normalCritical } from "../util/special.js";

/** A yes/no judge's counts: on unrated items, and on a calibration set for which people gave the true answer. */
export interface RoganGladenCounts {
  /** Number of the n unrated items that the judge calls positive. */
  readonly x: number;
  readonly n: number;
  /** Calibration: people say yes, the judge yes (tp) or no (fn). */
  readonly tp: number;
  readonly fn: number;
  /** Calibration: people say no, the judge no (tn) or yes (fp). */
  readonly tn: number;
  readonly fp: number;
}

/** Result of `roganGladen`. */
export interface RoganGladen {
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  /** Share the judge calls positive. */
  readonly apparent: number | null;
  readonly youden: number | null;
  /** Corrected share clipped to [0, 1]. */
  readonly prevalence: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** The same before clipping: a value outside [0, 1] means that calibration and data disagree. */
  readonly prevalenceRaw: number | null;
  readonly lowerRaw: number | null;
  readonly upperRaw: number | null;
  readonly standardError: number | null;
  /** Interval with added pseudo-counts, closer to nominal coverage with small calibration sets. */
  readonly langReiczigel: { readonly lower: number; readonly upper: number } | null;
  readonly confidence: number;
  readonly reason: string | null;
}

/**
 * True share of positives from a fallible yes/no judge, corrected by its sensitivity and specificity: (apparent +
 * specificity - 1) / (sensitivity + specificity - 1), with a delta-method interval that includes the error of both the
 * counted items and the calibration set, and with the Lang-Reiczigel interval.
 *
 * The calibration items must not be among the n. Assumes that sensitivity and specificity are the same in the counted
 * population: a calibration on one specialty may not be valid for another.
 *
 * @returns all corrected values null with a reason if the judge is no better than chance (Youden J <= 0), or a margin
 *   is empty
 * @throws InputError on negative or fractional counts, or x > n
 * @see Rogan & Gladen (1978), doi:10.1093/oxfordjournals.aje.a112510; Lang & Reiczigel (2014), doi:10.1016/j.prevetmed.2013.09.015
 * @see oracle: epiR::epi.prev, 10-ppi-prevalence-power.json
 * @example roganGladen({ x: 130, n: 400, tp: 45, fn: 5, tn: 80, fp: 20 }).prevalence // 0.1785714286
 */
export function roganGladen(
  counts: RoganGladenCounts,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): RoganGladen {
  checkConfidence("roganGladen", confidence);
  for (const [name, count] of Object.entries(counts)) {
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new InputError(`roganGladen: ${name} must be an integer >= 0; got ${count}`);
    }
  }
  const { x, n, tp, fn, tn, fp } = counts;
  if (x > n) throw new InputError(`roganGladen: x must not exceed n; got ${x} of ${n}`);
  const positives = tp + fn;
  const negatives = tn + fp;
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  const sensitivity = ratio(tp, positives);
  const specificity = ratio(tn, negatives);
  const apparent = ratio(x, n);
  const youden = sensitivity === null || specificity === null ? null : sensitivity + specificity - 1;
  const described = { sensitivity, specificity, apparent, youden, confidence };
  // Compared on integers: 0.7 + 0.3 - 1 is not always 0 in binary.
  const informative = tp * negatives + tn * positives > positives * negatives;
  if (sensitivity === null || specificity === null || apparent === null || !informative) {
    const reason =
      apparent === null
        ? "no counted items"
        : youden === null
          ? "no calibration items of one class"
          : "Youden J <= 0: the judge is no better than chance";
    return { ...described, ...UNDEFINED, reason };
  }
  const z = normalCritical(confidence);
  const raw = corrected(apparent, n, sensitivity, positives, specificity, negatives);
  const lowerRaw = raw.prevalence - z * raw.standardError;
  const upperRaw = raw.prevalence + z * raw.standardError;
  return {
    ...described,
    prevalence: clamp(raw.prevalence),
    lower: clamp(lowerRaw),
    upper: clamp(upperRaw),
    prevalenceRaw: raw.prevalence,
    lowerRaw,
    upperRaw,
    standardError: raw.standardError,
    langReiczigel: langReiczigel(counts, z),
    reason: null,
  };
}

const UNDEFINED = {
  prevalence: null,
  lower: null,
  upper: null,
  prevalenceRaw: null,
  lowerRaw: null,
  upperRaw: null,
  standardError: null,
  langReiczigel: null,
} as const;

function corrected(p: number, n: number, se: number, nSe: number, sp: number, nSp: number) {
  const youden = se + sp - 1;
  const prevalence = (p + sp - 1) / youden;
  const variance =
    (p * (1 - p)) / n +
    (prevalence ** 2 * (se * (1 - se))) / nSe +
    ((1 - prevalence) ** 2 * (sp * (1 - sp))) / nSp;
  return { prevalence, standardError: Math.sqrt(variance) / youden };
}

/** Pseudo-counts: z^2/2 positives of z^2 on the counted items, one of two in each calibration class; then a shift. */
function langReiczigel({ x, n, tp, fn, tn, fp }: RoganGladenCounts, z: number): RoganGladen["langReiczigel"] {
  const size = n + z ** 2;
  const nSe = tp + fn + 2;
  const nSp = tn + fp + 2;
  const se = (tp + 1) / nSe;
  const sp = (tn + 1) / nSp;
  if (se + sp - 1 <= 0) return null;
  const { prevalence, standardError } = corrected((x + z ** 2 / 2) / size, size, se, nSe, sp, nSp);
  const shift = 2 * z ** 2 * ((prevalence * se * (1 - se)) / nSe - ((1 - prevalence) * sp * (1 - sp)) / nSp);
  return {
    lower: clamp(prevalence + shift - z * standardError),
    upper: clamp(prevalence + shift + z * standardError),
  };
}
