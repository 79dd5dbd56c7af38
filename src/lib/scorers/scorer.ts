import type { z } from "zod";
import type { ComponentScore } from "./component-score.js";
import type { Pooling } from "./pooling.js";
import type { VerdictKind } from "./verdict-kind.js";

/** One response, with what its item says is right. */
export interface Answered {
  readonly text: string | null;
  readonly gold: unknown;
  /** Option letters and texts, for items that have them. */
  readonly options: Readonly<Record<string, string>> | null;
}

interface ScorerDescription<Options> {
  /** As catalogues write it. */
  readonly name: string;
  readonly label: { readonly en: string; readonly zh: string };
  /** One sentence for the reference page `docs/scorers.md`. */
  readonly summary: string;
  /** Raise it when results change; every score row carries it. */
  readonly version: string;
  /** Settings that a catalogue may give under `options`, with their defaults. */
  readonly options: z.ZodType<Options>;
  /** How the values of items become the value of a task. */
  readonly pooling: Pooling;
}

/**
 * Scores the text of a response in TypeScript. With `letters`, DuckDB reads the letter of most responses and scores them
 * (`score-<name>.sql` of the score stage); `score` gets those that only the option texts can decide, and must agree with it.
 */
export interface AnswerScorer<Options> extends ScorerDescription<Options> {
  readonly reads: "text" | "letters";
  /** An item and an answer that gets full marks, for the reference page and the tests. */
  readonly example: Omit<Answered, "options"> & { readonly options?: Readonly<Record<string, string>> };
  score(answered: Answered, options: Options): ComponentScore;
}

/** Scores the verdicts of a judge on a response; the arithmetic is `score-<name>.sql` of the score stage. */
export interface VerdictScorer<Options> extends ScorerDescription<Options> {
  readonly reads: "verdicts";
  readonly verdicts: {
    readonly kind: VerdictKind;
    /** Rubric that asks for such verdicts, where the dataset does not name one. */
    readonly defaultRubric: string;
    /** Each tag of an item's criteria gets a value of its own. */
    readonly hasTags: boolean;
  };
}

export type Scorer<Options = unknown> = AnswerScorer<Options> | VerdictScorer<Options>;

/** An entry of the registry; checks that `score` takes what `options` gives. */
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
