import { statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { InputError } from "../../../../src/lib/errors.js";
import type { InputFormat, MappingInput } from "../../../../src/lib/records/mapping.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { expandGlob } from "../../../formats/glob.js";
import { Shape } from "../../../formats/json/shape.js";
import type { Engine } from "../../../warehouse/engine.js";
import { identifier } from "../../../warehouse/sql.js";
import { isShortage } from "../../../warehouse/system-error.js";
import type { IngestContext } from "../context.js";
import type { Source } from "../source.js";
import { type SourceFile, sourceFiles } from "../source-files.js";
import { markTexts, needsRewriting } from "./column-types.js";
import { readCsv } from "./csv-input.js";
import { type InputView, jsonView, parquetView } from "./input-view.js";
import { readJsonRecords, rewriteRecords } from "./json-input.js";
import type { MappingNames } from "./names.js";
import { type InputOptions, inputOptions } from "./options.js";
import type { Records } from "./records.js";
import type { MappingTask } from "./task.js";
import { openText } from "./text-file.js";

/** The files of an input, checked and described; the engine has seen none of them. */
export interface ReadInput {
  readonly input: MappingInput;
  readonly options: InputOptions;
  readonly isParquet: boolean;
  readonly files: readonly Records[];
  readonly isCsv: boolean;
  /** What the records of all files contain. */
  readonly shape: Shape;
}

/**
 * Reads the files of an input: texts are decoded, records are checked, and what cannot be read is in quarantine.
 *
 * @throws InputError if no file can be read
 */
export async function readInput(
  engine: Engine,
  source: Source,
  task: MappingTask,
  input: MappingInput,
  names: MappingNames,
  context: IngestContext,
): Promise<ReadInput> {
  const options = inputOptions(input, task.file);
  const found: (Records & { readonly format: InputFormat })[] = [];
  const spellings = new Map<string, string>();
  for (const given of await inputFiles(source, task, input, context)) {
    // Two inputs may read one file; the ledger names them differently.
    const isSecond = context.ledger.has(given.source, given.file);
    const file = isSecond ? { ...given, file: `${given.file} (input ${input.name})` } : given;
    const format = formatOf(file, input, source, task);
    const records = await readRecords(engine, file, format, options, names, spellings, context);
    if (records !== null) found.push({ ...records, format });
  }
  requireFiles(found, source, task, input, context);
  tellDialects(found, context);
  const isParquet = found[0]?.format === "parquet";
  if (found.some(({ format }) => (format === "parquet") !== isParquet)) {
    throw new InputError(`${task.file}: input ${input.name} has Parquet files together with others`, {
      hint: "Make two inputs of them.",
    });
  }
  const shape = new Shape();
  for (const records of found) shape.absorb(records.shape);
  markTexts(shape, names.textKeys);
  const isCsv = found.every(({ format }) => format === "csv");
  return { input, options, isParquet, files: found, isCsv, shape };
}

/**
 * Makes an input queryable under its name and enters its files in the ledger, with the rows that the engine counts.
 *
 * @returns the view, and its number of rows
 */
export async function openInput(
  engine: Engine,
  source: Source,
  { input, options, isParquet, files, isCsv, shape }: ReadInput,
  names: MappingNames,
  context: IngestContext,
): Promise<{ view: InputView; rows: number }> {
  const readable = needsRewriting(shape)
    ? files.map((records) => rewriteRecords(records, shape, context))
    : files;
  const viewFiles = readable.map(({ path, file }) => ({ path, name: file.file }));
  const view = isParquet
    ? await parquetView(engine, input.name, viewFiles, options.parquet)
    : jsonView(
        engine,
        {
          name: input.name,
          files: viewFiles,
          shape,
          longest: Math.max(...readable.map(({ longest }) => longest)),
          types: options.columns,
          isCsv,
        },
        names,
      );
  for (const note of view.notes) context.ledger.note(source.name, source.name, note);
  await view.create(names.textKeys);
  const rows = await countRows(engine, view);
  enterFiles(files, rows, context);
  return { view, rows: [...rows.values()].reduce((sum, n) => sum + n, 0) };
}

async function readRecords(
  engine: Engine,
  file: SourceFile,
  format: InputFormat,
  options: InputOptions,
  names: MappingNames,
  spellings: Map<string, string>,
  context: IngestContext,
): Promise<Records | null> {
  const refuse = (reason: QuarantineReason, detail: string): null => {
    context.ledger.refuse(file.source, file.file, reason, detail, file.sha256, file.bytes);
    return null;
  };
  if (file.bytes === 0 || (format === "jsonl" && file.scan.lines === 0))
    return refuse("empty_file", "the file is empty");
  if (format === "parquet") {
    const rowsIn = await rowsOfParquet(engine, file.onDisk);
    if (rowsIn === null) return refuse("not_parquet", "the file is not Parquet, or damaged");
    const nothing = { longest: 0, shape: new Shape(), isOriginal: true, dialect: null };
    return { file, path: file.onDisk, rowsIn, ...nothing };
  }
  const text = openText(file, options.encoding, context);
  if (text === null) return null;
  const records =
    format === "csv"
      ? readCsv(text, options.csv, names, spellings, context)
      : readJsonRecords(text, format, context);
  if (records === null) return null;
  if (records.rowsIn === 0 && format !== "csv") return refuse("empty_file", "the file has no records");
  if (records.dialect === null && text.encoding !== "UTF-8")
    context.ledger.note(file.source, file.file, `is ${text.encoding} and was decoded`);
  if (text.hasMark)
    context.ledger.note(file.source, file.file, "begins with a byte-order mark, which was dropped");
  return records;
}

/** Says how CSV files were read, once for many that were read in the same way. */
function tellDialects(found: readonly Records[], { ledger }: IngestContext): void {
  const byDialect = new Map<string, SourceFile[]>();
  for (const { file, dialect } of found)
    if (dialect !== null) byDialect.set(dialect, [...(byDialect.get(dialect) ?? []), file]);
  for (const [dialect, [first, ...more]] of byDialect) {
    const { source, file } = first as SourceFile;
    const others = more.length === 0 ? "" : ` (and ${more.length} more, such as ${more[0]?.file})`;
    ledger.note(source, file, `${dialect}${others}`);
  }
}

/** Number of rows, or null if the file is not Parquet or any of its pages is damaged. */
async function rowsOfParquet(engine: Engine, path: string): Promise<number | null> {
  return engine
    .row<{ n: number; hash: unknown }>(
      `SELECT count(*) AS n, max(hash(t)) AS hash FROM ${engine.files.read("read_parquet", path)} AS t`,
    )
    .then(({ n }) => n)
    .catch((error: Error) => {
      if (isShortage(error)) throw error;
      return null;
    });
}

async function countRows(engine: Engine, { name, pathColumn }: InputView): Promise<Map<string, number>> {
  const path = identifier(pathColumn);
  const rows = await engine.rows<{ path: string; n: number }>(
    `SELECT ${path} AS path, count(*) AS n FROM ${identifier(name)} GROUP BY ALL`,
  );
  return new Map(rows.map(({ path, n }) => [path, n]));
}

function enterFiles(
  found: readonly Records[],
  rows: ReadonlyMap<string, number>,
  context: IngestContext,
): void {
  for (const { file, rowsIn, isOriginal } of found) {
    context.ledger.file({
      source: file.source,
      file: file.file,
      role: "mapping",
      sha256: file.sha256,
      bytes: file.bytes,
      rows_in: rowsIn,
      rows_out: rows.get(file.file) ?? 0,
      path: isOriginal ? "mapping" : "line by line",
    });
  }
}

function requireFiles(
  found: readonly Records[],
  source: Source,
  task: MappingTask,
  input: MappingInput,
  context: IngestContext,
): void {
  if (found.length > 0) return;
  const refused = context.ledger.quarantine.filter((row) => row.source === source.name && row.line === 0);
  const why = refused.map(({ file, reason, detail }) => `${file}: ${reason} (${detail})`).slice(0, 3);
  throw new InputError(
    `${task.file}: no file of input ${input.name} can be read${why.length > 0 ? `: ${why.join("; ")}` : ""}`,
    { hint: "medbench ingest looks for `input.files` below the source folder; see docs/mapping.md." },
  );
}

async function inputFiles(
  source: Source,
  task: MappingTask,
  input: MappingInput,
  context: IngestContext,
): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  if (!statSync(source.path).isDirectory()) {
    for await (const file of sourceFiles(source, /./, context)) found.push(file);
    return found;
  }
  if (input.files === undefined) {
    throw new InputError(`${task.file}: input ${input.name} names no files, and the source is a folder`, {
      hint: 'Add `files: ["raw/*.jsonl"]`, paths relative to the source folder.',
    });
  }
  const names = [...new Set(input.files.flatMap((pattern) => expandGlob(source.path, pattern)))].sort();
  for (const name of names) {
    const one = { name: source.name, path: resolve(source.path, name) };
    const isArchive = /\.zip$/i.test(name);
    for await (const file of sourceFiles(one, /./, context))
      found.push({ ...file, file: isArchive ? `${name}/${file.file}` : name });
  }
  return found;
}

const formats: Readonly<Record<string, InputFormat>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "json",
  ".csv": "csv",
  ".tsv": "csv",
  ".parquet": "parquet",
};

/** The format that the mapping gives, or the file's name shows, or that of the input's first pattern. */
function formatOf(file: SourceFile, input: MappingInput, source: Source, task: MappingTask): InputFormat {
  const name = input.files?.[0] ?? basename(source.path);
  const format = input.format ?? formatOfName(file.file) ?? formatOfName(name);
  if (format !== undefined) return format;
  throw new InputError(`${task.file}: the name of ${file.file} does not show its format`, {
    hint: "Add `format: jsonl`, `json`, `csv` or `parquet` to the input.",
  });
}

function formatOfName(name: string): InputFormat | undefined {
  return formats[extname(name.replace(/\.gz$/i, "")).toLowerCase()];
}
