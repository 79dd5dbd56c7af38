import { type ReadingStatus, readChoice } from "../metrics/choice-reader.js";
import type { ItemScore } from "../metrics/item-score.js";

/** Result of one component of one response. */
export interface ComponentScore {
  /**
   * `truncated`: the response was cut off inside its reasoning; `conflict`: letter and text of the answer contradict each other, and
   * the outcome policy decides whether `value` counts.
   */
  readonly status: "ok" | "unparsed" | "truncated" | "refused" | "conflict" | "excluded";
  /** In [0, 1]; 0 unless `status` is `ok` or `conflict`. */
  readonly value: number;
  readonly tp: number | null;
  readonly fp: number | null;
  readonly fn: number | null;
  readonly answer: string | null;
  readonly readBy: string;
  readonly detail: string | null;
}

interface Counts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** The score of a response that could be read. */
export function readable(
  value: number,
  { answer, readBy, counts }: { readonly answer: string; readonly readBy: string; readonly counts?: Counts },
): ComponentScore {
  const { tp = null, fp = null, fn = null } = counts ?? {};
  return { status: "ok", value, tp, fp, fn, answer, readBy, detail: null };
}

/** The score of a response whose letter and text contradict each other, from what it would be by the letter. */
export function contradictory(byLetter: ComponentScore): ComponentScore {
  return { ...byLetter, status: "conflict", detail: byLetter.readBy };
}

/** The score of a response that gave no answer; `counts` follow from the gold answer alone. */
export function unreadable(
  status: "unparsed" | "truncated" | "refused",
  readBy: string,
  counts?: Partial<Counts>,
): ComponentScore {
  const { tp = null, fp = null, fn = null } = counts ?? {};
  return { status, value: 0, tp, fp, fn, answer: null, readBy, detail: readBy };
}

/** `unreadable` for a text that could not be read: a refusal, cut off inside its reasoning, or unparsed. */
export function notUnderstood(text: string | null, readBy: string, counts?: Partial<Counts>): ComponentScore {
  const status = text === null ? "invalid" : readChoice(text, null).status;
  return unreadable(unreadStatus(status), readBy, counts);
}

/** What a reading that found no letter means for the component. */
export function unreadStatus(status: ReadingStatus): "unparsed" | "truncated" | "refused" {
  return status === "refused" || status === "truncated" ? status : "unparsed";
}

/**
 * The score of a component from the result of a metric in `src/lib/metrics`.
 *
 * @param counts the counts to pool, for scorers that pool counts
 */
export function fromItemScore<Parsed>(
  item: Pick<ItemScore<Parsed>, "score" | "status" | "parsed" | "reason">,
  {
    text,
    readBy,
    counts,
    show,
  }: {
    readonly text: string | null;
    readonly readBy: string;
    readonly counts?: Counts;
    readonly show: (parsed: Parsed) => string;
  },
): ComponentScore {
  if (item.status === "ok" && item.score !== null && item.parsed !== null) {
    return readable(item.score, {
      answer: show(item.parsed),
      readBy,
      ...(counts === undefined ? {} : { counts }),
    });
  }
  const detail = item.reason ?? null;
  return item.status === "excluded"
    ? { ...unreadable("unparsed", readBy, counts), status: "excluded", detail }
    : { ...notUnderstood(text, readBy, counts), detail };
}
