import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { describeShared } from "../../shared.js";

type Summary = Readonly<Record<string, string | number>>;

/** Criteria of the judge, by task, as the source's `summary` names them. */
const criteria: Readonly<Record<string, readonly string[]>> = {
  clinical_reasoning: ["reasoning_quality", "ddx_plausibility", "red_flag_awareness"],
  patient_text: ["verstaendlichkeit", "medizinische_korrektheit", "vollstaendigkeit"],
  summarization: ["faktentreue", "vollstaendigkeit", "klinische_praezision"],
};

describeShared("germedbench, a judge's grades of German answers", ["real", "germedbench"], (source) => {
  const workspace = mkdtempSync(join(tmpdir(), "germedbench-"));
  const select = async <T>(sql: string): Promise<T[]> =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];

  beforeAll(async () => {
    await runIngest({
      workspace,
      sources: [{ path: source, mapping: join(import.meta.dirname, "mapping.yaml") }],
    });
    await runCalibrate({ workspace });
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it("gives the same judge's mean of every criterion, task and system as the source's summary", async () => {
    const means = await select<{ run_id: string; dataset: string; criterion: string; mean: number }>(
      "SELECT run_id, dataset, criterion, avg(value) AS mean FROM judgments GROUP BY ALL",
    );
    const found = new Map(means.map((row) => [`${row.run_id}/${row.dataset}/${row.criterion}`, row.mean]));
    const summaries = readSummaries(source);
    const wanted = summaries.flatMap((summary) =>
      (criteria[summary["task"] as string] ?? []).map(
        (criterion) =>
          [`${summary["model"]}/${summary["task"]}/${criterion}`, summary[criterion] as number] as const,
      ),
    );
    expect(wanted.length).toBeGreaterThanOrEqual(50);
    expect(found.size).toBe(wanted.length);
    for (const [key, mean] of wanted) expect(found.get(key), key).toBeCloseTo(mean, 12);
  });

  it("validates nothing and corrects nothing without a single human rating", async () => {
    expect(await select("SELECT * FROM agreement")).toEqual([]);
    const refused = await select<{ status: string; reason: string }>(
      "SELECT DISTINCT status, reason FROM corrected_scores",
    );
    expect(refused).toEqual([{ status: "refused", reason: "no-ratings" }]);
  });
});

function readSummaries(source: string): Summary[] {
  return readdirSync(join(source, "results"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json.gz"))
    .map(
      (file) =>
        (
          JSON.parse(gunzipSync(readFileSync(join(source, "results", file))).toString()) as {
            summary: Summary;
          }
        ).summary,
    );
}
