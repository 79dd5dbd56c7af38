import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { z } from "zod";

/** First and last time in a journal, as ISO texts; null where they are not recorded. */
export interface JournalTimes {
  readonly first: string | null;
  readonly last: string | null;
}

/** Who is asked in a journal; null in journals of earlier versions. */
export function journalHead(path: string): { readonly judge: string; readonly model: string } | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(4096);
    const text = bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, 0));
    const found = headSchema.safeParse(parsed(text.split("\n")[0] ?? ""));
    return found.success ? found.data : null;
  } finally {
    closeSync(file);
  }
}

const headSchema = z.object({ type: z.literal("judge"), judge: z.string(), model: z.string() });

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Enough for the longest reply. */
const windowBytes = 1 << 18;

/** The times of a journal, from its beginning and its end: it may have gigabytes. */
export function journalTimes(path: string): JournalTimes {
  if (!existsSync(path)) return { first: null, last: null };
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const timesFrom = (position: number) => {
      const bytes = Buffer.alloc(Math.min(windowBytes, size));
      readSync(file, bytes, 0, bytes.length, position);
      return [...bytes.toString("utf8").matchAll(/"at":"([\d:.TZ-]+)"\}\n/g)].map(
        ([, time]) => time as string,
      );
    };
    return {
      first: timesFrom(0)[0] ?? null,
      last: timesFrom(Math.max(0, size - windowBytes)).at(-1) ?? null,
    };
  } finally {
    closeSync(file);
  }
}

/** Whether a journal has a reply, also one that could not be read. Reads only up to the first. */
export function hasReply(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(windowBytes);
    for (let position = 0, rest = ""; ; ) {
      const read = readSync(file, bytes, 0, bytes.length, position);
      if (read === 0) return false;
      position += read;
      const text = rest + bytes.toString("latin1", 0, read);
      if (text.includes('{"type":"reply"')) return true;
      rest = text.slice(-20);
    }
  } finally {
    closeSync(file);
  }
}
