import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, posix, relative, sep } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { renameInto } from "../../warehouse/disk.js";
import { packageRoot } from "../../warehouse/package-root.js";
import { emitFolderDeclarations } from "./declarations.js";
import { bundledPackages, licenses } from "./licenses.js";

export interface ProgramBuild {
  /** JavaScript files written. */
  readonly files: number;
  readonly bytes: number;
}

/**
 * Packages that are compiled into the program, because it loads them with nearly every command: one file is read much
 * faster than their hundred. All others are imported where they are installed.
 */
const inlined = ["@duckdb/node-api", "@stdlib", "commander", "zod"];

/** The package with the engine's machine code, which cannot be compiled into anything. */
const bindings = "@duckdb/node-bindings";

/**
 * Compiles the command line and the data frames into `folder`. Modules keep the address of their source
 * (`import.meta.url`), so SQL files, templates and catalogues stay where they are and are not copied. Type errors are left to
 * `npm run typecheck`: an install must not fail because of a half-written file.
 */
export async function buildProgram(
  folder: string = join(packageRoot, "build", "node"),
): Promise<ProgramBuild> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    const sources = new Map<string, SourceRecord>();
    const options = {
      absWorkingDir: packageRoot,
      outdir: draft,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "warning",
      metafile: true,
      legalComments: "none",
      sourcemap: "linked",
      // The sources are part of the package.
      sourcesContent: false,
      // Compiled CommonJS packages call `require`, which ES modules do not have.
      banner: {
        js: 'import { createRequire as requireOf } from "node:module";const require = requireOf(import.meta.url);',
      },
    } satisfies BuildOptions;
    const plugins = [packagesInPlace, engineBindings, sourceAddresses(draft, sources)];
    const builds = await Promise.all([
      build({ ...options, entryPoints: { medbench: "pipelines/cli.ts" }, splitting: true, plugins }),
      build({
        ...options,
        entryPoints: { frames: "pipelines/frames/index.ts" },
        plugins: [errorsOfLibrary, ...plugins],
      }),
    ]);
    const metafile = {
      inputs: Object.assign({}, ...builds.map((each) => each.metafile.inputs)),
      outputs: Object.assign({}, ...builds.map((each) => each.metafile.outputs)),
    } as Metafile;
    for (const each of bundledPackages(metafile)) {
      const file = `${each}/package.json`;
      sources.set(file, (await readSource(file)).record);
    }
    await emitFolderDeclarations(join(packageRoot, "pipelines", "frames"), join(draft, "frames"));
    await writeFile(join(draft, "LICENSES.txt"), await licenses(metafile));
    await writeFile(join(draft, sourcesFile), `${JSON.stringify(sourceList(sources))}\n`);
    await rm(folder, { recursive: true, force: true });
    await renameInto(draft, folder);
    const scripts = Object.entries(metafile.outputs).filter(([file]) => file.endsWith(".js"));
    return { files: scripts.length, bytes: scripts.reduce((total, [, { bytes }]) => total + bytes, 0) };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Read by `bin/compiled.js`, which runs the compiled program only if each of these files is as it was. */
const sourcesFile = "sources.json";

interface SourceRecord {
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

function sourceList(sources: ReadonlyMap<string, SourceRecord>) {
  const files = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    schema: "medbench-compiled/1",
    files: files.map(([file, { size, mtimeMs, sha256 }]) => [file, size, mtimeMs, sha256]),
  };
}

/** @param file path from the root, with slashes */
async function readSource(file: string): Promise<{ readonly bytes: Buffer; readonly record: SourceRecord }> {
  const path = join(packageRoot, file);
  // Times before content: a file written in between is newer than its record, so the program counts as outdated.
  const { size, mtimeMs } = await stat(path);
  const bytes = await readFile(path);
  return { bytes, record: { size, mtimeMs, sha256: createHash("sha256").update(bytes).digest("hex") } };
}

const packagesInPlace: Plugin = {
  name: "packages-in-place",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (kind === "entry-point" || path === bindings) return undefined;
      const isOurs = !importer.includes(`${sep}node_modules${sep}`);
      const isInlined = inlined.some((name) => path === name || path.startsWith(`${name}/`));
      return isOurs && !isInlined ? { path, external: true } : undefined;
    });
  },
};

/**
 * The frames throw the errors of the library in `build/lib`, not copies of their own: in a script that uses both, `instanceof InputError`
 * is true for either.
 */
const errorsOfLibrary: Plugin = {
  name: "errors-of-library",
  setup({ onResolve }) {
    onResolve({ filter: /(^|\/)errors\.js$/ }, ({ path, importer, resolveDir }) =>
      join(resolveDir, path) === join(packageRoot, "src", "lib", "errors.js") && importer !== ""
        ? { path: "../lib/errors.js", external: true }
        : undefined,
    );
  },
};

/** Loads the bindings from where the engine's client finds them, which need not be where ours are found. */
const engineBindings: Plugin = {
  name: "engine-bindings",
  setup({ onResolve, onLoad }) {
    const namespace = "engine-bindings";
    onResolve({ filter: new RegExp(`^${bindings}$`) }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /./, namespace }, () => ({
      contents: `module.exports = requireOf(require.resolve("@duckdb/node-api"))("${bindings}");`,
    }));
  },
};

/** Gives each module the address and folder of its source, and notes what the program is compiled from. */
function sourceAddresses(folder: string, sources: Map<string, SourceRecord>): Plugin {
  return {
    name: "source-addresses",
    setup({ onLoad }) {
      onLoad({ filter: /\.(ts|json)$/ }, async ({ path }) => {
        const file = relative(packageRoot, path).replaceAll(sep, "/");
        if (file.includes("node_modules/")) return undefined;
        const { bytes, record } = await readSource(file);
        sources.set(file, record);
        const text = bytes.toString("utf8");
        if (file.endsWith(".json")) return { contents: text, loader: "json" };
        const root = relative(folder, packageRoot).replaceAll(sep, "/");
        const address = `new URL(${JSON.stringify(posix.join(root, file))}, import.meta.url)`;
        const contents = text
          .replaceAll("import.meta.url", `${address}.href`)
          .replaceAll("import.meta.dirname", `folderOfSource(${address})`);
        return {
          loader: "ts",
          // Hoisted, so the lines of the source keep their numbers.
          contents: text.includes("import.meta.dirname") ? `${contents}\n${folderOfSource}` : contents,
        };
      });
    },
  };
}

const folderOfSource = `
import { dirname as dirnameOfSource } from "node:path";
import { fileURLToPath as pathOfSource } from "node:url";
function folderOfSource(url) { return dirnameOfSource(pathOfSource(url)); }
`;
