import { InputError } from "../../errors.js";

const A = "A".codePointAt(0) ?? 0;

function letterRun(first: string, ascii: string): [string, string][] {
  const start = first.codePointAt(0) ?? 0;
  const asciiStart = ascii.codePointAt(0) ?? A;
  return Array.from({ length: 26 }, (_, i) => [
    String.fromCodePoint(start + i),
    String.fromCodePoint(asciiStart + i),
  ]);
}

const pairs = (characters: string, plain: string): [string, string][] =>
  Array.from(characters, (from, i) => [from, plain.length === 1 ? plain : plain.charAt(i)]);

const TRADITIONAL = "選擇應為項確錯誤對該題論結綜這個並當則來與無實屬於後據參標準關係說診斷體許會適從條經認";
const SIMPLIFIED = "选择应为项确错误对该题论结综这个并当则来与无实属于后据参标准关系说诊断体许会适从条经认";

/** Pairs of a character and the ASCII character that it means to a reader. */
export const FOLDED: readonly (readonly [string, string])[] = [
  ...letterRun("Ａ", "A"),
  ...letterRun("ａ", "a"),
  ...letterRun("Ⓐ", "A"),
  ...letterRun("ⓐ", "a"),
  ["\u00a0", " "],
  ["\u3000", " "],
  ["\u202f", " "],
  ["：", ":"],
  ["（", "("],
  ["）", ")"],
  ["，", ","],
  ["．", "."],
  ["；", ";"],
  ...pairs("【〖〔［〘〚", "["),
  ...pairs("】〗〕］〙〛", "]"),
  ...pairs("「」『』“”„«»＂", '"'),
  ...pairs("‘’", "'"),
  ...pairs("＜〈《", "<"),
  ...pairs("＞〉》", ">"),
  ["｛", "{"],
  ["｝", "}"],
  ["＝", "="],
  ["／", "/"],
  ["｜", "|"],
  ["！", "!"],
  ["？", "?"],
  ...pairs(TRADITIONAL, SIMPLIFIED),
];

/** Markdown marks, carriage returns and invisible characters: they carry no answer and only separate words. */
export const DROPPED = "*_`$\r\u200b\u200d\ufeff\ufe0f";

const CLEANED = new Map<string, string>([
  ...FOLDED,
  ...Array.from(DROPPED, (c): [string, string] => [c, ""]),
]);
const TO_CLEAN = new RegExp(`[${DROPPED}${FOLDED.map(([from]) => from).join("")}]`, "gu");

const BLANK = " \n\t";

/**
 * Trims white space at both ends. Scans from the ends: a pattern with `$` would rescan every run of white space inside.
 */
function trimBlank(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.includes(text.charAt(start))) start += 1;
  while (end > start && BLANK.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Folds full-width and circled letters and East Asian punctuation to ASCII and drops markdown marks and outer white
 * space.
 */
export function cleanText(text: string): string {
  return trimBlank(text.replace(TO_CLEAN, (character) => CLEANED.get(character) ?? ""));
}

const NOT_BLANK = new RegExp(
  `[^ \\n\\t${DROPPED}${FOLDED.flatMap(([from, to]) => (to === " " ? [from] : [])).join("")}]`,
  "u",
);

/** Whether `cleanText` leaves nothing of a text. */
export const isBlank = (text: string) => !NOT_BLANK.test(text);

/** Halves of characters that take two UTF-16 units. */
const HALVES = /[\ud800-\udfff]/;

/** The last `count` code points, like SQL's `right`. */
export function tailOf(text: string, count: number): string {
  if (text.length <= count) return text;
  const tail = text.slice(-count);
  return HALVES.test(tail)
    ? Array.from(text.slice(-2 * count))
        .slice(-count)
        .join("")
    : tail;
}

/**
 * Lets every letter of a pattern match in either case. Written out as classes because inline case flags differ
 * between JavaScript and RE2, and a flag over the whole pattern would let "a" pass for the option A.
 *
 * @throws InputError if the pattern contains a character class, which would be folded twice
 */
export function anyCase(source: string): string {
  if (/[[\]]/u.test(source)) {
    throw new InputError(`anyCase: "${source}" contains a character class`, {
      hint: "Write alternatives, (?:x|y), in language packs.",
    });
  }
  return source.replace(/\\.|\p{L}/gu, (part) => {
    const upper = part.toUpperCase();
    return part.startsWith("\\") || upper === part ? part : `[${upper}${part}]`;
  });
}
