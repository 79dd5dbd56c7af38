import type { FoldedOptions } from "./folded-options.js";
import type { Phrases } from "./phrases.js";
import type { Question } from "./question/question.js";

/** What a letter is judged with: the text made by `readingText`, the item's options and the phrases. */
export interface ReadingContext {
  readonly text: string;
  /** Null where the option texts are not known. */
  readonly options: FoldedOptions | null;
  readonly phrases: Phrases;
  /** Letters of the options, as one text. */
  readonly allowed: string;
  /** Null where the item's question is not known. */
  readonly question: Question | null;
}
