import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeTinyWarehouse } from "./tiny-warehouse.js";

const program = resolve(import.meta.dirname, "..", "bin", "medbench.js");
let workspace: string;
let file: string;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "medbench-sql-input-"));
  file = join(workspace, "query.sql");
  writeFileSync(file, "-- runs\nSELECT count(*) AS n\nFROM outcome_counts;\n");
  await writeTinyWarehouse(workspace, { outcome_counts: [{ run_id: "r1", n: 3 }] });
});

afterAll(() => rmSync(workspace, { recursive: true }));

function sql(args: readonly string[], stdin: "ignore" | number | { readonly input: string }) {
  const given =
    typeof stdin === "object" ? { input: stdin.input } : { stdio: [stdin, "pipe", "pipe"] as const };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, "sql", "--workspace", workspace, ...args],
    { encoding: "utf8", ...given } as Parameters<typeof spawnSync>[2],
  );
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

it("reads its query from a file, a pipe, or where - says so", () => {
  const input = openSync(file, "r");
  expect(sql(["--csv"], input).stdout).toBe("n\n1\n");
  closeSync(input);
  expect(sql(["--csv"], { input: "SELECT 7 AS n" }).stdout).toBe("n\n7\n");
  expect(sql(["--csv", "-"], { input: "SELECT 8 AS n" }).stdout).toBe("n\n8\n");
  expect(sql(["--csv", "--file", file], "ignore").stdout).toBe("n\n1\n");
});

it("lists the tables where standard input is empty, and refuses two queries", () => {
  expect(sql([], "ignore").stdout).toContain("│ outcome_counts ");
  expect(sql([], { input: "" }).stdout).toContain("│ outcome_counts ");
  const twice = sql(["--file", file, "SELECT 1"], "ignore");
  expect(twice.status).toBe(2);
  expect(twice.stderr).toContain("a query and --file were given");
});
