import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { waitForLock } from "../pipelines/warehouse/lock.js";

/**
 * A folder that is made once per test run, by the first test file that asks for it; the others wait until it is complete.
 * What is in it is only read: tests that write work on a copy.
 *
 * @param make writes into the folder given, which is empty
 */
export async function builtOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject("sharedFolder"), name);
  if (existsSync(folder)) return folder;
  const lock = await waitForLock(`${folder}.lock`, { doing: `is building ${name}`, onWait: () => {} });
  try {
    if (existsSync(folder)) return folder;
    const draft = `${folder}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft);
    await make(draft);
    await rename(draft, folder);
    return folder;
  } finally {
    lock.release();
  }
}
