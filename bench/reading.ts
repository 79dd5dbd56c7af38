import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { choiceReadingQuery } from "../pipelines/stages/score/choice-reader-sql.js";
import { type Engine, withEngine } from "../pipelines/warehouse/engine.js";
import { literal } from "../pipelines/warehouse/sql.js";
import { median } from "../src/lib/stats/index.js";
import { costOf } from "./measure/cost.js";
import { longAnswers } from "./reading/answer-texts.js";
import type { BenchResult } from "./run.js";

const ROWS = 1_000_000;
const ROUNDS = 9;

interface Lengths {
  /** Labeled with the size of all responses as JSON Lines. */
  readonly name: string;
  /** Bytes of the long answers. */
  readonly least: number;
  readonly most: number;
  readonly limit: number;
}

/** Shorter answers make a scan cheaper, but not the reading, which looks at the ends of answers. */
const LENGTHS: readonly Lengths[] = [
  { name: "1 GB, long answers of 1.5 to 8 KB", least: 1500, most: 7900, limit: 2.5 },
  { name: "0.64 GB, long answers of 1 to 5 KB", least: 1000, most: 5000, limit: 2.75 },
];

/** CPU of reading and scoring a million choices, 80 % bare letters and 20 % long answers, compared with a bare scan of their texts. */
export async function readingBench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const lengths of LENGTHS) {
    results.push({
      name: `reading 1 M choices, CPU compared with a bare scan (${lengths.name})`,
      ratio: await readingOverScan(lengths),
      limit: lengths.limit,
      unit: "x",
    });
  }
  return results;
}

/** CPU of the reading as a multiple of bare scans, the median of all rounds. */
async function readingOverScan(lengths: Lengths): Promise<number> {
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
        for (let round = 0; round < ROUNDS; round += 1) {
          const base = await costOf(() => engine.rows(scan));
          ratios.push((await costOf(() => engine.rows(read))).cpu / base.cpu);
        }
        return median(ratios);
      },
      { memoryLimit: "1GB" },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
