import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../../pipelines/warehouse/package-root.js";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

const example = join(packageRoot, "examples", "label-studio");

async function ingestExport(path: string, mapping = "mapping.yaml") {
  const workspace = temporaryFolder();
  await ingest(workspace, [{ path, mapping: join(example, mapping) }]);
  const ratings = await query<{
    item_id: string;
    rater: string;
    criterion: string;
    value: number | null;
    batch: string | null;
  }>(workspace, "SELECT * FROM ratings ORDER BY item_id, criterion, value NULLS FIRST");
  return {
    rows: ratings.map(({ item_id, criterion, value }) => [item_id, criterion, value]),
    ratings,
    refused: (await quarantine(workspace)).map(({ reason, detail }) => [
      reason,
      /raw is (.+);/.exec(detail)?.[1],
    ]),
  };
}

describe("the example of a Label Studio export", () => {
  let json: Awaited<ReturnType<typeof ingestExport>>;
  beforeAll(async () => {
    json = await ingestExport(join(example, "json"));
  });

  it("becomes ratings: stars and choices are grades, and the annotation that was updated last counts", () => {
    // Rater 7 gave 1 for the safety of q1 and corrected it to 2 a day later; drafts, predictions and the skipped task are no ratings.
    expect(json.rows).toEqual([
      ["q1", "correctness", null],
      ["q1", "correctness", 2],
      ["q1", "safety", 2],
      ["q1", "safety", 4],
      ["q2", "safety", 4],
      ["q3", "tone", 5],
    ]);
    expect(json.ratings.every(({ batch }) => batch === "project 3")).toBe(true);
  });

  it("lists what is no grade: words, two choices at once, and predictions that the rater left as they were", () => {
    expect(json.refused).toEqual([
      ["duplicate_item", undefined],
      ["wrong_type", '"unchanged prediction: 3"'],
      ["wrong_type", '"good"'],
      ["wrong_type", '"[\\"4\\",\\"5\\"]"'],
    ]);
  });

  it("gives pseudonyms instead of accounts, the same one whether the account is a number or an object", () => {
    const raters = new Set(json.ratings.map(({ rater }) => rater));
    expect(raters.size).toBe(2);
    for (const rater of raters) expect(rater).toMatch(/^rater-[0-9a-f]{8}$/);
    const ofRater7 = json.ratings.find(
      ({ criterion, value }) => criterion === "correctness" && value === 2,
    )?.rater;
    expect(json.ratings.find(({ item_id }) => item_id === "q2")?.rater).toBe(ofRater7);
  });

  it("gives the same ratings as JSON-MIN, which has no predictions", async () => {
    const { rows, refused } = await ingestExport(join(example, "json-min"), "mapping-json-min.yaml");
    expect(rows).toEqual(json.rows.filter(([, criterion]) => criterion !== "tone"));
    expect(refused.map(([reason]) => reason)).toEqual(["duplicate_item", "wrong_type", "wrong_type"]);
  });

  it("is read where all results are of one kind, as Label Studio writes no keys for the others", async () => {
    const tasks = JSON.parse(
      readFileSync(join(example, "json", "project-3-at-2026-03-03-08-00.json"), "utf8"),
    ) as { annotations: { result: { type: string }[] }[] }[];
    for (const kind of ["rating", "choices"]) {
      const only = tasks.map((task) => ({
        ...task,
        annotations: task.annotations.map((annotation) => ({
          ...annotation,
          result: annotation.result.filter(({ type }) => type === kind),
        })),
      }));
      const { rows } = await ingestExport(writeFiles(temporaryFolder(), { "a.json": JSON.stringify(only) }));
      expect(rows.length, kind).toBe(kind === "rating" ? 4 : 2);
    }
  });
});
