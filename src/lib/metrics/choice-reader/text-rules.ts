import { optionAskedFor } from "./asked-for-wrong.js";
import type { Found, VerdictRule } from "./found.js";
import {
  concludesForEach,
  conclusionMentions,
  optionCompletes,
  optionStated,
  optionTicked,
  sole,
  UNDECIDED,
} from "./option-claims.js";
import { optionInFrame } from "./option-frame.js";
import { optionLeft } from "./option-others.js";
import {
  DEFINED,
  isOfWalk,
  isWhole,
  LABEL,
  LISTED,
  STEP,
  statements,
  wordsAround,
} from "./option-statements.js";
import { optionConcluded, optionConcludedInLatin, optionQuoted } from "./option-text.js";
import { at } from "./phrases.js";
import type { Scene } from "./scene.js";

/** In a response of this length the only option mentioned is the answer, whatever the verb. */
const BRIEF = 80;
/** What may stand between an option's text and its verb. */
const ASIDE = /^ ?\([^()\n]{0,60}\)/u;
/** The question's own subject: "本题考查X的诊断". */
const SUBJECT = /(?:考(?:查|察|核|点)|鉴别)(?:的)?(?:是|:)?$/u;

/** The only option that a short response mentions, in its first or last sentence. */
function soleOptionMentioned(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const first = mentions[0];
  if (first === undefined || !isWhole(first, text) || sole(mentions, "") === null) return null;
  const words = wordsAround(first, text);
  const isLast = first.sentence.end >= text.length - 1 && /(?:[。.!]|^.{0,3})$/u.test(text.slice(first.end));
  const isOutside = (first.sentence.start <= 1 && first.sentence.end < text.length) || isLast;
  const before = text.slice(first.sentence.start, first.start);
  const aside = ASIDE.exec(text.slice(first.end, first.end + 64))?.[0].length ?? 0;
  const isSubject = before.trim() === "" && at(phrases.copulaHere, text, first.end + aside);
  if (
    LABEL.test(before) ||
    DEFINED.test(before) ||
    LISTED.test(text.charAt(first.end)) ||
    LISTED.test(text.charAt(first.start - 1)) ||
    SUBJECT.test(before) ||
    UNDECIDED.test(before) ||
    (text.length > BRIEF && !isSubject && !phrases.copula.test(before))
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
  return sole(mentions, "option-mentioned");
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

/** Whether every sentence with the option's text says something against it ("X can cause this but presents otherwise") or leaves it open. */
function isSetAgainst(scene: Scene, letter: string): boolean {
  const { text, mentions } = statements(scene);
  const own = mentions.filter((mention) => mention.letter === letter);
  return (
    own.length > 0 &&
    own.every(({ start, end, sentence }) => {
      const behind = text.slice(end, sentence.end);
      return (
        scene.phrases.contrast.test(behind) ||
        scene.phrases.denies.test(behind) ||
        UNDECIDED.test(text.slice(sentence.start, start))
      );
    })
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
    return letter === null ||
      isTurnedDown(scene, letter) ||
      isSetAgainst(scene, letter) ||
      isListed(scene, letter) ||
      isOfWalk(letter, scene) ||
      concludesForEach(scene)
      ? null
      : { letters: [letter], start: text.length, end: text.length, readBy };
  };

/** A Chinese sentence that leaves open what it names. */
const OPEN_STATEMENT = /是否|无法|不能|难以|一种可能/u;

/** Names in Latin letters within a Chinese response: "可能被Brown recluse蜘蛛咬伤", where the option is "Brown recluse spider". */
function wordedInLatin(scene: Scene): Found | null {
  const { text, options, phrases } = scene;
  if (options === null || !isCjkText(text) || isCjkText(Object.values(options.texts).join())) return null;
  const sentences = text.split(/[。!?;\n]/u);
  const concluding = sentences.findLast((sentence) => phrases.conclusion.test(sentence));
  // Without a conclusion, the first sentence, if the rest of the response has words of no other option.
  const statement = concluding ?? sentences.find((sentence) => /\p{L}{2}/u.test(sentence)) ?? "";
  if (phrases.denies.test(statement) || OPEN_STATEMENT.test(statement) || concludesForEach(scene))
    return null;
  const letter = optionConcludedInLatin(statement, options.texts);
  if (concluding === undefined && letter !== optionConcludedInLatin(text, options.texts)) return null;
  return letter === null
    ? null
    : { letters: [letter], start: text.length, end: text.length, readBy: "option-worded" };
}

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
  { name: "option-asked-for", read: optionAskedFor },
  { name: "option-quoted", read: byWording(optionQuoted, "option-quoted") },
  { name: "option-ticked", read: optionTicked },
  { name: "option-stated", read: optionStated },
  { name: "option-completes", read: optionCompletes },
  { name: "option-concluded", read: conclusionMentions },
  { name: "option-praised", read: optionPraised },
  { name: "option-mentioned", read: soleOptionMentioned },
  { name: "option-left", read: optionLeft },
  { name: "option-in-frame", read: (scene) => (isCjkText(scene.text) ? optionInFrame(scene) : null) },
  { name: "option-worded", read: byWording(optionConcluded, "option-worded") },
  { name: "option-worded", read: wordedInLatin },
];
