import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix, relative, sep } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { renameInto } from "../../warehouse/disk.js";
import { packageRoot } from "../../warehouse/package-root.js";
import { emitDeclarations } from "./declarations.js";
import { licenses } from "./licenses.js";

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
    const declarations = emitDeclarations(
      entries.map((entry) => join(library, entry)),
      {
        from: library,
        to: draft,
      },
    );
    await rm(folder, { recursive: true, force: true });
    await renameInto(draft, folder);
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
