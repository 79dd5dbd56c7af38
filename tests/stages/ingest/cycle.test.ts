import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { tableFiles } from "../../../pipelines/warehouse/views.js";
import { tableNames } from "../../../src/lib/records/tables.js";
import { zipOf } from "../../formats/zip-builder.js";
import { ingest, line, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

const cycleYaml = `
schema: medbench-cycle/1
benchmark: medbench-v4
sources:
  - {path: questions, role: questions, pool: p1}
  - {path: gold, role: gold, pool: p1}
  - {path: specialties.csv, role: crosswalk}
  - {path: systems.csv, role: systems}
  - {path: "uploads/*", role: answers, board: upload, pool: p1}
  - {path: api.jsonl, mapping: api.yaml, board: api, pool: p2}
`;

const rx = (id: number, answer = "") =>
  line(id, answer, { source: "MedRxCheck_V4_MSQ", question: `rx${id}` });
const exam = (text: string, answer = "", more = {}) =>
  line(7, answer, { source: "MedExam_V4", question: text, ...more });
const variants = ["a", "b", "c", "d", "e"];

function writeCycle(): string {
  return writeFiles(join(temporaryFolder(), "cycle"), {
    "cycle.yaml": cycleYaml,
    "questions/MedHC.jsonl":
      line(1, "", { language: "en", difficulty: "hard", released_on: "2026-03-01" }) + line(2),
    "questions/MedRxCheck_MSQ.jsonl": rx(1) + rx(2),
    "questions/MedExam.jsonl": variants.map((text) => exam(text)).join(""),
    "gold/MedHC.jsonl": line(1, "", { key_points: ["one", "two"] }) + line(9, "", { gold: "x" }),
    "gold/MedExam.jsonl": [...variants]
      .reverse()
      .map((text, i) =>
        exam(text, "", { gold: "EDCBA"[i], options: { A: "u", B: "v", C: "w", D: "x", E: "y" } }),
      )
      .join(""),
    "specialties.csv":
      "dataset,item_id,specialty_primary,specialty_secondary,pool\nMedHC,1,03,03.01,\nMedRxCheck,MSQ/2,50,,p1\nMedHC,1,03,03.02,p2\nNothing,1,03,,\n",
    "systems.csv":
      "system,kind,organisation,parameters,temperature,track\nsys-a,model,A Lab,7e9,0.7,\nsys-b,agent,B Lab,many,0,\n",
    "uploads/sys-a/MedHC.jsonl": line(1, "yes") + line(2, "no"),
    "uploads/sys-a/MedRxCheck_MSQ.jsonl": rx(1, "AB") + rx(2, "C"),
    "uploads/sys-b.zip": zipOf([
      { name: "up/MedExam.jsonl", data: variants.map((text) => exam(text, "A")).join("") },
    ]),
    "api.jsonl": `${JSON.stringify({ model: "sys-a", set: "MedHC", id: 5, text: "via api" })}\n`,
    "api.yaml": `
schema: medbench-mapping/1
input: {}
tables:
  responses: {columns: {system: model, dataset: set, item_id: id, raw: text}}
`,
  });
}

describe("a cycle", () => {
  test("fills items, gold, specialties, systems and runs, and keeps boards and pools separate", async () => {
    const workspace = temporaryFolder();
    await ingest(workspace, [{ path: writeCycle() }]);
    const items = await query(
      workspace,
      "SELECT dataset, item_id, variant, group_id, part, language, difficulty, released_on, specialty_primary, specialty_secondary, has_gold, n_options, origin, pool FROM items ORDER BY ALL",
    );
    expect(items).toContainEqual({
      dataset: "MedHC",
      item_id: "1",
      variant: 1,
      group_id: "1",
      part: "",
      language: "en",
      difficulty: "hard",
      released_on: "2026-03-01",
      specialty_primary: "03",
      specialty_secondary: "03.01",
      has_gold: true,
      n_options: null,
      origin: "pack",
      pool: "p1",
    });
    expect(items).toContainEqual(
      expect.objectContaining({
        item_id: "MSQ/2",
        part: "MSQ",
        specialty_primary: "50",
        specialty_secondary: null,
      }),
    );
    expect(items).toContainEqual(expect.objectContaining({ item_id: "5", pool: "p2", origin: "answers" }));
    // Gold lines stand in reverse order of the pack and are found by text: variant a has gold A.
    expect(
      await query(
        workspace,
        "SELECT variant, gold, n_options FROM items JOIN items_private USING (dataset, pool, item_id, variant) WHERE dataset = 'MedExam' ORDER BY variant",
      ),
    ).toEqual(
      ["A", "B", "C", "D", "E"].map((letter, i) => ({ variant: i + 1, gold: `"${letter}"`, n_options: 5 })),
    );
    expect(
      await query(
        workspace,
        "SELECT run_id, system, system_kind, organisation, parameters, temperature, board, pool, track FROM runs ORDER BY run_id",
      ),
    ).toEqual([
      {
        run_id: "sys-a.llm.api.p2",
        system: "sys-a",
        system_kind: "model",
        organisation: "A Lab",
        parameters: 7e9,
        temperature: 0.7,
        board: "api",
        pool: "p2",
        track: "llm",
      },
      {
        run_id: "sys-a.llm.upload.p1",
        system: "sys-a",
        system_kind: "model",
        organisation: "A Lab",
        parameters: 7e9,
        temperature: 0.7,
        board: "upload",
        pool: "p1",
        track: "llm",
      },
      {
        run_id: "sys-b.llm.upload.p1",
        system: "sys-b",
        system_kind: "model",
        organisation: null,
        parameters: null,
        temperature: null,
        board: "upload",
        pool: "p1",
        track: "llm",
      },
    ]);
    const refused = await quarantine(workspace);
    expect(refused.map(({ source, line, reason }) => [source, line, reason])).toEqual([
      ["cycle/gold", 2, "unknown_item"],
      ["cycle/specialties.csv", 5, "unknown_dataset"],
      ["cycle/systems.csv", 3, "wrong_type"],
    ]);
    expect(refused[1]?.byte_length).toBe("Nothing,1,03,,".length);
  });

  test("gives the same bytes in any folder, and when it is ingested again", async () => {
    const hashes: string[][] = [];
    for (const cycle of [writeCycle(), writeCycle()]) {
      const workspace = temporaryFolder();
      await ingest(workspace, [{ path: cycle }]);
      const version = await currentVersion(join(workspace, "warehouse"));
      hashes.push((version?.manifest.files ?? []).map(({ file, sha256 }) => `${sha256} ${file}`));
    }
    expect(hashes[0]?.length).toBeGreaterThan(6);
    expect(hashes[1]).toEqual(hashes[0]);
  });

  test("is skipped if nothing has changed, but not if a file has", async () => {
    const workspace = temporaryFolder();
    const cycle = writeCycle();
    expect((await ingest(workspace, [{ path: cycle }])).skipped).toBe(false);
    expect((await ingest(workspace, [{ path: cycle }])).skipped).toBe(true);
    expect((await ingest(workspace, [])).skipped).toBe(true);
    expect((await ingest(workspace, [], { force: true })).skipped).toBe(false);
    writeFiles(cycle, { "uploads/sys-a/MedHC.jsonl": line(1, "changed") });
    expect((await ingest(workspace, [])).skipped).toBe(false);
    expect(
      await query(workspace, "SELECT raw FROM responses WHERE dataset = 'MedHC' AND pool = 'p1'"),
    ).toEqual([{ raw: "changed" }]);
  });
});

test("a second ingest adds to the first, and --replace starts over", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "a/MedHC.jsonl": line(1, "a"),
    "b/MedHC.jsonl": line(1, "b"),
  });
  await ingest(workspace, [{ path: join(folder, "a") }]);
  await ingest(workspace, [{ path: join(folder, "b") }]);
  expect(await query(workspace, "SELECT system FROM runs ORDER BY system")).toEqual([
    { system: "a" },
    { system: "b" },
  ]);
  await ingest(workspace, [{ path: join(folder, "b") }], { replace: true });
  expect(await query(workspace, "SELECT system FROM runs")).toEqual([{ system: "b" }]);
});

test("an ingest that fails leaves the warehouse unchanged", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), { "a/MedHC.jsonl": line(1, "a"), "none/readme.txt": "x" });
  await ingest(workspace, [{ path: join(folder, "a") }]);
  const before = await currentVersion(join(workspace, "warehouse"));
  await expect(ingest(workspace, [{ path: join(folder, "none") }], { replace: true })).rejects.toThrow(
    /nothing usable/,
  );
  const after = await currentVersion(join(workspace, "warehouse"));
  expect(after?.id).toBe(before?.id);
  for (const table of tableNames)
    for (const file of tableFiles(after, table))
      expect(readFileSync(file).subarray(0, 4).toString()).toBe("PAR1");
});

test.each([
  ["a path that matches nothing", cycleYaml.replace("path: gold", "path: gould"), /"gould" matches nothing/],
  ["an unknown role", cycleYaml.replace("role: gold", "role: silver"), /sources/],
  ["an unknown benchmark", cycleYaml.replace("medbench-v4", "medbench-v9"), /"medbench-v9" is not built in/],
  ["a path above the cycle", cycleYaml.replace("path: gold", "path: ../gold"), /leaves its source folder/],
])("a cycle.yaml with %s is an error that says so", async (_, yaml, message) => {
  const cycle = writeCycle();
  writeFiles(cycle, { "cycle.yaml": yaml });
  await expect(ingest(temporaryFolder(), [{ path: cycle }])).rejects.toThrow(message);
});
