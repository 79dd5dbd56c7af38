import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ingest, line, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

async function withCrosswalk(content: string | Buffer) {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "q/MedHC.jsonl": line(1) + line(2) + line(3),
    "specialties.csv": content,
  });
  const { counts } = await ingest(workspace, [
    { path: join(folder, "q"), role: "questions" },
    { path: join(folder, "specialties.csv"), role: "crosswalk" },
  ]);
  const items = await query<{ item_id: string; specialty_primary: string | null }>(
    workspace,
    "SELECT item_id, specialty_primary FROM items ORDER BY item_id",
  );
  return {
    specialties: items.map(({ specialty_primary }) => specialty_primary),
    refused: (await quarantine(workspace)).map((row) => [row.line, row.reason, row.detail]),
    notes: counts["notes"] as string[],
  };
}

const header = "dataset,item_id,specialty_primary,specialty_secondary";
const rows = "MedHC,1,03,\nMedHC,2,04,04.01\n";

describe("a crosswalk", () => {
  test.each<[string, string | Buffer, RegExp | null]>([
    ["in UTF-8", `${header}\n${rows}`, null],
    ["with a byte-order mark", `\ufeff${header}\n${rows}`, /byte-order mark/],
    ["in UTF-16", Buffer.from(`\ufeff${header}\n${rows}`, "utf16le"), /UTF-16LE/],
    ["with CRLF", `${header}\n${rows}`.replaceAll("\n", "\r\n"), null],
    ["with semicolons", `${header}\n${rows}`.replaceAll(",", ";"), /divided by ";"/],
    ["with tabs", `${header}\n${rows}`.replaceAll(",", "\t"), /tabs/],
    ["with empty columns at the end", `${header},,\nMedHC,1,03,,,\nMedHC,2,04,04.01,,\n`, null],
    ["with empty fields at the end of rows only", `${header}\nMedHC,1,03,,,\nMedHC,2,04,04.01,\n`, null],
    ["with quoted fields", `${header}\n"MedHC","1","03",""\n"MedHC",2,"04","04.01"\n`, null],
  ])("%s is read", async (_, content, note) => {
    const { specialties, refused, notes } = await withCrosswalk(content);
    expect(specialties).toEqual(["03", "04", null]);
    expect(refused).toEqual([]);
    if (note === null) expect(notes).toEqual([]);
    else expect(notes).toEqual([expect.stringMatching(note)]);
  });

  test("says how many of its rows are about items that no source has", async () => {
    const { specialties, notes } = await withCrosswalk(
      `${header},pool\n${"MedHC,1,03,,\nMedHC,2,04,,other\nMedHC,0007,05,,\n"}`,
    );
    expect(specialties).toEqual(["03", null, null]);
    expect(notes).toEqual([
      expect.stringMatching(/2 of 3 rows are about items that no source has, such as MedHC 0007; check/),
    ]);
  });

  test.each<[string, string | Buffer, string, RegExp]>([
    [
      "names a column twice",
      `${header},specialty_primary\nMedHC,1,03,,04\n`,
      "bad_csv_header",
      /column specialty_primary occurs twice/,
    ],
    [
      "lacks a column",
      "dataset,item_id\nMedHC,1\n",
      "bad_csv_header",
      /no column specialty_primary; found dataset, item_id/,
    ],
    ["is empty", "", "bad_csv_header", /found nothing/],
    ["is Latin-1", Buffer.from(`${header}\nMedHC,1,03,caf\u00e9\n`, "latin1"), "invalid_utf8", /line 2/],
    [
      "is a spreadsheet",
      Buffer.from("PK\u0003\u0004\u0000\u0000\u0000", "latin1"),
      "invalid_utf8",
      /not text/,
    ],
  ])("that %s is refused as a whole, and the items are taken", async (_, content, reason, detail) => {
    const { specialties, refused } = await withCrosswalk(content);
    expect(specialties).toEqual([null, null, null]);
    expect(refused).toEqual([[0, reason, expect.stringMatching(detail)]]);
  });

  test("loses only the rows that do not fit", async () => {
    const { specialties, refused } = await withCrosswalk(
      `${header}\nMedHC,1,03\nMedHC,2,04,04.01,surplus\n"MedHC"x,2,04,\nMedHC,3,05,\nMedHC,2,"06,\n`,
    );
    expect(specialties).toEqual([null, null, "05"]);
    expect(refused.map(([at, reason]) => [at, reason])).toEqual([
      [2, "bad_csv_record"],
      [3, "bad_csv_record"],
      [4, "bad_csv_record"],
      [6, "bad_csv_record"],
    ]);
  });

  test("with a column that is not used says so", async () => {
    const { notes } = await withCrosswalk(
      "dataset,item_id,specialty_primary,specialty_minor\nMedHC,1,03,04\n",
    );
    expect(notes).toEqual([expect.stringContaining("columns that are not used: specialty_minor")]);
  });
});

describe("files that describe a cycle", () => {
  const cycle =
    "schema: medbench-cycle/1\nbenchmark: medbench-v4\nsources:\n  - {path: q, role: questions}\n";

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\ufeff${cycle}`)],
    ["UTF-16LE", Buffer.from(`\ufeff${cycle}`, "utf16le")],
    ["UTF-16BE", Buffer.from(`\ufeff${cycle}`, "utf16le").swap16()],
  ])("cycle.yaml in %s is read", async (_, content) => {
    const folder = writeFiles(temporaryFolder(), { "q/MedHC.jsonl": line(1), "cycle.yaml": content });
    const { counts } = await ingest(temporaryFolder(), [{ path: folder }]);
    expect(counts).toMatchObject({ items: 1 });
  });

  test("cycle.yaml in another encoding is refused with its line", async () => {
    const content = Buffer.from(`# caf\u00e9\n${cycle}`, "latin1");
    const folder = writeFiles(temporaryFolder(), { "q/MedHC.jsonl": line(1), "cycle.yaml": content });
    await expect(ingest(temporaryFolder(), [{ path: folder }])).rejects.toThrow(
      /cycle\.yaml line 1: not UTF-8/,
    );
  });

  test("a catalogue and a mapping may begin with a byte-order mark", async () => {
    const catalogue = readFileSync("src/lib/catalogue/data/medbench-v4.json", "utf8");
    const folder = writeFiles(temporaryFolder(), {
      "a.jsonl": '{"id": "1"}\n',
      "catalogue.json": `\ufeff${catalogue}`,
      "m.yaml": `\ufeffschema: medbench-mapping/1\ninput: {}\ntables: {runs: {columns: {run_id: id, track: "'llm'"}}}\n`,
    });
    const { counts } = await ingest(temporaryFolder(), [
      {
        path: join(folder, "a.jsonl"),
        mapping: join(folder, "m.yaml"),
        catalogue: join(folder, "catalogue.json"),
      },
    ]);
    expect(counts).toMatchObject({ runs: 1 });
  });
});
