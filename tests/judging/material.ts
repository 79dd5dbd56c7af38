import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Clock } from "../../pipelines/asking/clock.js";
import { Journal } from "../../pipelines/asking/journal.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "medbench-judge-"));
  folders.push(folder);
  return folder;
}

export function openJournal(folder = temporaryFolder()): Promise<Journal> {
  return Journal.open(join(folder, "journal.jsonl"));
}

/** A clock that sleeps in no time and remembers how long it was asked to. */
export function fakeClock(): Clock & { readonly slept: number[] } {
  let time = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    sleep: async (ms) => {
      slept.push(ms);
      time = Math.max(time, time + ms);
    },
  };
}
