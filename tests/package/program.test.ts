import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../pipelines/warehouse/package-root.js";

/** Compiled before the tests if a source had changed: tests/global-setup.ts. */
const folder = join(packageRoot, "build", "node");

interface SourceList {
  readonly files: readonly [file: string, size: number, mtimeMs: number, sha256: string][];
}

describe("the compiled program", () => {
  test("lists every source that it contains, and the packages compiled into it", () => {
    const { files } = JSON.parse(readFileSync(join(folder, "sources.json"), "utf8")) as SourceList;
    const names = files.map(([file]) => file);
    expect(names).toEqual(
      expect.arrayContaining([
        "pipelines/cli.ts",
        "pipelines/frames/danfo.ts",
        "pipelines/stages/score/score.ts",
        "src/lib/stats/wilson.ts",
        "node_modules/zod/package.json",
      ]),
    );
    // What follows from none of its files is read at run time.
    expect(names.filter((name) => name.endsWith(".sql"))).toEqual([]);
  });

  test("shows file and line of the source in the stack of an error", () => {
    const script = `
      process.setSourceMapsEnabled(true);
      const { toArrow } = await import(${JSON.stringify(pathToFileURL(join(folder, "frames.js")).href)});
      try { toArrow(null); } catch (error) { console.log(error.stack); }`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    const source = readFileSync(join(packageRoot, "pipelines", "frames", "arrow.ts"), "utf8").split("\n");
    const line = source.findIndex((text) => text.includes("of columns)")) + 1;
    expect(stdout).toContain(`${join("pipelines", "frames", "arrow.ts")}:${line}:`);
  });
});

/** What is loaded before a command is chosen: the start of the program and all that it imports statically. */
function loadedAtStart({ outputs }: Metafile, entry: string) {
  const packages = new Set<string>();
  const sources = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const output = outputs[file];
    if (output === undefined) return;
    for (const source of Object.keys(output.inputs)) sources.add(source);
    for (const { path, kind, external } of output.imports) {
      if (kind !== "import-statement") continue;
      if (external === true) packages.add(path);
      else visit(path);
    }
  };
  visit(entry);
  return { packages: [...packages].filter((name) => !name.startsWith("node:")), sources: [...sources] };
}

test("help loads commander and no other package, so neither the engine nor the site builder nor a client of model servers", async () => {
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    entryPoints: { medbench: "pipelines/cli.ts" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "unused",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const { packages, sources } = loadedAtStart(metafile, "unused/medbench.js");
  expect(packages).toEqual(["commander"]);
  expect(sources).toContain("pipelines/commands/sql.ts");
  expect(sources.filter((file) => /^pipelines\/(stages|warehouse\/engine|judging)\//.test(file))).toEqual([]);
});
