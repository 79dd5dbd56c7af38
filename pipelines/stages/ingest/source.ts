import type { Board, SourceRole } from "../../../src/lib/records/cycle-words.js";
import type { CatalogueIndex } from "./catalogue-index.js";
import type { MappingTask } from "./mapping/task.js";
import type { PacketTask } from "./packet/task.js";

/** What a user asked to ingest, in the form that the warehouse stores: paths are relative to the workspace. */
export interface SourceRequest {
  readonly path: string;
  readonly role?: SourceRole | undefined;
  readonly mapping?: string | undefined;
  readonly system?: string | undefined;
  readonly board?: Board | undefined;
  readonly pool?: string | undefined;
  /** Path of a catalogue file; the built-in benchmark where absent. */
  readonly catalogue?: string | undefined;
}

/** One source, found on disk: a file, folder or archive with one role. */
export interface Source {
  /** Index of the request that it comes from. */
  readonly request: number;
  /** Name of the source in every table. */
  readonly name: string;
  readonly path: string;
  readonly task: { readonly role: SourceRole } | MappingTask | PacketTask;
  readonly index: CatalogueIndex;
  readonly board: Board;
  readonly pool: string;
  readonly system: string;
  /** Path or pattern in the cycle that the source comes from. */
  readonly entry?: string | undefined;
  /** Judge that the source's cycle names. */
  readonly judge?: string | undefined;
}
