import type { MedbenchLine } from "../../formats/medbench-line.js";
import { type DatasetFile, itemIdOf } from "./catalogue-index.js";
import type { IngestContext } from "./context.js";
import { hasGold, itemRow } from "./item-rows.js";
import type { Ledger } from "./ledger.js";
import { closeFile, eachLine } from "./lines.js";
import { takePlainPack } from "./plain-pack.js";
import type { Source } from "./source.js";
import { type SourceFile, sourceFiles } from "./source-files.js";

const questionFiles = /\.(jsonl|ndjson)$/i;

/** Reads a question pack: each line is a variant of an item, numbered in line order within its id. */
export async function ingestQuestions(source: Source, context: IngestContext): Promise<void> {
  for await (const file of sourceFiles(source, questionFiles, context)) {
    const plain = await takePlainPack(source, file, context);
    const taken =
      plain === null
        ? addItems(source, file, context, () => true, "pack")
        : { rowsIn: plain, rowsOut: plain };
    closeFile(file, "questions", taken, context, plain === null ? "line by line" : "fast");
  }
}

/**
 * Takes items from the questions that answers repeat, for datasets without a question pack. An item's variants are the
 * lines of its id in the first file that has it.
 */
export function deriveItems(
  source: Source,
  file: SourceFile,
  context: IngestContext,
  isWanted: (of: DatasetFile) => boolean,
): void {
  // The lines are accounted for when the answers are read.
  const ledger = { line: () => {} };
  let withGold = 0;
  const counted = (of: DatasetFile, line: MedbenchLine): boolean => {
    if (!isWanted(of)) return false;
    if (hasGold(line.fields)) withGold += 1;
    return true;
  };
  addItems(source, file, { ...context, ledger }, counted, "answers");
  if (withGold > 0)
    context.ledger.note(
      source.name,
      file.file,
      `${withGold} line(s) contain gold or key points, which are not taken from answers; give the same file with role gold as well`,
    );
}

function addItems(
  source: Source,
  file: SourceFile,
  context: Pick<IngestContext, "book" | "itemRows" | "goldOrigins"> & {
    readonly ledger: Pick<Ledger, "line">;
  },
  isWanted: (of: DatasetFile, line: MedbenchLine) => boolean,
  origin: "pack" | "answers",
): { rowsIn: number; rowsOut: number } {
  const { index, pool } = source;
  const { book, ledger, itemRows } = context;
  const counts = { rowsIn: 0, rowsOut: 0 };
  const before = new Map<string, boolean>();
  const seenHere = new Map<string, number>();
  eachLine(source, file, context, counts, (line, of, span) => {
    if (!isWanted(of, line)) return;
    const item = itemIdOf(of, line.id);
    const place = { benchmark: index.benchmark, pool, dataset: of.dataset, item };
    const key = `${of.dataset}\0${item}`;
    if (!before.has(key)) before.set(key, book.variants(place) !== null);
    const variantsHere = seenHere.get(key) ?? 0;
    if (before.get(key) === true || variantsHere >= Math.max(of.variants, 1)) {
      if (before.get(key) !== true && origin === "answers") return;
      const where = before.get(key) === true ? "another file" : "this file";
      ledger.line(
        file,
        span,
        "duplicate_item",
        `${of.dataset} ${item} is already in ${where}; by the catalogue an item has ${of.variants} variant(s)`,
      );
      return;
    }
    const row = itemRow(line, {
      ...{ benchmark: index.benchmark, pool, of, variant: variantsHere + 1, origin },
      place: hasGold(line.fields) ? context.goldOrigins.ofLine(file, span) : undefined,
    });
    if (typeof row === "string") {
      ledger.line(file, span, "wrong_type", row);
      return;
    }
    seenHere.set(key, variantsHere + 1);
    book.add(place, row.prompt_hash);
    itemRows.add(row);
    counts.rowsOut += 1;
  });
  return counts;
}
