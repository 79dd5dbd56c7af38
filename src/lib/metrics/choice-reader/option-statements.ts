import { comparable, type OptionMention, optionsMentioned } from "./option-mentions.js";
import type { Scene } from "./scene.js";

/** The response in one case and one width, with every place of an option's whole text. */
export interface Statements {
  readonly text: string;
  readonly mentions: readonly OptionMention[];
}

/** Made once for all rules of a scene. */
const known = new WeakMap<Scene, Statements>();

export function statements(scene: Scene): Statements {
  const ready = known.get(scene);
  if (ready !== undefined) return ready;
  const text = comparable(scene.text);
  const mentions = optionsMentioned(text, scene.options?.texts ?? {}).filter(
    (mention) => !scene.question?.restated.covers(text, mention),
  );
  const fresh = { text, mentions };
  known.set(scene, fresh);
  return fresh;
}

/** The letter or number of an option right before its text. */
export const LABEL = /(?:^|[^\p{L}\p{N}])(?:(?:[a-l]|\d{1,2})["')\]]? ?[.:、)] ?|[a-l])$/u;
/** A step of a discussion: a line or sentence that begins with a letter or a number. */
export const STEP = /^[\s#"(-]{0,4}(?:[a-z]|\d{1,2}|\(\d{1,2}\))["')\]]? ?[.:、)．]/u;
/** An option defined by its letter: "C是活化B细胞". */
export const DEFINED = /(?:^|[^a-z])[a-l](?:选项|项)? ?(?:是|为|:)[ "]?$/u;
/** Behind an option that is one of several. */
export const LISTED = /[、和与及或]/u;

/** Marks and numbers before an option's text at the beginning of a line. */
const LINE_BEFORE = /(?:^|\n)[\s"'([#>•\d.、:)-]{0,8}(?:[a-l]["')\]]? ?[.:、)] ?)?$/u;

const beginsLine = ({ start }: Pick<OptionMention, "start">, text: string) =>
  LINE_BEFORE.test(text.slice(Math.max(0, start - 16), start));

/** Whether an option's text last begins a line of a list or a discussion of three options or more. */
export function isOfWalk(letter: string, scene: Scene): boolean {
  const { text, mentions } = statements(scene);
  const last = mentions.findLast((mention) => mention.letter === letter);
  if (last === undefined || !beginsLine(last, text)) return false;
  const lines = mentions.filter((mention) => beginsLine(mention, text));
  return new Set(lines.map((mention) => mention.letter)).size > 2;
}

/** Whether a conclusion is one of a step of a discussion: a later line begins with another option's text. */
export function isOfStep({ letter, start }: Pick<OptionMention, "letter" | "start">, scene: Scene): boolean {
  const { text, mentions } = statements(scene);
  return mentions.some((other) => other.letter !== letter && other.start > start && beginsLine(other, text));
}

/** The sentence of an option without the option's own words, which may contain a negation ("信息不对称"). */
export const wordsAround = ({ start, end, sentence }: OptionMention, text: string) =>
  `${text.slice(sentence.start, start)}|${text.slice(end, sentence.end)}`;

/** Options of one character that is part of other words as often as not ("会", "是"). */
const COMMON = "会是否对错有无能可不大小高低多少上下左右";

export const isWhole = ({ start, end }: Pick<OptionMention, "start" | "end">, text: string) =>
  end - start > 1 || !COMMON.includes(text.charAt(start));
