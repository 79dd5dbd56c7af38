import type { Phrases } from "./phrases.js";
import { sentenceEnd } from "./reading-text.js";

/** How far back a remark about another question holds. */
const ELSEWHERE_REACH = 400;

/** Tells whether the last remark before a place turns to another question and not back to this one. */
export function elsewhereRanges(text: string, { elsewhere }: Phrases): (place: number) => boolean {
  const turns = Array.from(text.matchAll(elsewhere), ({ 1: away, index }) => ({
    index,
    away: away !== undefined,
  }));
  return (place) => {
    const last = turns.findLast(({ index }) => index < place);
    if (last?.away !== true || place - last.index > ELSEWHERE_REACH) return false;
    // A remark without a colon is about its own sentence only.
    return (
      place <= sentenceEnd(text, last.index) ||
      /^[^。!?;\n]{0,60}:/u.test(text.slice(last.index, last.index + 64))
    );
  };
}
