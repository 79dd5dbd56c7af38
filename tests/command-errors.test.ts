import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const program = resolve(import.meta.dirname, "..", "bin", "medbench.js");

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "medbench-errors-"));
  file = join(folder, "file");
  writeFileSync(file, "x");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function medbench(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: unknown; stderr: string }>((done) => {
    execFile(process.execPath, [program, ...args], { env: { ...process.env, ...env } }, (error, _, stderr) =>
      done({ code: error?.code ?? 0, stderr }),
    );
  });
}

it("a workspace that is a file is an error of its user, with the file, the reason and the next step", async () => {
  const { code, stderr } = await medbench(["sql", "--workspace", file]);
  expect(code).toBe(2);
  expect(stderr).toContain(`sql --workspace: ${JSON.stringify(file)} is a file, expected a folder`);
  expect(stderr).toContain("hint: Name a folder");
  expect(stderr).not.toMatch(/unexpected error|\n\s+at /);
});

it("a temporary folder in which nothing can be written is named before anything starts", async () => {
  const { code, stderr } = await medbench(["--version"], { TMPDIR: file });
  expect(code).toBe(2);
  expect(stderr).toContain("TMPDIR");
  expect(stderr).not.toMatch(/\n\s+at /);
});
