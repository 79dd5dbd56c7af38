import { InputError } from "../../../src/lib/errors.js";
import { type Cell, cellOf, cellSql, type Notation, readNotation, statedNotation } from "./cell-numbers.js";
import type { Column } from "./column.js";
import { type FileSample, placeAmong } from "./file-sample.js";
import { type Answers, answerTo } from "./open-question.js";

/** A cell with a number, and where it is. */
export interface NumberCell {
  readonly value: number;
  readonly form: Extract<Cell, { kind: "number" }>["form"];
  readonly column: Column;
  /** Number of the record. */
  readonly at: number;
}

/** The cells of columns that have scores or grades, read in one way. */
export interface ScoreCells {
  readonly columns: readonly Column[];
  readonly numbers: readonly NumberCell[];
  readonly nBlank: number;
  readonly n: number;
  /** Cells that are neither a number nor blank, and marks for "no score" such as N/A. */
  readonly texts: readonly Named[];
  readonly marks: readonly Named[];
  /** `scores.csv:4, column "score"`. */
  readonly placeOf: (cell: Pick<NumberCell, "column" | "at">) => string;
  /** SQL for the number in a column, or in `sql` with the values of the columns. */
  readonly sql: (sql: string, isLenient?: boolean) => string;
}

interface Named {
  readonly column: Column;
  readonly at: number;
  readonly text: string;
}

/**
 * Reads the cells of columns of scores.
 *
 * @throws InputError where most cells are texts, and where numbers can be read in two ways and nobody can be asked
 */
export function scoreCells(
  columns: readonly Column[],
  files: readonly FileSample[],
  answers: Answers,
): ScoreCells {
  const values = columns.flatMap((column) => [...column.values]);
  const placeOf: ScoreCells["placeOf"] = ({ column, at }) =>
    `${placeAmong(files, at)}, column ${JSON.stringify(column.name)}`;
  const notation = notationOf(columns, placeOf, answers);
  const numbers: NumberCell[] = [];
  const texts: Named[] = [];
  const marks: Named[] = [];
  let nBlank = 0;
  for (const column of columns)
    for (let at = 0; at < column.values.length; at += 1) {
      const value = column.values[at];
      const cell = cellOf(value, notation);
      if (cell.kind === "number") numbers.push({ value: cell.value, form: cell.form, column, at });
      else if (cell.kind === "text") texts.push({ column, at, text: JSON.stringify(value) });
      else {
        nBlank += 1;
        if (typeof value === "string" && value.trim() !== "")
          marks.push({ column, at, text: JSON.stringify(value) });
      }
    }
  const [first] = texts;
  if (first !== undefined && texts.length >= numbers.length)
    throw new InputError(
      `${placeOf(first)}: ${first.text} is no score; ${texts.length} of ${texts.length + numbers.length} cells of ${columnList(columns)} are no numbers`,
      {
        hint: "Name the column that has the scores: --column score=COLUMN; answers are --column answer=COLUMN.",
      },
    );
  return {
    ...{ columns, numbers, nBlank, n: values.length, texts, marks, placeOf },
    sql: (sql, isLenient) => cellSql(sql, { notation, values }, isLenient),
  };
}

/** Columns by name, for people. */
export function columnList(columns: readonly Column[]): string {
  const names = columns.slice(0, 4).map(({ name }) => JSON.stringify(name));
  const more = columns.length > 4 ? `, and ${columns.length - 4} more` : "";
  return `column${columns.length > 1 ? "s" : ""} ${names.join(", ")}${more}`;
}

function notationOf(columns: readonly Column[], placeOf: ScoreCells["placeOf"], answers: Answers): Notation {
  const { notation, unclear } = readNotation(columns.flatMap((column) => [...column.values]));
  const stated = answers.get("decimal");
  if (stated !== undefined) {
    const other =
      stated === "comma"
        ? /^\s*[+-]?(?!\d{1,3}(?:\.\d{3})+(?:,|\D*$))[\d,]*\./
        : /^\s*[+-]?(?!\d{1,3}(?:,\d{3})+(?:\.|\D*$))\d*,/;
    for (const column of columns)
      for (const [at, value] of column.values.entries())
        if (typeof value === "string" && other.test(value))
          throw new InputError(
            `--decimal ${stated}: ${placeOf({ column, at })} has ${JSON.stringify(value)}, whose decimal sign is a ${stated === "comma" ? "point" : "comma"}`,
            { hint: "Leave --decimal out, or write all numbers in one way." },
          );
    return statedNotation(stated);
  }
  if (notation !== null) return notation;
  const places = unclear.map((text) => {
    const column = columns.find(({ values }) => values.includes(text)) as Column;
    return `${JSON.stringify(text)} (${placeOf({ column, at: column.values.indexOf(text) })})`;
  });
  return statedNotation(
    answerTo(answers, {
      id: "decimal",
      text: `Numbers are written as ${places.join(" and as ")}: is the decimal sign a comma or a point?`,
      choices: ["comma", "point"],
      option: "--decimal comma (1,5 is one and a half) or --decimal point (1,500 is fifteen hundred)",
    }),
  );
}

/** What to tell about cells that are no numbers: each of the first ones with its place. */
export function notesOnCells({ texts, marks, placeOf }: ScoreCells): string[] {
  const listed = (cells: readonly Named[]) => {
    const more = cells.length > 5 ? `; and ${cells.length - 5} more` : "";
    return `${cells
      .slice(0, 5)
      .map((cell) => `${placeOf(cell)}: ${cell.text}`)
      .join("; ")}${more}`;
  };
  return [
    ...(texts.length === 0
      ? []
      : [
          `${texts.length === 1 ? "1 cell is no score: ingest puts its row" : `${texts.length} cells are no scores: ingest puts their rows`} into quarantine: ${listed(texts)}`,
        ]),
    ...(marks.length === 0
      ? []
      : [
          `${marks.length === 1 ? "1 cell says that there is no score, and counts" : `${marks.length} cells say that there is no score, and count`} as blank: ${listed(marks)}`,
        ]),
  ];
}

/** SQL for a cell as it is in the file, of one type for all columns. */
export function rawSql(column: Column, columns: readonly Column[]): string {
  const areNumbers = columns.every(({ values }) =>
    values.every((value) => value === undefined || value === null || typeof value === "number"),
  );
  return areNumbers ? column.sql : `CAST(${column.sql} AS VARCHAR)`;
}
