import { InputError } from "../errors.js";
import { type Duration, type IsoDate, parseDate, parseDuration } from "./date-text.js";
import { type ItemScore, scored, unscored } from "./item-score.js";
import { type NumericText, type NumericTextOptions, parseNumericText } from "./numeric-text.js";
import { withoutReasoning } from "./reasoning-marks.js";

/** What a numeric item asks for. The limits may be swapped, as they are for negative gold values. */
export type NumericGold =
  | { readonly type: "decimal"; readonly value: number; readonly lower: number; readonly upper: number }
  | { readonly type: "integer"; readonly value: number }
  | { readonly type: "range"; readonly lower: number; readonly upper: number }
  | { readonly type: "date"; readonly value: IsoDate }
  | { readonly type: "duration"; readonly value: Duration };

/** Options of `scoreNumeric`. */
export interface NumericOptions extends NumericTextOptions {
  /**
   * Tolerance for a decimal gold value without limits, as a share of the value, in [0, 1). Default 0.05, as in MedCalc.
   */
  readonly relativeTolerance?: number;
}

/** A number read from an answer. */
export interface ParsedNumeric {
  readonly value: number | IsoDate | Duration | { readonly lower: number; readonly upper: number };
  readonly unit?: string | null;
  /** Set when an integer was rounded from exactly x.5, where half-to-even and half-up can differ. */
  readonly tieRounded?: true;
}

/**
 * Scores one numeric answer (protocols P15): correct (1) or wrong (0). Decimal: within the limits, ends included.
 * Integer: equal after rounding half to even (the published code's rule; flagged where it matters). Date and duration:
 * equal after parsing. A range is wrong unless the gold value is the same range.
 *
 * @param gold a number, text, or `{value, lower?, upper?, type?}`, as for `readNumericGold`
 * @returns status `invalid` when the answer contains no number, `multiple` when it contains several
 * @throws InputError for a gold value of any other form
 * @example scoreNumeric("26.5", {value: 25.3, lower: 24.035, upper: 26.565}).score // 1
 */
export function scoreNumeric(
  text: string | null,
  gold: unknown,
  options: NumericOptions = {},
): ItemScore<ParsedNumeric, "correct" | "total"> {
  const wanted = readNumericGold(gold, options);
  const wrong = { correct: 0, total: 1 };
  const answer = withoutReasoning(text ?? "").trim();
  if (answer === "") return unscored("empty", "no answer", wrong);
  if (wanted.type === "date" || wanted.type === "duration") {
    const value = wanted.type === "date" ? parseDate(answer) : parseDuration(answer, { bare: true });
    if (value === null) return unscored("invalid", `no ${wanted.type} in the answer`, wrong);
    return graded(isSame(value, wanted.value), { value });
  }
  const read = parseNumericText(answer, options);
  if (read.status === "ok") return gradeNumber(read, wanted);
  if (read.status !== "range") return unscored(read.status, "not exactly one number in the answer", wrong);
  const isGold = wanted.type === "range" && read.lower === wanted.lower && read.upper === wanted.upper;
  return graded(isGold, { value: { lower: read.lower, upper: read.upper } });
}

function gradeNumber(read: Extract<NumericText, { status: "ok" }>, gold: NumericGold) {
  const { value, unit } = read;
  if (gold.type === "decimal") {
    const [low, high] = [Math.min(gold.lower, gold.upper), Math.max(gold.lower, gold.upper)];
    // Other software computes the limits as 0.95 and 1.05 of the gold value; the slack absorbs their rounding error.
    const slack = 1e-12 * Math.max(Math.abs(low), Math.abs(high));
    return graded(value >= low - slack && value <= high + slack, { value, unit });
  }
  if (gold.type !== "integer") return graded(false, { value, unit });
  const isTie = Math.abs(value % 1) === 0.5;
  return graded(roundHalfEven(value) === gold.value, { value, unit, ...(isTie ? { tieRounded: true } : {}) });
}

/** Python's `round`: to the nearest integer, x.5 to the even one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return up ? floor + 1 : floor;
}

function graded(right: boolean, parsed: ParsedNumeric): ItemScore<ParsedNumeric, "correct" | "total"> {
  return scored(right ? 1 : 0, parsed, { correct: right ? 1 : 0, total: 1 });
}

function isSame(a: IsoDate | Duration, b: IsoDate | Duration): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.weeks === b.weeks && a.days === b.days;
}

/**
 * The gold of a numeric item from JSON: a number (decimal with the relative tolerance), text with a date, a duration, a
 * range or a number, or an object with `value` and optional `lower`, `upper` and `type` (decimal, integer, range, date,
 * duration).
 *
 * @throws InputError naming what was found
 */
export function readNumericGold(gold: unknown, options: NumericOptions = {}): NumericGold {
  if (typeof gold === "number" && Number.isFinite(gold)) return withinTolerance(gold, options);
  if (typeof gold === "string") {
    const date = parseDate(gold);
    if (date !== null) return { type: "date", value: date };
    const read = parseNumericText(gold);
    if (read.status === "range") return { type: "range", lower: read.lower, upper: read.upper };
    const duration = parseDuration(gold);
    if (duration !== null) return { type: "duration", value: duration };
    if (read.status === "ok" && read.readBy === "whole") return withinTolerance(read.value, options);
  }
  if (gold !== null && typeof gold === "object" && !Array.isArray(gold)) {
    const typed = readTypedGold(gold as Readonly<Record<string, unknown>>, options);
    if (typed !== null) return typed;
  }
  throw new InputError(
    `scoreNumeric: gold is ${JSON.stringify(gold)}, expected a number, a date, a duration or a range`,
    {
      hint: 'Give {"value": 25.3, "lower": 24.035, "upper": 26.565} or {"type": "integer", "value": 3}; an object has the fields type, value, lower and upper, both limits or none, and the value lies between them.',
    },
  );
}

/** `unit` is for people: the scorer compares the number as it is written. */
const goldKeys: readonly string[] = ["type", "value", "lower", "upper", "unit"];

function readTypedGold(gold: Readonly<Record<string, unknown>>, options: NumericOptions): NumericGold | null {
  // A misspelt limit would silently leave the default tolerance in force.
  if (Object.keys(gold).some((key) => !goldKeys.includes(key))) return null;
  const number = (key: string) => {
    const value = gold[key];
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    const read = typeof value === "string" ? parseNumericText(value) : null;
    return read?.status === "ok" ? read.value : null;
  };
  const [value, lower, upper] = [number("value"), number("lower"), number("upper")];
  const isLimited = [gold["lower"], gold["upper"]].some((limit) => limit !== undefined && limit !== null);
  const limits =
    lower !== null && upper !== null
      ? { lower: Math.min(lower, upper), upper: Math.max(lower, upper) }
      : null;
  switch (gold["type"] ?? "decimal") {
    case "decimal":
      if (value === null) return null;
      if (!isLimited) return withinTolerance(value, options);
      return limits !== null && limits.lower <= value && value <= limits.upper
        ? { type: "decimal", value, ...limits }
        : null;
    case "integer":
      return value === null || !Number.isInteger(value) ? null : { type: "integer", value };
    case "range":
      return limits && { type: "range", ...limits };
    case "date": {
      const date = parseDate(String(gold["value"]));
      return date === null ? null : { type: "date", value: date };
    }
    case "duration": {
      const duration = goldDuration(gold["value"]);
      return duration === null ? null : { type: "duration", value: duration };
    }
    default:
      return null;
  }
}

/** Weeks and days as text, as `[29, 3]` or as `{"weeks": 29, "days": 3}`. */
function goldDuration(value: unknown): Duration | null {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return parseDuration(String(value), { bare: true });
  const { weeks = 0, days = 0, ...others } = value as Readonly<Record<string, unknown>>;
  const isCount = (count: unknown): count is number => Number.isInteger(count) && Number(count) >= 0;
  const isDuration = Object.keys(others).length === 0 && Object.keys(value).length > 0;
  return isDuration && isCount(weeks) && isCount(days) ? { weeks, days } : null;
}

function withinTolerance(value: number, { relativeTolerance = 0.05 }: NumericOptions): NumericGold {
  const margin = Math.abs(value) * relativeTolerance;
  return { type: "decimal", value, lower: value - margin, upper: value + margin };
}
