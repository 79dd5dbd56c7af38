import { isUtf8 } from "node:buffer";
import { once } from "node:events";
import { createWriteStream, readFileSync, statSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { InputError } from "../../../../src/lib/errors.js";
import type { InputFormat, MappingInput } from "../../../../src/lib/records/mapping.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { expandGlob } from "../../../formats/glob.js";
import { readLines } from "../../../formats/line-reader.js";
import { parseJsonLine } from "../../../formats/medbench-line.js";
import type { Engine } from "../../../warehouse/engine.js";
import { identifier, literal, literalList } from "../../../warehouse/sql.js";
import type { IngestContext } from "../context.js";
import type { Source } from "../source.js";
import { type SourceFile, sourceFiles } from "../source-files.js";
import type { MappingTask } from "./task.js";

/**
 * Makes an input of a mapping queryable under its name, with the column `filename` (path inside the source), and accounts
 * for its files. Lines that are not JSON, CSV records that do not fit and files that cannot be read are in quarantine.
 *
 * @returns number of rows in the view
 */
export async function openInput(
  engine: Engine,
  source: Source,
  task: MappingTask,
  input: MappingInput,
  context: IngestContext,
): Promise<number> {
  const files: { file: SourceFile; onDisk: string; rowsIn: number; byLine: boolean }[] = [];
  const format = input.format ?? formatOf(input, source, task);
  for (const found of await inputFiles(source, task, input, context)) {
    // Two inputs may read one file; the ledger names them differently.
    const isSecond = context.ledger.has(found.source, found.file);
    const file = isSecond ? { ...found, file: `${found.file} (input ${input.name})` } : found;
    const ready = await prepare(engine, file, format, context);
    if (ready !== null) files.push({ file, ...ready });
  }
  if (files.length === 0) {
    const refused = context.ledger.quarantine.filter((row) => row.source === source.name && row.line === 0);
    const why = refused.map(({ file, reason, detail }) => `${file}: ${reason} (${detail})`).slice(0, 3);
    throw new InputError(
      `${task.file}: no file of input ${input.name} can be read${why.length > 0 ? `: ${why.join("; ")}` : ""}`,
      { hint: "medbench ingest looks for `input.files` below the source folder; see docs/mapping.md." },
    );
  }
  const names = literalList(files.map(({ file }) => file.file));
  const paths = files.map(({ onDisk }) => onDisk);
  await engine.run(
    `CREATE OR REPLACE TEMP ${format === "csv" ? "TABLE" : "VIEW"} ${identifier(input.name)} AS SELECT *, ${names}[(file_index + 1)::BIGINT] AS filename FROM ${reader(engine, format, paths, input)}`,
  );
  const rejected = format === "csv" ? await takeRejects(engine, files, context) : new Map<string, number>();
  const rows = await engine.rows<{ filename: string; n: number }>(
    `SELECT filename, count(*) AS n FROM ${identifier(input.name)} GROUP BY filename`,
  );
  const counts = new Map(rows.map(({ filename, n }) => [filename, n]));
  for (const { file, rowsIn, byLine } of files) {
    const out = counts.get(file.file) ?? 0;
    context.ledger.file({
      source: file.source,
      file: file.file,
      role: "mapping",
      sha256: file.sha256,
      bytes: file.bytes,
      rows_in: format === "jsonl" ? rowsIn : out + (rejected.get(file.file) ?? 0),
      rows_out: out,
      path: byLine ? "line by line" : "mapping",
    });
    if (file.scan.hasByteOrderMark)
      context.ledger.note(file.source, file.file, "begins with a byte-order mark, which was dropped");
  }
  return rows.reduce((sum, { n }) => sum + n, 0);
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
    for await (const file of sourceFiles(one, /./, context)) found.push({ ...file, file: name });
  }
  return found;
}

function formatOf(input: MappingInput, source: Source, task: MappingTask): InputFormat {
  const name = (input.files?.[0] ?? basename(source.path)).replace(/\.gz$/i, "");
  const format = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
  }[extname(name).toLowerCase()];
  if (format === undefined) {
    throw new InputError(`${task.file}: the name of ${name} does not show its format`, {
      hint: "Add `format: jsonl`, `json`, `csv` or `parquet` to the input.",
    });
  }
  return format as InputFormat;
}

function reader(
  engine: Engine,
  format: InputFormat,
  paths: readonly string[],
  { options }: MappingInput,
): string {
  const largest = Math.max(...paths.map((path) => statSync(path).size));
  const settings = {
    // The type of a column is inferred from all rows, so that no later row can contradict it.
    json: { sample_size: "-1", maximum_sample_files: String(paths.length), union_by_name: "true" },
    // Quoting is set explicitly: if DuckDB guessed it, a file cut off inside a quoted cell would be read as unquoted.
    csv: {
      all_varchar: "true",
      quote: "'\"'",
      escape: "'\"'",
      allow_quoted_nulls: "false",
      store_rejects: "true",
      rejects_limit: "0",
      sample_size: "-1",
    },
    parquet: { union_by_name: "true" },
  };
  const kind = format === "jsonl" ? "json" : format;
  const shape =
    format === "jsonl"
      ? { format: "'newline_delimited'", maximum_object_size: "33554432" }
      : format === "json"
        ? { maximum_object_size: String(Math.max(16 * 2 ** 20, largest + 1024)) }
        : {};
  const own = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, literal(value)]));
  return engine.files.read(`read_${kind}`, paths, { ...settings[kind], ...shape, ...own });
}

/** The file in a form that the engine can read as a whole, or null if it is refused. */
async function prepare(
  engine: Engine,
  file: SourceFile,
  format: InputFormat,
  context: IngestContext,
): Promise<{ onDisk: string; rowsIn: number; byLine: boolean } | null> {
  const refuse = (reason: QuarantineReason, detail: string): null => {
    context.ledger.refuse(file.source, file.file, reason, detail, file.sha256, file.bytes);
    return null;
  };
  if (file.bytes === 0 || (format === "jsonl" && file.scan.lines === 0))
    return refuse("empty_file", "the file is empty");
  if (format === "jsonl") {
    const lines = await countObjects(engine, file.onDisk);
    if (lines === file.scan.lines) return { onDisk: file.onDisk, rowsIn: lines, byLine: false };
    const target = join(context.scratch, `clean-${file.sha256}.jsonl`);
    return { onDisk: target, rowsIn: await copyGoodLines(file, target, context), byLine: true };
  }
  if (format === "json") {
    const bytes = readFileSync(file.onDisk);
    if (!isUtf8(bytes)) return refuse("invalid_utf8", "the file is not UTF-8");
    try {
      JSON.parse(bytes.toString("utf8"));
    } catch (error) {
      return refuse("not_json", (error as Error).message.replace(/"[\s\S]*"/, "…").slice(0, 120));
    }
  }
  if (format === "parquet" && (await countRows(engine, file.onDisk)) === null)
    return refuse("not_parquet", "the file is not Parquet, or damaged");
  return { onDisk: file.onDisk, rowsIn: 0, byLine: false };
}

/** The number of lines, or null if one of them is not JSON: a cheap check of the whole file. */
async function countObjects(engine: Engine, path: string): Promise<number | null> {
  return engine
    .row<{ n: number }>(
      `SELECT count(*) FILTER (json_type(json) = 'OBJECT') AS n FROM ${engine.files.read("read_ndjson_objects", path)}`,
    )
    .then(({ n }) => n)
    .catch(() => null);
}

async function countRows(engine: Engine, path: string): Promise<number | null> {
  return engine
    .row<{ n: number }>(`SELECT count(*) AS n FROM ${engine.files.read("read_parquet", path)}`)
    .then(({ n }) => n)
    .catch(() => null);
}

async function copyGoodLines(file: SourceFile, target: string, { ledger }: IngestContext): Promise<number> {
  const stream = createWriteStream(target);
  let lines = 0;
  for (const raw of readLines(file.onDisk)) {
    lines += 1;
    if (raw.bytes === null) {
      ledger.line(file, raw, "line_too_long", `${raw.length} bytes; the limit is 16 MiB`, raw.sha256);
      continue;
    }
    const parsed = parseJsonLine(raw.bytes, raw.atEnd);
    if (!parsed.ok) ledger.line(file, raw, parsed.reason, parsed.detail);
    else if (!stream.write(Buffer.concat([raw.bytes, Buffer.from("\n")]))) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  return lines;
}

/** Puts records that the CSV reader could not read into quarantine, with their line. */
async function takeRejects(
  engine: Engine,
  files: readonly { file: SourceFile; onDisk: string }[],
  { ledger }: IngestContext,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const rows = await engine.rows<{
    path: string;
    line: number;
    at: number;
    text: string | null;
    kind: string;
  }>(
    `SELECT DISTINCT ON (file_path, line) file_path AS path, line, line_byte_position AS at, csv_line AS text, lower(error_type::VARCHAR) AS kind
     FROM reject_errors JOIN reject_scans USING (scan_id, file_id) ORDER BY file_path, line`,
  );
  for (const { path, line, at, text, kind } of rows) {
    const found = files.find(({ onDisk }) => resolve(onDisk) === engine.files.given(path));
    if (found === undefined) continue;
    counts.set(found.file.file, (counts.get(found.file.file) ?? 0) + 1);
    const span = { line, offset: Math.max(0, at - 1), length: Buffer.byteLength(text ?? "") };
    ledger.line({ ...found.file, onDisk: found.onDisk }, span, "bad_csv_record", kind);
  }
  await engine.run("DROP TABLE reject_errors; DROP TABLE reject_scans");
  return counts;
}
