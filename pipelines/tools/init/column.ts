/** One column of a sheet: a column of CSV, or a place inside JSON records. */
export interface Column {
  /** As people see it: `output.text`, `choices[1].message.content`. */
  readonly name: string;
  /** Keys without positions in lists. */
  readonly keys: readonly string[];
  /** How a mapping's expression reads it. */
  readonly sql: string;
  /** One value for each record; undefined where it is absent. */
  readonly values: readonly unknown[];
  /** It belongs to the document around the records, and is the same for all of a file. */
  readonly isOutside: boolean;
  /** Whose last message in a chat it is. */
  readonly speaker?: "system" | "user";
}

/** A column for people. */
export const columnWords = ({ name }: Pick<Column, "name">): string => `column ${JSON.stringify(name)}`;
