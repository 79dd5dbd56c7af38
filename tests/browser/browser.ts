import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { CheckError } from "../../src/lib/errors.js";

const root = resolve(import.meta.dirname, "..", "..");

export interface BrowserChoice {
  readonly executable: string;
  /** How it was found, for messages. */
  readonly found: "CHROME_PATH" | "installed" | "package";
  readonly env: Readonly<Record<string, string>>;
}

/** How long to wait for a browser: for what hangs, not for what is slow. */
export const forWhatHangsMs = 300_000;

/** Programs that speak Chromium's protocol, best known first. */
const programs = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Our own arguments: the package's would switch web security off, and the checks would see another browser than
 * readers have. No name but 127.0.0.1 resolves, so nothing leaves the machine whatever a page asks for.
 */
const launchArguments = [
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/**
 * Browsers to try, in order: the one that CHROME_PATH names and no other, else the installed ones, else the one in
 * `@sparticuz/chromium`, which needs no system packages.
 */
export async function* findBrowser(env: NodeJS.ProcessEnv = process.env): AsyncGenerator<BrowserChoice> {
  const named = env["CHROME_PATH"];
  if (named !== undefined && named !== "") {
    yield { executable: named, found: "CHROME_PATH", env: {} };
    return;
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const installed = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  for (const executable of [...installed, ...places].filter(isExecutable)) {
    yield { executable, found: "installed", env: {} };
  }
  yield await packagedBrowser();
}

/**
 * Launches the first browser that works.
 *
 * @throws CheckError with the reason of each that did not: a test without a browser fails, it is never skipped
 */
export async function launchBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const reasons: string[] = [];
  for await (const choice of findBrowser(env)) {
    try {
      return await chromium.launch({
        executablePath: choice.executable,
        args: launchArguments,
        timeout: forWhatHangsMs,
        env: { ...definedOnly(env), ...choice.env },
      });
    } catch (error) {
      const reason = (error as Error).message.split("\n").slice(0, 3).join(" ");
      reasons.push(`${choice.executable} (${choice.found}): ${reason}`);
    }
  }
  throw new CheckError(`no browser could be started\n${reasons.join("\n")}`, {
    hint: "Install Chromium, or set CHROME_PATH to the program of an installed Chromium or Chrome.",
  });
}

/**
 * Unpacks the packaged browser once per checkout. The folder appears by a rename, so a second process or an earlier
 * kill never leaves half a browser behind.
 */
async function packagedBrowser(): Promise<BrowserChoice> {
  const manifest = join(root, "node_modules", "@sparticuz", "chromium", "package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  const cache = join(root, "node_modules", ".cache", "medbench");
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(cache, folder);
  return {
    executable: join(folder, "chromium"),
    found: "package",
    env: {
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
      // The machine's own fonts know Chinese; the package's do not.
      ...(existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: join(folder, "fonts") }),
    },
  };
}

async function unpack(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  // The package decides on import, from this variable, whether to bring the shared libraries that a bare machine lacks.
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      // Root gives unpacked files to the users of the archive, which fails where `unshare -r` knows one user only.
      'process.getuid = undefined; const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();',
    ],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
    },
  );
  if (status !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new CheckError(`@sparticuz/chromium could not be unpacked into ${cache}\n${stderr.trim()}`, {
      hint: "It needs 300 MB of disk; or install Chromium, or set CHROME_PATH.",
    });
  }
  await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
