import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { buildLibrary } from "../../pipelines/tools/compile/library.js";
import { buildProgram } from "../../pipelines/tools/compile/program.js";
import { waitForLock } from "../../pipelines/warehouse/lock.js";
import { builtOnce } from "../built-once.js";

const root = resolve(import.meta.dirname, "..", "..");
const run = promisify(execFile);

export const subpaths = [
  "agreement",
  "calibration",
  "catalogue",
  "messages",
  "metrics",
  "publication",
  "ranking",
  "stats",
  "stress",
] as const;

/** The package and its subpaths, as a user imports them. */
export const specifiers = [
  "medbench-workbench",
  ...subpaths.map((subpath) => `medbench-workbench/${subpath}`),
];

/** Names that each specifier exports, read from the sources. */
export async function exportedNames(): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {};
  for (const specifier of specifiers) {
    const folder = specifier.replace("medbench-workbench", "src/lib");
    const module = (await import(join(root, folder, "index.ts"))) as Record<string, unknown>;
    names[specifier] = Object.keys(module).sort();
  }
  return names;
}

/** Runs the installed command line in the user's project. */
export function runMedbench({ project, package: folder }: InstalledPackage, args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(folder, "bin", "medbench.js"), ...args],
    { cwd: project, encoding: "utf8" },
  );
  return { stdout, stderr, status };
}

export interface InstalledPackage {
  /** A folder with `node_modules`, as a user's project has. */
  readonly project: string;
  readonly package: string;
  /** Paths in the tarball, from the package's root. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/**
 * Packs the checkout as `npm publish` would and unpacks it as a dependency of an empty project, with the packages that
 * package.json lists as `dependencies` and no others. Needs no network. The dependencies are unpacked once per test run;
 * the project around them is the caller's own.
 */
export async function installPackage(): Promise<InstalledPackage> {
  const shared = await builtOnce("installed-package", unpackInto);
  const project = await mkdtemp(join(tmpdir(), "medbench-package-"));
  await symlink(join(shared, "node_modules"), join(project, "node_modules"));
  return {
    project,
    package: join(project, "node_modules", "medbench-workbench"),
    files: JSON.parse(await readFile(join(shared, "files.json"), "utf8")) as string[],
    remove: () => rm(project, { recursive: true, force: true }),
  };
}

async function unpackInto(project: string): Promise<void> {
  const modules = join(project, "node_modules");
  await mkdir(modules);
  const [packed] = await packInto(project);
  await run("tar", ["-xzf", packed.filename], { cwd: project });
  const installed = join(modules, "medbench-workbench");
  await rename(join(project, "package"), installed);
  const { dependencies } = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, "node_modules", name), join(modules, name));
  }
  await writeFile(join(project, "files.json"), JSON.stringify(packed.files.map(({ path }) => path)));
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

async function packInto(folder: string): Promise<[Packed]> {
  await mkdir(join(root, "build"), { recursive: true });
  // Tests run at the same time, and the package is built in place.
  const lock = await waitForLock(join(root, "build", "LOCK"), { doing: "is packing", onWait: () => {} });
  try {
    await Promise.all([buildLibrary(), buildProgram()]);
    const { stdout } = await run(
      "npm",
      ["pack", "--ignore-scripts", "--json", "--offline", "--pack-destination", folder],
      { cwd: root, maxBuffer: 2 ** 26 },
    );
    return JSON.parse(stdout) as [Packed];
  } finally {
    lock.release();
  }
}
