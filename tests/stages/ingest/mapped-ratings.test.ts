import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

/** Ratings in CSV with a mapping as people write it: TRY_CAST turns whatever is no number into NULL. */
function ratingsFolder(rows: readonly string[]): string {
  return writeFiles(temporaryFolder(), {
    "ratings.csv": `item,rater,grade,given_at\n${rows.join("\n")}\n`,
    "mapping.yaml": `schema: medbench-mapping/1
pool: p
input: {files: [ratings.csv]}
tables:
  ratings:
    columns:
      run_id: "'run-1'"
      dataset: "'MedHC'"
      item_id: item
      rater: rater
      criterion: "'safety'"
      raw: grade
      scale_min: "1"
      scale_max: "5"
      value: TRY_CAST(grade AS DOUBLE)
      rated_at: given_at
`,
  });
}

async function ingestRatings(...sources: readonly (readonly string[])[]) {
  const workspace = temporaryFolder();
  const folders = sources.map(ratingsFolder);
  const outcome = await ingest(
    workspace,
    folders.map((path) => ({ path, mapping: join(path, "mapping.yaml") })),
  );
  const ratings = await query<{ item_id: string; raw: string | null; value: number | null }>(
    workspace,
    "SELECT item_id, raw, value FROM ratings ORDER BY item_id",
  );
  const quarantined = await quarantine(workspace);
  return { outcome, ratings, quarantined };
}

describe("ratings from any mapping", () => {
  it("without a value are read from their raw text, or refused: none becomes 'could not rate' because it is no plain number", async () => {
    const { ratings, quarantined } = await ingestRatings([
      "a,r1,4,",
      "b,r1,４,",
      "c,r1,4分,",
      "d,r1,4/5,",
      "e,r1,cannot rate,",
      "f,r1,good,",
      "g,r1,９,",
      `h,r1,"{""choices"": [""4""]}",`,
      `i,r1,"{""choices"": [""n/a""]}",`,
      `j,r1,"{""text"": [""fine""]}",`,
      `k,r1,"{""choices"": [""4"", ""5""]}",`,
      "l,r1,4.5,",
    ]);
    expect(ratings.map(({ item_id, value }) => [item_id, value])).toEqual([
      ["a", 4],
      ["b", 4],
      ["c", 4],
      ["d", 4],
      ["e", null],
      ["h", 4],
      ["i", null],
      ["l", 4.5],
    ]);
    expect(ratings[1]?.raw).toBe("４");
    expect(quarantined.map(({ line, reason }) => [line, reason])).toEqual([
      [6, "wrong_type"],
      [7, "wrong_value"],
      [10, "wrong_type"],
      [11, "wrong_type"],
    ]);
    expect(quarantined[0]?.detail).toBe(
      'there is no value, and raw is "good"; expected a number from 1 to 5, or "cannot rate" (ratings.csv)',
    );
  });

  it("of one cell count by time, in one source or several; without times, only if they are equal", async () => {
    const { ratings, quarantined } = await ingestRatings(
      [
        "a,r1,1,2026-03-01T10:00:00Z",
        "a,r1,5,2026-03-02T10:00:00Z",
        "b,r1,1,2026-03-01T10:00:00.000001Z",
        "c,r1,4,",
        "c,r1,4,",
        "d,r1,4,",
        "d,r1,3,",
        "e,r1,2,2026-03-01",
        "e,r1,good,2026-03-02",
      ],
      ["b,r1,3,2026-03-01T10:00:00.000002Z"],
    );
    expect(ratings.map(({ item_id, value }) => [item_id, value])).toEqual([
      ["a", 5],
      ["b", 3],
      ["c", 4],
    ]);
    expect(quarantined.map(({ line, reason }) => [line, reason]).sort()).toEqual([
      [1, "duplicate_item"],
      [3, "duplicate_item"],
      [5, "duplicate_item"],
      [6, "duplicate_item"],
      [7, "duplicate_item"],
      [8, "duplicate_item"],
      [9, "wrong_type"],
    ]);
  });
});

describe("a record that a mapping's join drops", () => {
  const files = {
    "key.csv": "code,item\nc1,a\nc2,b\n",
    "returned/r.jsonl": ["c1", "c9", " c2", null, "c2"]
      .map((code) => `${JSON.stringify({ code, rater: "r1", grade: 4 })}\n`)
      .join(""),
  };
  const mapping = (from: string) => `schema: medbench-mapping/1
pool: p
input:
  - {name: key, files: [key.csv]}
  - {name: given, files: ["returned/*.jsonl"]}
tables:
  ratings:
    from: ${from}
    columns: {run_id: "'run-1'", dataset: "'MedHC'", item_id: item, rater: rater, criterion: "'safety'", scale_min: "1", scale_max: "5", value: grade}
`;

  it.each([
    [
      "by USING over a subquery",
      "SELECT * FROM (SELECT code, rater, grade FROM given) AS g JOIN key USING (code)",
      [2, 3, 4],
    ],
    ["by an equality", "SELECT * FROM given AS g JOIN key AS k ON k.code = g.code", [2, 3, 4]],
    [
      "in a CTE",
      "WITH g AS (SELECT key.item, r.* FROM given AS r JOIN key ON r.code = key.code) FROM g",
      [2, 3, 4],
    ],
    [
      "after a filter of its own",
      "SELECT * FROM (FROM given WHERE code LIKE '%c%') JOIN key USING (code)",
      [2, 3],
    ],
    [
      "unless the join keeps it or it finds its partner",
      "SELECT * FROM (SELECT coalesce(trim(code), 'c9') AS code, rater, grade FROM given) JOIN key USING (code)",
      [2, 4],
    ],
  ])("is in quarantine with its place: %s", async (_, from, lines) => {
    const folder = writeFiles(temporaryFolder(), { ...files, "mapping.yaml": mapping(from) });
    const workspace = temporaryFolder();
    await ingest(workspace, [{ path: folder, mapping: join(folder, "mapping.yaml") }]);
    const found = (await quarantine(workspace)).filter(({ reason }) => reason === "unknown_item");
    expect(found.map(({ line }) => line)).toEqual(lines);
    expect(found[0]?.detail).toBe(
      "no row of `from` comes from this record of input given: the join finds no partner for it, or the list that it is joined with is empty (returned/r.jsonl)",
    );
  });
});
