import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { choiceReadingQuery } from "../pipelines/warehouse/choice-reader-sql.js";
import { type Engine, withEngine } from "../pipelines/warehouse/engine.js";
import { literal } from "../pipelines/warehouse/sql.js";
import { longAnswers } from "./reading/answer-texts.js";
import type { BenchResult } from "./run.js";

const ROWS = 1_000_000;
const ROUNDS = 9;

/** CPU of reading and scoring a million choices, 80 % bare letters and 20 % long answers, against a bare scan of their texts. */
export async function readingBench(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "medbench-bench-"));
  try {
    return await withEngine(
      async (engine) => {
        const file = join(folder, "responses.parquet");
        await writeResponses(engine, file);
        const scan = `SELECT sum(strlen(raw)) FROM ${literal(file)}`;
        const reading = choiceReadingQuery(literal(file), { text: "raw", letters: "'ABCDE'" });
        const read = `SELECT count(*) FILTER (choice_answer = gold), count(DISTINCT choice_read_by), count(*) FILTER (choice_needs_reader) FROM (${reading})`;
        const ratios: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const base = await cpuMicros(engine, scan);
          ratios.push((await cpuMicros(engine, read)) / base);
        }
        ratios.sort((a, b) => a - b);
        return [
          {
            name: "reading choices in SQL / bare scan (CPU, 1 M responses, 80 % bare letters)",
            ratio: ratios[Math.floor(ROUNDS / 2)] ?? Number.NaN,
            limit: 2.5,
            unit: "x",
          },
        ];
      },
      { memoryLimit: "1GB" },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One JSON line per response; every fifth is long. Seeded, so every run measures the same texts. */
function* responseLines(): Generator<string> {
  const longAnswer = longAnswers("reading bench");
  for (let first = 0; first < ROWS; first += 100) {
    const rows = Array.from({ length: 100 }, (_, i) => {
      const gold = "ABCDE".charAt((first / 100 + 7 * i) % 5);
      return JSON.stringify({ gold, raw: i % 5 === 0 ? longAnswer(gold) : gold });
    });
    yield `${rows.join("\n")}\n`;
  }
}

async function writeResponses(engine: Engine, file: string): Promise<void> {
  const lines = `${file}.jsonl`;
  await pipeline(Readable.from(responseLines()), createWriteStream(lines));
  await engine.run(
    `COPY (FROM read_json(${literal(lines)}, columns = {gold: 'VARCHAR', raw: 'VARCHAR'}, format = 'newline_delimited'))
     TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`,
  );
  await rm(lines);
}

async function cpuMicros(engine: Engine, sql: string): Promise<number> {
  const before = process.cpuUsage();
  await engine.rows(sql);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
