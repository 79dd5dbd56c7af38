export type ColumnType = "VARCHAR" | "INTEGER" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "DATE" | "TIMESTAMP";

/** A column keeps its literal types, so that the type of a row can be inferred from the table's definition. */
export interface Column<
  Type extends ColumnType = ColumnType,
  Required extends boolean = boolean,
  Text extends string = string,
> {
  readonly type: Type;
  readonly required: Required;
  readonly meaning: string;
  /** Values outside the list break the table's law. */
  readonly oneOf?: readonly Text[];
  /** Inclusive bounds of a number. */
  readonly between?: readonly [number, number];
}

export type Columns = Readonly<Record<string, Column>>;

export interface Table {
  readonly grain: string;
  readonly key: readonly string[];
  readonly columns: Columns;
  /** SQL conditions that are true for every row, by description. */
  readonly laws?: Readonly<Record<string, string>>;
  /** Raw text, gold, people: must never be joined into anything under `release`. */
  readonly confidential?: boolean;
}

/** The value of a column in a row: whole numbers as JavaScript numbers, dates and times as ISO text, undefined as null. */
export type ColumnValue<Any extends Column> =
  Any extends Column<infer Type, infer Required, infer Text>
    ?
        | (Type extends "VARCHAR"
            ? Text
            : Type extends "BOOLEAN"
              ? boolean
              : Type extends "DATE" | "TIMESTAMP"
                ? string
                : number)
        | (Required extends true ? never : null)
    : never;

/** A row with these columns. */
export type RowOf<Any extends Columns> = { readonly [Name in keyof Any]: ColumnValue<Any[Name]> };

/** The columns with some of them made optional. */
export type WithOptional<Any extends Columns, Names extends keyof Any> = {
  readonly [Name in keyof Any]: Name extends Names
    ? Any[Name] extends Column<infer Type, boolean, infer Text>
      ? Column<Type, false, Text>
      : never
    : Any[Name];
};

export const text = <const Text extends string = string>(
  meaning: string,
  oneOf?: readonly Text[],
): Column<"VARCHAR", true, Text> => ({
  type: "VARCHAR",
  required: true,
  meaning,
  ...(oneOf ? { oneOf } : {}),
});
export const integer = (meaning: string): Column<"INTEGER", true> => ({
  type: "INTEGER",
  required: true,
  meaning,
});
export const count = (meaning: string): Column<"BIGINT", true> => ({
  type: "BIGINT",
  required: true,
  meaning,
});
export const number = (meaning: string, between?: readonly [number, number]): Column<"DOUBLE", true> => ({
  type: "DOUBLE",
  required: true,
  meaning,
  ...(between ? { between } : {}),
});
export const share = (meaning: string) => number(meaning, [0, 1]);
export const flag = (meaning: string): Column<"BOOLEAN", true> => ({
  type: "BOOLEAN",
  required: true,
  meaning,
});
export const date = (meaning: string): Column<"DATE", true> => ({ type: "DATE", required: true, meaning });
/** The column next to a message's code; see `src/lib/messages`. */
export const parametersOf = (column: string): Column<"VARCHAR", false> =>
  optional(text(`numbers and names of the ${column}, as a JSON object; NULL where the code needs none`));
export const optional = <Type extends ColumnType, Text extends string>(
  column: Column<Type, boolean, Text>,
): Column<Type, false, Text> => ({ ...column, required: false });
