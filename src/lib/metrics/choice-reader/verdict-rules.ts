import { isJudged } from "./asked-for-wrong.js";
import {
  asksForWrong,
  DELIMITED,
  type Found,
  found,
  isCapital,
  isFirstStep,
  isOpen,
  isOwn,
  NEAR,
  namesOption,
  OPENERS,
  STRICT_DELIMITER,
  standsAlone,
  together,
  type VerdictRule,
} from "./found.js";
import { letterColumn, letteredLines } from "./letter-lines.js";
import { at } from "./phrases.js";
import type { Place } from "./place.js";
import type { Scene } from "./scene.js";
import { severalQuestions } from "./several-questions.js";

const ONLY_MARKS = /^(?:[\s"')\]}>.。!?,;:✅✓✔☑👉➡→/|#-]|<\/?[a-z_ ]{1,16}>|\\[a-z]{1,8})*$/u;

function closingVerdict({ text, mentions }: Scene): Found | null {
  const last = mentions.findLast(isOwn);
  return last !== undefined &&
    ONLY_MARKS.test(text.slice(last.end, last.end + 60)) &&
    text.length - last.end < 60
    ? found(last, "closing-verdict")
    : null;
}

function tailVerdict({ text, mentions }: Scene): Found | null {
  const last = mentions.findLast((place) => isOwn(place) && place.start >= text.length - NEAR);
  return last === undefined ? null : found(last, "verdict");
}

function closingLine(scene: Scene): Found | null {
  const { text, mentions, phrases } = scene;
  const last = mentions.findLast(isCapital);
  if (last === undefined || last.denied || last.run || text.length - last.end > 20) return null;
  const behind = text.slice(last.end);
  // A colon announces a text that was cut off.
  if (!ONLY_MARKS.test(behind) || behind.includes(":")) return null;
  if (isCutStep(scene, last)) return null;
  const line = text.lastIndexOf("\n", last.start) + 1;
  if (line === 0) return null;
  const before = text.slice(Math.max(line, last.start - 30), last.start);
  return OPENERS.test(before) || (at(phrases.beforeNoun, text, last.start) && before.length < 16)
    ? found(last, "closing-line")
    : null;
}

/** Whether the last letter only begins the next step of a discussion that was cut off: "A: ...\nB: ...\nC". */
function isCutStep({ text, mentions, allowed }: Scene, last: Place): boolean {
  const letter = last.letters[0] as string;
  const place = allowed.indexOf(letter);
  if (place === 0)
    return /[:：]\s*$/u.test(text.slice(0, last.start).replace(/[\s"'([#>•-]+$/u, "")) && !last.announced;
  const steps = mentions.filter(({ beginsLine, start }) => beginsLine && start < last.start);
  const has = (wanted: string | undefined) => steps.some(({ letters }) => letters[0] === wanted);
  return has(allowed[place - 1]) && !has(letter);
}

/** The letters of the last of these places and of its sentence. */
function ofLastSentence(
  { multiple, allowed }: Scene,
  places: readonly Place[],
  readBy: string,
): Found | null {
  const last = places.at(-1);
  const own = places.filter(({ sentence }) => sentence.start === last?.sentence.start);
  const all = together(own, readBy);
  // All but one are right: the question asks for the other one.
  const isRest = all !== null && all.letters.length > 1 && all.letters.length === allowed.length - 1;
  return isRest && !multiple ? null : all;
}

/** The last sentence that draws a conclusion and calls options right or is completed by them; a later verdict counts more. */
function conclusion(scene: Scene): Found | null {
  const names = scene.mentions.filter(
    (place) =>
      place.concluding &&
      isOpen(place) &&
      !isFirstStep(scene, place) &&
      (place.announced ||
        (!place.run &&
          standsAlone(scene, place) &&
          ((place.praised && !asksForWrong(scene)) ||
            ((place.completed || place.opensConclusion) && namesOption(scene, place))))),
  );
  const last = names.at(-1);
  if (last === undefined) return null;
  const later = scene.mentions.findLast(isOwn);
  if (later !== undefined && later.start > last.start) return found(later, "verdict-before-explanation");
  if (endsInWrong(scene, last)) return null;
  return ofLastSentence(scene, names, "conclusion");
}

/** Whether a later conclusion calls an option wrong: "In conclusion, C is the wrong statement". */
const endsInWrong = (scene: Scene, { sentence }: Place) =>
  scene.mentions.some(
    (place) =>
      place.start > sentence.end &&
      place.concluding &&
      isCapital(place) &&
      place.rejected &&
      !place.foreign &&
      scene.phrases.wrong.test(behindOf(scene, place)),
  );

/** Any Chinese negation: too much for a rule that has only the name of an option to go by. */
const NEGATED = /[不非未无错]/u;
const behindOf = ({ text }: Scene, { end, sentence }: Place) => text.slice(end, sentence.end);

/** The last sentence that draws a conclusion names an option: "therefore the drug to avoid is gentamicin (option C)". */
function conclusionNames(scene: Scene): Found | null {
  const names = scene.mentions.filter(
    (place) =>
      place.concluding &&
      isOpen(place) &&
      !place.run &&
      place.named &&
      !NEGATED.test(behindOf(scene, place)) &&
      !(asksForWrong(scene) && isJudged(scene, place)),
  );
  const last = names.at(-1);
  return last !== undefined && endsInWrong(scene, last)
    ? null
    : ofLastSentence(scene, names, "conclusion-names");
}

function markedAnywhere({ mentions }: Scene): Found | null {
  const last = mentions.findLast((place) => place.markup !== null && isOwn(place));
  return last === undefined ? null : found(last, last.markup ?? "");
}

/** "B) text" at the start; not the first step of a discussion of A, B, C, and not an option that is called wrong. */
function opensWithLetter(scene: Scene): Found | null {
  const { text, mentions, phrases, allowed, options } = scene;
  const [first, ...others] = mentions;
  if (first === undefined || first.small || first.run || first.denied || first.start > 30) return null;
  const before = text.slice(0, first.start);
  if (
    !OPENERS.test(before) &&
    !(at(phrases.beforeNoun, text, first.start) && OPENERS.test(before.slice(0, 1)))
  )
    return null;
  if (first.letters.length === allowed.length && options !== null) return null;
  // What the response says of the option decides whether it is the one that the question asks for.
  if (asksForWrong(scene) && isJudged(scene, first)) return null;
  // Options called right are for the rules behind, which also see the others.
  if (first.letters.length > 1 && first.praised) return null;
  const ownText = options?.beginsAt(first.letters[0] as string, text, first.end) ?? false;
  if (first.letters.length === 1 && !ownText && !at(DELIMITED, text, first.end)) return null;
  // "A. 1.2 cannot be represented" may be what the question asks for; "A. 1.2 is wrong" is not the answer.
  if (first.rejected && (others.length > 0 || phrases.wrong.test(text.slice(first.end, first.sentence.end))))
    return null;
  if (isWalkFrom(scene, first, others)) return null;
  const step = others.find((place) => startsStep(scene, place, allowed.charAt(1)));
  if (first.letters[0] === allowed[0] && step !== undefined && step.start - first.end < STEP_REACH)
    return null;
  return found(first, "opens-with-letter");
}

/** Whether the next two lines with letters go on in their order, as in a discussion that begins with a later option. */
function isWalkFrom({ allowed }: Scene, first: Place, others: readonly Place[]): boolean {
  const place = allowed.indexOf(first.letters[0] as string);
  const [second, third] = others.filter(({ beginsLine }) => beginsLine);
  return (
    place > 0 &&
    second !== undefined &&
    third !== undefined &&
    second.start - first.end < STEP_REACH &&
    second.letters[0] === allowed[place + 1] &&
    third.letters[0] === allowed[place + 2]
  );
}

/** The longest first step of a discussion. */
const STEP_REACH = 260;

/** Whether a letter begins a step of a discussion: "B. text". */
function startsStep({ text }: Scene, place: Place, letter: string): boolean {
  return (
    place.letters[0] === letter &&
    !place.named &&
    (at(STRICT_DELIMITER, text, place.end) || text.charAt(place.end) === "\n") &&
    /(?:^|[\s)>。]|[\n。]["(#-]{1,3})$/u.test(text.slice(Math.max(0, place.start - 4), place.start))
  );
}

function openingVerdict({ mentions }: Scene): Found | null {
  const last = mentions.findLast((place) => isOwn(place) && place.start < NEAR);
  return last === undefined ? null : found(last, "opening-verdict");
}

function anyVerdict({ mentions }: Scene): Found | null {
  const last = mentions.findLast(isOwn);
  return last === undefined ? null : found(last, "verdict-before-explanation");
}

/** Tried in this order; the first that finds letters decides. */
export const VERDICT_RULES: readonly VerdictRule[] = [
  { name: "letter-column", read: letterColumn },
  { name: "several-questions", read: severalQuestions },
  { name: "closing-verdict", read: closingVerdict },
  { name: "verdict", read: tailVerdict },
  { name: "closing-line", read: closingLine },
  { name: "conclusion", read: conclusion },
  { name: "marked-before-explanation", read: markedAnywhere },
  { name: "lettered-lines", read: letteredLines },
  { name: "opens-with-letter", read: opensWithLetter },
  { name: "opening-verdict", read: openingVerdict },
  { name: "verdict-before-explanation", read: anyVerdict },
  { name: "conclusion-names", read: conclusionNames },
];
