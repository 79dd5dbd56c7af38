import { type Rate, rate } from "./item-score.js";

/** An original question (gold yes) and its hallucinated twin (gold no) about one image; null if missing. */
export interface ProbingPair {
  readonly image: string;
  readonly questionType: string;
  readonly modality: string;
  readonly isOriginalRight: boolean | null;
  readonly isTwinRight: boolean | null;
}

/** Accuracy for one question type and modality. */
export interface ProbingCell {
  readonly questionType: string;
  readonly modality: string;
  /** Images with every question of the type answered correctly / images. */
  readonly accuracy: Rate;
  /** Images with every original answered correctly / images: the score without adversarial twins. */
  readonly withoutAdversarial: Rate;
}

/** Result of `probingPairs`. */
export interface ProbingMetrics {
  readonly cells: readonly ProbingCell[];
  /** Over all cells, weighted by their image counts. */
  readonly accuracy: Rate;
  readonly withoutAdversarial: Rate;
  /** Pairs dropped because one of the two answers is missing. */
  readonly nIncomplete: number;
}

/**
 * Probing evaluation with adversarial twins (ProbMed; protocols P03). The unit is the image within a question type: all
 * its pairs must be correct. Incomplete pairs are dropped and counted.
 *
 * @param singleTypes question types without twins, scored only on the original. Default `abnormality`
 */
export function probingPairs(
  pairs: readonly ProbingPair[],
  singleTypes: readonly string[] = ["abnormality"],
): ProbingMetrics {
  const single = new Set(singleTypes);
  const cells = new Map<
    string,
    { questionType: string; modality: string; images: Map<string, [all: boolean, originals: boolean]> }
  >();
  let nIncomplete = 0;
  for (const { image, questionType, modality, isOriginalRight, isTwinRight } of pairs) {
    const twin = single.has(questionType) ? true : isTwinRight;
    if (isOriginalRight === null || twin === null) {
      nIncomplete += 1;
      continue;
    }
    const key = JSON.stringify([questionType, modality]);
    const cell = cells.get(key) ?? { questionType, modality, images: new Map() };
    cells.set(key, cell);
    const [all, originals] = cell.images.get(image) ?? [true, true];
    cell.images.set(image, [all && isOriginalRight && twin, originals && isOriginalRight]);
  }
  const summarized = [...cells.values()].map(({ questionType, modality, images }): ProbingCell => {
    const share = (part: 0 | 1) =>
      rate([...images.values()].filter((flags) => flags[part]).length, images.size);
    return { questionType, modality, accuracy: share(0), withoutAdversarial: share(1) };
  });
  const overall = (value: (cell: ProbingCell) => Rate) =>
    rate(
      summarized.reduce((count, cell) => count + value(cell).numerator, 0),
      summarized.reduce((count, cell) => count + value(cell).denominator, 0),
      "no complete pair",
    );
  return {
    cells: summarized,
    accuracy: overall((cell) => cell.accuracy),
    withoutAdversarial: overall((cell) => cell.withoutAdversarial),
    nIncomplete,
  };
}
