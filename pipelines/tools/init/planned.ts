import type { ScorerName } from "../../../src/lib/scorers/index.js";
import type { Axis } from "./axes.js";
import type { Column } from "./column.js";
import type { Sheet } from "./sheets.js";

/** One table of the mapping. */
export interface PlannedTable {
  readonly from: string;
  readonly columns: Readonly<Record<string, string | number>>;
}

export interface PlannedDataset {
  readonly id: string;
  readonly answerType: string;
  readonly language: string;
  readonly scorer: ScorerName;
  readonly options: Readonly<Record<string, unknown>>;
  readonly metric: string;
  /** Why this scorer, for the comment in the catalogue. */
  readonly why: string;
}

export interface Plan {
  readonly tables: Readonly<Partial<Record<"items" | "responses" | "judgments" | "ratings", PlannedTable>>>;
  readonly datasets: readonly PlannedDataset[];
  /** What was recognized, in the order of the files. */
  readonly found: readonly { readonly what: string; readonly from: string; readonly file: string }[];
  /** Columns that are not used, by file. */
  readonly unused: readonly { readonly file: string; readonly columns: readonly string[] }[];
  readonly notes: readonly string[];
  /** Whether finished scores are all that is scored, so that a missing score is no wrong answer. */
  readonly hasOnlyScores: boolean;
  /** Whether scores or grades of the files are all that counts, so that a blank is an unknown score. */
  readonly areScores: boolean;
  /** What blank cells and absent rows count as. */
  readonly blanks: "left out" | "wrong";
  /** Whether the files have the texts of answers. */
  readonly hasText: boolean;
  /** Whether every question has a right answer, if any has. */
  readonly hasAllGold: boolean;
  readonly needsJudge: boolean;
}

/** A sheet with what its rows are about. */
export interface Placed {
  readonly sheet: Sheet;
  readonly item: Axis;
  readonly system: Axis | null;
  readonly dataset: Axis;
  readonly gives: {
    readonly items: boolean;
    readonly responses: boolean;
    readonly judgments: boolean;
    readonly ratings: boolean;
    /** The mean of its columns of scores is the score of a row. */
    readonly meansOfColumns: boolean;
  };
}

/** Enters what was recognized, and that the columns are used. */
export type Say = (
  sheet: Sheet,
  what: string,
  from: string,
  columns?: readonly (Column | undefined)[],
) => void;

/** The files of a sheet, for people. */
export const filesOf = ({ files }: Pick<Sheet, "files">): string =>
  files.length === 1 ? (files[0]?.file as string) : `${files[0]?.file} and ${files.length - 1} more`;

/** What the rows of a sheet are about, as one text for each: the dataset and its item. */
export const rowKeys = ({ item, dataset }: Pick<Placed, "item" | "dataset">): string[] =>
  item.values.map((value, at) => `${dataset.values[at]}\0${value}`);
