/**
 * How one response was read: `ok` can be scored; `empty` had no text; `invalid` contained nothing usable; `multiple`
 * gave more answers than allowed; `excluded` is left out by rule (no gold points, incomplete pair).
 */
export type ScoreStatus = "ok" | "empty" | "invalid" | "multiple" | "excluded";

/**
 * A scorer's result for one response. A scorer never turns an unreadable response into 0: `score` is null unless
 * `status` is `ok`, and the outcome policy decides how the response counts. `parts` are integer counts whose sums give
 * the pooled figure; for an unread response they follow from the gold answer alone (all fields wrong, all labels
 * missed), so that the policy "counts as wrong" needs no second pass.
 */
export interface ItemScore<Parsed, Part extends string = string> {
  /** In [0, 1]; null unless `status` is `ok`. */
  readonly score: number | null;
  readonly status: ScoreStatus;
  readonly parsed: Parsed | null;
  readonly parts: Readonly<Record<Part, number>>;
  /** Why there is no score, or what was repaired to get one. */
  readonly reason?: string;
}

/** A ratio of counts that keeps its counts; 0/0 is null with a reason, never 0. */
export interface Rate {
  readonly estimate: number | null;
  readonly numerator: number;
  readonly denominator: number;
  readonly reason?: string;
}

/** `numerator / denominator`, or null with `reason` when nothing was counted. */
export function rate(numerator: number, denominator: number, reason = "nothing to count"): Rate {
  return denominator === 0
    ? { estimate: null, numerator, denominator, reason }
    : { estimate: numerator / denominator, numerator, denominator };
}

/** Result of a response that could be read. */
export function scored<Parsed, Part extends string>(
  score: number,
  parsed: Parsed,
  parts: Readonly<Record<Part, number>>,
): ItemScore<Parsed, Part> {
  return { score, status: "ok", parsed, parts };
}

/** Result of a response that could not be read or does not count. */
export function unscored<Part extends string>(
  status: Exclude<ScoreStatus, "ok">,
  reason: string,
  parts: Readonly<Record<Part, number>>,
): ItemScore<never, Part> {
  return { score: null, status, parsed: null, parts, reason };
}
