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

/** Options of `parseDuration`. */
export interface DurationTextOptions {
  /**
   * Whether a pair of numbers without words is weeks and days: `(29, 3)`, `29+3`. Only where a duration is expected, because
   * `3,5` is a decimal number in many languages. Default false.
   */
  readonly bare?: boolean;
}

const weekWords = `(?:weeks?|wks?|周|週間?|星期|w|semanas?|주)`;
const dayWords = `(?:days?|天|日|d|dias?|días?|일)`;
const joint = String.raw`(?:\s*[,，、;+&]\s*|\s*(?:and|e|y|又|零|和)\s*|\s*)`;
const wholeDuration = new RegExp(
  `^(?:(\\d+)\\s*${weekWords}(?![a-z]))?${joint}(?:(\\d+)\\s*${dayWords}(?![a-z]))?$`,
  "iu",
);
const barePair = /^(\d+)(?:\.0+)?\s*[,，;+]\s*(\d+)(?:\.0+)?$/u;
const pairInProse = new RegExp(
  `(?<![\\d.,-])(\\d+)\\s*${weekWords}(?![a-z])${joint}(\\d+)\\s*${dayWords}(?![a-z])`,
  "giu",
);
const bracketedPair = /[([]\s*(\d+)\s*[,，]\s*(\d+)\s*[)\]]/gu;

/**
 * Reads a duration in weeks and days: `(3 weeks, 2 days)`, `3w2d`, `3周2天`; one of the two may be missing and is then 0, and
 * `23 days` is not converted into weeks. In prose, exactly one pair of weeks and days is read. Null for anything else.
 *
 * @example parseDuration("(29, 3)", { bare: true })?.weeks // 29
 */
export function parseDuration(text: string, { bare = false }: DurationTextOptions = {}): Duration | null {
  const plain = text.normalize("NFKC").replace(/\s+/gu, " ");
  const answer = plain.replace(/[()[\]'"*`。]|\.(?!\d)/gu, "").trim();
  const whole = wholeDuration.exec(answer);
  if (whole !== null && (whole[1] !== undefined || whole[2] !== undefined)) return duration(whole);
  const pair = bare ? barePair.exec(answer) : null;
  if (pair !== null) return duration(pair);
  const found = [...plain.matchAll(pairInProse), ...(bare ? plain.matchAll(bracketedPair) : [])].map(
    duration,
  );
  const [first] = found;
  const isOne = found.every(({ weeks, days }) => weeks === first?.weeks && days === first.days);
  return first !== undefined && isOne ? first : null;
}

function duration([, weeks, days]: RegExpExecArray | RegExpMatchArray): Duration {
  return { weeks: Number(weeks ?? 0), days: Number(days ?? 0) };
}
