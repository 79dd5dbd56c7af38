import { everyMatch } from "./every-match.js";
import type { Phrases } from "./phrases.js";
import { sentenceEnd } from "./reading-text.js";

/** How far back a remark about another question holds. */
const REACH = 400;
/** How far a colon may be behind it that makes it a heading. */
const HEADING = 64;

/** Whether the last remark before a place turns to another question and not back to this one. */
export function isElsewhere(text: string, place: number, { elsewhere }: Phrases): boolean {
  const from = Math.max(0, place - REACH);
  let last: RegExpExecArray | null = null;
  for (const remark of everyMatch(text.slice(from, place + HEADING), elsewhere)) {
    if (from + remark.index >= place) break;
    last = remark;
  }
  if (last?.[1] === undefined) return false;
  const start = from + last.index;
  // A remark without a colon is about its own sentence only.
  return place <= sentenceEnd(text, start) || /^[^。!?;\n]{0,60}:/u.test(text.slice(start, start + HEADING));
}
