import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withEngine } from "../../pipelines/warehouse/engine.js";
import { bytesOf, workspaceSettings } from "../../pipelines/warehouse/settings.js";

let workspace: string;

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), "medbench-settings-"));
});

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(join(workspace, "settings.yaml"), text);
const limitOf = (options: object) =>
  withEngine(
    async (engine) =>
      (await engine.row<{ limit: string }>("SELECT current_setting('memory_limit') AS \"limit\"")).limit,
    { workspace, ...options },
  );

it("a workspace without settings has those of each engine", async () => {
  expect(await workspaceSettings(workspace)).toEqual({});
  // DuckDB prints sizes in units of 1024: 300e6 / 2^20 = 286.1.
  expect(await limitOf({ memoryLimit: "300MB" })).toBe("286.1 MiB");
});

it("the memory of a workspace is that of every engine, or its share", async () => {
  write("schema: medbench-settings/1\nmemory: 1.2GB\n");
  // 1.2e9 / 2^30 = 1.117; half of it, 600e6 / 2^20 = 572.2.
  expect(await limitOf({ memoryLimit: "300MB" })).toBe("1.1 GiB");
  expect(await limitOf({ memoryShare: 0.5 })).toBe("572.2 MiB");
});

it("an engine that runs out of memory names its limit, the file and a larger one", async () => {
  write("schema: medbench-settings/1\nmemory: 200MB\n");
  const run = withEngine((engine) => engine.rows("SELECT list(range) FROM range(100000000)"), { workspace });
  await expect(run).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringContaining("its limit is 200MB"),
    hint: expect.stringContaining(`\`memory: 400MB\` into ${join(workspace, "settings.yaml")}`),
  });
});

it.each([
  ["a size without a unit", "schema: medbench-settings/1\nmemory: 700\n", "memory"],
  ["too little", "schema: medbench-settings/1\nmemory: 10MB\n", "at least 200MB"],
  ["a setting that does not exist", "schema: medbench-settings/1\nmemories: 2GB\n", "memories"],
  ["no schema", "memory: 2GB\n", "schema"],
  ["no YAML", "memory: [\n", "is not YAML"],
])("%s is refused with the file and the field", async (_, text, named) => {
  write(text);
  const refused = expect(limitOf({})).rejects;
  await refused.toMatchObject({ name: "InputError", message: expect.stringContaining("settings.yaml") });
  await expect(limitOf({})).rejects.toThrow(named);
});

it("sizes are read in units of 1000 and of 1024", () => {
  expect(["700MB", "1.5 GB", "2GiB", "512mib"].map(bytesOf)).toEqual([7e8, 1.5e9, 2 ** 31, 2 ** 29]);
});
