import { closeSync, copyFileSync, fsyncSync, linkSync, openSync, renameSync, symlinkSync } from "node:fs";
import { copyFile, link, mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What file systems and operating systems do differently: syncing, replacing, and giving a file a second name. Other modules
 * of the pipelines go through this one (`tests/portable-code.test.ts`).
 */

/** Who does the work; another in tests. */
export interface DiskEffects {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => void | Promise<void>;
}

/** Makes sure that a file is on the disk. Windows syncs only what is open for writing. */
export function syncFile(path: string): void {
  syncOpened(path, "r+");
}

/** Makes sure that the names in a folder are on the disk. Windows cannot do this to a folder, and keeps a journal of its own. */
export function syncFolder(path: string, platform: NodeJS.Platform = process.platform): void {
  if (platform !== "win32") syncOpened(path, "r");
}

/** As `syncFile`, while other work goes on. */
export async function syncInBackground(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function syncOpened(path: string, flags: string): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Longest time for which a file may be in use on Windows, in milliseconds: a reader or a virus scanner has it open. */
const patienceMs = 10_000;

/**
 * Renames a file or folder, replacing a file of that name. On Windows a name in use cannot be replaced, so it is tried for a
 * while; elsewhere readers keep what they have open.
 */
export async function renameInto(
  from: string,
  to: string,
  { platform, rename: move }: DiskEffects = { platform: process.platform, rename },
): Promise<void> {
  const start = performance.now();
  for (let pause = 5; ; pause = Math.min(200, pause * 2)) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      if (!isInUse(error, platform) || performance.now() - start > patienceMs) throw error;
      await sleep(pause);
    }
  }
}

/** As `renameInto`, for a small file, in one go. */
export function renameAtOnce(
  from: string,
  to: string,
  { platform, rename: move }: DiskEffects = { platform: process.platform, rename: renameSync },
): void {
  const start = performance.now();
  for (;;) {
    try {
      move(from, to);
      return;
    } catch (error) {
      if (!isInUse(error, platform) || performance.now() - start > patienceMs) throw error;
      // Blocks: the caller must not let others run in between.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Whether an error of Windows may mean that somebody has the file open, or that its deletion is not complete. */
export function isInUse(error: unknown, platform: NodeJS.Platform = process.platform): boolean {
  const { code = "" } = error as NodeJS.ErrnoException;
  return platform === "win32" && ["EPERM", "EACCES", "EBUSY", "ENOTEMPTY"].includes(code);
}

/** Places a file under a second name without copying its bytes where that can be done, in a folder that is created. */
export async function placeFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  // Hard links end at the border of a file system, and some file systems have none.
  await link(from, to).catch(() => copyFile(from, to));
}

/** Who makes the names of `nameFile`; others in tests. */
export interface NameEffects {
  readonly symlink: (file: string, name: string) => void;
  readonly link: (file: string, name: string) => void;
}

/**
 * Makes a file readable under another name: by a symbolic link, which crosses file systems; on Windows, where a user may not be
 * allowed to make one, by a hard link, and if that cannot be made by a copy.
 */
export function nameFile(
  file: string,
  name: string,
  effects: NameEffects = { symlink: symlinkSync, link: linkSync },
): void {
  try {
    effects.symlink(file, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
    try {
      effects.link(file, name);
    } catch {
      copyFileSync(file, name);
    }
  }
}

/** Names that Windows gives to devices, with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** Whether every file system takes a text for the name of a file, as it is. */
export function isPortableName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name) && !name.endsWith(".") && !devices.test(name);
}
