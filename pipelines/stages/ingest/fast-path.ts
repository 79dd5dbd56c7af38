import type { Engine } from "../../warehouse/engine.js";
import { literal, literalList } from "../../warehouse/sql.js";
import { isShortage } from "../../warehouse/system-error.js";
import type { DatasetFile } from "./catalogue-index.js";
import { partFormat, responseColumns } from "./response-columns.js";
import type { SourceFile } from "./source-files.js";

/** An answer file that is expected to answer one dataset only. */
export interface FastFile {
  readonly file: SourceFile;
  readonly of: DatasetFile;
}

export interface FastBatch {
  readonly run: string;
  readonly benchmark: string;
  readonly pool: string;
  /** Items of these files have several variants, found by question text. */
  readonly hasVariants: boolean;
  readonly files: readonly FastFile[];
}

/**
 * Writes a batch of answer files as one part of `responses`, all in the engine, and returns the files that are not clean: those
 * with a line that cannot be read, is not as expected, is blank, repeats an item or matches none. They are left out of
 * the part (which is useless if no file is clean); the line reader takes them one by one.
 *
 * @param knownFile Parquet file of the pool's items, see `knownItemsFile`
 */
export async function writeBatch(
  engine: Engine,
  batch: FastBatch,
  knownFile: string,
  part: string,
): Promise<{ unclean: readonly FastFile[] }> {
  if (batch.files.length === 0) return { unclean: [] };
  const unreadable = await copyBatch(engine, batch, knownFile, part);
  const unclean = unreadable.length > 0 ? unreadable : await uncleanFiles(engine, batch, knownFile, part);
  if (unclean.length === 0) return { unclean };
  const files = batch.files.filter((file) => !unclean.includes(file));
  const others = await writeBatch(engine, { ...batch, files }, knownFile, part);
  return { unclean: [...unclean, ...others.unclean] };
}

/** How the engine reads lines of MedBench: each field as text, whatever else a line has. */
export const lineColumns = {
  columns: `{question: 'VARCHAR', answer: 'VARCHAR', other: 'STRUCT(id VARCHAR, "source" VARCHAR)'}`,
  format: "'newline_delimited'",
} as const;

/** Whether the bytes allow the fast path: the engine itself would silently lose a line or read a list as text. */
export function isFastCandidate({ scan }: SourceFile): boolean {
  return scan.lines > 0 && !scan.hasByteOrderMark && scan.isTextOnEachLine;
}

/** @returns files that the engine cannot read, for which it wrote nothing */
async function copyBatch(
  engine: Engine,
  batch: FastBatch,
  knownFile: string,
  part: string,
): Promise<FastFile[]> {
  const given = {
    run_id: literal(batch.run),
    benchmark: literal(batch.benchmark),
    pool: literal(batch.pool),
    dataset: perFile(batch, ({ of }) => literal(of.dataset)),
    item_id: "item_id",
    variant: "1",
    condition: "'base'",
    repeat: "1",
    raw: "raw",
    matched_by: "'id'",
    source_file: perFile(batch, ({ file }) => literal(file.file)),
    source_line: `row - ${perFile(batch, (_, index) => String(linesBefore(batch, index)))}`,
  };
  const withVariants = {
    ...given,
    item_id: "CASE WHEN matched_variant IS NOT NULL THEN item_id END",
    variant: "matched_variant",
    matched_by: "CASE WHEN n_variants = 1 THEN 'id' ELSE 'text' END",
  };
  const read = readFiles(engine, batch);
  const rows = batch.hasVariants ? `(${read}) POSITIONAL JOIN matched` : `(${read})`;
  try {
    if (batch.hasVariants) await engine.run(matchVariantsOf(engine, batch, knownFile));
    await engine.run(
      engine.files.write(
        `SELECT ${responseColumns(batch.hasVariants ? withVariants : given)} FROM ${rows}`,
        part,
        partFormat,
      ),
    );
    return [];
  } catch (error) {
    // The engine stops at the first line that it cannot read and does not report the others.
    const unreadable: FastFile[] = [];
    for (const file of batch.files)
      if (!(await isReadable(engine, { ...batch, files: [file] }))) unreadable.push(file);
    if (unreadable.length === 0) throw error;
    return unreadable;
  }
}

async function isReadable(engine: Engine, batch: FastBatch): Promise<boolean> {
  try {
    // Every field has to be read: the engine skips a field that no query reads, even if it is broken.
    await engine.run(`SELECT count(question), count(raw), count(item_id) FROM (${readFiles(engine, batch)})`);
    return true;
  } catch (error) {
    if (isShortage(error as Error)) throw error;
    return false;
  }
}

/**
 * Temp table `matched`: the variant of each line, in the order of the lines. Reading the files twice is cheaper than
 * carrying the answers through a window, a join and a sort. Identical prompts of one item are distinguished by their order.
 */
function matchVariantsOf(engine: Engine, batch: FastBatch, knownFile: string): string {
  return `CREATE OR REPLACE TEMP TABLE matched AS
    WITH lines AS (
      SELECT row, file, item_id, hash(question) AS prompt FROM (${readFiles(engine, batch)})
    ), numbered AS (
      SELECT *, row_number() OVER (PARTITION BY file, item_id, prompt ORDER BY row) AS nth FROM lines
    )
    SELECT numbered.file AS matched_file, known.number, known.variant AS matched_variant, known.n_variants
    FROM numbered LEFT JOIN ${engine.files.read("read_parquet", knownFile)} AS known
      ON known.dataset = ${perFile(batch, ({ of }) => literal(of.dataset))}
      AND known.item_id = numbered.item_id AND known.prompt = numbered.prompt AND known.nth = numbered.nth
    ORDER BY row`;
}

/**
 * Lines of the batch; one that is not as expected has no item_id. `row_number()` over files in a fixed order, minus the
 * number of lines in earlier files, is the line number as long as no line is blank, which the check ensures. Errors are
 * not ignored: otherwise the engine silently takes the first of two equal keys.
 */
function readFiles(engine: Engine, batch: FastBatch): string {
  const ofFile = (sql: string): string => sql.replace("[file]", "[(file_index + 1)::BIGINT]");
  const tags = ofFile(perFile(batch, ({ of }) => literalList([...of.tags])));
  const prefix = ofFile(perFile(batch, ({ of }) => literal(of.part === "" ? "" : `${of.part}/`)));
  const source = engine.files.read(
    "read_json",
    batch.files.map(({ file }) => file.onDisk),
    lineColumns,
  );
  return `SELECT row_number() OVER () AS row, (file_index + 1)::BIGINT AS file, question, answer AS raw,
      CASE WHEN question IS NOT NULL AND list_contains(${tags}, lower(other.source))
      THEN ${prefix} || other.id END AS item_id
    FROM ${source}`;
}

/** SQL for a value that each file of the batch has, by the column `file`. */
function perFile(batch: FastBatch, value: (file: FastFile, index: number) => string): string {
  return `[${batch.files.map(value).join(", ")}][file]`;
}

function linesBefore({ files }: FastBatch, index: number): number {
  return files.slice(0, index).reduce((sum, { file }) => sum + file.scan.lines, 0);
}

/** Files with a line that matches no item or the item of another line. */
async function uncleanFiles(
  engine: Engine,
  batch: FastBatch,
  knownFile: string,
  part: string,
): Promise<FastFile[]> {
  const datasets = [...new Set(batch.files.map(({ of }) => of.dataset))];
  const found = batch.hasVariants
    ? "SELECT matched_file - 1 AS place, number FROM matched"
    : `SELECT list_position(${literalList(batch.files.map(({ file }) => file.file))}, source_file) - 1 AS place, number
      FROM ${engine.files.read("read_parquet", part)}
      LEFT JOIN (SELECT dataset, item_id, variant, number FROM ${engine.files.read("read_parquet", knownFile)}
        WHERE dataset IN (${datasets.map(literal).join(", ")}) AND n_variants = 1) USING (dataset, item_id, variant)`;
  const rows = await engine.rows<{ place: number; n: number; n_good: number }>(
    `SELECT place, count(*) AS n, count(DISTINCT number) AS n_good FROM (${found}) GROUP BY place`,
  );
  const counts = new Map(rows.map((row) => [row.place, row]));
  return batch.files.filter(({ file }, place) => {
    const { n, n_good } = counts.get(place) ?? { n: 0, n_good: 0 };
    return n !== file.scan.lines || n_good !== file.scan.lines;
  });
}
