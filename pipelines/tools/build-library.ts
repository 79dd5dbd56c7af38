import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { CheckError } from "../../src/lib/errors.js";
import { runScript } from "../terminal/run-script.js";
import { packageRoot } from "../warehouse/package-root.js";

export interface LibraryBuild {
  /** The bundle that `package.json` exports: one ES module without imports. */
  readonly bundle: string;
  readonly bytes: number;
  /** False where TypeScript is not installed (an installation without development packages). */
  readonly declarations: boolean;
}

/**
 * Builds `src/lib` into `folder`: `index.js`, which runs unchanged in Node and in a browser, and type declarations. It
 * reports type errors nowhere: `npm run typecheck` does, and an install must not fail on a half-written file.
 */
export async function buildLibrary(
  folder: string = join(packageRoot, "build", "lib"),
): Promise<LibraryBuild> {
  const bundle = join(folder, "index.js");
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    entryPoints: ["src/lib/index.ts"],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    sourcemap: "linked",
    legalComments: "eof",
    logLevel: "warning",
    metafile: true,
  });
  const bytes = Object.entries(metafile.outputs).find(([file]) => file.endsWith(".js"))?.[1].bytes ?? 0;
  return { bundle, bytes, declarations: emitDeclarations(folder) };
}

function emitDeclarations(folder: string): boolean {
  const compiler = findCompiler();
  if (compiler === null) return false;
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      compiler,
      ...["--declaration", "--emitDeclarationOnly", "--noCheck", "--noEmit", "false"],
      ...["--ignoreConfig", "--skipLibCheck"],
      ...["--target", "es2022", "--module", "nodenext", "--lib", "es2023,dom", "--resolveJsonModule"],
      ...["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"],
      ...["--rootDir", "src/lib", "--outDir", folder, "src/lib/index.ts"],
    ],
    { cwd: packageRoot, encoding: "utf8" },
  );
  if (status !== 0) {
    throw new CheckError(`build-library: the compiler wrote no declarations\n${stdout.trim()}`, {
      hint: "Run `npm run typecheck` and mend what it reports under src/lib.",
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
  const { bytes, declarations } = await buildLibrary();
  const types = declarations ? "with types" : "without types (typescript is not installed)";
  process.stderr.write(`build/lib/index.js: ${Math.round(bytes / 1024)} kB, ${types}\n`);
});
