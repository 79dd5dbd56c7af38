import type { MutationOperator } from "./operator.js";
import { inCaseOf, type Rewrite, rewriteOne } from "./places.js";

const chineseTimes: Readonly<Record<string, string>> = {
  一: "三",
  二: "六",
  两: "六",
  三: "九",
  四: "十二",
};

/** Intervals become four times as short; those that are already short become four times as long. */
const otherHours = (hours: number): number => (hours >= 4 ? Math.floor(hours / 4) : hours * 4);

const latin: Readonly<Record<string, string>> = {
  qd: "tid",
  od: "tid",
  bid: "q2h",
  tid: "qd",
  qid: "qd",
  qw: "qd",
};

const english: Readonly<Record<string, string>> = {
  "once daily": "three times daily",
  "once a day": "three times a day",
  "twice daily": "six times daily",
  "twice a day": "six times a day",
  "three times daily": "once daily",
  "three times a day": "once a day",
  "four times daily": "once daily",
  "four times a day": "once a day",
  "once weekly": "once daily",
  "once a week": "once a day",
  "every other day": "four times a day",
};

const rules: readonly Rewrite[] = [
  {
    pattern: /(?<=(?:每[日天]|[一1][日天])\s{0,3})(\d{1,2})(?=\s*次)/gu,
    replace: ([times]) => String(Number(times) * 3),
  },
  {
    pattern: /(?<=(?:每[日天]|[一1][日天]))[一二两三四](?=次)/gu,
    replace: ([times]) => chineseTimes[times] ?? null,
  },
  { pattern: /每周(?=\s*[\d一二两三]\s*次)/gu, replace: () => "每日" },
  {
    pattern: /(?<=每(?:隔)?\s{0,3})(\d{1,2})(?=\s*(?:个)?小时)/gu,
    replace: ([hours]) => (Number(hours) === 0 ? null : String(otherHours(Number(hours)))),
  },
  {
    pattern: /(?<=\bevery\s)(\d{1,2})(?=\s*(?:h|hr|hrs|hours?)\b)/giu,
    replace: ([hours]) => (Number(hours) === 0 ? null : String(otherHours(Number(hours)))),
  },
  {
    pattern: /(?<=\bq)(\d{1,2})(?=h\b)/gu,
    replace: ([hours]) => (Number(hours) === 0 ? null : String(otherHours(Number(hours)))),
  },
  {
    pattern: new RegExp(`\\b(?:${Object.keys(english).join("|")})\\b`, "giu"),
    replace: ([found]) => inCaseOf(found, english[found.toLowerCase()] ?? ""),
  },
  {
    pattern: new RegExp(
      `(?<=\\d\\s{0,3}[a-zµμ]{1,12}\\s{1,3}(?:[a-z]{1,12}\\s{1,3})?)(?:${Object.keys(latin).join("|")})\\b`,
      "giu",
    ),
    replace: ([found]) => latin[found.toLowerCase()] ?? null,
  },
];

/** `每日3次` becomes `每日9次`, "once weekly" becomes "once daily", `q8h` becomes `q2h`: at least three times as much or as little. */
export const frequencyChanged: MutationOperator = {
  id: "frequency-changed",
  kind: "dangerous",
  summary: "a drug given at least three times as often or as rarely",
  apply: (answer, _context, random) => rewriteOne(answer, rules, random),
};
