import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, posix, resolve } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { floors, rules } from "./architecture-rules.js";

const root = resolve(import.meta.dirname, "..");

/** Every broken rule, with the imports that break it. */
async function brokenRules(folder: string): Promise<Map<string, string[]>> {
  const rooms = ["src", "pipelines", "notebooks", "bench", "docs/generator"].filter((room) =>
    statSync(join(folder, room), { throwIfNoEntry: false })?.isDirectory(),
  );
  const { output } = await cruise(
    rooms,
    {
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: [...rules] },
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
      exclude: { path: "\\.observablehq|/cache/" },
    },
    { extensionAlias: { ".js": [".ts", ".js"] }, conditionNames: ["import", "node", "default"] },
  );
  const broken = new Map<string, string[]>();
  for (const { rule, from, to, cycle } of (output as ICruiseResult).summary.violations) {
    const shown =
      cycle === undefined ? `${from} imports ${to}` : [from, ...cycle.map(({ name }) => name)].join(" -> ");
    broken.set(rule.name, [...(broken.get(rule.name) ?? []), shown]);
  }
  return broken;
}

/** Writes a small house in which every rule is broken. */
async function wrongHouse(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "medbench-wrong-house-"));
  const fileOf = (place: string) => (place.endsWith(".ts") ? place : `${place}/wrong.ts`);
  const places = [
    ...floors.map((floor) => floor.folder),
    ...["score", "gate", "run.ts"].map((stage) => `pipelines/stages/${stage}`),
    "pipelines/cli.ts",
    "bench",
  ];
  for (const place of places) {
    const file = fileOf(place);
    const others = places.filter((other) => other !== place);
    const imports = [
      ...others.map((other) =>
        posix
          .relative(dirname(file), fileOf(other))
          .replace(/^(?!\.)/, "./")
          .replace(/\.ts$/, ".js"),
      ),
      ...["left-pad", "@stdlib/stats-base-dists-t-cdf", "@duckdb/node-api", "node:fs"],
    ];
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), imports.map((specifier) => `import "${specifier}";\n`).join(""));
  }
  return folder;
}

describe("imports point one way", () => {
  let broken: Map<string, string[]>;
  let brokenThere: Map<string, string[]>;
  beforeAll(async () => {
    broken = await brokenRules(root);
    const wrong = await wrongHouse();
    brokenThere = await brokenRules(wrong);
    rmSync(wrong, { recursive: true });
  });

  test.each(rules.map(({ name }) => name as string))("%s", (name) => {
    expect(broken.get(name) ?? []).toEqual([]);
  });

  test.each(rules.map(({ name }) => name as string))("a house that breaks it is caught: %s", (name) => {
    expect(brokenThere.get(name) ?? []).not.toEqual([]);
  });
});

/** Source files below a folder, in a fixed order; generated folders are left out. */
function sourceFiles(folder: string, extensions: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => posix.join(folder, file.replaceAll("\\", "/")))
    .filter((file) => extensions.test(file) && !/\/\.|node_modules|\/cache\//.test(file))
    .filter((file) => statSync(join(root, file)).isFile())
    .sort();
}

const scripts = ["src", "pipelines", "notebooks"].flatMap((folder) =>
  sourceFiles(folder, /\.(ts|js|tsx|jsx)$/),
);
const pages = [...sourceFiles("src", /\.md$/), ...sourceFiles("notebooks", /\.html$/)];

/** The script of a file: all of a module, the js blocks of a page, the module cells of a notebook. */
function codeOf(file: string): string {
  const text = readFileSync(join(root, file), "utf8");
  if (file.endsWith(".md")) {
    return [...text.matchAll(/^```(?:js|ts)[^\n]*\n(.*?)^```/gms)].map(([, code]) => code).join("\n");
  }
  if (file.endsWith(".html")) {
    return [...text.matchAll(/<script[^>]*type="(?:module|text\/x-typescript)"[^>]*>(.*?)<\/script>/gs)]
      .map(([, code]) => code)
      .join("\n");
  }
  return text;
}

const specifiersOf = (file: string): string[] =>
  ts.preProcessFile(codeOf(file)).importedFiles.map(({ fileName }) => fileName);

describe("pages and notebooks", () => {
  /** Files that a page imports, as paths from the root. */
  const imported = pages.flatMap((file) =>
    specifiersOf(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => ({ file, target: posix.join(dirname(file), specifier) })),
  );

  test("import only components and the library", () => {
    expect(imported.length).toBeGreaterThan(20);
    const wrong = imported.filter(({ target }) => !/^src\/(lib|components|methods)\//.test(target));
    expect(wrong).toEqual([]);
  });
});

describe("the house rules that a program can check", () => {
  test("import specifiers inside src and pipelines end in .js or .json", () => {
    const wrong = [...scripts, ...pages.filter((file) => file.endsWith(".md"))].flatMap((file) =>
      specifiersOf(file)
        .filter((specifier) => specifier.startsWith(".") && !/\.(js|json)$/.test(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test("src/lib has no clock, no hidden randomness, no environment and no network", () => {
    const worldly =
      /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|process\.|fetch\(|XMLHttpRequest)/;
    const found = scripts
      .filter((file) => file.startsWith("src/lib/"))
      .filter((file) => worldly.test(withoutComments(readFileSync(join(root, file), "utf8"))));
    expect(found).toEqual([]);
  });

  test("modules of src/lib and pipelines have named exports only", () => {
    const found = scripts
      .filter((file) => /^(src\/lib|src\/components|pipelines)\//.test(file))
      .filter((file) => /^export default\b/m.test(readFileSync(join(root, file), "utf8")));
    expect(found).toEqual([]);
  });

  test("file names are kebab-case", () => {
    // Framework's loaders write their parameters in brackets: [name].json.ts.
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
    const wrong = scripts.filter((file) => !kebab.test(basename(file).replaceAll(/[[\]]/g, "")));
    expect(wrong).toEqual([]);
  });

  test("a test file is where its subject is: tests/<folder> has the tests of src/<folder> or pipelines/<folder>", () => {
    // Tests of more than one subject, of what is outside of src and pipelines, and of the tests' own tools.
    const free =
      /^tests\/((lib\/)?[^/]+|(oracles|golden|contracts|browser|real|hostile|real-model|bench|docs|package)\/.*)$/;
    // Helpers of tests import for them.
    const reached = (file: string): string[] =>
      specifiersOf(file).flatMap((fileName) => {
        if (!fileName.startsWith(".")) return [];
        const target = posix.join(dirname(file), fileName);
        return target.startsWith("tests/") ? reached(target.replace(/\.js$/, ".ts")) : [target];
      });
    const misplaced = sourceFiles("tests", /\.test\.ts$/).filter((file) => {
      const folder = posix.dirname(file).slice("tests/".length);
      const homes = [`src/${folder}/`, `pipelines/${folder}/`];
      return (
        !free.test(file) && !reached(file).some((target) => homes.some((home) => target.startsWith(home)))
      );
    });
    expect(misplaced).toEqual([]);
  });

  test("pages, components and loaders name no confidential table and no folder but the release", () => {
    const confidential = /items_private|data\/(warehouse|raw)|read_parquet/;
    const found = [...scripts, ...pages]
      .filter((file) => file.startsWith("src/") && !file.startsWith("src/lib/"))
      .filter((file) => confidential.test(codeOf(file)));
    expect(found).toEqual([]);
  });

  const filesInSql =
    /\b(read_(parquet|json|csv|ndjson|text|blob)|parquet_metadata|sniff_csv)|\bCOPY (\(|.*\bTO\b)|\bATTACH\b/;

  test("only the module of the engine's files writes paths into SQL", () => {
    const sql = sourceFiles("pipelines", /\.sql$/);
    const found = [...scripts, ...sql]
      .filter((file) => /^(src|pipelines|notebooks)\//.test(file))
      .filter((file) => file !== "pipelines/warehouse/engine-files.ts")
      .flatMap((file) =>
        withoutComments(readFileSync(join(root, file), "utf8"))
          .replaceAll(/\bfiles\s*\.read\(\s*"\w+"/g, "")
          .split("\n")
          .filter((line) => filesInSql.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  test.each([
    "FROM read_parquet('a.parquet')",
    "FROM read_json_auto(['a.jsonl'])",
    "FROM parquet_metadata('a')",
    "COPY (SELECT 1) TO 'a.parquet'",
    "ATTACH 'a.db'",
  ])("a path in SQL elsewhere, such as %s, would be found", (code) => {
    expect(code).toMatch(filesInSql);
  });
});

function withoutComments(code: string): string {
  return code.replace(/\/\*.*?\*\//gs, "").replace(/^\s*\/\/.*$/gm, "");
}
