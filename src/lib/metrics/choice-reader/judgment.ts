import type { Mention } from "./mentions.js";
import { at } from "./phrases.js";
import type { ReadingContext } from "./reading-context.js";
import { REACH } from "./reading-text.js";

/** Whether an option is called right or wrong. */
export interface Judgment {
  readonly praised: boolean;
  readonly rejected: boolean;
}

/** Marks behind an option: "A (×)", "C ✓". */
const RIGHT = "√✓✔✅☑";
const TICKED = /^[ "')\]}>:.(-]{0,4}([√✓✔✅☑×✗✘❌✖])/u;
/** A mark before an option, at the beginning of a line or without a blank: "✅ A", "☐B ☑C". */
const TICKED_BEFORE = /(?:^|\n)[ "'([>#•-]{0,4}([√✓✔✅☑×✗✘❌✖☐☒]) ?$|(?<![A-Z]["')\]]?)([√✓✔✅☑×✗✘❌✖☐☒])$/u;
/** A word behind an option that does the same: "A.否 B.是". */
const JUDGED = /^["')\]]{0,2} ?[.:、)]? ?(是|对|正确|符合|否|错|错误|不正确|不符合)(?=[ \n;,。、]|$)/u;
const RIGHT_WORDS = ["是", "对", "正确", "符合"];
/** A mark at the end of what the line says of an option: "B. text: explanation. √". */
const TICKED_AT_END = /([√✓✔✅☑×✗✘❌✖])["')\]|。.;, ]{0,4}$/u;
/** What follows is about the option that it is set against: "考虑D，而不是A", "D rather than A". */
const INSTEAD = /而(?:不是|非|并非)|rather than|instead of|em vez d[ae]/u;
/** Behind a letter without a noun, praise further away may be about something else: "A. text: who can correctly ...". */
const SHORT_PRAISE = 30;

/** The mark right before a letter; undefined if there is none. */
export function markBefore({ start }: Pick<Mention, "start">, text: string): string | undefined {
  const before = TICKED_BEFORE.exec(text.slice(Math.max(0, start - 8), start));
  return before?.[1] ?? before?.[2];
}

const byMark = (isRight: boolean): Judgment => ({ praised: isRight, rejected: !isRight });

/** What a mark before or behind the letter, or at the end of its line, says of it; null if there is none. */
export function judgedByMark({ start, end }: Mention, next: number, text: string): Judgment | null {
  const prefix = markBefore({ start }, text);
  if (prefix !== undefined) return byMark(RIGHT.includes(prefix));
  const line = text.indexOf("\n", end);
  const most = Math.min(end + 2 * REACH, Math.max(next, end), line < 0 ? text.length : line);
  const words = text.slice(end, most);
  const word = JUDGED.exec(words)?.[1];
  if (word !== undefined) return byMark(RIGHT_WORDS.includes(word));
  const mark = (TICKED.exec(words) ?? (most === end + 2 * REACH ? null : TICKED_AT_END.exec(words)))?.[1];
  return mark === undefined ? null : byMark(RIGHT.includes(mark));
}

/** Whether the words behind the letter, up to the next letter or the end of the sentence, call it right or wrong. */
export function judgedBehind(
  { end, letters }: Mention,
  until: number,
  named: boolean,
  { text, options, phrases }: ReadingContext,
): Judgment {
  const own = letters.length === 1 ? options?.optionAt(text, end) : null;
  const from = own?.letter === letters[0] ? (own?.end ?? end) : end;
  const words = text.slice(from, until);
  const ends = [words.search(phrases.reason), words.search(INSTEAD)].filter((end) => end >= 0);
  const behind = words.slice(0, Math.min(words.length, ...ends));
  const wrong = phrases.denies.exec(behind)?.index ?? Number.POSITIVE_INFINITY;
  const reach = named || letters.length > 1 ? behind.length : SHORT_PRAISE;
  const praised =
    at(phrases.praise, behind, 0) && wrong >= phrases.praise.lastIndex && phrases.praise.lastIndex <= reach;
  return { praised, rejected: !praised && Number.isFinite(wrong) };
}
