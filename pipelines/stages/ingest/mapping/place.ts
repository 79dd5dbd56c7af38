import type { InputView } from "./input-view.js";
import type { JsonText } from "./json-text.js";

/** What the tables of a mapping have in common. */
export interface SelectPlace {
  /** Path of the mapping file, for messages. */
  readonly file: string;
  readonly inputs: readonly InputView[];
  /** Keys whose numbers are text as they are written; see `MappingNames`. */
  readonly textKeys: ReadonlySet<string>;
  readonly json: JsonText;
  /** Tells the user something about the source. */
  readonly note: (text: string) => void;
  readonly benchmark: string;
  readonly pool: string;
  readonly board: string;
  /** The benchmark has a catalogue: no other datasets are allowed. */
  readonly knowsDatasets: boolean;
}
