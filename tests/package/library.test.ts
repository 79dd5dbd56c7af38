import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../browser/browser.js";
import { openPage } from "../browser/open-page.js";
import { serveFolder } from "../browser/static-server.js";
import { exportedNames, type InstalledPackage, installPackage, specifiers, subpaths } from "./install.js";

let names: Record<string, string[]>;
let installed: InstalledPackage;

beforeAll(async () => {
  names = await exportedNames();
  installed = await installPackage();
});
afterAll(() => installed?.remove());

/** Imports every entry by name and reports its exports; a computed kappa and a caught error prove that code runs. */
const program = `
  ${specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";`).join("\n")}
  import { InputError } from "medbench-workbench";
  import { cohenKappa } from "medbench-workbench/agreement";
  const sorted = (entry) => Object.keys(entry).sort();
  let isInputError = false;
  try { cohenKappa([[-1]]); } catch (error) { isInputError = error instanceof InputError; }
  report(JSON.stringify({
    names: {${specifiers.map((specifier, i) => `"${specifier}": sorted(entry${i})`).join(", ")}},
    kappa: cohenKappa([[20, 5], [10, 15]]).estimate,
    isInputError,
  }));
`;
// Observed agreement 35/50 = 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa = (0.7 - 0.5) / (1 - 0.5).
const expected = () => ({ names, kappa: expect.closeTo(0.4, 12) as number, isInputError: true });

describe("the installed library", () => {
  test("can be imported in Node, whole and by subpath, with every export of its sources", () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", `const report = (text) => console.log(text);${program}`],
      { cwd: installed.project, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(expected());
  });

  test("runs in a browser page from a plain file server, whole and by subpath", async () => {
    const built = "./node_modules/medbench-workbench/build/lib";
    const imports = Object.fromEntries(
      specifiers.map((each) => [each, `${each.replace("medbench-workbench", built)}/index.js`]),
    );
    await writeFile(
      join(installed.project, "index.html"),
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><main></main>
      <script type="importmap">${JSON.stringify({ imports })}</script>
      <script type="module">
        const report = (text) => { document.querySelector("main").textContent = text; };
        ${program}
      </script>`,
    );
    const server = await serveFolder(installed.project);
    const browser = await launchBrowser();
    try {
      const opened = await openPage(browser, `${server.url}/`);
      expect(await opened.problems()).toEqual([]);
      expect(JSON.parse((await opened.page.locator("main").textContent()) ?? "")).toEqual(expected());
    } finally {
      await browser.close();
      await server.close();
    }
  });

  test.each(["medbench-workbench", "medbench-workbench/agreement"])(
    "costs a bundle that uses only cohenKappa from %s at most 15 kB",
    async (specifier) => {
      const { outputFiles, warnings } = await build({
        stdin: {
          contents: `import { cohenKappa } from "${specifier}"; console.log(cohenKappa([[1, 2], [3, 4]]));`,
          resolveDir: installed.project,
        },
        bundle: true,
        minify: true,
        format: "esm",
        write: false,
      });
      expect(warnings).toEqual([]);
      expect(outputFiles[0]?.contents.length).toBeLessThanOrEqual(15_000);
    },
  );

  test("has at its top level only names that a subpath exports too, and what all subpaths share", () => {
    const ofSubpaths = new Set(subpaths.flatMap((subpath) => names[`medbench-workbench/${subpath}`]));
    const only = names["medbench-workbench"]?.filter((name) => !ofSubpaths.has(name));
    expect(only).toEqual(["CheckError", "InputError", "WorkbenchError", "createRandom", "roundHalfUp"]);
  });

  test("has at its top level no function of a single everyday word", () => {
    const termsOfTheField = ["bleu", "chrf", "crosstab", "icc", "iou", "median", "pearson", "spearman"];
    const single = names["medbench-workbench"]?.filter((name) => /^[a-z]+$/.test(name));
    expect(single).toEqual(termsOfTheField);
  });
});

describe("the tarball", () => {
  test("holds what the command line, the report and the library need, and every target of package.json", async () => {
    const manifest = JSON.parse(await readFile(join(installed.package, "package.json"), "utf8")) as {
      bin: Record<string, string>;
      exports: Record<string, string | Record<string, string>>;
    };
    const targets = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((each) =>
        typeof each === "string" ? [each] : Object.values(each),
      ),
    ];
    // The command and package.json, and a file of types and one of code for each entry of the library and for the frames.
    expect(targets).toHaveLength(1 + 1 + 2 * (specifiers.length + 1));
    expect(targets.filter((path) => !existsSync(join(installed.package, path)))).toEqual([]);
    for (const path of [
      "LICENSE",
      "README.md",
      "CHANGELOG.md",
      "observablehq.config.ts",
      "pipelines/cli.ts",
      "pipelines/groups/component-groups.sql",
      "src/index.md",
      "src/lib/catalogue/data/medbench-v4.json",
      "src/zh/index.txt",
      "build/lib/vendor/LICENSES.txt",
      "build/node/LICENSES.txt",
      "build/node/medbench.js",
      "build/node/sources.json",
      "docs/mapping.md",
      "examples/mapping/questions.json",
    ]) {
      expect(installed.files).toContain(path);
    }
  });

  test("holds no tests, sample data, notebooks, benches, settings of tools or generated pages", () => {
    const allowed =
      /^(bin|build\/(lib|node)|docs|examples|pipelines|src)\/|^(CHANGELOG\.md|CONTRIBUTING\.md|LICENSE|README\.md|SECURITY\.md|data\/README\.md|observablehq\.config\.ts|package\.json)$/;
    const generated = /^src\/\.observablehq\/|^src\/zh\/.*\.md$|^docs\/api\/|\.tsbuildinfo$|\.test\.|\/LOCK/;
    expect(installed.files.filter((path) => !allowed.test(path) || generated.test(path))).toEqual([]);
  });

  test("links from its README to files that it holds", async () => {
    const readme = await readFile(join(installed.package, "README.md"), "utf8");
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target as string);
    const local = targets.filter((target) => !/^https?:/.test(target));
    expect(local).toContain("docs/architecture.md");
    expect(local.filter((target) => !installed.files.includes(target))).toEqual([]);
  });
});
