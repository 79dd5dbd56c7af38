/** A calendar date as the text "YYYY-MM-DD", or null. */
export type IsoDate = string;

const dateForms: readonly [
  pattern: RegExp,
  order: readonly ["y" | "m" | "d", "y" | "m" | "d", "y" | "m" | "d"],
][] = [
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u, ["m", "d", "y"]],
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/u, ["y", "m", "d"]],
  [/^(\d{4})年(\d{1,2})月(\d{1,2})日?$/u, ["y", "m", "d"]],
];

/**
 * Reads `%m/%d/%Y` (MedCalc's format), ISO `%Y-%m-%d` or `2024年3月5日`; null for anything else and for days that do not
 * exist.
 */
export function parseDate(text: string): IsoDate | null {
  const bare = text
    .normalize("NFKC")
    .trim()
    .replace(/[。.]$/u, "");
  for (const [pattern, order] of dateForms) {
    const match = pattern.exec(bare);
    if (match === null) continue;
    const part = (name: "y" | "m" | "d") => Number(match[order.indexOf(name) + 1]);
    const [year, month, day] = [part("y"), part("m"), part("d")];
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if (year < 1 || day < 1 || day > (lengths[month - 1] ?? 0)) return null;
    return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join(
      "-",
    );
  }
  return null;
}

/** A duration in weeks and days. */
export interface Duration {
  readonly weeks: number;
  readonly days: number;
}

/**
 * Reads a duration in weeks and days in MedCalc's format: `(3 weeks, 2 days)`, `3周2天`; one of the two may be missing
 * and is then 0. Null for anything else: `23 days` is not converted into weeks.
 */
export function parseDuration(text: string): Duration | null {
  const bare = text
    .normalize("NFKC")
    .replace(/[()[\]'"。.]/gu, "")
    .trim();
  const match =
    /^(?:(\d+)\s*(?:weeks?|周|w))?\s*(?:,|，|and|零|又)?\s*(?:(\d+)\s*(?:days?|天|日|d))?$/iu.exec(bare);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return null;
  return { weeks: Number(match[1] ?? 0), days: Number(match[2] ?? 0) };
}
