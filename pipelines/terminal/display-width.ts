import { eastAsianWidth } from "get-east-asian-width";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
// In a variable, because the flag is newer than the language version that the compiler checks.
const setNotation = "v";
const emoji = new RegExp("^\\p{RGI_Emoji}$", setNotation);
const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);

/** Columns that a terminal takes for text without control characters: a Chinese character or an emoji takes two. */
export function displayWidth(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (isAscii(grapheme)) return grapheme.length;
  if (emoji.test(grapheme)) return 2;
  const [first = "", ...more] = grapheme;
  if (/^[\p{M}\p{Cf}\p{Cc}]$/u.test(first)) return 0;
  // The voicing marks of halfwidth kana take a column of their own.
  const marks = more.filter((character) => /[\uff9e\uff9f]/.test(character)).length;
  return eastAsianWidth(first.codePointAt(0) as number) + marks;
}

/** The beginning of a text that takes at most `width` columns, which ends in an ellipsis where something was left out. */
export function shortened(text: string, width: number): string {
  if (text.length <= width && isAscii(text)) return text;
  if (displayWidth(text) <= width) return text;
  return `${beginning(text, width - 1)}…`;
}

function beginning(text: string, width: number): string {
  let [end, used] = [0, 0];
  for (const { segment, index } of segmenter.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Where a line may end: after a space, and within a word after an underscore or a hyphen. */
const breaks = /(?<= )|(?<=[\p{L}\p{N}][_-])(?=[\p{L}\p{N}])/u;

/** A text as lines of at most `width` columns, which end at `ends`; a word that is longer is broken anywhere. */
export function wrapped(text: string, width: number, ends = breaks): string[] {
  const lines: string[] = [];
  let line = "";
  for (let part of text.split(ends)) {
    if (line !== "" && displayWidth(line + part.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    while (displayWidth(part.trimEnd()) > width) {
      // A character of two columns has no place in one.
      const piece = beginning(part, width) || ([...part][0] as string);
      lines.push(piece);
      part = part.slice(piece.length);
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

/** The longest part that `wrapped` keeps together if it can. */
export function longestPart(text: string): number {
  return Math.max(...text.split(breaks).map((part) => displayWidth(part.trimEnd())));
}

/** A text with spaces up to `width` columns. */
export function padded(text: string, width: number, isRight: boolean): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return isRight ? `${space}${text}` : `${text}${space}`;
}
