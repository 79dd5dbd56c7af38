import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as source from "../../src/lib/index.js";
import { launchBrowser } from "./browser.js";
import { openPage } from "./open-page.js";
import { serveFolder } from "./static-server.js";

const root = resolve(import.meta.dirname, "..", "..");
const names = Object.keys(source).sort();
let folder: string;

beforeAll(async () => {
  const built = spawnSync(process.execPath, ["--import", "tsx", "pipelines/tools/build-library.ts"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(built.stderr).toContain("with types");
  folder = await mkdtemp(join(tmpdir(), "medbench-library-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that imports the package by name and reports its names; an InputError proves that code runs. */
const program = `
  import * as library from "medbench-workbench";
  const error = new library.InputError("n must be at least 1", {hint: "Count again."});
  report(JSON.stringify({names: Object.keys(library).sort(), hint: error.hint, isError: error instanceof Error}));
`;
const expected = { names, hint: "Count again.", isError: true };

describe("the library built from src/lib", () => {
  test("is imported by the package's name in Node with every export of src/lib", () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", `const report = (text) => console.log(text);${program}`],
      { cwd: root, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  test("runs in a browser page from a plain file server", async () => {
    await cp(join(root, "build", "lib", "index.js"), join(folder, "library.js"));
    await writeFile(
      join(folder, "index.html"),
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><main></main>
      <script type="importmap">{"imports": {"medbench-workbench": "./library.js"}}</script>
      <script type="module">
        const report = (text) => { document.querySelector("main").textContent = text; };
        ${program}
      </script>`,
    );
    const server = await serveFolder(folder);
    const browser = await launchBrowser();
    try {
      const opened = await openPage(browser, `${server.url}/`);
      expect(await opened.problems()).toEqual([]);
      expect(JSON.parse((await opened.page.locator("main").textContent()) ?? "")).toEqual(expected);
    } finally {
      await browser.close();
      await server.close();
    }
  });

  test("its declarations are accepted by the compiler under strict settings", async () => {
    await mkdir(join(folder, "node_modules"));
    await symlink(root, join(folder, "node_modules", "medbench-workbench"));
    const user = join(folder, "user.ts");
    await writeFile(
      user,
      `import { InputError } from "medbench-workbench";
       export const hint: string | undefined = new InputError("x", { hint: "y" }).hint;
       // @ts-expect-error a message is text
       new InputError(1);`,
    );
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/typescript/bin/tsc"),
        ...["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--module", "preserve"],
        ...["--moduleResolution", "bundler", "--skipLibCheck", user],
      ],
      { cwd: folder, encoding: "utf8" },
    );
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
