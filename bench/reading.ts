import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { choiceReadingQuery } from "../pipelines/stages/score/choice-reader-sql.js";
import { type Engine, withEngine } from "../pipelines/warehouse/engine.js";
import { literal } from "../pipelines/warehouse/sql.js";
import { readChoice } from "../src/lib/metrics/choice-reader.js";
import { median } from "../src/lib/stats/index.js";
import { costOf } from "./measure/cost.js";
import { longAnswers } from "./reading/answer-texts.js";
import type { BenchResult } from "./run.js";

const ROWS = 1_000_000;
const LONG_SHARE = 0.2;
const ROUNDS = 9;
/** Scans that the SQL and `readChoice` together may cost. */
const WHOLE_LIMIT = 16;
/** Answers that SQL leaves to `readChoice`, read to find the time of one. */
const LEFT_ANSWERS = 20_000;
/** Options whose texts no answer has: they only have to be folded and compared. */
const OPTIONS = { A: "bed rest", B: "观察等待", C: "cold pack", D: "pain relief", E: "surgery" };

interface Lengths {
  /** Labeled with the size of all responses as JSON Lines. */
  readonly name: string;
  /** Bytes of the long answers. */
  readonly least: number;
  readonly most: number;
  /** Of the SQL. */
  readonly limit: number;
}

interface ReadingCost {
  /** CPU of the SQL as a multiple of bare scans, the median of all rounds. */
  readonly sql: number;
  /** The same with `readChoice` for the answers that the SQL leaves. */
  readonly whole: number;
  /** Percentage of the long answers that the SQL leaves. */
  readonly leftPercent: number;
  /** CPU milliseconds of one of them, with its way out of DuckDB. */
  readonly leftMs: number;
}

/** Shorter answers make a scan cheaper, but not the reading, which looks at the ends of answers. */
const LENGTHS: readonly Lengths[] = [
  { name: "1 GB, long answers of 1.5 to 8 KB", least: 1500, most: 7900, limit: 2.5 },
  { name: "0.64 GB, long answers of 1 to 5 KB", least: 1000, most: 5000, limit: 2.75 },
];

/**
 * CPU of reading and scoring a million choices, 80 % bare letters and 20 % long answers, compared with a bare scan of their
 * texts: of the SQL, and with `readChoice` for the answers that the SQL leaves.
 */
export async function readingBench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const lengths of LENGTHS) {
    const { sql, whole, leftPercent, leftMs } = await readingCost(lengths);
    results.push(
      {
        name: `reading 1 M choices, CPU of the SQL compared with a bare scan (${lengths.name})`,
        ratio: sql,
        limit: lengths.limit,
        unit: "x",
      },
      {
        name: "the same with readChoice for what the SQL leaves",
        ratio: whole,
        limit: WHOLE_LIMIT,
        unit: "x",
      },
      { name: "long answers that the SQL leaves", ratio: leftPercent, limit: 52, unit: "%" },
      { name: "CPU of readChoice for one of them", ratio: leftMs, limit: 0.25, unit: "ms" },
    );
  }
  return results;
}

async function readingCost(lengths: Lengths): Promise<ReadingCost> {
  const folder = await mkdtemp(join(tmpdir(), "medbench-bench-"));
  try {
    return await withEngine(
      async (engine) => {
        const file = join(folder, "responses.parquet");
        await writeResponses(engine, file, lengths);
        const scan = `SELECT sum(strlen(raw)) FROM ${literal(file)}`;
        const reading = choiceReadingQuery(literal(file), { text: "raw", letters: "'ABCDE'" });
        const read = `SELECT count(*) FILTER (choice_answer = gold), count(DISTINCT choice_read_by), count(*) FILTER (choice_needs_reader) FROM (${reading})`;
        const ratios: number[] = [];
        const scans: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const base = await costOf(() => engine.rows(scan));
          scans.push(base.cpu);
          ratios.push((await costOf(() => engine.rows(read))).cpu / base.cpu);
        }
        const sql = median(ratios);
        const left = await costOfLeft(engine, reading);
        return {
          sql,
          whole: sql + (left.count * left.ms) / median(scans),
          leftPercent: (100 * left.count) / (ROWS * LONG_SHARE),
          leftMs: left.ms,
        };
      },
      { memoryLimit: "1GB" },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How many answers the SQL leaves to `readChoice`, and the CPU milliseconds of one, with its way out of DuckDB. */
async function costOfLeft(engine: Engine, reading: string): Promise<{ count: number; ms: number }> {
  const [counted] = await engine.rows<{ count: number }>(
    `SELECT count(*)::INTEGER AS count FROM (${reading}) WHERE choice_needs_reader`,
  );
  await engine.run(
    `CREATE TEMP TABLE left_answers AS SELECT raw FROM (${reading}) WHERE choice_needs_reader LIMIT ${LEFT_ANSWERS}`,
  );
  const readAll = async () => {
    const rows = await engine.rows<{ raw: string }>("FROM left_answers");
    for (const { raw } of rows) readChoice(raw, OPTIONS);
    return rows.length;
  };
  const rows = await readAll();
  const { cpu } = await costOf(readAll);
  return { count: counted?.count ?? 0, ms: cpu / rows };
}

/** One JSON line per response; every fifth is long. Seeded, so every run measures the same texts. */
function* responseLines({ least, most }: Lengths): Generator<string> {
  const longAnswer = longAnswers("reading bench", least, most);
  for (let first = 0; first < ROWS; first += 100) {
    const rows = Array.from({ length: 100 }, (_, i) => {
      const gold = "ABCDE".charAt((first / 100 + 7 * i) % 5);
      return JSON.stringify({ gold, raw: i % 5 === 0 ? longAnswer(gold) : gold });
    });
    yield `${rows.join("\n")}\n`;
  }
}

async function writeResponses(engine: Engine, file: string, lengths: Lengths): Promise<void> {
  const lines = `${file}.jsonl`;
  await pipeline(Readable.from(responseLines(lengths)), createWriteStream(lines));
  await engine.run(
    `COPY (FROM read_json(${literal(lines)}, columns = {gold: 'VARCHAR', raw: 'VARCHAR'}, format = 'newline_delimited'))
     TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`,
  );
  await rm(lines);
}
