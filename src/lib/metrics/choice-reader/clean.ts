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

/** Pairs of a character and the ASCII character that it means to a reader. */
export const FOLDED: readonly (readonly [string, string])[] = [
  ...letterRun("Ａ", "A"),
  ...letterRun("ａ", "a"),
  ...letterRun("Ⓐ", "A"),
  ["\u00a0", " "],
  ["\u3000", " "],
  ["\u202f", " "],
  ["：", ":"],
  ["（", "("],
  ["）", ")"],
  ["，", ","],
  ["．", "."],
  ["；", ";"],
  ["【", "["],
  ["】", "]"],
  ["「", '"'],
  ["」", '"'],
  ["“", '"'],
  ["”", '"'],
  ["＜", "<"],
  ["＞", ">"],
  ["｛", "{"],
  ["｝", "}"],
  ["＝", "="],
  ["／", "/"],
  ["｜", "|"],
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

const OPENING = /<think(?:ing)?>/u;
const CLOSING = /<\/think(?:ing)?>/u;

/**
 * Drops `<think>` blocks. An unclosed block runs to the end; a closing tag without its opening tag (chat templates
 * often put that one in the prompt) drops everything before it. Splitting keeps this linear; a lazy pattern would
 * rescan the text for every opening tag.
 */
export function stripReasoning(text: string): string {
  if (!text.includes("think")) return text;
  let kept = "";
  const pieces = text.split(CLOSING);
  for (const [i, piece] of pieces.entries()) {
    const opening = piece.search(OPENING);
    if (opening >= 0) kept += piece.slice(0, opening);
    else if (i === pieces.length - 1) kept += piece;
    else kept = "";
  }
  return kept;
}

/** The last `count` code points, like SQL's `right`. */
export function tailOf(text: string, count: number): string {
  return text.length <= count
    ? text
    : Array.from(text.slice(-2 * count))
        .slice(-count)
        .join("");
}

/** The first `count` code points, like SQL's `left`. */
export function headOf(text: string, count: number): string {
  return text.length <= count
    ? text
    : Array.from(text.slice(0, 2 * count))
        .slice(0, count)
        .join("");
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
