import { comparable, type OptionMention, optionsMentioned } from "./option-mentions.js";
import { optionConcluded, optionQuoted } from "./option-text.js";
import { at } from "./phrases.js";
import type { Scene } from "./scene.js";
import type { Found, VerdictRule } from "./verdict-rules.js";

const found = ({ letter, start, end }: OptionMention, readBy: string): Found => ({
  letters: [letter],
  start,
  end,
  readBy,
});

/** The only option of these mentions; null if they are of none or of several. */
function sole(mentions: readonly OptionMention[], readBy: string): Found | null {
  const last = mentions.at(-1);
  return last !== undefined && mentions.every(({ letter }) => letter === last.letter)
    ? found(last, readBy)
    : null;
}

/** A conclusion further from the end may be one of a step of a discussion. */
const CLOSE_TO_END = 150;
/** Ends a statement right behind the option: a stop, a bracket, or a few characters of a noun ("核酸" in "核酸检测。"). */
const OVER = /^["')\]]{0,2} ?(?:[。.,;!?\n(]|$)/u;
/** A step of a discussion: a line or sentence that begins with a letter or a number. */
/** The letter or number of an option right before its text. */
const LABEL = /(?:^|[^\p{L}\p{N}])[a-z0-9]{1,2}["')\]]? ?[.:、)]? ?$/u;
const STEP = /^[\s#"(-]{0,4}(?:[a-z]|\d{1,2}|\(\d{1,2}\))["')\]]? ?[.:、)．]/u;

function statements(scene: Scene): { text: string; mentions: OptionMention[] } {
  const text = comparable(scene.text);
  return { text, mentions: optionsMentioned(text, scene.options?.texts ?? {}) };
}

/** "… is coronary angiography.": an option's text completes a sentence. */
function optionCompletes(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const claims = mentions.filter(({ start, end, sentence }) => {
    const before = text.slice(sentence.start, start);
    return (
      at(phrases.beforeOption, text, start) &&
      !at(phrases.beforeNoOption, text, start) &&
      OVER.test(text.slice(end, end + 4)) &&
      (!STEP.test(before) || phrases.wrong.test(before)) &&
      !LABEL.test(before.slice(-6)) &&
      (!phrases.hypothesis.test(before) || text.length - end < 4) &&
      !phrases.hearsay.test(before.slice(-24)) &&
      text.charAt(sentence.end) !== "?" &&
      // One of several options in a row is no conclusion.
      !mentions.some(
        (other) =>
          other.sentence.start === sentence.start &&
          other.start !== start &&
          Math.abs(other.start - end) < 40 &&
          !phrases.wrong.test(text.slice(other.end, start)),
      )
    );
  });
  const concluding = claims.filter(({ sentence, start }) =>
    phrases.conclusion.test(text.slice(sentence.start, start)),
  );
  const last = concluding.at(-1);
  if (last !== undefined) return found(last, "option-concluded");
  return sole(claims, "option-completes");
}

/** The last sentence that draws a conclusion mentions one option. */
function conclusionMentions(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const concluding = mentions.filter(({ sentence, start }) =>
    phrases.conclusion.test(text.slice(sentence.start, start)),
  );
  const last = concluding.at(-1);
  if (last === undefined || (text.length - last.end > CLOSE_TO_END && sole(concluding, "") === null))
    return null;
  const own = concluding.filter(({ sentence }) => sentence.start === last.sentence.start);
  const words = text.slice(last.sentence.start, last.sentence.end);
  if (phrases.denies.test(words) || phrases.hypothesis.test(words)) return null;
  return sole(own, "option-concluded");
}

/** The only option that a short response mentions, in its first or last sentence. */
function soleOptionMentioned(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const first = mentions[0];
  if (first === undefined || sole(mentions, "") === null) return null;
  const words = text.slice(first.sentence.start, first.sentence.end);
  const isLast = first.sentence.end >= text.length - 1 && /(?:[。.!]|^.{0,3})$/u.test(text.slice(first.end));
  const isOutside = first.sentence.start <= 1 || isLast;
  const isNegated = phrases.denies.test(
    text.slice(Math.max(first.sentence.start, first.start - 8), first.start),
  );
  if (
    !isOutside ||
    isNegated ||
    phrases.denies.test(words) ||
    phrases.hypothesis.test(words) ||
    STEP.test(words)
  )
    return null;
  return found(first, "option-mentioned");
}

/** "Bed rest is the right choice." */
function optionPraised(scene: Scene): Found | null {
  if (isCjkText(scene.text)) return null;
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const praised = mentions.filter(({ end, sentence }) => {
    const behind = text.slice(end, Math.min(sentence.end, end + PRAISE_REACH));
    return at(phrases.praise, behind, 0) && !phrases.denies.test(behind);
  });
  return sole(praised, "option-praised");
}

const PRAISE_REACH = 30;

/** Whether the words right behind an option's text turn it down. */
function isTurnedDown(scene: Scene, letter: string): boolean {
  const { text, mentions } = statements(scene);
  return mentions.some(
    ({ letter: own, end, sentence }) =>
      own === letter &&
      scene.phrases.denies.test(text.slice(end, Math.min(sentence.end, end + PRAISE_REACH))),
  );
}

const byWording =
  (read: (cleaned: string, options: Readonly<Record<string, string>>) => string | null, readBy: string) =>
  (scene: Scene): Found | null => {
    const { text, options } = scene;
    const letter = options === null || isCjkText(text) ? null : read(text, options.texts);
    return letter === null || isTurnedDown(scene, letter)
      ? null
      : { letters: [letter], start: text.length, end: text.length, readBy };
  };

/** Languages without blanks between words: the rules by wording compare words. */
const isCjkText = (text: string) =>
  (text.slice(0, 2000).match(/[\u3040-\u30ff\u3400-\u9fff]/gu)?.length ?? 0) > 10;

/** Rules that recognize an option by its own text, for responses that name no letter. */
export const TEXT_RULES: readonly VerdictRule[] = [
  { name: "option-quoted", read: byWording(optionQuoted, "option-quoted") },
  { name: "option-completes", read: optionCompletes },
  { name: "option-concluded", read: conclusionMentions },
  { name: "option-praised", read: optionPraised },
  { name: "option-mentioned", read: soleOptionMentioned },
  { name: "option-worded", read: byWording(optionConcluded, "option-worded") },
];
