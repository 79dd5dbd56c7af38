import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import type { StageOutcome } from "../../../pipelines/stages/stage.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { describeShared } from "../../shared.js";

/**
 * Share of equal verdicts and Cohen's kappa against the person's label. Both figures of Llama3-70B, GPT-4, Contains,
 * Gemma-2B and EM are in the source's README to three decimals; all are counted from the CSV by
 * po = equal / n, kappa = (po - pe) / (1 - pe) outside this project.
 */
const published: Readonly<Record<string, readonly [n: number, raw: number, kappa: number]>> = {
  "Llama3-70B": [3595, 0.926565, 0.817888],
  "GPT-4": [3595, 0.911544, 0.787569],
  "Llama-70B": [3465, 0.898701, 0.740257],
  "Mistral-7B": [3595, 0.894019, 0.736103],
  "Llama-7B": [3595, 0.861196, 0.656434],
  "Llama3-8B": [3595, 0.850904, 0.641751],
  JudgeLM: [3595, 0.801669, 0.591745],
  "Gemma-2B": [3595, 0.78025, 0.422042],
  "Llama-13B": [3595, 0.774965, 0.544183],
  Contains: [3595, 0.847844, 0.68322],
  EM: [3595, 0.708762, 0.457772],
};

interface Agreement {
  readonly judge: string;
  readonly n_ratings: number;
  readonly n_groups: number;
  readonly raw_agreement: number;
  readonly kappa: number;
  readonly kappa_lower: number;
  readonly kappa_upper: number;
  readonly kappa_se: number;
}

describeShared(
  "judging-the-judges, nine LLM judges and two string rules",
  ["real", "judging-the-judges"],
  (source) => {
    const workspace = mkdtempSync(join(tmpdir(), "judging-the-judges-"));
    const select = async <T>(sql: string): Promise<T[]> =>
      JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];
    let outcome: StageOutcome;

    beforeAll(async () => {
      await runIngest({
        workspace,
        sources: [{ path: source, mapping: join(import.meta.dirname, "mapping.yaml") }],
      });
      outcome = await runCalibrate({ workspace });
    });
    afterAll(() => rmSync(workspace, { recursive: true, force: true }));

    it("gives percent agreement and kappa of every judge", async () => {
      const found = await select<Agreement>(
        "SELECT * FROM agreement WHERE slice_kind = 'overall' ORDER BY judge",
      );
      expect(found.map(({ judge }) => judge)).toEqual(Object.keys(published).sort());
      for (const { judge, n_ratings, raw_agreement, kappa } of found) {
        const [n, raw, expected] = published[judge] as readonly [number, number, number];
        expect(n_ratings, judge).toBe(n);
        expect(raw_agreement, judge).toBeCloseTo(raw, 6);
        expect(kappa, judge).toBeCloseTo(expected, 6);
      }
    });

    it("uses the question, not the row, as the independent unit: 400 units, and wider intervals", async () => {
      for (const { judge, n_groups, n_ratings, kappa_se } of await select<Agreement>(
        "SELECT * FROM agreement WHERE slice_kind = 'overall'",
      )) {
        expect(n_groups, judge).toBe(400);
        // Error of kappa if the rows were independent: sqrt(po (1 - po) / n) / (1 - pe), with pe from kappa and po.
        const [, raw, kappa] = published[judge] as readonly [number, number, number];
        const chance = (raw - kappa) / (1 - kappa);
        expect(kappa_se, judge).toBeGreaterThan(Math.sqrt((raw * (1 - raw)) / n_ratings) / (1 - chance));
      }
    });

    it("shows every empty cell: 5 rows without a verdict for each judge, 135 for Llama-70B", async () => {
      const failed = await select<{ judge: string; n: number }>(
        "SELECT judge, count(*) AS n FROM judgments WHERE status = 'failed' GROUP BY judge ORDER BY judge",
      );
      expect(Object.fromEntries(failed.map(({ judge, n }) => [judge, n]))).toEqual(
        Object.fromEntries(Object.keys(published).map((judge) => [judge, judge === "Llama-70B" ? 135 : 5])),
      );
      expect(outcome.counts).toMatchObject({ judgments: 39_600 });
    });

    it("gives the people's accuracy of the answering models", async () => {
      const means = await select<{ run_id: string; accuracy: number }>(
        "SELECT run_id, avg(value) AS accuracy FROM ratings GROUP BY run_id",
      );
      const accuracy = new Map(means.map((row) => [row.run_id, row.accuracy]));
      expect(accuracy.get("gpt-4t")).toBe(0.9125);
      expect(accuracy.get("llama2-70b-base")).toBe(0.835);
      expect(accuracy.get("llama2-7b-chat")).toBe(0.5575);
    });
  },
);
