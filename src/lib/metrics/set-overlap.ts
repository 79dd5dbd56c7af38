/** Agreement of a predicted with a reference set. */
export interface SetOverlap {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly exact: boolean;
  /** |P∩G| / |G|; null when the reference set is empty. */
  readonly recall: number | null;
  /** |P∩G| / |P|; null when the predicted set is empty. */
  readonly precision: number | null;
  /** |P∩G| / |P∪G|; 1 when both are empty. */
  readonly jaccard: number;
  /** 2|P∩G| / (|P|+|G|); 1 when both are empty (the example-based convention). */
  readonly f1: number;
}

/**
 * Compares two sets of labels, letters or codes; duplicates collapse, order does not matter.
 *
 * @example setOverlap(["A", "B", "C"], ["A", "C"]).recall // 0.6666666667
 */
export function setOverlap(gold: readonly string[], predicted: readonly string[]): SetOverlap {
  const wanted = new Set(gold);
  const given = new Set(predicted);
  let tp = 0;
  for (const member of given) if (wanted.has(member)) tp += 1;
  const fp = given.size - tp;
  const fn = wanted.size - tp;
  const union = tp + fp + fn;
  return {
    tp,
    fp,
    fn,
    exact: fp === 0 && fn === 0,
    recall: wanted.size === 0 ? null : tp / wanted.size,
    precision: given.size === 0 ? null : tp / given.size,
    jaccard: union === 0 ? 1 : tp / union,
    f1: union === 0 ? 1 : (2 * tp) / (2 * tp + fp + fn),
  };
}

/** Members that an answer misses that says nothing, of `gold` that apply: also one where none applies, which it does not say. */
export function missedBy(gold: number): number {
  return Math.max(1, gold);
}
