import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf } from "./files-of.js";

const root = resolve(import.meta.dirname, "..");

interface Rule {
  /** What is not done, outside of the files where it is allowed. */
  readonly name: string;
  readonly pattern: RegExp;
  readonly allowed: readonly string[];
  /** Code that the rule must find. */
  readonly offenders: readonly string[];
}

/** What works on one system only. `docs/platforms.md` explains what is done instead. */
const rules: readonly Rule[] = [
  {
    name: "paths of Linux are read only to recognize the holder of a lock",
    pattern: /["'`]\/(proc|sys|dev|etc|tmp|usr|var)\//,
    allowed: ["pipelines/warehouse/lock-holder.ts"],
    offenders: ['readFileSync("/proc/self/stat")', "`/tmp/file`"],
  },
  {
    name: "no user or group is asked for, and no mode is set",
    pattern: /process\.(get|set)e?[ug]id|process\.umask|\bchmod(Sync)?\(|\bmode: 0o/,
    allowed: [],
    offenders: ["process.getuid()", "chmodSync(file, 1)", "mkdirSync(a, { mode: 0o700 })"],
  },
  {
    name: "names are changed, linked and synced by the module that knows the systems",
    pattern:
      /(?<![\w.])(rename|renameSync|link|linkSync|symlink|symlinkSync|fsyncSync|fdatasyncSync)\(|\.sync\(\)/,
    allowed: [
      "pipelines/warehouse/disk.ts",
      // A lock appears by a hard link, which nothing replaces; it syncs what it has open for writing, as does the journal.
      "pipelines/warehouse/lock.ts",
      "pipelines/asking/journal.ts",
    ],
    offenders: ["await rename(from, to)", "linkSync(a, b)", "handle.sync()"],
  },
  {
    name: "programs are started by their file, not by a name that is a script on Windows",
    pattern:
      /\b(spawn|spawnSync|execFile|execFileSync)\(\s*["'`](npm|npx|tsx|tsc|sh|bash|which|cp|mv|rm|tar)\b|(?<!\.)\bexec(Sync)?\(\s*["'`]/,
    allowed: [],
    offenders: ['spawn("npx", ["tsx"])', 'execSync("ls")'],
  },
  {
    name: "the address of a file is turned into a path by fileURLToPath",
    pattern: /import\.meta\.url\)\.pathname|\bfile\.pathname|["'`]file:\/\/["'`$]/,
    allowed: [],
    offenders: ["new URL('a.sql', import.meta.url).pathname", "`file://$`"],
  },
  {
    name: "a path is turned into an address before it is imported",
    pattern: /(?<!\w)import\((join|resolve|path)\b/,
    allowed: [],
    offenders: ["await import(join(root, file))"],
  },
  {
    name: "paths of the system are taken apart by node:path",
    pattern:
      /\b(path|target|folder|onDisk|warehouse|workspace|given|process\.cwd\(\)|argv\[1\])\.(split\("\/"\)|lastIndexOf\("\/"\)|(starts|ends)With\("\/"\))/,
    allowed: [],
    offenders: ['folder.split("/")', 'process.cwd().endsWith("/")'],
  },
];

const files = [
  ...["pipelines", "src/data", "notebooks", "bin"].flatMap((folder) =>
    filesOf(join(root, folder)).map((file) => `${folder}/${file}`),
  ),
  "observablehq.config.ts",
].filter((file) => /\.(ts|js)$/.test(file) && !file.includes("/."));

const codeOf = (file: string) =>
  readFileSync(join(root, file), "utf8")
    .replace(/\/\*.*?\*\//gs, (comment) => comment.replaceAll(/[^\n]/g, ""))
    .replace(/^\s*\/\/.*$/gm, "");

describe.each(rules)("$name", ({ pattern, allowed, offenders }) => {
  test("in all code that runs outside a browser", () => {
    expect(files.length).toBeGreaterThan(100);
    const found = files
      .filter((file) => !allowed.includes(file))
      .flatMap((file) =>
        codeOf(file)
          .split("\n")
          .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });

  test.each(offenders)("and %s would be found", (code) => {
    expect(code).toMatch(pattern);
  });

  test("and the files where it is allowed do it", () => {
    expect(
      allowed.filter(
        (file) =>
          !codeOf(file)
            .split("\n")
            .some((line) => pattern.test(line)),
      ),
    ).toEqual([]);
  });
});

test("no script of package.json needs a shell of Unix", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  // Variables before a command, quotes for patterns, other separators than &&, programs of Unix.
  const unixOnly = /^\w+=|['$;|*]|(^|&& )(rm|cp|mv|cat|sh|bash|export)\b/;
  expect(Object.entries(scripts).filter(([, script]) => unixOnly.test(script))).toEqual([]);
});

test("no two files of the project have names that differ only in upper and lower case, and none has a name of a device", () => {
  const names = [
    "src",
    "pipelines",
    "docs",
    "tests",
    "examples",
    "data/sample",
    "bench",
    "notebooks",
  ].flatMap((folder) => filesOf(join(root, folder)).map((file) => `${folder}/${file}`));
  const folded = new Map<string, string[]>();
  for (const name of names) folded.set(name.toLowerCase(), [...(folded.get(name.toLowerCase()) ?? []), name]);
  expect([...folded.values()].filter((same) => same.length > 1)).toEqual([]);
  const device = /(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(\/|$)|[<>:"|?*]|[. ](\/|$)/i;
  expect(names.filter((name) => device.test(name))).toEqual([]);
});
