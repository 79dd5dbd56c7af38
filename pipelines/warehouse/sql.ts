import { InputError } from "../../src/lib/errors.js";

/** Quotes a name for use as an SQL identifier. */
export function identifier(name: string): string {
  if (name.includes("\0"))
    throw new InputError(`sql: identifier contains a NUL character: ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a value for use as an SQL literal. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "NULL";
  if (value.includes("\0"))
    throw new InputError(`sql: text contains a NUL character: ${JSON.stringify(value.slice(0, 80))}`);
  return `'${value.replaceAll("'", "''")}'`;
}

/** A bracketed list of literals: DuckDB's form for lists of files. */
export function literalList(values: readonly string[]): string {
  return `[${values.map(literal).join(", ")}]`;
}
