import { InputError } from "../errors.js";
import { checkSameLength } from "../stats/estimate.js";
import { add, at } from "../util/indexing.js";

/** A category label: text or a number. */
export type Label = string | number;

/** Ratings with one row per item and one column per rater; null where a rater did not rate the item. */
export type RatingsByItem = readonly (readonly (Label | null)[])[];

/** Ratings with one row per rater and one column per item; null where a rater did not rate the item. */
export type RatingsByRater = readonly (readonly (Label | null)[])[];

/** Counts of the labels that two raters gave the same items. */
export interface Crosstab {
  /** Rows: first rater; columns: second rater; both in the order of `categories`. */
  readonly table: number[][];
  /** Pairs with a label on both sides. */
  readonly n: number;
  /** Pairs dropped because a label is null. */
  readonly nMissing: number;
}

/**
 * Counts pairs of labels in a square table.
 *
 * @param a labels of the first rater by item, null where missing
 * @param b labels of the second rater on the same items
 * @param categories all declared categories in their order; unused ones stay as empty rows and columns
 * @throws InputError if lengths differ or a label is not a declared category; NaN and undefined are no labels
 * @example crosstab(["x", null], ["x", "y"], ["x", "y"]).table // [[1, 0], [0, 0]]
 */
export function crosstab(
  a: readonly (Label | null)[],
  b: readonly (Label | null)[],
  categories: readonly Label[],
): Crosstab {
  checkSameLength("crosstab", a, b);
  const position = categoryPositions("crosstab", categories);
  const table = categories.map(() => new Array<number>(categories.length).fill(0));
  let n = 0;
  for (let i = 0; i < a.length; i += 1) {
    const [left, right] = [a[i], b[i]];
    const [row, column] = [left, right].map((label) => (label === null ? null : position(label as Label, i)));
    if (row == null || column == null) continue;
    add(at(table, row), column, 1);
    n += 1;
  }
  return { table, n, nMissing: a.length - n };
}

/**
 * Throws for a value that is no label: NaN, infinite, or undefined. Only null means that a rating is missing; anything
 * else would become a category of its own.
 */
export function checkLabel(caller: string, label: unknown, where: string): void {
  if (typeof label === "string" || (typeof label === "number" && Number.isFinite(label))) return;
  throw new InputError(
    `${caller}: a rating must be text or a finite number; got ${String(label)} (${where})`,
    {
      hint: "Write null where a rating is missing.",
    },
  );
}

/** Looks up labels among the declared categories; the error names the item. */
export function categoryPositions(
  caller: string,
  categories: readonly Label[],
): (label: Label, item: number) => number {
  const positions = new Map(categories.map((category, k) => [category, k]));
  if (positions.size !== categories.length) {
    throw new InputError(`${caller}: categories must differ from each other; got [${categories.join(", ")}]`);
  }
  for (const [k, category] of categories.entries()) checkLabel(caller, category, `category ${k}`);
  return (label, item) => {
    checkLabel(caller, label, `item ${item}`);
    const position = positions.get(label);
    if (position === undefined) {
      throw new InputError(`${caller}: ${quoted(label)} (item ${item}) is not among the categories`, {
        hint: `Declared: ${categories.map(quoted).join(", ")}. The number 1 and the text "1" differ.`,
      });
    }
    return position;
  };
}

/** A label as messages show it: text in quotes, so that "1" and 1 can be told apart. */
export function quoted(label: Label): string {
  return typeof label === "string" ? JSON.stringify(label) : String(label);
}

/** Throws unless the table is square with finite counts >= 0; returns its total. */
export function checkTable(caller: string, table: readonly (readonly number[])[]): number {
  let total = 0;
  table.forEach((row, i) => {
    if (row.length !== table.length) {
      throw new InputError(
        `${caller}: the table must be square; row ${i} has ${row.length} of ${table.length} cells`,
        {
          hint: "Give unused categories a row and a column of zeros.",
        },
      );
    }
    [...row].forEach((count, j) => {
      if (!(Number.isFinite(count) && count >= 0)) {
        throw new InputError(`${caller}: counts must be >= 0; got ${count} in row ${i}, column ${j}`);
      }
      total += count;
    });
  });
  return total;
}
