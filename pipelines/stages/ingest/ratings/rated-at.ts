/** When a rating was given. */
export interface RatedAt {
  /** Milliseconds since 1970; NaN if the text is no time. */
  readonly ms: number;
  /** Without a time zone, only the rater's own clock is known: such a time is not compared with a moment. */
  readonly hasZone: boolean;
}

const isoTime =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i;

/** Reads an ISO 8601 time. */
export function readRatedAt(text: string): RatedAt {
  const [, day, time = "00:00", fraction = "0", zone] = isoTime.exec(text.trim()) ?? [];
  if (day === undefined) return { ms: Number.NaN, hasZone: false };
  const offset = /^[+-]/.test(zone ?? "") ? (zone as string).replace(":", "").padEnd(5, "0") : "+0000";
  const seconds = Date.parse(`${day}T${time}${offset.slice(0, 3)}:${offset.slice(3)}`);
  // `Date` drops what is below a millisecond.
  return { ms: seconds + Number(fraction) * 1000, hasZone: zone !== undefined };
}

/** Index of the last of several ratings; null if their order is not known, or two are the last. */
export function latest(times: readonly (RatedAt | null)[]): number | null {
  const [first] = times;
  if (first === undefined || first === null) return null;
  let last = 0;
  let ties = 0;
  for (const [index, time] of times.entries()) {
    if (time === null || Number.isNaN(time.ms) || time.hasZone !== first.hasZone) return null;
    const { ms } = times[last] as RatedAt;
    if (time.ms > ms) [last, ties] = [index, 1];
    else if (time.ms === ms) ties += 1;
  }
  return ties === 1 ? last : null;
}
