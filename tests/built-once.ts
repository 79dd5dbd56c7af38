import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { inject } from "vitest";

/**
 * A folder that is made once per test run, by the first test file that asks for it; the others wait until it is complete.
 * What is in it is only read: tests that write work on a copy.
 *
 * @param make writes into the folder given, which is empty
 */
export async function builtOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject("sharedFolder"), name);
  const [draft, failure] = [`${folder}.draft`, `${folder}.failure`];
  if (existsSync(folder)) return folder;
  if (await isFirst(draft)) {
    try {
      await make(draft);
      await rename(draft, folder);
    } catch (error) {
      await writeFile(failure, String((error as Error).stack));
      throw error;
    }
    return folder;
  }
  while (!existsSync(folder)) {
    if (existsSync(failure)) throw new Error(`${name} was not built: ${await readFile(failure, "utf8")}`);
    await setTimeout(100);
  }
  return folder;
}

async function isFirst(draft: string): Promise<boolean> {
  try {
    await mkdir(draft);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
