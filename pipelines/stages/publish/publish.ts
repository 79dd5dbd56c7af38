import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve, sep } from "node:path";
import { CheckError, InputError } from "../../../src/lib/errors.js";
import { hashJson } from "../../warehouse/hash.js";
import { type Lock, waitForLock } from "../../warehouse/lock.js";
import { dependencyPins, packageRoot } from "../../warehouse/package-root.js";
import { rememberReport } from "../../warehouse/report-place.js";
import { currentVersion, type Version } from "../../warehouse/versioned-folder.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import type { StageOutcome } from "../stage.js";
import { checkPages } from "./check-pages.js";
import { englishPages } from "./chinese-pages.js";
import { finishPages } from "./postbuild.js";
import {
  nextSiteFolder,
  readSiteRecord,
  recoverSite,
  type SiteRecord,
  siteRecordFile,
  swapSite,
} from "./site-folder.js";
import { chineseFolder } from "./site-languages.js";

export interface PublishOptions {
  readonly workspace: string;
  /** Folder of the site; replaced as a whole. */
  readonly out: string;
  /** Build even if release and site code are unchanged. */
  readonly force?: boolean;
  /** Called with messages for the user while it runs. Default: prints a line on standard error. */
  readonly say?: (text: string) => void;
}

/**
 * Builds the public report of the workspace's release into a folder of plain files. The new site is built, finished and
 * checked next to the old one and then takes its place; a failed build leaves the old site as it was. A second build, of
 * the same site or in the same checkout, waits for the first.
 *
 * @throws InputError if there is no release, `out` contains something else, or a lock file cannot be read
 * @throws CheckError if the build fails or a page is broken
 */
export async function publishSite({
  workspace,
  out,
  force = false,
  say = (text) => process.stderr.write(`publish: ${text}\n`),
}: PublishOptions): Promise<StageOutcome> {
  const { release: root } = workspacePaths(workspace);
  await currentRelease(root);
  const target = resolve(out);
  await mkdir(dirname(target), { recursive: true });
  const site = await waitForLock(`${target}.LOCK`, { doing: `is building the site ${out}`, onWait: say });
  try {
    const outcome = await buildSite({ root, target, force, say });
    await rememberReport(workspace, target);
    return outcome;
  } finally {
    site.release();
  }
}

interface BuildOptions {
  /** Folder of the releases. */
  readonly root: string;
  /** Absolute path of the site, locked by the caller. */
  readonly target: string;
  readonly force: boolean;
  readonly say: (text: string) => void;
}

async function buildSite({ root, target, force, say }: BuildOptions): Promise<StageOutcome> {
  const release = await currentRelease(root);
  await recoverSite(target);
  const record: SiteRecord = {
    schema: "medbench-site/1",
    key: hashJson([release.id, siteCodeHash()]),
    release: release.id,
  };
  const present = await readSiteRecord(target);
  // Each page has a twin in Chinese.
  const counts = { pages: 2 * (await englishPages(source)).length };
  if (present?.key === record.key && !force)
    return { stage: "publish", skipped: true, version: record.key, counts };

  const next = nextSiteFolder(target);
  try {
    const cache = await lockCache(say);
    try {
      await buildWithFramework(root, next);
    } finally {
      cache.release();
    }
    await copyDownloads(release, join(next, "files"));
    await finishPages(next);
    await checkPages(next);
    await writeFile(join(next, siteRecordFile), `${JSON.stringify(record)}\n`);
    await swapSite(next, target);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
  return { stage: "publish", skipped: false, version: record.key, counts };
}

async function currentRelease(root: string): Promise<Version> {
  const release = await currentVersion(root);
  if (release !== null) return release;
  throw new InputError(`publish: ${root} contains no release`, { hint: "Run `medbench release` first." });
}

const source = join(packageRoot, "src");

/** Framework has one cache for all sites of a checkout, and two builds at once would mix the output of their loaders. */
async function lockCache(say: (text: string) => void): Promise<Lock> {
  const folder = join(source, ".observablehq");
  await mkdir(folder, { recursive: true });
  return waitForLock(join(folder, "LOCK"), { doing: "is building a site in this checkout", onWait: say });
}

async function buildWithFramework(release: string, output: string): Promise<void> {
  // Framework reuses the output of loaders from an earlier release, because it does not see that their input changed.
  await rm(join(source, ".observablehq", "cache", "data"), { recursive: true, force: true });
  const framework = createRequire(import.meta.url)
    .resolve.paths("@observablehq/framework")
    ?.map((folder) => join(folder, "@observablehq", "framework", "dist", "bin", "observable.js"))
    .find((path) => existsSync(path));
  if (framework === undefined) {
    throw new InputError("publish: the package @observablehq/framework is not installed", {
      hint: "Run `npm ci`.",
    });
  }
  const builder = spawn(process.execPath, [framework, "build"], {
    cwd: packageRoot,
    env: {
      ...process.env,
      // Loaders are started as `tsx`, which is on the path only under npm.
      PATH: [join(packageRoot, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
      MEDBENCH_RELEASE: release,
      MEDBENCH_SITE_OUTPUT: output,
      NO_COLOR: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [builder.stdout, builder.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  const code = await new Promise<number | null>((done, fail) => builder.on("close", done).on("error", fail));
  // A cell that does not parse or a broken link does not fail the build; both appear only in its log.
  const trouble = /^.*(?:SyntaxError|Error:|broken link).*$/m.exec(log)?.[0];
  if (code !== 0 || trouble !== undefined) {
    throw new CheckError(`publish: the site did not build${trouble ? `: ${trouble.trim()}` : ""}`, {
      hint: "The existing site was not changed. The end of the build's log follows.",
      cause: new Error(log.slice(-2000)),
    });
  }
}

/** The released tables, unchanged, at addresses that stay the same from release to release. */
async function copyDownloads(release: Version, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { file } of release.manifest.files) {
    const [, name] = /^tables\/([^/]+\.(?:csv|parquet|json))$/.exec(file) ?? [];
    const target = name ?? (/^(?:dictionary|release)\.json$/.test(file) ? file : undefined);
    if (target !== undefined) await copyFile(join(release.folder, ...file.split("/")), join(folder, target));
  }
}

function siteFiles(): string[] {
  return (
    readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes(".observablehq"))
      // Made from the other files by the build itself.
      .filter((file) => !(file.startsWith(join(source, chineseFolder, sep)) && file.endsWith(".md")))
      .sort()
  );
}

function siteCodeHash(): string {
  const hash = createHash("sha256");
  const own = readdirSync(import.meta.dirname)
    .sort()
    .map((file) => join(import.meta.dirname, file));
  const single = [join(packageRoot, "observablehq.config.ts"), dependencyPins()];
  for (const file of [...siteFiles(), ...own, ...single]) {
    hash
      .update(`${file.slice(packageRoot.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}
