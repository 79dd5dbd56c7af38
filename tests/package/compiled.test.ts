import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compiledProgram } from "../../bin/compiled.js";
import { packageRoot } from "../../pipelines/warehouse/package-root.js";

let root: string;
const source = 'console.log("from the sources");';

/** A package whose command line prints what it runs from. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medbench-compiled-"));
  cpSync(join(packageRoot, "bin"), join(root, "bin"), { recursive: true });
  symlinkSync(join(packageRoot, "node_modules"), join(root, "node_modules"), "junction");
  writeFileSync(join(root, "package.json"), '{"type": "module"}');
  mkdirSync(join(root, "pipelines"));
  writeFileSync(join(root, "pipelines", "cli.ts"), source);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function compile(): void {
  const { size, mtimeMs } = statSync(join(root, "pipelines", "cli.ts"));
  const sha256 = createHash("sha256").update(source).digest("hex");
  mkdirSync(join(root, "build", "node"), { recursive: true });
  writeFileSync(join(root, "build", "node", "medbench.js"), 'console.log("compiled");');
  writeFileSync(
    join(root, "build", "node", "sources.json"),
    JSON.stringify({ schema: "medbench-compiled/1", files: [["pipelines/cli.ts", size, mtimeMs, sha256]] }),
  );
}

function run() {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "bin", "medbench.js")], {
    encoding: "utf8",
  });
  return { stdout: stdout.trim(), stderr, status };
}

describe("the command", () => {
  test("runs the compiled program while the sources are unchanged, and prints nothing about it", () => {
    compile();
    expect(run()).toEqual({ stdout: "compiled", stderr: "", status: 0 });
  });

  test("runs an edited source, not what was compiled from its earlier text, and names it in one line", () => {
    compile();
    writeFileSync(join(root, "pipelines", "cli.ts"), 'console.log("from newer sources");');
    expect(run()).toEqual({
      stdout: "from newer sources",
      stderr:
        "medbench: pipelines/cli.ts has changed since medbench was compiled, so it runs from its TypeScript sources and starts slowly; `npm run compile` compiles it\n",
      status: 0,
    });
  });

  test("runs the sources where nothing was compiled, as after npm ci --ignore-scripts", () => {
    const { stdout, stderr } = run();
    expect(stdout).toBe("from the sources");
    expect(stderr).toMatch(/^medbench: medbench is not compiled, so .*`npm run compile` compiles it\n$/);
  });
});

describe("the compiled program may run", () => {
  test("where a source has a new time but the same content, as in a copy or an installed package", () => {
    compile();
    utimesSync(join(root, "pipelines", "cli.ts"), 1e9, 1e9);
    expect(compiledProgram(root)).toEqual({ entry: join(root, "build", "node", "medbench.js") });
  });

  test("where a package that was compiled in is installed somewhere else, but not where it has changed", () => {
    compile();
    const list = join(root, "build", "node", "sources.json");
    const file = "node_modules/compiled-in/package.json";
    writeFileSync(list, JSON.stringify({ schema: "medbench-compiled/1", files: [[file, 2, 0, "0"]] }));
    expect(compiledProgram(root)).toHaveProperty("entry");
    rmSync(join(root, "node_modules"));
    mkdirSync(join(root, "node_modules", "compiled-in"), { recursive: true });
    writeFileSync(join(root, file), '{"version": "2"}');
    expect(compiledProgram(root)).toEqual({ reason: `${file} has changed since medbench was compiled` });
  });

  test("not where a source of the same size has another content and a newer time", () => {
    compile();
    writeFileSync(join(root, "pipelines", "cli.ts"), source.replace("from", "FROM"));
    utimesSync(join(root, "pipelines", "cli.ts"), 1e9, 1e9);
    expect(compiledProgram(root)).toHaveProperty("reason");
  });

  test("not where a source is gone", () => {
    compile();
    rmSync(join(root, "pipelines", "cli.ts"));
    expect(compiledProgram(root)).toHaveProperty("reason");
  });

  test("not where the list of sources is cut off or of another form", () => {
    compile();
    const list = join(root, "build", "node", "sources.json");
    writeFileSync(list, '{"schema": "medbench-co');
    expect(compiledProgram(root)).toHaveProperty("reason");
    writeFileSync(list, '{"schema": "medbench-compiled/2"}');
    expect(compiledProgram(root)).toHaveProperty("reason");
  });
});
