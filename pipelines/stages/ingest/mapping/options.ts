import { InputError } from "../../../../src/lib/errors.js";
import type { MappingInput } from "../../../../src/lib/records/mapping.js";
import type { CsvSettings } from "../../../formats/csv/dialect.js";
import { literal } from "../../../warehouse/sql.js";

/** Names of columns and their SQL types. */
export type TypedColumns = Readonly<Record<string, string>>;

export interface CsvOptions extends CsvSettings {
  /** The columns in the order of the file. */
  readonly columns?: TypedColumns;
  /** Cells that are null, besides empty ones. */
  readonly nullText?: string;
  /** Whether cells that a record lacks at its end are null. */
  readonly padsShortRecords: boolean;
}

export interface InputOptions {
  readonly encoding: string | undefined;
  readonly csv: CsvOptions;
  /** Columns of JSON with their types; others are left out. */
  readonly columns: TypedColumns | undefined;
  /** Options of the engine's reader of Parquet, as SQL. */
  readonly parquet: Readonly<Record<string, string>>;
}

const csvOptions =
  "columns, comment, delim, delimiter, encoding, escape, header, names, null_padding, nullstr, quote, sep, skip".split(
    ", ",
  );
const jsonOptions = ["columns", "encoding"];
const parquetOptions = ["binary_as_string", "union_by_name"];

/** Options of DuckDB's readers that are not needed: files are checked and described before the engine reads them. */
const withoutEffect =
  "all_varchar, allow_quoted_nulls, auto_detect, buffer_size, compression, convert_strings_to_integers, dateformat, field_appearance_threshold, files_to_sniff, format, ignore_errors, map_inference_threshold, max_line_size, maximum_depth, maximum_line_size, maximum_object_size, maximum_sample_files, new_line, parallel, records, rejects_limit, sample_size, store_rejects, strict_mode, timestampformat, union_by_name".split(
    ", ",
  );

/** Checks the options of an input. @throws InputError for one that is not known, or has a wrong value */
export function inputOptions({ name, options, format }: MappingInput, mappingFile: string): InputOptions {
  const wrong = (option: string, expected: string): InputError =>
    new InputError(`${mappingFile}: input ${name}: option ${option} must be ${expected}`, {
      hint: "docs/mapping.md lists the options.",
    });
  const known = new Set([...csvOptions, ...jsonOptions, ...parquetOptions, ...withoutEffect]);
  const unknown = Object.keys(options).filter((option) => !known.has(option));
  if (unknown.length > 0) {
    throw new InputError(`${mappingFile}: input ${name} has an unknown option ${unknown.join(", ")}`, {
      hint: `Options of ${format === "json" || format === "jsonl" ? "JSON" : "CSV"}: ${(format === "json" || format === "jsonl" ? jsonOptions : csvOptions).join(", ")}.`,
    });
  }
  const text = (option: string): string | undefined => {
    const value = options[option];
    if (value === undefined || typeof value === "string") return value;
    throw wrong(option, "text");
  };
  const sign = (option: string): string | undefined => {
    const value = text(option)?.replace(/^\\t$/, "\t");
    if (value === undefined || (value.length <= 1 && value < "\x80")) return value;
    throw wrong(option, "one ASCII character");
  };
  const truth = (option: string): boolean | undefined => {
    const value = options[option];
    if (value === undefined || typeof value === "boolean") return value;
    throw wrong(option, "true or false");
  };
  const count = (option: string): number | undefined => {
    const value = options[option];
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0))
      return value as number | undefined;
    throw wrong(option, "a whole number");
  };
  const columns = typedColumns(options["columns"] ?? options["names"], wrong);
  const delimiter = sign("delim") ?? sign("sep") ?? sign("delimiter");
  if (delimiter === "") throw wrong("delim", "one ASCII character");
  const given = {
    delimiter,
    quote: sign("quote"),
    escape: sign("escape"),
    comment: sign("comment"),
    header: truth("header"),
    skip: count("skip"),
    nullText: text("nullstr"),
    columns,
  };
  const csv = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    encoding: text("encoding"),
    csv: { ...csv, padsShortRecords: truth("null_padding") ?? false },
    columns,
    parquet: Object.fromEntries(
      parquetOptions
        .filter((option) => option in options)
        .map((option) => [option, literal(truth(option) as boolean)]),
    ),
  };
}

function typedColumns(
  value: MappingInput["options"][string] | undefined,
  wrong: (option: string, expected: string) => InputError,
): TypedColumns | undefined {
  if (value === undefined) return undefined;
  const columns = Array.isArray(value) ? Object.fromEntries(value.map((name) => [name, "VARCHAR"])) : value;
  if (typeof columns === "object" && Object.keys(columns).length > 0) return columns;
  throw wrong("columns", "names with types, such as {id: VARCHAR}");
}
