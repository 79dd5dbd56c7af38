import { join } from "node:path";
import type { Engine } from "../../warehouse/engine.js";
import type { GoldOrigins } from "./gold-origins.js";
import type { ItemBook } from "./item-book.js";
import type { JsonRows } from "./json-rows.js";
import type { FileWork } from "./source-files.js";

/** What every step of one ingest shares. */
export interface IngestContext extends FileWork {
  readonly engine: Engine;
  readonly book: ItemBook;
  readonly goldOrigins: GoldOrigins;
  /** Items as they are found; `items` and `items_private` are cut from it. */
  readonly itemRows: JsonRows;
  /** Called with the current step, where one file takes long. */
  readonly say: (text: string) => void;
}

export function scratchFile(context: IngestContext, name: string): string {
  return join(context.scratch, name);
}
