import { munkres } from "munkres";
import { cell } from "../util/indexing.js";
import { sum } from "../util/sum.js";
import { type Box, iouMatrix } from "./box.js";

/** One pair of an assignment, by position in the two lists. */
export interface BoxPair {
  readonly prediction: number;
  readonly reference: number;
  readonly iou: number;
}

/**
 * Greedy assignment: repeatedly takes the largest remaining value above 0; ties go to the lowest prediction index, then
 * to the lowest reference index.
 *
 * @param values one row per prediction, one column per reference
 */
export function greedyPairs(values: readonly (readonly number[])[]): BoxPair[] {
  const candidates = values
    .flatMap((row, prediction) => row.map((iou, reference) => ({ prediction, reference, iou })))
    .filter(({ iou }) => iou > 0)
    .sort((a, b) => b.iou - a.iou || a.prediction - b.prediction || a.reference - b.reference);
  const [predictions, references] = [new Set<number>(), new Set<number>()];
  return candidates.filter(({ prediction, reference }) => {
    if (predictions.has(prediction) || references.has(reference)) return false;
    predictions.add(prediction);
    references.add(reference);
    return true;
  });
}

/** The assignment with the largest total (Hungarian method); pairs of value 0 are left out. */
export function optimalPairs(values: readonly (readonly number[])[]): BoxPair[] {
  if (values.length === 0 || values[0]?.length === 0) return [];
  return munkres(values.map((row) => row.map((value) => -value)))
    .map(([prediction, reference]) => ({
      prediction,
      reference,
      iou: cell(values, prediction, reference),
    }))
    .filter(({ iou }) => iou > 0);
}

/** Result of `matchedIou`. */
export interface MatchedIou {
  /** Σ matched IoU / max(#predictions, #references); 1 by convention if both are empty, 0 if one is. */
  readonly meanIou: number;
  /** Σ matched IoU / matched pairs; null where nothing overlaps. */
  readonly matchedMean: number | null;
  readonly pairs: readonly BoxPair[];
}

/**
 * Mean IoU of the boxes of one image after matching them one to one.
 *
 * @param method `optimal` maximizes the total; `greedy` is what the benchmark's item score uses. Default `optimal`
 * @see oracle: scipy `linear_sum_assignment`, oracles: 07-boxes.json
 */
export function matchedIou(
  predictions: readonly Box[],
  references: readonly Box[],
  method: "optimal" | "greedy" = "optimal",
): MatchedIou {
  const values = iouMatrix(predictions, references);
  const pairs = method === "optimal" ? optimalPairs(values) : greedyPairs(values);
  const total = sum(pairs.map(({ iou }) => iou));
  const larger = Math.max(predictions.length, references.length);
  return {
    meanIou: larger === 0 ? 1 : total / larger,
    matchedMean: pairs.length === 0 ? null : total / pairs.length,
    pairs,
  };
}
