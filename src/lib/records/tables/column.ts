export type ColumnType = "VARCHAR" | "INTEGER" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "DATE" | "TIMESTAMP";

export interface Column {
  readonly type: ColumnType;
  readonly required: boolean;
  readonly meaning: string;
  /** Values outside the list break the table's law. */
  readonly oneOf?: readonly string[];
  /** Inclusive bounds of a number. */
  readonly between?: readonly [number, number];
}

export interface Table {
  readonly grain: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** SQL conditions that hold on every row, by what they state. */
  readonly laws?: Readonly<Record<string, string>>;
  /** Raw text, gold, people: must never be joined into anything under `release`. */
  readonly confidential?: boolean;
}

export const text = (meaning: string, oneOf?: readonly string[]): Column => ({
  type: "VARCHAR",
  required: true,
  meaning,
  ...(oneOf ? { oneOf } : {}),
});
export const integer = (meaning: string): Column => ({ type: "INTEGER", required: true, meaning });
export const count = (meaning: string): Column => ({ type: "BIGINT", required: true, meaning });
export const share = (meaning: string): Column => ({
  type: "DOUBLE",
  required: true,
  meaning,
  between: [0, 1],
});
export const number = (meaning: string): Column => ({ type: "DOUBLE", required: true, meaning });
export const flag = (meaning: string): Column => ({ type: "BOOLEAN", required: true, meaning });
export const optional = (column: Column): Column => ({ ...column, required: false });
