import type { Found, VerdictRule } from "./found.js";
import { comparable, type OptionMention, optionsMentioned } from "./option-mentions.js";
import { optionConcluded, optionQuoted } from "./option-text.js";
import { at } from "./phrases.js";
import type { Scene } from "./scene.js";

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
/** In a response of this length the only option mentioned is the answer, whatever the verb. */
const BRIEF = 80;
/** Behind an option that is one of several. */
const LISTED = /[、和与及或]/u;
/** An option defined by its letter: "C是活化B细胞". */
const DEFINED = /(?:^|[^a-z])[a-l](?:选项|项)? ?(?:是|为|:)[ "]?$/u;
/** A step of a discussion: a line or sentence that begins with a letter or a number. */
/** The letter or number of an option right before its text. */
const LABEL = /(?:^|[^\p{L}\p{N}])(?:(?:[a-l]|\d{1,2})["')\]]? ?[.:、)] ?|[a-l])$/u;
const STEP = /^[\s#"(-]{0,4}(?:[a-z]|\d{1,2}|\(\d{1,2}\))["')\]]? ?[.:、)．]/u;

interface Statements {
  /** The response in one case and one width. */
  readonly text: string;
  readonly mentions: readonly OptionMention[];
}

/** Made once for all rules of a scene. */
const known = new WeakMap<Scene, Statements>();

function statements(scene: Scene): Statements {
  const ready = known.get(scene);
  if (ready !== undefined) return ready;
  const text = comparable(scene.text);
  const fresh = { text, mentions: optionsMentioned(text, scene.options?.texts ?? {}) };
  known.set(scene, fresh);
  return fresh;
}

/** How far from an option's text another one leaves open which is meant. */
const RIVAL_REACH = 40;

/** Whether another option of the sentence leaves open whether this one is the answer. */
function isRivalOf(other: OptionMention, { start, end }: Pick<OptionMention, "start" | "end">, scene: Scene) {
  if (other.start === start) return false;
  const { text } = statements(scene);
  const { phrases } = scene;
  if (other.start > start)
    return other.start - end < RIVAL_REACH && !phrases.apart.test(text.slice(end, other.start));
  const between = text.slice(other.end, start);
  if (phrases.apart.test(between)) return true;
  return end - other.start < RIVAL_REACH && !phrases.wrong.test(between) && !phrases.conclusion.test(between);
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
      (OVER.test(text.slice(end, end + 4)) || at(phrases.apartBehind, text, end)) &&
      (!STEP.test(before) || phrases.wrong.test(before)) &&
      !LABEL.test(before.slice(-6)) &&
      !DEFINED.test(before.slice(-8)) &&
      (!phrases.hypothesis.test(before) || text.length - end < 4) &&
      !phrases.hearsay.test(before.slice(-24)) &&
      text.charAt(sentence.end) !== "?" &&
      // One of several options in a row is no conclusion, and one set apart from the option before it is none.
      !mentions.some(
        (other) => other.sentence.start === sentence.start && isRivalOf(other, { start, end }, scene),
      )
    );
  });
  const concluding = claims.filter(
    (claim) =>
      phrases.conclusion.test(text.slice(claim.sentence.start, claim.start)) && !isOfStep(claim, scene),
  );
  const last = concluding.at(-1);
  if (last !== undefined) return found(last, "option-concluded");
  return sole(claims, "option-completes");
}

/** Marks and numbers before an option's text at the beginning of a line. */
const LINE_BEFORE = /(?:^|\n)[\s"'([#>•\d.、:)-]{0,8}(?:[a-l]["')\]]? ?[.:、)] ?)?$/u;

/** Whether a conclusion is one of a step of a discussion: a later line begins with another option's text. */
function isOfStep({ letter, start }: OptionMention, scene: Scene): boolean {
  const { text, mentions } = statements(scene);
  return mentions.some(
    (other) =>
      other.letter !== letter &&
      other.start > start &&
      LINE_BEFORE.test(text.slice(Math.max(0, other.start - 16), other.start)),
  );
}

/** The last sentence that draws a conclusion mentions one option. */
function conclusionMentions(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const concluding = mentions.filter(({ letter, start, end, sentence }) => {
    const before = text.slice(sentence.start, start);
    return (
      phrases.conclusion.test(before) &&
      !LABEL.test(before.slice(-6)) &&
      !isOfStep({ letter, start, end, sentence }, scene)
    );
  });
  const last = concluding.at(-1);
  if (last === undefined || (text.length - last.end > CLOSE_TO_END && sole(concluding, "") === null))
    return null;
  const own = concluding.filter(({ sentence }) => sentence.start === last.sentence.start);
  if (own.some(({ end }) => LISTED.test(text.charAt(end)))) return null;
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
  const isOutside = (first.sentence.start <= 1 && first.sentence.end < text.length) || isLast;
  const before = text.slice(first.sentence.start, first.start);
  if (
    LABEL.test(before) ||
    DEFINED.test(before) ||
    LISTED.test(text.charAt(first.end)) ||
    (text.length > BRIEF && !phrases.copula.test(before))
  )
    return null;
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

/** Whether the option stands in a numbered list with others. */
function isListed(scene: Scene, letter: string): boolean {
  const { text, mentions } = statements(scene);
  const numbered = mentions.filter(({ start }) => LABEL.test(text.slice(Math.max(0, start - 6), start)));
  return (
    numbered.some((mention) => mention.letter === letter) &&
    numbered.some((mention) => mention.letter !== letter)
  );
}

const byWording =
  (read: (cleaned: string, options: Readonly<Record<string, string>>) => string | null, readBy: string) =>
  (scene: Scene): Found | null => {
    const { text, options } = scene;
    const letter = options === null || isCjkText(text) ? null : read(text, options.texts);
    return letter === null || isTurnedDown(scene, letter) || isListed(scene, letter)
      ? null
      : { letters: [letter], start: text.length, end: text.length, readBy };
  };

/**
 * Whether every place where an option's text stands turns it down or only mentions it: "avoid warfarin", "allergic to
 * aspirin", or its letter is called wrong in the same sentence.
 */
export function isTurnedAway({ letters }: Found, scene: Scene): boolean {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const own = mentions.filter(({ letter }) => letters.includes(letter));
  return (
    own.length > 0 &&
    own.every(
      ({ letter, start, end, sentence }) =>
        at(phrases.beforeRejectedOption, text, start) ||
        at(phrases.optionFails, text, end) ||
        scene.mentions.some(
          (place) =>
            place.letters.includes(letter) &&
            place.sentence.start === sentence.start &&
            (place.denied || place.rejected),
        ),
    )
  );
}

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
