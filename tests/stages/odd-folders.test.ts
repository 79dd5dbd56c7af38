import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { runAggregate } from "../../pipelines/stages/aggregate/aggregate.js";
import { runGate } from "../../pipelines/stages/gate/gate.js";
import { runRelease } from "../../pipelines/stages/release/release.js";
import { runScore } from "../../pipelines/stages/score/score.js";
import { queryWarehouse } from "../../pipelines/tools/sql.js";
import { verifyWorkspace } from "../../pipelines/tools/verify.js";
import { withEngine } from "../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../pipelines/warehouse/views.js";
import { workspacePaths } from "../../pipelines/warehouse/workspace.js";
import { type TableName, tableNames } from "../../src/lib/records/tables.js";
import { ingest, line, temporaryFolder, writeFiles } from "./ingest/workspace.js";

const gold = (letters: string) =>
  [...letters].map((letter, index) => line(index + 1, letter, { source: "MedExam_V4" })).join("");
const options = ["A", "B", "C", "D"].map((letter) => `${letter}. ${letter}`).join("\n");
const questions = [1, 2, 3, 4]
  .map((id) => line(id, "", { source: "MedExam_V4", question: `Q${id}\n${options}` }))
  .join("");
const answers = (letters: string) =>
  [...letters]
    .map((letter, index) =>
      line(index + 1, letter, { source: "MedExam_V4", question: `Q${index + 1}\n${options}` }),
    )
    .join("");

const cycle = `
schema: medbench-cycle/1
benchmark: medbench-v4
sources:
  - {path: questions, role: questions, pool: p}
  - {path: gold, role: gold, pool: p}
  - {path: uploads/*, role: answers, pool: p}
  - {path: calls, mapping: m.yaml, pool: p}
`;
const mapping = `
schema: medbench-mapping/1
board: api
input: {files: ["*.jsonl"]}
tables:
  responses:
    columns: {system: "'mapped'", dataset: "'MedExam'", item_id: id, raw: answer}
`;

/** A cycle whose two uploads, if names were patterns, would be one, and whose folders, if they were columns, would be answers. */
function writeCycle(folder: string): string {
  return writeFiles(folder, {
    "cycle.yaml": cycle,
    "m.yaml": mapping,
    "questions/MedExam.jsonl": questions,
    "gold/MedExam.jsonl": gold("ABCD"),
    "uploads/star/answer=D/MedExam.jsonl": answers("ABCD"),
    "uploads/[s]tar/answer=D/MedExam.jsonl": answers("BBBB"),
    "calls/c.jsonl": '{"id":1,"answer":"A"}\n{"id":2,"answer":"C"}\n',
  });
}

async function runTo(workspace: string, folder: string): Promise<void> {
  await ingest(workspace, [{ path: folder }]);
  await runScore({ workspace });
  await runAggregate({ workspace });
  await runGate({ workspace });
  await runRelease({ workspace });
}

/** Rows of all tables without hashes, in any order. */
async function contentOf(workspace: string): Promise<Record<string, unknown[]>> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  const content: Record<string, unknown[]> = {};
  await withEngine(async (engine) => {
    await attachTables(engine, version);
    for (const name of tableNames)
      content[name] = (await engine.rows(`FROM ${name}`)).map((row) => JSON.stringify(row)).sort();
  });
  return content;
}

let usual: Record<string, unknown[]>;
const cycleName = "cycle-1";

beforeAll(async () => {
  const folder = temporaryFolder();
  const workspace = join(folder, "w");
  await runTo(workspace, writeCycle(join(folder, cycleName)));
  usual = await contentOf(workspace);
});

test("the names of the uploads' folders are neither patterns nor answers", () => {
  const raws = (usual["responses" satisfies TableName] as string[]).map((text) => JSON.parse(text));
  const of = (system: string) => raws.filter(({ run_id }) => run_id.startsWith(`${system}.`));
  expect(of("star").map(({ raw }) => raw)).toEqual(["A", "B", "C", "D"]);
  expect(of("[s]tar").map(({ raw }) => raw)).toEqual(["B", "B", "B", "B"]);
});

test("a workspace has the same figures below folders whose names are columns, patterns, quotes or several lines", async () => {
  const names = [
    ...["outcome=scored", "system=x", "[x]", "st*r?", "{a,b}", "**"],
    ...['it\'s "quoted"', "医学", "a\\b", "two\nlines", "$HOME;--"],
  ];
  const folder = join(temporaryFolder(), ...names);
  const workspace = join(folder, "w");
  await runTo(workspace, writeCycle(join(folder, cycleName)));
  expect(await contentOf(workspace)).toEqual(usual);
  const count = await queryWarehouse(workspace, "SELECT count(*) AS n FROM responses", { format: "json" });
  expect(JSON.parse(count)).toEqual([{ n: usual["responses"]?.length }]);
  const { checks } = await verifyWorkspace(workspace);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
