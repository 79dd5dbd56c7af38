import { everyMatch } from "./every-match.js";
import { type Found, isCapital } from "./found.js";
import { sole } from "./option-claims.js";
import { statements } from "./option-statements.js";
import type { Scene } from "./scene.js";

/** How far behind the words "the others" their list may begin. */
const REACH = 12;

/**
 * The option that is left where a response sets all others aside as one group: "X lowers lipids. Other drugs, such as Y and Z,
 * do not." Only where the response says something of it before.
 */
export function optionLeft(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases, allowed } = scene;
  const left = [...everyMatch(text, phrases.others)].flatMap(({ 0: words, index }) => {
    const from = index + words.length;
    const own = mentions.filter(({ start, sentence }) => start >= from && sentence.start <= from);
    const letters = new Set(own.map(({ letter }) => letter));
    const first = own[0];
    if (first === undefined || first.start - from > REACH || letters.size !== allowed.length - 1) return [];
    return mentions.filter(({ letter, start }) => !letters.has(letter) && start < index);
  });
  return left.some(({ end, sentence }) => phrases.denies.test(text.slice(end, sentence.end)))
    ? null
    : sole(left, "option-left");
}

/** The same with letters: "其他选项A、B、D均不符合". */
export function letterLeft({ text, mentions, allowed, phrases, multiple }: Scene): Found | null {
  if (multiple) return null;
  for (const { 0: words, index } of everyMatch(text, phrases.others)) {
    const from = index + words.length;
    const list = mentions.find(({ start }) => start >= from);
    if (list === undefined || list.start - from > REACH || list.letters.length !== allowed.length - 1)
      continue;
    const letter = Array.from(allowed).find((own) => !list.letters.includes(own)) as string;
    const named = mentions.find((place) => isCapital(place) && place.letters.includes(letter));
    if (named !== undefined && (named.rejected || named.denied || named.start > index)) continue;
    return { letters: [letter], start: list.start, end: list.end, readBy: "letter-left" };
  }
  return null;
}
