import { execFile } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runIngest } from "../pipelines/stages/ingest/ingest.js";
import { filesBelow } from "../pipelines/stages/ingest/source-files.js";
import { withEngine } from "../pipelines/warehouse/engine.js";
import { literal, literalList } from "../pipelines/warehouse/sql.js";
import { median } from "../src/lib/stats/index.js";
import { createRandom, type Random } from "../src/lib/util/random.js";
import { costOf } from "./measure/cost.js";
import type { BenchResult } from "./run.js";

const systems = 15;
/** One of four datasets has five variants per item, like about a quarter of the real lines. */
const datasets = [
  { file: "MedHC.jsonl", tag: "MedHC_V4", variants: 1 },
  { file: "MedPopular.jsonl", tag: "MedPopular", variants: 1 },
  { file: "MedSummary.jsonl", tag: "MedSummary", variants: 1 },
  { file: "MedExam.jsonl", tag: "MedExam_V4", variants: 5 },
];
const rounds = 5;

/**
 * A million answers of 15 systems (about 1 GB) with their question pack: the complete ingest with hashes, checks and
 * quarantine, compared with a bare COPY of the same files to Parquet, in alternation; peak memory of the ingest in its own
 * process.
 */
export async function ingestBench(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "medbench-bench-"));
  try {
    const rows = Number(process.env["MEDBENCH_BENCH_ROWS"] ?? 1_000_000);
    writeAnswers(folder, Math.floor(rows / systems / datasets.length));
    const ratios: { wall: number; cpu: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      rmSync(join(folder, "bare.parquet"), { force: true });
      rmSync(join(folder, "workspace"), { recursive: true, force: true });
      const bare = await costOf(() => bareCopy(folder));
      const full = await costOf(() => wholeIngest(folder));
      ratios.push({ wall: full.wall / bare.wall, cpu: full.cpu / bare.cpu });
    }
    const memory = await peakMemory(folder);
    return [
      {
        name: "ingest, wall time compared with a bare COPY",
        ratio: median(ratios.map(({ wall }) => wall)),
        limit: 1.6,
        unit: "x",
      },
      {
        name: "ingest, CPU time compared with a bare COPY",
        ratio: median(ratios.map(({ cpu }) => cpu)),
        limit: 2,
        unit: "x",
      },
      { name: "ingest, peak memory", ratio: memory, limit: 1.2, unit: "GB" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bareCopy(folder: string): Promise<void> {
  const files = ["questions", "uploads"].flatMap((part) =>
    filesBelow(join(folder, part)).map((file) => join(folder, part, file)),
  );
  await withEngine((engine) =>
    engine.run(
      `COPY (SELECT question, answer, other.id AS id, other.source AS tag FROM read_json(${literalList(files)},
         columns = {question: 'VARCHAR', answer: 'VARCHAR', other: 'STRUCT(id BIGINT, source VARCHAR)'}, format = 'newline_delimited'))
       TO ${literal(join(folder, "bare.parquet"))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`,
    ),
  );
}

async function wholeIngest(folder: string): Promise<void> {
  await runIngest({ workspace: join(folder, "workspace"), sources: [{ path: join(folder, "cycle.yaml") }] });
}

/** Peak memory in gigabytes of an ingest in its own process. */
async function peakMemory(folder: string): Promise<number> {
  const module = new URL("../pipelines/stages/ingest/ingest.ts", import.meta.url).href;
  const options = {
    workspace: join(folder, "workspace-memory"),
    sources: [{ path: join(folder, "cycle.yaml") }],
  };
  const script = `const { runIngest } = await import(${JSON.stringify(module)});
    await runIngest(${JSON.stringify(options)});
    process.stdout.write(String(process.resourceUsage().maxRSS));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    import.meta.resolve("tsx"),
    "--input-type=module",
    "--eval",
    script,
  ]);
  return (Number(stdout) * 1024) / 1e9;
}

function writeAnswers(folder: string, items: number): void {
  const random = createRandom("ingest bench");
  const phrases = Array.from({ length: 4000 }, () =>
    Array.from({ length: 4 + Math.floor(random() * 9) }, () =>
      String.fromCharCode(0x4e00 + Math.floor(random() * 3000)),
    ).join(""),
  );
  const text = (length: number): string => phraseText(length, phrases, random);
  mkdirSync(join(folder, "questions"), { recursive: true });
  const questions = datasets.map(() => Array.from({ length: items }, (_, row) => `${row}. ${text(40)}`));
  const write = (path: string, dataset: number, answer: () => string): void => {
    const { tag, variants } = datasets[dataset] as (typeof datasets)[number];
    const lines = (questions[dataset] as string[]).map((question, row) =>
      JSON.stringify({
        question,
        answer: answer(),
        other: { id: Math.floor(row / variants) + 1, source: tag },
      }),
    );
    const descriptor = openSync(path, "w");
    for (let from = 0; from < lines.length; from += 2000)
      writeSync(descriptor, `${lines.slice(from, from + 2000).join("\n")}\n`);
    closeSync(descriptor);
  };
  for (const [index, { file }] of datasets.entries()) write(join(folder, "questions", file), index, () => "");
  for (let system = 0; system < systems; system += 1) {
    const upload = join(folder, "uploads", `system-${String(system).padStart(2, "0")}`);
    mkdirSync(upload, { recursive: true });
    for (const [index, { file }] of datasets.entries()) write(join(upload, file), index, () => text(270));
  }
  const cycle = openSync(join(folder, "cycle.yaml"), "w");
  writeSync(
    cycle,
    'schema: medbench-cycle/1\nsources:\n  - {path: questions, role: questions, pool: bench}\n  - {path: "uploads/*", role: answers, pool: bench}\n',
  );
  closeSync(cycle);
}

/** Frequent phrases between rarer words, so that it compresses about fourfold: less than invented text and more than real text. */
function phraseText(length: number, phrases: readonly string[], random: Random): string {
  let text = "";
  while (text.length < length)
    text += `${phrases[Math.floor(phrases.length * random() ** 2)]}${rareCharacter(random)}${rareCharacter(random)}，`;
  return text;
}

function rareCharacter(random: Random): string {
  return String.fromCharCode(0x4e00 + Math.floor(random() * 6000));
}
