import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CriterionScale, rubricCriteria, rubricVersion } from "../../../src/lib/catalogue/rubric.js";
import { tables } from "../../../src/lib/records/tables.js";
import type { Journal } from "../../asking/journal.js";
import type { PlannedJudgment } from "../../judging/plan.js";
import { promptHash } from "../../judging/prompt.js";
import { parseVerdict } from "../../judging/verdict.js";
import { cannotRate } from "../../judging/verdict-schema.js";
import type { Engine } from "../../warehouse/engine.js";
import { identifier, literal } from "../../warehouse/sql.js";
import { writeTable } from "../../warehouse/writer.js";

/** Characters of an unreadable reply that the table keeps; the journal keeps the whole reply. */
const excerptLength = 2000;

export interface JudgmentCounts {
  rows: number;
  ok: number;
  cannot_rate: number;
  failed: number;
  /** Judgments without a reply yet. */
  awaiting: number;
}

/** Rows of the `judgments` table for one judgment: one per criterion, all `failed` if no reply could be read; none before a reply. */
export function judgmentRows({ key, request }: PlannedJudgment, judge: string, journal: Journal): object[] {
  const reply = journal.reply(request.requestHash);
  if (reply === null) return [];
  const { rubric, material } = request;
  const parsed = parseVerdict(reply.text, rubric, { nPoints: material.keyPoints.length });
  const criteria = rubricCriteria(rubric, material.keyPoints.length);
  return criteria.map((_, place) => {
    // The reply names points by their place in the prompt, the table by their place in the item.
    const { criterion, min, max } = criteria[material.order?.[place] ?? place] as CriterionScale;
    const verdict = parsed.verdicts[place];
    return {
      ...key,
      judge,
      rubric_version: rubricVersion(rubric),
      criterion,
      judge_repeat: request.repeat,
      raw:
        verdict === undefined
          ? wellFormed(reply.text.slice(0, excerptLength))
          : String(verdict.value ?? cannotRate),
      scale_min: min,
      scale_max: max,
      value: verdict?.value ?? null,
      rationale: verdict?.rationale ?? null,
      status: verdict?.status ?? "failed",
      prompt_place: place + 1,
      prompt_hash: promptHash(rubric, { isShuffled: material.order !== undefined }),
      request_hash: request.requestHash,
      // Only once per request, so that sums over rows are what was paid.
      prompt_tokens: place === 0 ? reply.prompt_tokens : null,
      completion_tokens: place === 0 ? reply.completion_tokens : null,
    };
  });
}

/** A cut may split a character, and a reply may contain half of one, which no table can hold. */
const wellFormed = (text: string) => Buffer.from(text).toString();

/** Writes the rows of planned judgments, each to the file that `fileOf` returns; memory does not grow with their number. */
export async function writeJudgments(
  engine: Engine,
  planned: AsyncIterable<PlannedJudgment>,
  { judge, journal, file }: { readonly judge: string; readonly journal: Journal; readonly file: string },
): Promise<JudgmentCounts> {
  const counts: JudgmentCounts = { rows: 0, ok: 0, cannot_rate: 0, failed: 0, awaiting: 0 };
  const folder = await mkdtemp(join(tmpdir(), "medbench-judgments-"));
  try {
    const path = join(folder, "rows.jsonl");
    const stream = createWriteStream(path);
    for await (const each of planned) {
      const rows = judgmentRows(each, judge, journal) as { status: "ok" | "cannot_rate" | "failed" }[];
      if (rows.length === 0) counts.awaiting += 1;
      for (const row of rows) {
        counts.rows += 1;
        counts[row.status] += 1;
        if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, "drain");
      }
    }
    stream.end();
    await once(stream, "finish");
    if (counts.rows > 0) await writeTable(engine, "judgments", rowsFrom(engine, path), file);
    return counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsFrom(engine: Engine, path: string): string {
  const types = Object.entries(tables.judgments.columns).map(
    ([column, { type }]) => `${identifier(column)}: ${literal(type)}`,
  );
  const settings = { format: "'newline_delimited'", columns: `{${types.join(", ")}}` };
  return `SELECT * FROM ${engine.files.read("read_json", path, settings)}`;
}
