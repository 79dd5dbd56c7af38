import { readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join, posix, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/**
 * Which imports are allowed, first match wins: a file may import files of its own zone, those listed, and the packages
 * listed (`*` any package, `node:*` Node itself). What no row matches may import nothing.
 */
const importTable: readonly { readonly files: string; readonly may: readonly string[] }[] = [
  { files: "src/lib/index.ts", may: ["src/lib/**"] },
  { files: "src/lib/errors.ts", may: [] },
  // The one door to the distribution functions; everything else goes through it.
  { files: "src/lib/util/special.ts", may: ["src/lib/errors.ts", "@stdlib/*"] },
  { files: "src/lib/util/**", may: ["src/lib/errors.ts"] },
  // The codes of everything that tables say in words, and their sentences in each language.
  {
    files: "src/lib/messages/**",
    may: ["src/lib/util/**", "src/lib/publication/gate.ts", "src/lib/errors.ts"],
  },
  // The columns of the gates hold the gate's own vocabulary.
  {
    files: "src/lib/records/tables/**",
    may: ["src/lib/publication/gate.ts", "src/lib/messages/codes.ts", "src/lib/records/tables.ts"],
  },
  { files: "src/lib/records/**", may: ["src/lib/errors.ts", "zod"] },
  { files: "src/lib/stats/**", may: ["src/lib/{util,messages}/**", "src/lib/errors.ts"] },
  { files: "src/lib/catalogue/**", may: [...libraryBase(), "zod"] },
  // The assignment of boxes to boxes is the package's work.
  { files: "src/lib/metrics/**", may: [...libraryBase(), "munkres"] },
  { files: "src/lib/{agreement,ranking,publication,stress}/**", may: libraryBase() },
  { files: "src/lib/calibration/**", may: [...libraryBase(), "src/lib/agreement/**"] },
  { files: "src/components/**", may: ["src/lib/**", "*"] },
  { files: "src/data/**", may: ["src/lib/**", "node:*", "*"] },
  { files: "src/**", may: ["src/lib/**", "src/components/**", "*"] },
  { files: "pipelines/warehouse/**", may: ["src/lib/**", "node:*", "*"] },
  // A stage's outcome is printed the same way for every stage.
  {
    files: "pipelines/commands/stage-command.ts",
    may: [
      "src/lib/**",
      "pipelines/stages/stage.ts",
      "pipelines/terminal/**",
      "pipelines/warehouse/**",
      "node:*",
      "*",
    ],
  },
  // What stages and tools share knows the warehouse and nothing that runs: no stage, tool or command.
  ...["formats", "terminal", "groups", "judging"].map((folder) => ({
    files: `pipelines/${folder}/**`,
    may: ["src/lib/**", "pipelines/warehouse/**", "node:*", "*"],
  })),
  {
    files: "pipelines/asking/**",
    may: ["src/lib/**", "pipelines/{judging,warehouse}/**", "node:*", "*"],
  },
  // What frames a page around its cells speaks the page's own words.
  {
    files: "pipelines/stages/publish/**",
    may: ["src/lib/**", "src/components/words.ts", "pipelines/**", "node:*", "*"],
  },
  { files: "pipelines/**", may: ["src/lib/**", "pipelines/**", "node:*", "*"] },
  { files: "notebooks/*.html", may: ["src/lib/**", "src/components/**", "*"] },
  { files: "notebooks/**", may: ["src/lib/**", "src/components/**", "pipelines/**", "node:*", "*"] },
];

function libraryBase(): string[] {
  return ["src/lib/{stats,util,records,messages}/**", "src/lib/errors.ts"];
}

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Path from the checkout's root, or the specifier where it names a package. */
  readonly target: string;
  readonly isPackage: boolean;
}

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
const imports = [...scripts, ...pages].flatMap(importsOf);

function importsOf(file: string): Import[] {
  return ts.preProcessFile(codeOf(file)).importedFiles.map(({ fileName: specifier }) => {
    const isPackage = !specifier.startsWith(".");
    return {
      file,
      specifier,
      isPackage,
      target: isPackage ? specifier : posix.join(dirname(file), specifier),
    };
  });
}

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

/** `**` is any path, `*` any name, `{a,b}` one of two. */
function matches(path: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+]/g, "\\$&")
    .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(${names.replaceAll(",", "|")})`)
    .replaceAll(/\*\*?/g, (stars) => (stars === "**" ? ".*" : "[^/]*"));
  return new RegExp(`^${source}$`).test(path);
}

function zoneOf(file: string) {
  return importTable.find(({ files }) => matches(file, files));
}

/** A `.js` specifier names the TypeScript file beside it. */
function isAllowed({ file, target, isPackage }: Import): boolean {
  const zone = zoneOf(file);
  if (zone === undefined) return false;
  if (!isPackage) {
    const path = target.replace(/\.js$/, ".ts");
    return [zone.files, ...zone.may].some((pattern) => matches(path, pattern));
  }
  const isNode = target.startsWith("node:") || builtinModules.includes(target);
  return zone.may.some((pattern) =>
    isNode ? pattern === "node:*" : pattern === "*" || pattern === target || matches(target, pattern),
  );
}

const shown = ({ file, specifier }: Import) => `${file} imports ${specifier}`;

describe("imports point one way", () => {
  test("the table sees imports of every kind", () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(
      imports.some(({ file, target }) => file.startsWith("src/lib/stats/") && target.startsWith("src/lib/")),
    ).toBe(true);
  });

  test("every import is allowed by the table", () => {
    expect(imports.filter((found) => !isAllowed(found)).map(shown)).toEqual([]);
  });

  test("src never imports pipelines, tests or the warehouse's client", () => {
    const forbidden = imports.filter(
      ({ file, target }) =>
        file.startsWith("src/") &&
        (/^(pipelines|tests|bench)\//.test(target) || target.startsWith("@duckdb/node")),
    );
    expect(forbidden.map(shown)).toEqual([]);
  });

  test("the table would catch a page that reads the warehouse and a statistic that reads a file", () => {
    const wrong = (file: string, specifier: string): Import => {
      const isPackage = !specifier.startsWith(".");
      return {
        file,
        specifier,
        isPackage,
        target: isPackage ? specifier : posix.join(dirname(file), specifier),
      };
    };
    expect(isAllowed(wrong("src/index.md", "../pipelines/warehouse/engine.js"))).toBe(false);
    expect(isAllowed(wrong("src/lib/stats/wilson.ts", "node:fs"))).toBe(false);
    expect(isAllowed(wrong("src/lib/stats/wilson.ts", "fs"))).toBe(false);
    expect(isAllowed(wrong("src/lib/stats/wilson.ts", "../metrics/box.js"))).toBe(false);
    expect(isAllowed(wrong("src/lib/agreement/kappa.ts", "@stdlib/stats-base-dists-normal-cdf"))).toBe(false);
    expect(isAllowed(wrong("pipelines/formats/csv.ts", "../asking/journal.js"))).toBe(false);
    expect(isAllowed(wrong("pipelines/groups/moments.ts", "../stages/stage.js"))).toBe(false);
  });

  test("a stage meets other stages in the warehouse: it imports none", () => {
    const stageOf = (path: string) => path.match(/^pipelines\/stages\/([^/]+)\//)?.[1];
    const found = imports.filter(({ file, target }) => {
      const other = stageOf(target);
      return stageOf(file) !== undefined && other !== undefined && other !== stageOf(file);
    });
    expect(found.map(shown)).toEqual([]);
  });

  test("of all that runs in a pipeline, only commands, tools and the runner of stages write to the terminal", () => {
    const may = /^pipelines\/(cli\.ts|commands\/|tools\/|terminal\/|stages\/stage\.ts)/;
    const found = imports.filter(
      ({ file, target }) =>
        file.startsWith("pipelines/") && target.startsWith("pipelines/terminal/") && !may.test(file),
    );
    expect(found.map(shown)).toEqual([]);
  });

  test("no module imports itself through others", () => {
    const next = new Map<string, string[]>();
    for (const { file, target, isPackage } of imports) {
      if (isPackage) continue;
      next.set(file, [...(next.get(file) ?? []), target.replace(/\.js$/, ".ts")]);
    }
    const finished = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      if (finished.has(file) || path.includes(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...path, file]);
      finished.add(file);
    };
    for (const file of next.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe("the house rules that a program can check", () => {
  test("import specifiers inside src and pipelines end in .js or .json", () => {
    const wrong = imports.filter(
      ({ file, specifier, isPackage }) =>
        !isPackage && !file.endsWith(".html") && !/\.(js|json)$/.test(specifier),
    );
    expect(wrong.map(shown)).toEqual([]);
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

  test("pages, components and loaders name no confidential table and no folder but the release", () => {
    const confidential = /items_private|data\/(warehouse|raw)|read_parquet/;
    const found = [...scripts, ...pages]
      .filter((file) => file.startsWith("src/") && !file.startsWith("src/lib/"))
      .filter((file) => confidential.test(codeOf(file)));
    expect(found).toEqual([]);
  });
});

function withoutComments(code: string): string {
  return code.replace(/\/\*.*?\*\//gs, "").replace(/^\s*\/\/.*$/gm, "");
}
