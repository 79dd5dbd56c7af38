import { join } from "node:path";
import { readLines } from "../../formats/line-reader.js";
import { parseMedbenchLine } from "../../formats/medbench-line.js";
import { literal } from "../../warehouse/sql.js";
import type { AnswerFile, TakenAnswers } from "./answer-files.js";
import { type DatasetFile, itemIdOf } from "./catalogue-index.js";
import { type IngestContext, scratchFile } from "./context.js";
import { JsonRows } from "./json-rows.js";
import type { Span } from "./ledger.js";
import { closeFile, eachLine } from "./lines.js";
import { partFormat, responseColumns } from "./response-columns.js";
import { runIdOf } from "./runs.js";
import type { Source } from "./source.js";
import { nameOf, type SourceFile } from "./source-files.js";
import { promptHash } from "./variant-matcher.js";

interface Line extends Span {
  readonly of: DatasetFile;
  readonly item: string;
  readonly hash: string;
}

interface Taken {
  readonly of: DatasetFile;
  readonly item: string;
  readonly variant: number;
  readonly by: string;
}

/**
 * The line path: every line of a submission's files is checked by itself, and a line that is not taken goes to quarantine
 * with its reason. A second response to the same item of the submission is not taken.
 *
 * @param sources the sources of the submission, in whose order its files are read
 * @param before parts with responses that were taken before
 * @param folder where parts are written
 */
export async function lineAnswers(
  answers: readonly AnswerFile[],
  sources: readonly Source[],
  before: TakenAnswers["parts"],
  folder: string,
  context: IngestContext,
): Promise<TakenAnswers> {
  const [first] = sources;
  if (first === undefined || answers.length === 0) return { parts: [], files: [] };
  const place = ({ source }: AnswerFile) => sources.indexOf(source);
  const inOrder = [...answers].sort((a, b) => place(a) - place(b) || (a.file.file < b.file.file ? -1 : 1));
  const runs = new Set(first.index.catalogue.tracks.map(({ id }) => runIdOf(first, id)));
  const seen = await responsesIn(
    before.filter(({ run }) => runs.has(run)),
    context,
  );
  const lines = new LineParts(context, nameOf(first.name, runIdOf(first, "lines")), seen);
  const files: TakenAnswers["files"][number][] = [];
  for (const { source, file } of inOrder) {
    const { rowsIn, tracks } = lines.read(source, file);
    const rowsOut = [...tracks.values()].reduce((sum, n) => sum + n, 0);
    closeFile(file, "answers", { rowsIn, rowsOut }, context);
    for (const track of tracks.keys()) files.push({ source, file, track });
  }
  return { parts: await lines.write(folder), files };
}

/** Keys of the responses in some parts, each with the file that gave it. */
async function responsesIn(
  parts: TakenAnswers["parts"],
  { engine }: IngestContext,
): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const { path } of parts) {
    const rows = await engine.rows<{ key: string; source_file: string }>(
      `SELECT concat_ws(chr(0), dataset, item_id, variant) AS key, source_file FROM ${engine.files.read("read_parquet", path)}`,
    );
    for (const { key, source_file } of rows) seen.set(key, source_file);
  }
  return seen;
}

class LineParts {
  readonly #context: IngestContext;
  readonly #rows: JsonRows;
  /** Responses taken so far, with the file that gave them. */
  readonly #seen: Map<string, string>;
  readonly #runs = new Set<string>();

  constructor(context: IngestContext, name: string, seen: Map<string, string>) {
    this.#context = context;
    this.#seen = seen;
    this.#rows = new JsonRows(scratchFile(context, `lines-${name}.jsonl`), {
      run_id: "VARCHAR",
      benchmark: "VARCHAR",
      dataset: "VARCHAR",
      pool: "VARCHAR",
      item_id: "VARCHAR",
      variant: "INTEGER",
      raw: "VARCHAR",
      matched_by: "VARCHAR",
      source_file: "VARCHAR",
      source_line: "BIGINT",
    });
  }

  /** @returns lines found, and rows taken by track */
  read(source: Source, file: SourceFile): { rowsIn: number; tracks: ReadonlyMap<string, number> } {
    const counts = { rowsIn: 0 };
    const groups = new Map<string, Line[]>();
    eachLine(source, file, this.#context, counts, (line, of, { line: number, offset, length }) => {
      const item = itemIdOf(of, line.id);
      const key = `${of.dataset}\0${item}`;
      const entry = { line: number, offset, length, of, item, hash: promptHash(line.question) };
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    });
    const taken = new Map<number, Taken>();
    for (const group of groups.values()) this.#match(source, file, group, taken);
    return { rowsIn: counts.rowsIn, tracks: this.#write(source, file, taken) };
  }

  #match(source: Source, file: SourceFile, group: readonly Line[], taken: Map<number, Taken>): void {
    const { book, ledger } = this.#context;
    const { of, item } = group[0] as Line;
    const place = { benchmark: source.index.benchmark, pool: source.pool, dataset: of.dataset, item };
    const known = book.variants(place);
    if (known === null) {
      for (const line of group)
        ledger.line(file, line, "unknown_item", `${of.dataset} has no item ${item} in pool ${source.pool}`);
      return;
    }
    const matches = book.match(
      place,
      group.map(({ hash }) => hash),
    );
    for (const [index, line] of group.entries()) {
      const match = matches[index] ?? null;
      if (match === null) {
        const repeats = known.length === 1 || known.includes(line.hash);
        const earlier = group.find((other) => other.line < line.line && other.hash === line.hash);
        if (repeats)
          ledger.line(
            file,
            line,
            "duplicate_item",
            `${of.dataset} ${item} was answered before, in line ${earlier?.line ?? group[0]?.line}`,
          );
        else
          ledger.line(
            file,
            line,
            "unknown_variant",
            `the question is none of the ${known.length} variants of ${of.dataset} ${item}`,
          );
        continue;
      }
      const key = [of.dataset, item, match.variant].join("\0");
      const before = this.#seen.get(key);
      if (before !== undefined) {
        ledger.line(file, line, "duplicate_item", `${of.dataset} ${item} was answered before, in ${before}`);
        continue;
      }
      this.#seen.set(key, file.file);
      taken.set(line.line, { of, item, variant: match.variant, by: match.by });
    }
  }

  #write(source: Source, file: SourceFile, taken: ReadonlyMap<number, Taken>): Map<string, number> {
    const tracks = new Map<string, number>();
    for (const { line, bytes, atEnd } of readLines(file.onDisk)) {
      const found = taken.get(line);
      if (found === undefined || bytes === null) continue;
      const parsed = parseMedbenchLine(bytes, atEnd);
      if (!parsed.ok) throw new Error(`${file.onDisk} changed while it was read`);
      const run = runIdOf(source, found.of.track);
      this.#runs.add(run);
      tracks.set(found.of.track, (tracks.get(found.of.track) ?? 0) + 1);
      this.#rows.add({
        run_id: run,
        benchmark: source.index.benchmark,
        dataset: found.of.dataset,
        pool: source.pool,
        item_id: found.item,
        variant: found.variant,
        raw: parsed.line.answer,
        matched_by: found.by,
        source_file: file.file,
        source_line: line,
      });
    }
    return tracks;
  }

  /** Writes one part per run. */
  async write(folder: string): Promise<TakenAnswers["parts"]> {
    const { engine } = this.#context;
    const rows = this.#rows.finish(engine);
    const parts: TakenAnswers["parts"][number][] = [];
    const given = Object.fromEntries(Object.keys(this.#rows.columns).map((name) => [name, name]));
    for (const run of [...this.#runs].sort()) {
      const part = join(folder, `${nameOf(run)}-lines.parquet`);
      const columns = responseColumns({ ...given, condition: "'base'", repeat: "1" });
      await engine.run(
        engine.files.write(
          `SELECT ${columns} FROM (${rows}) WHERE run_id = ${literal(run)}`,
          part,
          partFormat,
        ),
      );
      parts.push({ run, path: part });
    }
    return parts;
  }
}
