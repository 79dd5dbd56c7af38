import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InputError } from "../../src/lib/errors.js";
import { isInUse, renameAtOnce } from "./disk.js";
import {
  describeHolder,
  holderText,
  type LockHolder,
  parseHolder,
  stateOf,
  thisProcess,
} from "./lock-holder.js";

/**
 * Lock files. A lock is a file that names its holder. It is written under a private name and then linked to its own, so
 * it appears in one step and with its content; `link` does so on network file systems too.
 *
 * A lock is taken over only if its holder is certainly gone, and then by the process that gets the takeover lock: the
 * file `<lock>.<token of the gone holder>`, taken like any lock. That process checks again, and if the lock still belongs
 * to the gone holder, replaces it by one rename. So the name is never free for another process, and one that saw the old
 * lock and comes late finds a different token. Files left by a process that was killed in between are removed by a later
 * holder.
 */
export interface Lock {
  readonly path: string;
  readonly holder: LockHolder;
  /** Releases the lock; a second call does nothing. */
  release(): void;
}

export interface LockOptions {
  /** What the holder of the lock is doing, for messages: "is writing here". */
  readonly doing: string;
  /** Advice to the user if another process has the lock. Default: wait for it to end. */
  readonly hint?: string;
}

export interface WaitOptions extends LockOptions {
  /** Called with the holder that it waits for, after a second and whenever the holder changes. */
  readonly onWait: (message: string) => void;
  /** Default 1,000. */
  readonly tellAfterMs?: number;
}

/**
 * Takes a lock or fails at once.
 *
 * @throws InputError naming the holder, or what is wrong with the lock file
 */
export function takeLock(path: string, { doing, hint = "Wait for it to end." }: LockOptions): Lock {
  const result = tryLock(path);
  if ("release" in result) return result;
  throw new InputError(`${path}: ${describeHolder(result.heldBy)} ${doing}`, {
    hint: [hint, ...removalAdvice(path, result.heldBy)].join(" "),
  });
}

/**
 * Takes a lock, waiting for its holder to release it.
 *
 * @throws InputError if this version did not write the lock file
 */
export async function waitForLock(
  path: string,
  { doing, onWait, tellAfterMs = 1000 }: WaitOptions,
): Promise<Lock> {
  const start = performance.now();
  let told: string | null = null;
  for (let pause = 2; ; pause = Math.min(200, pause * 1.5)) {
    const result = tryLock(path);
    if ("release" in result) return result;
    const { heldBy } = result;
    if (told !== heldBy.token && performance.now() - start >= tellAfterMs) {
      told = heldBy.token;
      onWait([`waiting: ${describeHolder(heldBy)} ${doing}`, ...removalAdvice(path, heldBy)].join("\n  "));
    }
    await sleep(pause);
  }
}

function removalAdvice(path: string, holder: LockHolder): string[] {
  if (stateOf(holder) === "elsewhere")
    return [
      `Whether it is still running cannot be seen from here; if you know that it is not, delete ${path} yourself.`,
    ];
  if (holder.started !== null) return [];
  return [
    `On this system the age of a process cannot be read: if process ${holder.pid} is another program by now, delete ${path} yourself.`,
  ];
}

type Attempt = Lock | { readonly heldBy: LockHolder };

/** More rounds than a lock can change hands while one process checks it. */
const rounds = 1000;

function tryLock(path: string): Attempt {
  const own = thisProcess();
  const draft = `${path}.${own.token}.new`;
  writeWhole(draft, holderText(own));
  try {
    for (let round = 0; round < rounds; round += 1) {
      if (linked(draft, path)) return heldLock(path, own);
      const heldBy = readLock(path);
      if (heldBy === null) continue;
      if (stateOf(heldBy) !== "gone") return { heldBy };
      const takeover = tryLock(`${path}.${heldBy.token}`);
      if (!("release" in takeover)) return takeover;
      try {
        if (readLock(path)?.token !== heldBy.token) continue;
        replace(draft, path, own);
        return heldLock(path, own);
      } finally {
        takeover.release();
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new InputError(`${path}: cannot be taken as a lock file, and cannot be read`, {
    hint: `If no other process is at work here, delete ${path} yourself.`,
  });
}

function heldLock(path: string, holder: LockHolder): Lock {
  sweep(path);
  let isHeld = true;
  return {
    path,
    holder,
    release() {
      if (!isHeld) return;
      isHeld = false;
      // No longer ours if a user deleted it and another process took it.
      if (readText(path) === holderText(holder)) rmSync(path, { force: true });
    },
  };
}

function writeWhole(path: string, text: string): void {
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives a file a second name, unless the name is taken. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    // A network file system may have made the link and lost its reply; the link count shows it.
    if (lstatSync(from).nlink > 1) return true;
    const { code } = error as NodeJS.ErrnoException;
    // On Windows the name of a lock that was just released is taken for another moment.
    if (code === "EEXIST" || isInUse(error)) return false;
    throw new InputError(`${to}: the lock file cannot be created (${code})`, {
      hint: "Locks need a writable folder on a file system with hard links.",
      cause: error,
    });
  }
}

function replace(draft: string, path: string, own: LockHolder): void {
  try {
    renameAtOnce(draft, path);
  } catch (error) {
    // As for `link`: the reply may have been lost.
    if (readText(path) !== holderText(own)) throw error;
  }
}

/** @returns the holder, or null if the lock was released meanwhile */
function readLock(path: string): LockHolder | null {
  const text = readText(path);
  if (text === null) return null;
  const holder = parseHolder(text);
  if (holder !== null) return holder;
  const found = text.trim() === "" ? "it is empty" : `it contains ${JSON.stringify(text.slice(0, 80))}`;
  throw new InputError(`${path}: not a lock file of this version of medbench: ${found}`, {
    hint: `Another version may be at work here. If none is, on any machine that uses this folder, delete ${path} yourself.`,
  });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ESTALE: how network file systems may report a file that was removed while it was being read.
    if (code === "ENOENT" || code === "ESTALE" || isInUse(error)) return null;
    throw new InputError(`${path}: the lock file cannot be read (${code})`, {
      hint: `If no other process is at work here, delete ${path} yourself.`,
      cause: error,
    });
  }
}

/** Removes files that killed processes left while trying to take this lock; the caller must hold it. */
function sweep(path: string): void {
  const folder = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (name.startsWith(prefix) && isLeftBehind(file)) rmSync(file, { force: true });
  }
}

const dayMs = 24 * 60 * 60 * 1000;

function isLeftBehind(file: string): boolean {
  try {
    const holder = parseHolder(readFileSync(file, "utf8"));
    if (holder !== null) return stateOf(holder) === "gone";
    // Its writer was killed before the first byte, or will write it at once.
    return file.endsWith(".new") && Date.now() - lstatSync(file).mtimeMs > dayMs;
  } catch {
    // It disappeared meanwhile, or does not belong to a lock.
    return false;
  }
}
