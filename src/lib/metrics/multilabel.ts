import { InputError } from "../errors.js";
import { mean, sum } from "../util/sum.js";
import { average, type ClassScores, type PrecisionRecallF1, precisionRecallF1 } from "./classification.js";
import { setOverlap } from "./set-overlap.js";

/** Result of `multilabelMetrics`. */
export interface MultilabelMetrics {
  readonly n: number;
  readonly perLabel: ReadonlyMap<string, ClassScores>;
  readonly micro: PrecisionRecallF1 | null;
  readonly macro: PrecisionRecallF1 | null;
  readonly weighted: PrecisionRecallF1 | null;
  /** Mean over items; an item with both sets empty scores 0. */
  readonly samples: PrecisionRecallF1 | null;
  /** Like `samples.f1`, but an item with both sets empty scores 1. */
  readonly samplesF1EmptyIsOne: number | null;
  readonly subsetAccuracy: number | null;
  /** Wrong label bits / (items · labels). */
  readonly hammingLoss: number | null;
  /** Mean |P∩G| / |P∪G|; 0 for an item with both sets empty. */
  readonly jaccardSamples: number | null;
  readonly reason?: string;
}

/**
 * Multi-label metrics over declared labels; zero denominators give 0 (scikit-learn's `zero_division=0`).
 * `labelSetMetrics` is the benchmark's own variant: open label set, and an item with both sets empty is correct.
 *
 * @param gold label set of each item; duplicates collapse
 * @param predicted label set of each item
 * @throws InputError for unequal lengths or a label that is not declared
 * @see oracle: scikit-learn, oracles: 05-classification.json
 */
export function multilabelMetrics(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  labels: readonly string[],
): MultilabelMetrics {
  checkLabels(gold, predicted, labels);
  const goldSets = gold.map((set) => new Set(set));
  const predictedSets = predicted.map((set) => new Set(set));
  const has = (sets: readonly ReadonlySet<string>[], label: string) =>
    sets.filter((set) => set.has(label)).length;
  const perLabel = labels.map((label) => {
    const tp = goldSets.filter((set, i) => set.has(label) && predictedSets[i]?.has(label)).length;
    const support = has(goldSets, label);
    return { ...precisionRecallF1(tp, has(predictedSets, label), support), support };
  });
  const byLabel = new Map(labels.map((label, i) => [label, perLabel[i] as ClassScores]));
  const n = gold.length;
  if (n === 0 || labels.length === 0) return { n, perLabel: byLabel, ...undefinedMetrics };

  const overlaps = gold.map((set, i) => setOverlap(set, predicted[i] as readonly string[]));
  const samples = overlaps.map(({ tp, fp, fn }) => precisionRecallF1(tp, tp + fp, tp + fn));
  const total = (part: "tp" | "fp" | "fn") => sum(overlaps.map((overlap) => overlap[part]));
  const [tp, fp, fn] = [total("tp"), total("fp"), total("fn")];
  return {
    n,
    perLabel: byLabel,
    micro: precisionRecallF1(tp, tp + fp, tp + fn),
    macro: average(perLabel, () => 1),
    weighted: average(perLabel, ({ support }) => support),
    samples: average(samples, () => 1),
    samplesF1EmptyIsOne: mean(overlaps.map(({ f1 }) => f1)),
    subsetAccuracy: overlaps.filter(({ exact }) => exact).length / n,
    hammingLoss: (fp + fn) / (n * labels.length),
    jaccardSamples: mean(overlaps.map(({ tp, fp, fn }) => (tp + fp + fn === 0 ? 0 : tp / (tp + fp + fn)))),
  };
}

const undefinedMetrics = {
  micro: null,
  macro: null,
  weighted: null,
  samples: null,
  samplesF1EmptyIsOne: null,
  subsetAccuracy: null,
  hammingLoss: null,
  jaccardSamples: null,
  reason: "no items or no labels",
} as const;

function checkLabels(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  labels: readonly string[],
): void {
  if (gold.length !== predicted.length) {
    throw new InputError(
      `multilabelMetrics: ${gold.length} gold sets but ${predicted.length} predicted sets`,
    );
  }
  const declared = new Set(labels);
  for (const [side, sets] of [
    ["gold", gold],
    ["predicted", predicted],
  ] as const) {
    sets.forEach((set, i) => {
      const stranger = set.find((label) => !declared.has(label));
      if (stranger === undefined) return;
      throw new InputError(
        `multilabelMetrics: ${side} set ${i} has label "${stranger}", which is not declared`,
        {
          hint: `Declared: ${labels.join(", ")}. Normalize labels first, or declare it.`,
        },
      );
    });
  }
}
