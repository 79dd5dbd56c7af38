import { everyMatch } from "./every-match.js";
import { type Found, isOwn } from "./found.js";
import type { Scene } from "./scene.js";

/** The number of a question and the letter given to it: "第1题选B", "(2) 答案: C", "3、A". */
const NUMBERED =
  /(?<![^\n。;,、 ])(?:(?:第|问题|小题|题|[Qq]uestion|Q) ?(\d{1,2}|[一二三四五]) ?(?:小?[题问])?|\((\d{1,2})\)|(\d{1,2})(?=[.、)]))[.、:)]? ?(?:的)?((?:正确)?(?:答案|选项|选择?|应选)(?:应该|应)?(?:是|为|选)?:?|[Aa]nswer(?: is|:)?)? ?["'(]?([A-Z])(?![A-Za-z0-9])["')]?/gu;
const CHINESE = "一二三四五";
const numberOf = (written: string) =>
  CHINESE.includes(written) ? CHINESE.indexOf(written) + 1 : Number(written);
/** Ends what is said of a question. */
const OVER = ";,。、.\n ";

interface Given {
  readonly letter: string;
  /** Announced, and not only put behind the number. */
  readonly says: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * Letters given to several questions, of which only one is this item's: "第1题：B，第2题：C". Steps of a discussion have the letters
 * in their order, or more words behind them; a verdict before the first number or behind the last is the item's.
 */
export function severalQuestions({ text, mentions, allowed, multiple }: Scene): Found | null {
  if (multiple || !/[2二]/u.test(text)) return null;
  const given: Given[] = [];
  for (const match of everyMatch(text, NUMBERED)) {
    const [whole, a, b, c, announced, letter = ""] = match;
    const end = match.index + whole.length;
    const says = announced !== undefined;
    if (!allowed.includes(letter) || !(says || OVER.includes(text.charAt(end)))) continue;
    if (numberOf(a ?? b ?? c ?? "") === given.length + 1)
      given.push({ letter, says, start: match.index, end });
  }
  const [first] = given;
  const last = given.at(-1);
  const letters = [...new Set(given.map(({ letter }) => letter))].sort();
  if (first === undefined || last === undefined || letters.length < 2) return null;
  const isWalk = given.every(({ letter }, i) => letter === allowed[i]);
  if (isWalk && !given.every(({ says }) => says)) return null;
  if (mentions.some((place) => isOwn(place) && (place.start < first.start || place.start > last.end)))
    return null;
  return { letters, start: last.end, end: last.end, readBy: "several-questions" };
}
