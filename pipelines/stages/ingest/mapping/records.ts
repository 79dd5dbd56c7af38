import type { Shape } from "../../../formats/json/shape.js";
import type { SourceFile } from "../source-files.js";

/** The records of a text file as the engine reads them: one JSON object on each line. */
export interface Records {
  readonly file: SourceFile;
  readonly path: string;
  /** Records that the file has, taken or not; the engine's own count is compared with it. */
  readonly rowsIn: number;
  /** Length in bytes of the longest record. */
  readonly longest: number;
  /** What the records contain that are taken. */
  readonly shape: Shape;
  /** Whether the file itself is such a file. */
  readonly isOriginal: boolean;
  /** How the file was read, for the ledger; null if there is nothing to say. */
  readonly dialect: string | null;
}
