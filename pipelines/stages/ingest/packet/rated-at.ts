/** When a rating was given. */
export interface RatedAt {
  /** Milliseconds since 1970; NaN if the text is no time. */
  readonly ms: number;
  /** Without a time zone, only the rater's own clock is known: such a time is not compared with a moment. */
  readonly hasZone: boolean;
}

const isoTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Reads an ISO 8601 time. */
export function readRatedAt(text: string): RatedAt {
  const trimmed = text.trim();
  const parts = isoTime.exec(trimmed);
  if (parts === null) return { ms: Number.NaN, hasZone: false };
  const hasZone = parts[1] !== undefined;
  const [day, time] = trimmed.split(/[T ]/i) as [string, string | undefined];
  const zone = hasZone ? "" : "Z";
  return {
    ms: Date.parse(`${day}T${(time ?? "00:00").replace(/([+-]\d\d):?(\d\d)$/, "$1:$2")}${zone}`),
    hasZone,
  };
}

/** Index of the last of several ratings; null if their order is not known, or two are the last. */
export function latest(times: readonly (RatedAt | null)[]): number | null {
  const [first] = times;
  if (first === undefined || first === null) return null;
  let last = 0;
  let ties = 0;
  for (const [index, time] of times.entries()) {
    if (time === null || time.hasZone !== first.hasZone) return null;
    const { ms } = times[last] as RatedAt;
    if (time.ms > ms) [last, ties] = [index, 1];
    else if (time.ms === ms) ties += 1;
  }
  return ties === 1 ? last : null;
}
