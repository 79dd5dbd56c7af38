import type { Found } from "./found.js";
import { comparable } from "./option-mentions.js";
import { statements } from "./option-statements.js";
import type { Scene } from "./scene.js";

/** Characters that all options share at their ends, so that what they differ in can be told from running text. */
const SHARED = 4;
/** Of these, so many have to be in the sentence, next to each other. */
const FRAME = 3;
/** Share of what only this option has that the sentence must have, and may have of any other. */
const OWN = 0.5;
const OTHERS = 0.2;

/**
 * The only option whose difference from the others the concluding sentence has, where all options share their frame: "应以A公司在
 * 中国的营业所为准" for the option "以其中国营业所为准" among "以其…营业所为准".
 */
export function optionInFrame(scene: Scene): Found | null {
  const { text } = statements(scene);
  const texts = Object.entries(scene.options?.texts ?? {}).map(
    ([letter, words]) => [letter, comparable(words).trim()] as const,
  );
  if (texts.length < 3) return null;
  const words = texts.map(([, own]) => own);
  const shortest = Math.min(...words.map(({ length }) => length));
  const before = sharedLength(words, shortest, (own, i) => own.charAt(i));
  const behind = sharedLength(words, shortest - before, (own, i) => own.charAt(own.length - 1 - i));
  if (before + behind < SHARED) return null;
  const sentence = concludingSentence(text, scene);
  if (sentence === null) return null;
  const [own = ""] = words;
  const frames = [own.slice(0, before).slice(-FRAME), own.slice(own.length - behind).slice(0, FRAME)];
  if (!frames.some((frame) => frame.length === FRAME && sentence.words.includes(frame))) return null;
  const [best, second] = texts
    .map(([letter, own]) => ({ letter, share: shareOfOwn(own, words, sentence.words) }))
    .sort((a, b) => b.share - a.share);
  return best === undefined || best.share < OWN || (second?.share ?? 0) > OTHERS
    ? null
    : { letters: [best.letter], start: sentence.start, end: sentence.end, readBy: "option-in-frame" };
}

/** Share of the pairs of characters that no other option has which are in the sentence. */
function shareOfOwn(own: string, all: readonly string[], sentence: string): number {
  const others = all.filter((words) => words !== own).map(pairs);
  const only = [...pairs(own)].filter((pair) => !others.some((other) => other.has(pair)));
  return only.length === 0 ? 0 : only.filter((pair) => sentence.includes(pair)).length / only.length;
}

const pairs = (words: string) =>
  new Set(Array.from({ length: Math.max(0, words.length - 1) }, (_, i) => words.slice(i, i + 2)));

function sharedLength(
  words: readonly string[],
  most: number,
  characterAt: (own: string, i: number) => string,
): number {
  const [first = ""] = words;
  for (let i = 0; i < most; i += 1)
    if (!words.every((own) => characterAt(own, i) === characterAt(first, i))) return i;
  return most;
}

/** The last sentence with words that draw a conclusion, without a negation; null if there is none. */
function concludingSentence(
  text: string,
  { phrases }: Scene,
): { words: string; start: number; end: number } | null {
  let end = text.length;
  while (end > 0) {
    const start = Math.max(...[..."。!?;\n"].map((stop) => text.lastIndexOf(stop, end - 2))) + 1;
    const words = text.slice(start, end);
    if (phrases.conclusion.test(words)) return phrases.denies.test(words) ? null : { words, start, end };
    if (text.length - end > LAST) return null;
    end = start;
  }
  return null;
}

/** A conclusion further from the end may be one of a step of a discussion. */
const LAST = 150;
