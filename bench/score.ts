import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runIngest } from "../pipelines/stages/ingest/ingest.js";
import { runScore } from "../pipelines/stages/score/score.js";
import { costOf } from "./measure/cost.js";
import type { BenchResult } from "./run.js";

const FEW = 40;
const MANY = 600;
const ITEMS = 91;

/** Processor time of `medbench score` for small runs: systems with 91 choice answers each. */
export async function scoreBench(): Promise<BenchResult[]> {
  const few = await costOfRun(FEW);
  return [
    {
      name: `score ${FEW} systems with ${ITEMS} choice answers each, processor time of a run`,
      ratio: few,
      limit: 50,
      unit: "ms",
    },
    {
      // More systems than a batch holds: its size, and with it the memory, does not grow with their number.
      name: `score ${MANY} such systems, processor time of a run compared with ${FEW}`,
      ratio: (await costOfRun(MANY)) / few,
      limit: 1,
      unit: "x",
    },
  ];
}

/** Milliseconds per run. */
async function costOfRun(systems: number): Promise<number> {
  const workspace = await mkdtemp(join(tmpdir(), "medbench-bench-"));
  try {
    await ingestSmallRuns(workspace, systems);
    const { cpu } = await costOf(() => runScore({ workspace }));
    return cpu / systems;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function ingestSmallRuns(workspace: string, systems: number): Promise<void> {
  const source = join(workspace, "source");
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const items = Array.from({ length: ITEMS }, (_, n) => ({ id: `q${n}`, gold: "ABCD".charAt(n % 4) }));
  const answers = Array.from({ length: systems }, (_, system) =>
    items.map(({ id, gold }, n) => {
      const letter = (n * 7 + system) % 3 === 0 ? "B" : gold;
      return { system: `s${system}`, id, raw: n % 5 === 0 ? `The answer is ${letter}.` : letter };
    }),
  ).flat();
  await mkdir(source);
  await writeFile(join(source, "items.jsonl"), lines(items));
  await writeFile(join(source, "answers.jsonl"), lines(answers));
  await writeFile(join(source, "catalogue.json"), JSON.stringify(catalogue));
  await writeFile(join(source, "mapping.yaml"), mapping);
  await runIngest({
    workspace,
    sources: [
      { path: source, mapping: join(source, "mapping.yaml"), catalogue: join(source, "catalogue.json") },
    ],
  });
}

const policy = {
  ...{ refused: "wrong", empty: "wrong", unparsed: "wrong", truncated: "wrong", missing: "wrong" },
  ...{ errored: "left out", judge_failed: "left out", excluded: "left out" },
  ...{ awaiting_gold: "pending", awaiting_judgment: "pending" },
};
const catalogue = {
  schema: "medbench-catalogue/1",
  id: "bench",
  name: { en: "Bench", zh: "基准" },
  source: "invented",
  composite: { rule: "mean_of_means", boardDecimals: 1 },
  outcomePolicy: { upload: policy, api: policy },
  tracks: [{ id: "llm", name: { en: "LLM", zh: "模型" } }],
  dimensions: [{ id: "all", track: "llm", name: { en: "All", zh: "全部" }, basis: "published" }],
  datasets: [
    {
      ...{ id: "d", track: "llm", dimension: "all", answerType: "single_choice", language: "en", asks: "-" },
      answerFormat: "-",
      scoring: [
        {
          ...{ from: null, until: null, labels: [], basis: "assumed" },
          components: [{ metric: "accuracy", scorer: "choice", weight: 1 }],
        },
      ],
    },
  ],
};
const mapping = `
schema: medbench-mapping/1
benchmark: bench
pool: p
board: api
input:
  - {name: items, files: [items.jsonl]}
  - {name: answers, files: [answers.jsonl]}
tables:
  items:
    from: items
    columns: {dataset: "'d'", item_id: id, gold: to_json(gold), options: "'{\\"A\\":\\"one\\",\\"B\\":\\"two\\",\\"C\\":\\"three\\",\\"D\\":\\"four\\"}'"}
  responses: {from: answers, columns: {system: system, dataset: "'d'", item_id: id, raw: raw}}
`;
