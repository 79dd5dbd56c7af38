import { foldText } from "./fold-text.js";

/** What the rules look at of a longer response: its beginning and its end, in UTF-16 units. */
const HEAD_WINDOW = 6000;
const TAIL_WINDOW = 18_000;

/** LaTeX commands that only style the letter inside them: `\text{B}`. */
const STYLED = /\\(?:text|textbf|mathrm|mathbf|mathsf|bf|rm) ?\{([^{}\n]{0,60})\}/gu;
/** HTML that only styles what it contains, with its closing tag somewhere: the "b" of "<b>C</b>" is no option. */
const STYLE_TAGS = [
  "b",
  "i",
  "u",
  "p",
  "a",
  "em",
  "strong",
  "span",
  "font",
  "mark",
  "code",
  "div",
  "li",
  "ul",
  "ol",
  "h1",
  "h2",
  "h3",
];
/** "B", a tab and its text: a row of a table. */
const OPENS_ROW = /^([\s"'([]{0,8}[A-Z])\t/u;
/** Blanks that some models write between Chinese words. */
const INNER_BLANKS = /(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])/gu;

/**
 * The response as the rules see it: full-width characters, brackets of any kind and traditional characters folded to
 * one form, markdown dropped, every run of blanks one blank and every run of line ends one line end. Of a very long
 * response only the beginning and the end are kept, so that no response takes long to read.
 */
export function readingText(kept: string): string {
  const seen =
    kept.length <= HEAD_WINDOW + TAIL_WINDOW
      ? kept
      : `${kept.slice(0, HEAD_WINDOW)}\n${kept.slice(-TAIL_WINDOW)}`;
  const untagged = seen.includes("</") ? withoutTags(seen) : seen;
  const styled = untagged.includes("\\") ? untagged.replace(STYLED, "$1") : untagged;
  return foldText(styled.replace(OPENS_ROW, "$1: "), { lines: true }).replace(INNER_BLANKS, "").trim();
}

/** Lines stay lines: "<p>A</p><p>B</p>" has two. */
function withoutTags(text: string): string {
  const lower = text.toLowerCase();
  const closed = STYLE_TAGS.filter((tag) => lower.includes(`</${tag}>`));
  return closed.length === 0
    ? text
    : text
        .replace(/<br ?\/?>|<\/(?:p|div|li|h[1-3])>/giu, "\n")
        .replace(new RegExp(`</?(?:${closed.join("|")})(?: [^<>\\n]{0,100})?>`, "giu"), "");
}

/** How far a sentence is followed from a letter. */
export const REACH = 240;

/** Whether a sentence ends at this place: a stop is also part of "B. text", of "1. text" and of numbers. */
function endsSentence(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (character === "\n") return !/[:,、是为]$/u.test(text.slice(Math.max(0, at - 2), at));
  if ("。!?;".includes(character)) return true;
  if (character !== ".") return false;
  const next = text.charAt(at + 1);
  if (next !== "" && next !== " " && next !== "\n") return /[^\p{L}\p{N}]/u.test(next) ? false : isCjk(next);
  return !/(?:^|[^\p{L}\p{N}])(?:\p{L}|\d{1,2})$/u.test(text.slice(Math.max(0, at - 3), at));
}

const isCjk = (character: string) => /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(character);

/** Where the sentence around `at` begins, at most twice `REACH` characters before it. */
export function sentenceStart(text: string, at: number): number {
  // The same place for all letters of a sentence without end.
  const least = Math.max(0, (Math.floor(at / REACH) - 1) * REACH);
  for (let i = at - 1; i >= least; i -= 1) if (endsSentence(text, i)) return i + 1;
  return least;
}

/** Where the sentence around `at` ends, at most `REACH` characters behind it. */
export function sentenceEnd(text: string, at: number): number {
  const most = Math.min(text.length, at + REACH);
  for (let i = at; i < most; i += 1) if (endsSentence(text, i)) return i;
  return most;
}
