import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toArrow, toArrowStream } from "../../pipelines/frames/arrow.js";
import { readColumns } from "../../pipelines/frames/columns.js";
import { readFrame } from "../../pipelines/frames/danfo.js";
import { workspacePaths } from "../../pipelines/warehouse/workspace.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";

let workspace: string;
let warehouse: string;

const everyKind = `
  SELECT * FROM (VALUES
    ('甲', 1::INTEGER, 9007199254740993::BIGINT, 0.1::DOUBLE, TRUE, DATE '2026-03-01', TIMESTAMP '2026-03-01 12:30:00'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL)
  ) AS t(word, small, long, share, flag, day, moment)`;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "medbench-frames-"));
  warehouse = workspacePaths(workspace).warehouse;
  await writeTinyWarehouse(workspace, {
    task_scores: [
      { run_id: "alpha", dataset: "MedExam", metric: "task", estimate: 0.25, n_groups: 4 },
      { run_id: "beta", dataset: "MedExam", metric: "task", estimate: 0.75, n_groups: 4 },
      { run_id: "gamma", dataset: "MedExam", metric: "task", estimate: null, n_groups: 0 },
    ],
  });
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

describe("a danfo.js frame of the warehouse", () => {
  test("has the table's rows and columns, and leaves undefined scores out of its mean", async () => {
    const frame = await readFrame(warehouse, "task_scores");
    expect(frame.shape[0]).toBe(3);
    expect(frame.columns).toContain("interval_method");
    // (0.25 + 0.75) / 2: gamma's score is undefined, not 0.
    expect(frame.column("estimate").mean()).toBe(0.5);
    expect(frame.column("run_id").values).toEqual(["alpha", "beta", "gamma"]);
  });

  test("contains the result of a query with double precision and ISO dates", async () => {
    const frame = await readFrame(warehouse, everyKind);
    expect(frame.column("word").values).toEqual(["甲", null]);
    expect(frame.column("share").values).toEqual([0.1, Number.NaN]);
    expect(frame.column("day").values).toEqual(["2026-03-01", null]);
    expect(frame.column("moment").values).toEqual(["2026-03-01T12:30:00.000Z", null]);
    expect(frame.column("flag").values).toEqual([true, null]);
  });

  test("keeps its columns if there are no rows", async () => {
    const frame = await readFrame(warehouse, "SELECT run_id, estimate FROM task_scores WHERE FALSE");
    expect(frame.columns).toEqual(["run_id", "estimate"]);
    expect(frame.shape).toEqual([0, 2]);
  });
});

describe("an Arrow table of the warehouse", () => {
  test("has the warehouse's types and nulls, and survives its IPC stream", async () => {
    const columns = await readColumns(warehouse, everyKind);
    for (const table of [toArrow(columns), tableFromIPC(toArrowStream(columns))]) {
      expect(table.schema.fields.map(({ name, type }) => [name, String(type)])).toEqual([
        ["word", "Utf8"],
        ["small", "Int32"],
        ["long", "Int64"],
        ["share", "Float64"],
        ["flag", "Bool"],
        ["day", "Date32<DAY>"],
        ["moment", "Timestamp<MILLISECOND>"],
      ]);
      const [first, second] = table.toArray().map((row) => row?.toJSON());
      // 2^53 + 1 has no double: the digits survive only as a 64-bit integer.
      expect(first).toMatchObject({ word: "甲", small: 1, long: 9007199254740993n, share: 0.1, flag: true });
      expect(new Date(first?.["day"]).toISOString()).toBe("2026-03-01T00:00:00.000Z");
      expect(new Date(first?.["moment"]).toISOString()).toBe("2026-03-01T12:30:00.000Z");
      expect(Object.values(second ?? {})).toEqual([null, null, null, null, null, null, null]);
    }
  });

  test("keeps its types if there are no rows", async () => {
    const table = toArrow(await readColumns(warehouse, "SELECT estimate FROM task_scores WHERE FALSE"));
    expect([table.numRows, String(table.schema.fields[0]?.type)]).toEqual([0, "Float64"]);
  });
});

describe("a source that cannot become a frame", () => {
  test.each([
    ["a missing column", "SELECT nothing FROM runs", /nothing/, /Give one SELECT/],
    [
      "a type that frames do not support",
      "SELECT [1, 2] AS pair",
      /column "pair" has type INTEGER\[\]/,
      /Cast it/,
    ],
  ])("%s is an error with a hint", async (_, source, message, hint) => {
    await expect(readColumns(warehouse, source)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  test("a folder without a warehouse is an error that names it", async () => {
    await expect(readFrame(join(workspace, "none"), "runs")).rejects.toThrow(
      "none: there is no warehouse yet",
    );
  });
});
