import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

/** First and last time in a journal, as ISO texts; null where they are not recorded. */
export interface JournalTimes {
  readonly first: string | null;
  readonly last: string | null;
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
