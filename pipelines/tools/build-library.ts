import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { CheckError } from "../../src/lib/errors.js";
import { runScript } from "../terminal/run-script.js";
import { packageRoot } from "../warehouse/package-root.js";

export interface LibraryBuild {
  /** JavaScript files written, including those built from dependencies. */
  readonly files: number;
  readonly bytes: number;
  /** False where TypeScript is not installed (an installation without development packages). */
  readonly declarations: boolean;
}

const library = join(packageRoot, "src", "lib");
const entries = [
  "index.ts",
  ...[
    "agreement",
    "calibration",
    "catalogue",
    "messages",
    "metrics",
    "publication",
    "ranking",
    "stats",
    "stress",
  ].map((subpath) => `${subpath}/index.ts`),
];

const shared = {
  absWorkingDir: packageRoot,
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  logLevel: "warning",
  metafile: true,
} satisfies BuildOptions;

/**
 * Builds `src/lib` into `folder`: one ES module per source file, dependencies under `vendor`, and type declarations. A
 * bundler can drop each unused file, and a browser can load the files as they are, because no import refers
 * to a package. Type errors are left to `npm run typecheck`: an install must not fail because of a half-written file.
 */
export async function buildLibrary(
  folder: string = join(packageRoot, "build", "lib"),
): Promise<LibraryBuild> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    const sources = await reachableSources();
    const packages = new Set<string>();
    const own = await build({
      ...shared,
      entryPoints: sources,
      outbase: library,
      outdir: draft,
      sourcemap: "linked",
      // The sources are part of the package.
      sourcesContent: false,
      plugins: [oneFileEach(packages)],
    });
    const vendored = await build({
      ...shared,
      entryPoints: [...packages].sort().map((name) => ({ in: name, out: vendorFile(name) })),
      outdir: join(draft, "vendor"),
      splitting: true,
      chunkNames: "shared-[hash]",
      minify: true,
      // In separate files, so that they are not repeated in every bundle made from this.
      legalComments: "external",
      plugins: [nativeArrays, distributionFunctions],
    });
    await writeFile(join(draft, "vendor", "LICENSES.txt"), await licenses(vendored.metafile));
    const declarations = emitDeclarations(draft);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    const outputs = [own, vendored].flatMap(({ metafile }) => Object.entries(metafile.outputs));
    const scripts = outputs.filter(([file]) => file.endsWith(".js"));
    return {
      files: scripts.length,
      bytes: scripts.reduce((total, [, { bytes }]) => total + bytes, 0),
      declarations,
    };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Files of `src/lib` that an entry imports, directly or indirectly; only the pipelines use the rest. */
async function reachableSources(): Promise<string[]> {
  const { metafile } = await build({
    ...shared,
    entryPoints: entries.map((entry) => join(library, entry)),
    outdir: "unused",
    packages: "external",
    write: false,
  });
  return Object.keys(metafile.inputs).sort();
}

/** Leaves every import in place; those of packages are redirected to their file under `vendor`. */
function oneFileEach(packages: Set<string>): Plugin {
  return {
    name: "one-file-each",
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
        if (kind === "entry-point") return undefined;
        if (path.startsWith(".")) return { path, external: true };
        packages.add(path);
        const vendor = relative(resolveDir, join(library, "vendor")).replaceAll(sep, "/");
        return { path: `${posix.join(vendor, vendorFile(path))}.js`, external: true };
      });
    },
  };
}

/** The license texts of the packages in a bundle, each text once, under the packages that it covers. */
async function licenses({ inputs }: Metafile): Promise<string> {
  const folders = new Set<string>();
  for (const file of Object.keys(inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
    if (folder !== undefined) folders.add(join(packageRoot, folder));
  }
  const covered = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as PackageId;
    const files = (await readdir(folder)).filter((file) => /^(license|notice)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    const text = texts.map((each) => each.trim()).join("\n\n");
    covered.set(text, [...(covered.get(text) ?? []), `${name} ${version}`]);
  }
  return [...covered]
    .map(([text, names]) => `${names.join(", ")}\n\n${text}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

interface PackageId {
  readonly name: string;
  readonly version: string;
}

function vendorFile(packageName: string): string {
  return packageName.replace("@", "").replaceAll("/", "-");
}

const typedArrays = "Float32|Float64|Int8|Int16|Int32|Uint8|Uint16|Uint32";

/** Every engine that runs ES2022 has typed arrays, so the packages' polyfills are left out. */
const nativeArrays: Plugin = {
  name: "native-arrays",
  setup({ onLoad, onResolve }) {
    const filter = new RegExp(`^@stdlib/array-(${typedArrays.toLowerCase()})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: "native-array" }));
    onLoad({ filter: /./, namespace: "native-array" }, ({ path }) => {
      const name = typedArrays.split("|").find((type) => path.endsWith(`-${type.toLowerCase()}`));
      return { contents: `module.exports = ${name}Array;` };
    });
  },
};

/** Imports only the function from a distribution's package, without its factory. */
const distributionFunctions: Plugin = {
  name: "distribution-functions",
  setup({ onResolve, resolve }) {
    const filter = /^@stdlib\/stats-base-dists-[a-z]+-(cdf|quantile)$/;
    onResolve({ filter }, ({ path }) =>
      resolve(`${path}/lib/main.js`, { kind: "import-statement", resolveDir: packageRoot }),
    );
  },
};

function emitDeclarations(folder: string): boolean {
  const compiler = findCompiler();
  if (compiler === null) return false;
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      compiler,
      ...["--declaration", "--emitDeclarationOnly", "--noCheck", "--noEmit", "false"],
      ...["--ignoreConfig", "--skipLibCheck"],
      ...["--target", "es2022", "--module", "nodenext", "--lib", "es2023,dom"],
      ...["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"],
      ...["--rootDir", library, "--outDir", folder],
      ...entries.map((entry) => join(library, entry)),
    ],
    { cwd: packageRoot, encoding: "utf8" },
  );
  if (status !== 0) {
    throw new CheckError(`build-library: the compiler wrote no declarations\n${stdout.trim()}`, {
      hint: "Run `npm run typecheck` and fix what it reports under src/lib.",
    });
  }
  return true;
}

function findCompiler(): string | null {
  try {
    return createRequire(import.meta.url).resolve("typescript/bin/tsc");
  } catch {
    return null;
  }
}

await runScript(import.meta.url, async () => {
  const { files, bytes, declarations } = await buildLibrary();
  const types = declarations ? "with types" : "without types (typescript is not installed)";
  process.stderr.write(`build/lib: ${files} files, ${Math.round(bytes / 1024)} kB, ${types}\n`);
});
