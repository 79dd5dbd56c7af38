import type { Random } from "../../../../src/lib/util/random.js";

/** The question and the correct answer of one variant of an item. */
export interface Variant {
  readonly question: string;
  /** As in `items_private.gold`; absent if only key points or a judge decide. */
  readonly gold?: unknown;
  readonly options?: Readonly<Record<string, string>>;
}

export interface Item {
  readonly variants: readonly Variant[];
  readonly keyPoints?: readonly string[];
  readonly media?: string | readonly string[];
  readonly language: "zh" | "en";
}

export interface ItemRequest {
  readonly dataset: string;
  readonly part: string;
  /** Line of the group in its file, from 0. */
  readonly index: number;
  readonly variants: number;
  readonly random: Random;
}

/** How the answer of one response is drawn. */
export interface AnswerDraw {
  /** Probability that one unit (answer, field, label, box) is right. */
  readonly right: number;
  readonly talkative: boolean;
  /** Extra neutral sentences, for answers of realistic length. */
  readonly padding: number;
  readonly random: Random;
}

/** Share of key points that a judge-read answer covers, point by point. */
export interface OpenDraw extends AnswerDraw {
  readonly covered: readonly boolean[];
}

/** Expected counts of labels, for metrics that pool them. */
export interface ExpectedCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** One answer type of the benchmark: generates items and answers, and gives the expected score in closed form. */
export interface ItemKind {
  /** Whether a judge reads the answers: if so, every response with text can be graded, whatever its format. */
  readonly judged: boolean;
  make(request: ItemRequest): Item;
  answer(item: Item, variant: number, draw: OpenDraw): string;
  /**
   * Expected score of a group whose responses are usable with probability `usable` and whose units are right with
   * probability `right`; null where only a judge scores.
   */
  expected?(right: number, usable: number, variants: number): number;
  /** The same for pooled label counts, per item. */
  expectedCounts?(right: number, usable: number): ExpectedCounts;
}
