import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { describeShared } from "../../shared.js";

/**
 * GPT-4 against people: pairs, share equal, quadratic-weighted kappa, GPT-4's mean, people's mean. Counted outside this
 * project from the two files joined on dialog_uuid, by kappa = (po - pe) / (1 - pe) with weights 1 - (i - j)^2 / top^2.
 */
const expected: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  Medicine: {
    "A Correctness": [460, 0.806522, 0.618467, 1.795652, 2.069565],
    "A Explanation Correctness": [460, 0.617391, 0.280125, 1.426087, 1.713043],
    "B Accuracy": [340, 0.494118, 0.459288, 2.847059, 3.705882],
    "B Fluency": [340, 0.932353, 0.320621, 2.973529, 2.917647],
    "B Informativeness": [340, 0.594118, 0.476844, 2.282353, 2.35],
    "B Logicality": [340, 0.602941, 0.272795, 2.470588, 2.776471],
  },
  "": {
    "A Correctness": [2900, 0.761724, 0.645679, 1.913793, 1.984483],
    "A Explanation Correctness": [2900, 0.696207, 0.392473, 1.429655, 1.500345],
    "B Accuracy": [1900, 0.618947, 0.516053, 3.889474, 3.730526],
    "B Fluency": [1900, 0.798421, 0.063375, 2.985263, 2.759474],
    "B Informativeness": [1900, 0.584211, 0.40812, 2.575789, 2.276316],
    "B Logicality": [1900, 0.665789, 0.307382, 2.723158, 2.604737],
  },
};

interface Agreement {
  readonly criterion: string;
  readonly slice: string;
  readonly n_ratings: number;
  readonly raw_agreement: number;
  readonly kappa: number;
  readonly judge_mean: number;
  readonly people_mean: number;
}

describeShared("llmeval-2, people and GPT-4 on six subjects", ["real", "llmeval-2"], (source) => {
  const workspace = mkdtempSync(join(tmpdir(), "llmeval-2-"));
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

  it.each(["", "Medicine"])(
    "gives agreement and both means per dimension (subject '%s')",
    async (subject) => {
      const found = await select<Agreement>(
        `SELECT * FROM agreement WHERE slice = '${subject}' AND slice_kind = '${subject === "" ? "overall" : "dataset"}' AND criterion <> 'all'`,
      );
      expect(found.map(({ criterion }) => criterion).sort()).toEqual(
        Object.keys(expected[subject] ?? {}).sort(),
      );
      for (const row of found) {
        const values = [row.n_ratings, row.raw_agreement, row.kappa, row.judge_mean, row.people_mean];
        const wanted = expected[subject]?.[row.criterion] as readonly number[];
        values.forEach((value, i) => {
          expect(value, `${row.criterion} ${i}`).toBeCloseTo(wanted[i] as number, 6);
        });
      }
    },
  );

  it("gives people's and GPT-4's means of a system, whatever the order of the two files", async () => {
    const [correctness, accuracy] = await select<{ people: number; gpt4: number }>(
      `SELECT (SELECT avg(value) FROM ratings WHERE run_id = 'baichuan-13b-chat' AND criterion = c) AS people,
              (SELECT avg(value) FROM judgments WHERE run_id = 'baichuan-13b-chat' AND criterion = c) AS gpt4
       FROM (VALUES ('A Correctness'), ('B Accuracy')) AS criteria(c) ORDER BY c`,
    );
    // 145 objective and 95 subjective answers of these six subjects; the published 2.003 is over twelve.
    expect(correctness?.people).toBeCloseTo(2.2896551724137932, 12);
    expect(correctness?.gpt4).toBeCloseTo(2.1586206896551725, 12);
    expect(accuracy?.people).toBeCloseTo(4.221052631578948, 12);
    expect(accuracy?.gpt4).toBeCloseTo(4.4526315789473685, 12);
  });

  it("says that one number per answer gives no human ceiling", async () => {
    const found = await select("SELECT * FROM agreement WHERE ceiling IS NOT NULL OR n_rater_pairs > 0");
    expect(found).toEqual([]);
  });
});
