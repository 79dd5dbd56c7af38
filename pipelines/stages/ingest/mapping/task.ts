import type { Mapping } from "../../../../src/lib/records/mapping.js";

/** A mapping file, read and checked. */
export interface MappingTask {
  readonly file: string;
  readonly mapping: Mapping;
}
