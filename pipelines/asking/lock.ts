import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { InputError } from "../../src/lib/errors.js";

/**
 * Takes a lock file that names this process; the lock of a dead process is taken over.
 *
 * @returns what gives the lock back
 * @throws InputError when another live process holds it
 */
export function takeLock(path: string): () => void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, `${process.pid}\n`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(path);
    if (holder !== null && isAlive(holder)) {
      throw new InputError(`${path}: process ${holder} is judging with the same journal`, {
        hint: "Wait for it to end: two runs of one journal would pay for the same requests twice.",
      });
    }
    rmSync(path, { force: true });
  }
  throw new InputError(`could not take the lock file ${path}`, {
    hint: "Delete it if no other process is running.",
  });
}

function holderOf(path: string): number | null {
  try {
    return Number(readFileSync(path, "utf8").trim());
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
