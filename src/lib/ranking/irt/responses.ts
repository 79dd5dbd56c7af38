import { InputError } from "../../errors.js";

/** One answer: 1 correct, 0 wrong, null not given (left out of the likelihood, assumed to be missing at random). */
export type Answer = 0 | 1 | null;

/** Rows are persons (systems), columns are items. */
export type ResponseMatrix = readonly (readonly Answer[])[];

/** An item without a finite difficulty, left out of the fit. */
export interface DroppedItem {
  /** Position of the item, from 0. */
  readonly item: number;
  readonly reason: "all right" | "all wrong" | "not answered";
}

/**
 * Reads rows such as "1101.": 1 correct, 0 wrong, "." missing.
 *
 * @example parseResponseRows(["10."]) // [[1, 0, null]]
 */
export function parseResponseRows(rows: readonly string[]): Answer[][] {
  return rows.map((row, person) =>
    [...row].map((mark, item) => {
      if (mark === ".") return null;
      if (mark === "0" || mark === "1") return mark === "1" ? 1 : 0;
      throw new InputError(
        `parseResponseRows: row ${person}, item ${item}: expected 0, 1 or "."; got "${mark}"`,
      );
    }),
  );
}

/** The matrix as one typed array (-1 missing), so that the inner loops of the fits stay numeric. */
export interface PackedResponses {
  readonly nPersons: number;
  readonly nItems: number;
  readonly at: Int8Array;
}

/** Checks shape and values, keeps the listed items (default all) and packs them. */
export function packResponses(
  caller: string,
  matrix: ResponseMatrix,
  items?: readonly number[],
): PackedResponses {
  const width = matrix[0]?.length ?? 0;
  const kept = items ?? Array.from({ length: width }, (_, item) => item);
  const at = new Int8Array(matrix.length * kept.length);
  matrix.forEach((row, person) => {
    if (row.length !== width) {
      throw new InputError(`${caller}: row ${person} has ${row.length} answers, row 0 has ${width}`, {
        hint: "Give every system one entry per item; use null where it has no answer.",
      });
    }
    kept.forEach((item, column) => {
      const answer = row[item] as Answer;
      if (answer !== 0 && answer !== 1 && answer !== null) {
        throw new InputError(`${caller}: row ${person}, item ${item}: expected 0, 1 or null; got ${answer}`);
      }
      at[person * kept.length + column] = answer ?? -1;
    });
  });
  return { nPersons: matrix.length, nItems: kept.length, at };
}

/** Items that all given persons (default: all) answered the same way. */
export function degenerateItems(packed: PackedResponses, persons?: readonly number[]): DroppedItem[] {
  const { nItems, at } = packed;
  const rows = persons ?? Array.from({ length: packed.nPersons }, (_, person) => person);
  return Array.from({ length: nItems }, (_, item) => {
    let right = 0;
    let wrong = 0;
    for (const person of rows) {
      const answer = at[person * nItems + item];
      if (answer === 1) right += 1;
      else if (answer === 0) wrong += 1;
    }
    if (right > 0 && wrong > 0) return [];
    return [{ item, reason: right > 0 ? "all right" : wrong > 0 ? "all wrong" : "not answered" } as const];
  }).flat();
}

/**
 * Warnings that belong with a fit on a small sample.
 *
 * @param nSlopes number of discriminations that the model estimates
 */
export function sampleSizeWarnings(nPersons: number, nItems: number, nSlopes: number): string[] {
  const warnings: string[] = [];
  if (nPersons < 30)
    warnings.push(`only ${nPersons} systems (30 or more recommended): item parameters are unstable`);
  if (nItems < 50) warnings.push(`only ${nItems} items (50 or more recommended): abilities are imprecise`);
  if (nSlopes > 1 && nPersons < 200) {
    warnings.push(`${nSlopes} slopes from ${nPersons} systems (200 or more recommended): prefer the 1PL`);
  }
  return warnings;
}
