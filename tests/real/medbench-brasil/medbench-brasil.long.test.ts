import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { describeShared } from "../../shared.js";

interface Published {
  readonly modelId: string;
  readonly accuracy: number;
  readonly ci95: readonly [number, number];
  readonly macroF1: number;
  readonly total: number;
  readonly perSpecialty: Readonly<Record<string, { readonly accuracy: number; readonly n: number }>>;
}

interface TaskScore {
  readonly system: string;
  readonly pool: string;
  readonly metric: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly n_groups: number;
}

const editions = ["enamed-2025", "revalida-2025-1"] as const;
const here = import.meta.dirname;

describeShared("medbench-brasil, 21 systems in two editions", ["real", "medbench-brasil"], (source) => {
  const folder = mkdtempSync(join(tmpdir(), "medbench-brasil-"));
  const workspace = (answers: "parsed" | "raw") => join(folder, answers);
  const select = async <T>(answers: "parsed" | "raw", sql: string): Promise<T[]> =>
    JSON.parse(await queryWarehouse(workspace(answers), sql, { format: "json" })) as T[];

  beforeAll(async () => {
    for (const answers of ["parsed", "raw"] as const) {
      await runIngest({
        workspace: workspace(answers),
        sources: [
          { path: source, mapping: join(here, `${answers}.yaml`), catalogue: join(here, "catalogue.json") },
        ],
      });
      await runScore({ workspace: workspace(answers) });
      await runAggregate({ workspace: workspace(answers), replicates: 200 });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("takes every line of every file", async () => {
    for (const answers of ["parsed", "raw"] as const) {
      const [counts] = await select<object>(
        answers,
        "SELECT (SELECT count(*) FROM responses) AS responses, (SELECT count(*) FROM quarantine) AS quarantined, (SELECT count(*) FROM runs) AS runs",
      );
      expect(counts).toEqual({ responses: 10_521, quarantined: 0, runs: 42 });
    }
  });

  describe("with the source's letters as answers", () => {
    it.each(editions)(
      "gives every published figure of %s: accuracy, interval, macro-F1, specialties",
      async (edition) => {
        const tasks = await select<TaskScore>(
          "parsed",
          `SELECT * FROM task_scores WHERE pool = '${edition}'`,
        );
        const specialties = await select<{
          system: string;
          specialty: string;
          estimate: number;
          n_expected: number;
        }>("parsed", `SELECT * FROM specialty_scores WHERE pool = '${edition}'`);
        const published = publishedFiles(source, edition);
        expect(published).toHaveLength(21);
        for (const { modelId, accuracy, ci95, macroF1, total, perSpecialty } of published) {
          const scoreOf = (metric: string) =>
            tasks.find((row) => row.system === modelId && row.metric === metric) as TaskScore;
          expect(scoreOf("row_accuracy").estimate, modelId).toBeCloseTo(accuracy, 12);
          // The source takes z = 1.96, we 1.959964: the ends differ in the sixth decimal.
          expect(scoreOf("row_accuracy").lower, modelId).toBeCloseTo(ci95[0], 4);
          expect(scoreOf("row_accuracy").upper, modelId).toBeCloseTo(ci95[1], 4);
          expect(wilson196(Math.round(accuracy * total), total), modelId).toEqual([
            expect.closeTo(ci95[0], 12),
            expect.closeTo(ci95[1], 12),
          ]);
          expect(scoreOf("macro_f1").estimate, modelId).toBeCloseTo(macroF1, 12);
          for (const [specialty, figure] of Object.entries(perSpecialty)) {
            const row = specialties.find((cell) => cell.system === modelId && cell.specialty === specialty);
            expect(row?.estimate, `${modelId}, ${specialty}`).toBeCloseTo(figure.accuracy, 8);
            expect(row?.n_expected, `${modelId}, ${specialty}`).toBe(figure.n);
          }
        }
      },
    );

    it("has group-aware intervals wider than those that count repetitions as independent, for every system", async () => {
      const tasks = await select<TaskScore>("parsed", "SELECT * FROM task_scores");
      const main = tasks.filter(({ metric }) => metric === "task");
      expect(main).toHaveLength(42);
      for (const task of main) {
        const rows = tasks.find(
          (row) => row.metric === "row_accuracy" && row.system === task.system && row.pool === task.pool,
        ) as TaskScore;
        expect(task.estimate).toBeCloseTo(rows.estimate, 8);
        expect(task.upper - task.lower, `${task.system} ${task.pool}`).toBeGreaterThan(
          rows.upper - rows.lower,
        );
      }
    });
  });

  describe("with the full texts read by our reader", () => {
    it.each([
      // Corrected figures, hand-checked, of the truth set beside the source.
      ["meta-llama/llama-4-scout", "enamed-2025", 69.1, 88.6, 60],
      ["meta-llama/llama-4-scout", "revalida-2025-1", 65.9, 81.2, 52],
      ["meta-llama/llama-4-maverick", "enamed-2025", 74.8, 90.2, 41],
      ["meta-llama/llama-4-maverick", "revalida-2025-1", 74.1, 82.7, 28],
      ["qwen/qwen3.5-122b-a10b", "enamed-2025", 85.8, 91.9, 16],
      ["qwen/qwen3.5-122b-a10b", "revalida-2025-1", 88.2, 92.5, 12],
      ["gpt-5.4", "enamed-2025", 93.5, 94.3, 2],
      ["gpt-5.4", "revalida-2025-1", 89.0, 96.5, 19],
    ])(
      "%s in %s is published at %d and reads %d, with %d letters changed",
      async (system, pool, published, corrected, changed) => {
        const [row] = await select<{ source_accuracy: number; our_accuracy: number; n_differ: number }>(
          "raw",
          `SELECT * FROM reading_accuracy WHERE system = '${system}' AND pool = '${pool}'`,
        );
        expect((row?.source_accuracy as number) * 100).toBeCloseTo(published, 1);
        expect((row?.our_accuracy as number) * 100).toBeCloseTo(corrected, 1);
        expect(row?.n_differ).toBe(changed);
      },
    );

    it("lists each response on which source and reader differ, as many as in the systems' counts", async () => {
      const [counts] = await select<{ listed: number; counted: number }>(
        "raw",
        `SELECT (SELECT count(*) FROM readings JOIN items USING (benchmark, dataset, pool, item_id, variant) WHERE excluded IS NULL) AS listed,
                (SELECT sum(n_differ) FROM reading_accuracy) AS counted`,
      );
      expect(counts?.listed).toBe(counts?.counted);
      expect(counts?.listed).toBeGreaterThan(300);
    });
  });
});

function publishedFiles(source: string, edition: string): Published[] {
  const folder = join(source, edition, "published");
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Published);
}

/** Wilson interval with the source's z = 1.96. */
function wilson196(successes: number, n: number): [number, number] {
  const z = 1.96;
  const p = successes / n;
  const center = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [center - half, center + half];
}
