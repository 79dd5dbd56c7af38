import type { z } from "zod";
import type { ComponentScore } from "./component-score.js";
import type { Pooling } from "./pooling.js";
import type { VerdictKind } from "./verdict-kind.js";

/** One response, with the gold answer of its item. */
export interface Answered {
  readonly text: string | null;
  readonly gold: unknown;
  /** Option letters and texts, for items that have them. */
  readonly options: Readonly<Record<string, string>> | null;
  /** The item's question, for scorers that read option letters: it may ask for the wrong option. */
  readonly question?: string | null;
  /** The gold labels of the dataset, for scorers with `usesLabels`. */
  readonly labels?: readonly string[] | null;
}

interface ScorerDescription<Options> {
  /** Name used in catalogues. */
  readonly name: string;
  readonly label: { readonly en: string; readonly zh: string };
  /** One sentence for the reference page `docs/scorers.md`. */
  readonly summary: string;
  /** Increase it when results change; stored in every score row. */
  readonly version: string;
  /** Settings that a catalogue can set under `options`, with their defaults. */
  readonly options: z.ZodType<Options>;
  /** How the values of items are combined into the value of a task. */
  readonly pooling: Pooling;
}

/**
 * Scores the text of a response in TypeScript. With `letters`, DuckDB reads the letter of most responses and scores
 * them (`score-<name>.sql` of the score stage); `score` handles those that only the option texts can decide, and must
 * agree with the SQL.
 */
export interface AnswerScorer<Options> extends ScorerDescription<Options> {
  readonly reads: "text" | "letters";
  /** Whether `score` needs the gold labels of the whole dataset, which tell what an answer can be. */
  readonly usesLabels?: true;
  /**
   * The gold answer in the form that `score` compares with, from any form that can mean nothing else; the ingest stores
   * it. `score` must accept what it returns.
   *
   * @throws InputError if the gold answer cannot be used: the item then waits for a gold answer
   */
  checkGold(item: Pick<Answered, "gold" | "options">, options: Options): unknown;
  /** An item and an answer with full marks, for the reference page and the tests. */
  readonly example: Omit<Answered, "options"> & { readonly options?: Readonly<Record<string, string>> };
  score(answered: Answered, options: Options): ComponentScore;
}

/** Scores the verdicts of a judge on a response; the arithmetic is `score-<name>.sql` of the score stage. */
export interface VerdictScorer<Options> extends ScorerDescription<Options> {
  readonly reads: "verdicts";
  readonly verdicts: {
    readonly kind: VerdictKind;
    /** Default rubric for such verdicts, if the dataset does not name one. */
    readonly defaultRubric: string;
    /** Whether each tag of an item's criteria gets its own value. */
    readonly hasTags: boolean;
  };
}

/** Takes the score that the source gave to a response; the arithmetic is `score-<name>.sql` of the score stage. */
export interface SourceScorer<Options> extends ScorerDescription<Options> {
  readonly reads: "scores";
}

export type Scorer<Options = unknown> =
  | AnswerScorer<Options>
  | VerdictScorer<Options>
  | SourceScorer<Options>;

/** Whether a scorer reads the text of answers, and therefore needs gold answers. */
export function readsAnswers(scorer: Scorer): scorer is AnswerScorer<unknown> {
  return scorer.reads === "text" || scorer.reads === "letters";
}

/** An entry of the registry; checks that `score` accepts the type of `options`. */
export function answerScorer<const Name extends string, Options>(
  scorer: AnswerScorer<Options> & { readonly name: Name },
): typeof scorer {
  return scorer;
}

/** An entry of the registry. */
export function verdictScorer<const Name extends string, Options>(
  scorer: VerdictScorer<Options> & { readonly name: Name },
): typeof scorer {
  return scorer;
}

/** An entry of the registry. */
export function sourceScorer<const Name extends string, Options>(
  scorer: SourceScorer<Options> & { readonly name: Name },
): typeof scorer {
  return scorer;
}
