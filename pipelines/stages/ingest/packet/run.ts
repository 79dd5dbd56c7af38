import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { builtInRubricIds, loadRubric } from "../../../judging/rubrics.js";
import { type IngestContext, scratchFile } from "../context.js";
import { JsonRows } from "../json-rows.js";
import { mappedRules } from "../mapping/rules.js";
import type { MappedRows } from "../mapping/run.js";
import type { Source } from "../source.js";
import { nameOf } from "../source-files.js";
import { type FiledCell, judgeCells, type Rating } from "./judge-cells.js";
import { readKey } from "./key-file.js";
import { type ReturnedFile, readReturned } from "./returned-files.js";
import type { PacketTask } from "./task.js";

/**
 * Reads what came back of a rating packet. Every filled cell is a grade, an explicit "cannot rate", or in quarantine with its
 * file, line and criterion; a blank cell is no rating and is counted.
 */
export async function runPacket(
  source: Source,
  task: PacketTask,
  context: IngestContext,
): Promise<MappedRows[]> {
  const { packet } = task;
  const { ledger, engine } = context;
  const key = readKey(source, context);
  const files = await readReturned(source, packet, packet.criteria, context);
  if (files.length === 0)
    ledger.note(source.name, source.name, "nothing has been returned yet that can be read");
  const cells = files.flatMap(({ file, content }) =>
    content.cells.map((cell) => ({ ...cell, file: file.file })),
  );
  const criteria = packet.criteria ?? criteriaOfRubric(packet.scale, cells);
  if (criteria === null && cells.length > 0)
    ledger.note(
      source.name,
      source.name,
      "the packet does not say its criteria, so they could not be checked",
    );
  const { ratings, refused } = judgeCells(cells, key, { ...packet, criteria });
  const out = new Map<string, number>();
  for (const { cell } of ratings) out.set(cell.file, (out.get(cell.file) ?? 0) + 1);
  for (const { file, content } of files) {
    for (const { span, reason, detail } of content.unusable) ledger.line(file, span, reason, detail);
    for (const { cell, reason, detail } of refused)
      if (cell.file === file.file) ledger.line(file, cell.span, reason, detail);
    ledger.file({
      ...{ source: source.name, file: file.file, role: "mapping", sha256: file.sha256, bytes: file.bytes },
      ...{ rows_in: content.cells.length + content.unusable.length, rows_out: out.get(file.file) ?? 0 },
      path: "line by line",
    });
    noteAbout({ file, content }, context);
  }
  noteUnasked(ratings, source, context);
  const rows = new JsonRows(
    scratchFile(context, `packet-${nameOf(source.name, task.file)}.jsonl`),
    rowColumns,
  );
  for (const [index, rating] of ratings.entries()) rows.add(rowOf(rating, index + 1, packet));
  const file = join(context.scratch, `mapped-${nameOf(source.name, task.file, "ratings")}.parquet`);
  await engine.run(engine.files.write(`${rows.finish(engine)} ORDER BY line`, file, "FORMAT parquet"));
  const bytes = readFileSync(task.file);
  return [
    {
      ...{ table: "ratings", source, file, ledgerFile: `${basename(task.file)}: ratings` },
      rowsIn: ratings.length,
      mappingHash: createHash("sha256").update(bytes).digest("hex"),
      mappingBytes: bytes.length,
    },
  ];
}

function noteAbout({ file, content }: ReturnedFile, { ledger }: IngestContext): void {
  const { source } = file;
  if (content.blank > 0)
    ledger.note(
      source,
      file.file,
      `${content.blank} cells are blank, beside ${content.cells.length} that are filled in: no rating was given there`,
    );
  for (const note of content.notes) ledger.note(source, file.file, note);
}

/** Raters may stand in for each other; that somebody rated answers of another rater's sheet is worth knowing. */
function noteUnasked(ratings: readonly Rating[], source: Source, { ledger }: IngestContext): void {
  const unasked = ratings.filter(({ key, rater }) => key.raters !== null && !key.raters.includes(rater));
  if (unasked.length > 0) {
    const who = [...new Set(unasked.map(({ rater }) => rater))].sort().join(", ");
    ledger.note(
      source.name,
      source.name,
      `${unasked.length} ratings by ${who} are of answers that are not in their own sheet; they were taken`,
    );
  }
}

/** For a packet of an earlier version without a list: the criteria of the built-in rubric that its raters used, with their other names. */
function criteriaOfRubric(
  { min, max }: PacketTask["packet"]["scale"],
  cells: readonly FiledCell[],
): readonly string[] | null {
  const given = new Set(cells.map(({ criterion }) => criterion));
  const lists = builtInRubricIds().map((id) => {
    const rubric = loadRubric(id);
    if (rubric.kind !== "scale" || rubric.scale.min !== min || rubric.scale.max !== max) return [];
    return rubric.criteria.flatMap((criterion) => [criterion.id, ...criterion.aliases]);
  });
  const used = lists.map((names) => names.filter((name) => given.has(name)).length);
  const most = Math.max(0, ...used);
  return most === 0 ? null : (lists[used.indexOf(most)] ?? null);
}

const rowColumns: Readonly<Record<string, string>> = {
  line: "BIGINT",
  filename: "VARCHAR",
  ...Object.fromEntries(Object.entries(mappedRules.ratings.columns).map(([name, { type }]) => [name, type])),
};

function rowOf({ cell, key, rater, criterion, value }: Rating, line: number, packet: PacketTask["packet"]) {
  const { code: _code, raters: _raters, ...place } = key;
  return {
    ...{ line, filename: cell.file, ...place, rater, criterion, raw: cell.raw, value },
    ...{ scale_min: packet.scale.min, scale_max: packet.scale.max, role: "physician", blinded: true },
    ...{ batch: packet.id, rated_at: cell.ratedAt, remark: cell.remark },
  };
}
