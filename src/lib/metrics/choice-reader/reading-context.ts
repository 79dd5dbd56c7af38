import type { FoldedOptions } from "./folded-options.js";
import type { Phrases } from "./phrases.js";

/** What a letter is judged with: the text made by `readingText`, the item's options and the phrases. */
export interface ReadingContext {
  readonly text: string;
  /** Null where the option texts are not known. */
  readonly options: FoldedOptions | null;
  readonly phrases: Phrases;
  /** Letters of the options, as one text. */
  readonly allowed: string;
}
