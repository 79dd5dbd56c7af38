import { judgeMeanings } from "./chinese-meanings/judges.js";
import { scoreMeanings } from "./chinese-meanings/scores.js";
import { sourceMeanings } from "./chinese-meanings/sources.js";
import type { ReleasedName, releasedTables } from "./released-tables.js";

/** What one row of a released table is, and what each of its columns means. */
export type Meanings = {
  readonly [Name in ReleasedName]: {
    readonly grain: string;
    readonly columns: { readonly [Column in keyof (typeof releasedTables)[Name]["columns"]]: string };
  };
};

/**
 * The Chinese data dictionary, by table and column. A released column without a meaning here does not compile. English
 * meanings are in the definitions of the tables: a change there needs the same change here.
 */
export const chineseMeanings: Meanings = { ...scoreMeanings, ...judgeMeanings, ...sourceMeanings };
