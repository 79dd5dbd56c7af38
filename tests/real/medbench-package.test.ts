import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeShared } from "../shared.js";
import { ingest, query, temporaryFolder } from "../stages/ingest/workspace.js";

describeShared("the public MedBench package of March 2026", ["real", "medbench"], (folder) => {
  const workspace = temporaryFolder();
  beforeAll(async () => {
    await ingest(workspace, [
      ...["llm", "vlm", "agent"].map((track) => ({
        path: join(folder, track, "questions"),
        role: "questions" as const,
        pool: "upload-2026-03",
      })),
      {
        path: join(folder, "agent", "results"),
        role: "answers",
        system: "agent-system",
        pool: "upload-2026-03",
      },
      {
        path: join(folder, "llm", "results"),
        role: "answers",
        system: "agent-system",
        pool: "upload-2026-03",
      },
    ]);
  });

  test("has 62 question files, 2,340 rows and 60 datasets, none of them lost", async () => {
    const [files] = await query(
      workspace,
      "SELECT count(*) AS files, sum(rows_in)::BIGINT AS rows_in, sum(rows_out)::BIGINT AS rows_out FROM source_files WHERE role = 'questions'",
    );
    expect(files).toEqual({ files: 62, rows_in: 2340, rows_out: 2340 });
    const [items] = await query(
      workspace,
      "SELECT count(*) AS rows, count(DISTINCT dataset) AS datasets FROM items",
    );
    expect(items).toEqual({ rows: 2340, datasets: 60 });
    expect(await query(workspace, "SELECT * FROM quarantine")).toEqual([]);
  });

  test("has 36, 10 and 14 datasets in its tracks", async () => {
    const tracks = await query(
      workspace,
      "SELECT track, count(DISTINCT dataset) AS n FROM items GROUP BY track ORDER BY track",
    );
    expect(tracks).toEqual([
      { track: "agent", n: 14 },
      { track: "llm", n: 36 },
      { track: "multimodal", n: 10 },
    ]);
  });

  test("has four files of 30 groups with five variants each, and no other groups", async () => {
    const groups = await query(
      workspace,
      `SELECT dataset, part, count(*) AS groups, min(n) AS smallest, max(n) AS largest
       FROM (SELECT dataset, part, group_id, count(*) AS n FROM items GROUP BY ALL HAVING count(*) > 1)
       GROUP BY ALL ORDER BY dataset`,
    );
    const five = { groups: 30, smallest: 5, largest: 5 };
    expect(groups).toEqual([
      { dataset: "MedEthics", part: "", ...five },
      { dataset: "MedExam", part: "", ...five },
      { dataset: "MedRxCheck", part: "SCQ", ...five },
      { dataset: "MedSafety", part: "", ...five },
    ]);
  });

  test("keeps the images of the multimodal items as lists, however the file writes them", async () => {
    const media = await query(
      workspace,
      "SELECT count(*) AS n, min(json_type(media)) AS least, max(json_type(media)) AS most FROM items_private WHERE media IS NOT NULL",
    );
    expect(media).toEqual([{ n: 300, least: "ARRAY", most: "ARRAY" }]);
  });

  test("has 240 real answers, which all find their item", async () => {
    const answers = await query(
      workspace,
      `SELECT run_id, count(*) AS n, count(raw) AS answered, count(DISTINCT dataset) AS datasets
       FROM responses JOIN items USING (benchmark, dataset, pool, item_id, variant) GROUP BY run_id ORDER BY run_id`,
    );
    expect(answers).toEqual([
      { run_id: "agent-system.agent.upload.upload-2026-03", n: 210, answered: 210, datasets: 7 },
      { run_id: "agent-system.llm.upload.upload-2026-03", n: 30, answered: 30, datasets: 1 },
    ]);
  });
});
