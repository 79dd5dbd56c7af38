import { FOLDED } from "./clean.js";
import { TRADITIONAL_PAIRS } from "./traditional.js";

/** Invisible characters, markdown marks and LaTeX's dollar: they carry no answer. */
const DROPPED = "*_`$\r\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f";
const BLANKS =
  "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000";
const [BLANK, LINE_END] = [32, 10];

/** What each UTF-16 unit becomes; 0 where it is dropped. */
const FORM = new Uint16Array(0x10000);
for (let unit = 0; unit < FORM.length; unit += 1) FORM[unit] = unit;
for (const [from, to] of [...FOLDED, ...TRADITIONAL_PAIRS]) FORM[from.charCodeAt(0)] = to.charCodeAt(0);
for (const dropped of DROPPED) FORM[dropped.charCodeAt(0)] = 0;
for (const blank of BLANKS) FORM[blank.charCodeAt(0)] = BLANK;

/** Characters that the folding of a text in Latin script changes; a search for one of them is much faster than a walk. */
const IN_LATIN = Array.from({ length: 0x100 }, (_, unit) => unit)
  .filter((unit) => FORM[unit] !== unit)
  .map((unit) => [String.fromCharCode(unit), FORM[unit] ? String.fromCharCode(FORM[unit]) : ""] as const);
const NOT_LATIN = /[\u{100}-\u{10ffff}]/u;

/**
 * One form for letters, brackets and marks that mean the same, without markdown. Blanks in a row become one, and in whole
 * responses (`lines`) line ends in a row with the blanks around them become one line end.
 */
export function foldText(text: string, { lines = false } = {}): string {
  return NOT_LATIN.test(text) ? foldEveryScript(text, lines) : foldLatin(text, lines);
}

function foldLatin(text: string, lines: boolean): string {
  let folded = text;
  for (const [from, to] of IN_LATIN) if (folded.includes(from)) folded = folded.replaceAll(from, to);
  if (folded.includes("  ")) folded = folded.replaceAll(/ {2,}/g, " ");
  if (!lines) return folded;
  return folded.includes("\n\n") || folded.includes("\n ") || folded.includes(" \n")
    ? folded.replaceAll(/ \n[ \n]*|\n[ \n]+/g, "\n")
    : folded;
}

/** One walk, which copies what is between two changes. */
function foldEveryScript(text: string, lines: boolean): string {
  let folded = "";
  let copied = 0;
  let i = 0;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    const form = FORM[unit] as number;
    let end = i + 1;
    let becomes = form;
    if (form === BLANK || (lines && form === LINE_END)) {
      for (; end < text.length; end += 1) {
        const next = FORM[text.charCodeAt(end)] as number;
        if (lines && next === LINE_END) becomes = LINE_END;
        else if (next !== BLANK && next !== 0) break;
      }
    }
    if (becomes !== unit || end > i + 1) {
      folded += text.slice(copied, i);
      if (becomes !== 0) folded += String.fromCharCode(becomes);
      copied = end;
    }
    i = end;
  }
  return copied === 0 ? text : folded + text.slice(copied);
}
