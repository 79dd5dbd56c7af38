import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore, type ScoreOptions } from "../../../pipelines/stages/score/score.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { usualPolicy } from "../../outcome-policy.js";
import { smallCatalogue } from "../../small-catalogue.js";

const policy = { ...usualPolicy, errored: "left out" };

export interface SmallItem {
  readonly dataset: string;
  readonly id: string;
  readonly variant?: number;
  readonly gold?: unknown;
  /** Default: no question that asks for anything. */
  readonly question?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly keyPoints?: readonly unknown[];
  /** Group of the item. Default: the item. */
  readonly vignette?: string;
  readonly specialty?: string;
}

export interface SmallAnswer {
  readonly system?: string;
  readonly dataset: string;
  readonly id: string;
  readonly variant?: number;
  readonly condition?: string;
  readonly repeat?: number;
  readonly raw: string | null;
  /** Score that the source gave. */
  readonly given?: number;
  readonly error?: string;
  /** Finish reason. */
  readonly finish?: string;
}

export interface SmallVerdict {
  readonly system?: string;
  readonly dataset: string;
  readonly id: string;
  readonly judge?: string;
  readonly rubric?: string;
  readonly criterion: string;
  readonly value: number | null;
  /** Highest value of the scale, whose lowest is 1, or 0 if the highest is 1. */
  readonly highest: number;
  readonly status?: "ok" | "cannot_rate" | "failed";
  readonly repeat?: number;
}

export interface SmallRating {
  readonly system?: string;
  readonly dataset: string;
  readonly id: string;
  readonly rater: string;
  readonly criterion: string;
  readonly value: number;
  /** Highest value of the scale, whose lowest is 1. */
  readonly highest: number;
}

export interface SmallBenchmark {
  /** Components of the metric by dataset, or all versions of the metric. */
  readonly datasets: Readonly<Record<string, readonly object[] | { readonly scoring: readonly object[] }>>;
  readonly items: readonly SmallItem[];
  readonly answers: readonly SmallAnswer[];
  readonly verdicts?: readonly SmallVerdict[];
  readonly ratings?: readonly SmallRating[];
  readonly score?: Omit<ScoreOptions, "workspace">;
  /** Dimension of a dataset. Default: all datasets are of one. */
  readonly dimensionOf?: (dataset: string) => string;
}

export interface SmallWorkspace {
  readonly workspace: string;
  select<Found>(sql: string): Promise<Found[]>;
}

/** Ingests, scores and aggregates a benchmark that is small enough to work out by hand. Removed after the test file. */
export async function smallWorkspace(benchmark: SmallBenchmark): Promise<SmallWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), "medbench-small-"));
  folders.push(folder);
  const workspace = join(folder, "workspace");
  await runIngest({ workspace, sources: [writeSmallBenchmark(folder, benchmark)] });
  await runScore({ workspace, ...benchmark.score });
  await runAggregate({ workspace });
  const select = async <Found>(sql: string): Promise<Found[]> =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as Found[];
  return { workspace, select };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes the benchmark's files into a folder and returns it as a source of ingest. */
function writeSmallBenchmark(
  folder: string,
  { datasets, items, answers, verdicts = [], ratings = [], dimensionOf = () => "all" }: SmallBenchmark,
) {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  write(
    "items.jsonl",
    lines(
      items.map(
        ({
          dataset,
          id,
          variant = 1,
          gold,
          question,
          options,
          keyPoints,
          vignette = null,
          specialty = null,
        }) => ({
          ...{
            dataset,
            id,
            variant,
            question: question ?? `Question ${id}`,
            gold: json(gold),
            options: json(options),
            key_points: json(keyPoints),
          },
          ...{ vignette, specialty },
        }),
      ),
    ),
  );
  write(
    "answers.jsonl",
    lines(
      answers.map(
        ({ system = "s", dataset, id, variant = 1, condition = "base", repeat = 1, ...answer }) => ({
          ...{ system, dataset, id, variant, condition, repeat, error: null, finish: null, given: null },
          ...answer,
        }),
      ),
    ),
  );
  write(
    "verdicts.jsonl",
    lines(
      verdicts.map((verdict) => ({
        ...{ system: "s", judge: "j", rubric: "r/1", repeat: 1, status: "ok" },
        ...verdict,
        lowest: verdict.highest === 1 ? 0 : 1,
      })),
    ),
  );
  write("ratings.jsonl", lines(ratings.map((rating) => ({ system: "s", ...rating }))));
  write("catalogue.json", JSON.stringify(catalogueOf(datasets, dimensionOf)));
  write("mapping.yaml", mapping({ hasVerdicts: verdicts.length > 0, hasRatings: ratings.length > 0 }));
  return { path: folder, mapping: join(folder, "mapping.yaml"), catalogue: join(folder, "catalogue.json") };
}

const catalogueOf = (datasets: SmallBenchmark["datasets"], dimensionOf: (dataset: string) => string) =>
  smallCatalogue(
    "small",
    Object.fromEntries(
      Object.entries(datasets).map(([id, metric]) => [
        id,
        "scoring" in metric
          ? { dimension: dimensionOf(id), components: [], more: { scoring: metric.scoring } }
          : { dimension: dimensionOf(id), components: metric },
      ]),
    ),
    { policy },
  );

const mapping = ({ hasVerdicts, hasRatings }: Readonly<Record<"hasVerdicts" | "hasRatings", boolean>>) => `
schema: medbench-mapping/1
benchmark: small
pool: p
board: api
input:
  - {name: items, files: [items.jsonl]}
  - {name: answers, files: [answers.jsonl]}
${hasVerdicts ? "  - {name: verdicts, files: [verdicts.jsonl]}" : ""}
${hasRatings ? "  - {name: ratings, files: [ratings.jsonl]}" : ""}
tables:
  items:
    from: items
    columns: {dataset: dataset, item_id: id, variant: variant, question: question, group_id: "coalesce(vignette, id)", gold: gold, options: options, key_points: key_points, specialty_primary: specialty}
  responses:
    from: answers
    columns: {system: system, dataset: dataset, item_id: id, variant: variant, condition: condition, repeat: repeat, raw: raw, error: error, finish_reason: finish, source_score: given}
${
  hasVerdicts
    ? `  judgments:
    from: verdicts
    columns: {system: system, dataset: dataset, item_id: id, judge: judge, rubric_version: rubric, criterion: criterion,
              judge_repeat: repeat, scale_min: lowest, scale_max: highest, value: value, status: status}`
    : ""
}
${
  hasRatings
    ? `  ratings:
    from: ratings
    columns: {system: system, dataset: dataset, item_id: id, rater: rater, criterion: criterion, scale_min: "1", scale_max: highest, raw: value}`
    : ""
}
`;
