import type { Engine } from "../../warehouse/engine.js";
import { identifier, literal, literalList } from "../../warehouse/sql.js";
import { type DatasetFile, itemIdOf } from "./catalogue-index.js";
import type { IngestContext } from "./context.js";
import { isFastCandidate, lineColumns } from "./fast-path.js";
import { type ItemRow, itemRow, itemRowColumns } from "./item-rows.js";
import type { Source } from "./source.js";
import type { SourceFile } from "./source-files.js";

/** Below this size the statements cost more than the lines do. */
const engineBytes = 2 ** 20;

/**
 * Reads a question file in the engine if it is large and plain: each line has `question`, `answer` and `other` with
 * `id` and `source`, in this order and nothing else, as question packs without options or gold do; ids are whole numbers
 * that occur no more often than the catalogue allows, and the dataset is new. It then gives the same rows as the line
 * reader, except that the engine accepts a comma before a closing brace.
 *
 * @returns rows taken; null if the file is not a plain pack, in which case nothing was taken
 */
export async function takePlainPack(
  source: Source,
  file: SourceFile,
  context: IngestContext,
  { leastBytes = engineBytes }: { readonly leastBytes?: number } = {},
): Promise<number | null> {
  const of = source.index.byFileName(file.file);
  const place = { benchmark: source.index.benchmark, pool: source.pool };
  if (of === null || file.scan.bytes < leastBytes || !isFastCandidate(file)) return null;
  if (context.book.hasDataset({ ...place, dataset: of.dataset })) return null;
  const { engine, book, itemRows } = context;
  if (!(await isPlain(engine, file, of))) return null;
  await itemRows.appendTo(engine, "item_rows");
  await engine.run(`INSERT INTO item_rows BY NAME SELECT ${rowOf(of, place)} FROM plain_pack`);
  // As one text: reading rows would take ten times as long.
  const { variants } = await engine.row<{ variants: string }>(
    "SELECT string_agg(id || ' ' || hash, ' ' ORDER BY row) AS variants FROM plain_pack",
  );
  const words = variants.split(" ");
  for (let at = 0; at < words.length; at += 2)
    book.add(
      { ...place, dataset: of.dataset, item: itemIdOf(of, words[at] as string) },
      words[at + 1] as string,
    );
  return words.length / 2;
}

/** Makes the temp table `plain_pack` (row, id, question, hash, variant) and returns whether every line is as expected. */
async function isPlain(engine: Engine, { onDisk, scan }: SourceFile, of: DatasetFile): Promise<boolean> {
  try {
    const { plain } = await engine.row<{ plain: number }>(
      `SELECT count(*) FILTER (json_keys(json) = ['question', 'answer', 'other'] AND json_keys(json, '$.other') = ['id', 'source']) AS plain
       FROM ${engine.files.read("read_ndjson_objects", onDisk)}`,
    );
    if (plain !== scan.lines) return false;
    await engine.run(`CREATE OR REPLACE TEMP TABLE plain_pack AS
      SELECT *, left(sha256(question), 16) AS hash, row_number() OVER (PARTITION BY id ORDER BY row) AS variant
      FROM (SELECT row_number() OVER () AS row, question, other.id AS id, list_contains(${literalList([...of.tags])}, lower(other.source)) AS is_tagged
        FROM ${engine.files.read("read_json", onDisk, lineColumns)})`);
  } catch {
    // The line reader finds out what is wrong and reports it.
    return false;
  }
  const { good } = await engine.row<{ good: number }>(
    `SELECT count(*) FILTER (is_tagged AND regexp_full_match(id, '0|[1-9][0-9]{0,14}') AND variant <= ${Math.max(of.variants, 1)}) AS good
     FROM plain_pack`,
  );
  return good === scan.lines;
}

/** The columns of an item's row: those that every line of the file shares as `itemRow` gives them, the others from `plain_pack`. */
function rowOf(of: DatasetFile, place: { readonly benchmark: string; readonly pool: string }): string {
  const line = { question: "", answer: null, id: "", tag: null, fields: {} };
  const shared = itemRow(line, { ...place, of, variant: 1, origin: "pack" }) as ItemRow;
  const own: Readonly<Record<string, string>> = {
    item_id: `${literal(itemIdOf(of, ""))} || id`,
    group_id: `${literal(itemIdOf(of, ""))} || id`,
    variant: "variant",
    prompt_hash: "hash",
    question: "question",
  };
  return Object.keys(itemRowColumns)
    .map((name) => [name, own[name] ?? sqlOf(shared[name as keyof ItemRow])] as const)
    .map(([name, value]) => `${value} AS ${identifier(name)}`)
    .join(", ");
}

function sqlOf(value: string | number | undefined): string {
  return value === undefined ? "NULL" : literal(String(value));
}
