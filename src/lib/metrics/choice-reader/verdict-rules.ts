import { at } from "./phrases.js";
import type { Place, Scene } from "./scene.js";

/** Letters that a rule found, and where. */
export interface Found {
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly readBy: string;
}

/** One way in which a response gives its answer, tried on the scene; null if the response does not give it in this way. */
export interface VerdictRule {
  readonly name: string;
  readonly read: (scene: Scene) => Found | null;
}

/** A verdict within this many characters of an end of the response is not one of a discussion in its middle. */
const NEAR = 100;

const ONLY_MARKS = /^(?:[\s"')\]}>.。!?,;:✅✓✔☑👉➡→/|#-]|<\/?[a-z_ ]{1,16}>|\\[a-z]{1,8})*$/u;
const OPENERS = /^[\s"'([{<>#✅✓✔☑👉➡→✖-]{0,12}$/u;
const DELIMITED =
  /["')\]}>]{0,2} ?[).:;\]}>、,。"(|/✅✓✔☑👉➡→!]| [\u3400-\u9fff]|["')\]}>]{0,2}(?:\n|$)| ?[–—−-] /uy;
const STRICT_DELIMITER = /["')\]}>]{0,2} ?[.:)、]/uy;

/** An announced answer of the response's own. */
const isOwn = (place: Place) => place.announced && !place.tentative && !place.foreign;

const found = (place: Place, readBy: string): Found => ({
  letters: place.letters,
  start: place.start,
  end: place.end,
  readBy: place.markup ?? readBy,
});

const together = (places: readonly Place[], readBy: string): Found | null => {
  const last = places.at(-1);
  if (last === undefined) return null;
  const letters = [...new Set(places.flatMap((place) => place.letters))];
  return { letters, start: last.start, end: last.end, readBy };
};

const isCapital = (place: Place) => !place.small;

/** Letters as the subject or object of a sentence of their own, not inside a word such as 维生素C. */
function standsAlone({ text }: Scene, { start, end, named }: Place): boolean {
  if (named || start === 0 || at(STRICT_DELIMITER, text, end)) return true;
  const previous = text.charAt(start - 1);
  if (/[a-zß-ɏ,]/u.test(text.charAt(start - 2)) && previous === " ") return false;
  return (
    !/[\u3400-\u9fff]/u.test(previous) ||
    /(?:有|仅|故|此|以|即|而|为|则|是|项|认)$/u.test(text.slice(Math.max(0, start - 2), start))
  );
}

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
  const line = text.lastIndexOf("\n", last.start) + 1;
  if (line === 0) return null;
  const before = text.slice(Math.max(line, last.start - 30), last.start);
  return OPENERS.test(before) || (at(phrases.beforeNoun, text, last.start) && before.length < 16)
    ? found(last, "closing-line")
    : null;
}

/** Not turned down, not under a condition, not another's answer. */
const isOpen = (place: Place) =>
  isCapital(place) && !place.denied && !place.rejected && !place.foreign && !place.tentative;

/** A letter with its delimiter or its own text, or at the end of its sentence. */
const namesOption = ({ text, options }: Scene, { letters, end, sentence }: Place) =>
  at(STRICT_DELIMITER, text, end) ||
  options?.beginsAt(letters[0] ?? "", text, end) ||
  sentence.end - end <= 2;

/** The letters of the last of these places and of its sentence. */
function ofLastSentence(places: readonly Place[], readBy: string): Found | null {
  const last = places.at(-1);
  return last === undefined
    ? null
    : together(
        places.filter(({ sentence }) => sentence.start === last.sentence.start),
        readBy,
      );
}

/** The last sentence that draws a conclusion and calls options right or is completed by them; a later verdict counts more. */
function conclusion(scene: Scene): Found | null {
  const names = scene.mentions.filter(
    (place) =>
      place.concluding &&
      isOpen(place) &&
      (place.announced ||
        (!place.run &&
          standsAlone(scene, place) &&
          (place.praised || ((place.completed || place.opensConclusion) && namesOption(scene, place))))),
  );
  const last = names.at(-1);
  if (last === undefined) return null;
  const later = scene.mentions.findLast(isOwn);
  if (later !== undefined && later.start > last.start) return found(later, "verdict-before-explanation");
  return ofLastSentence(names, "conclusion");
}

/** The last sentence that draws a conclusion names an option: "therefore the drug to avoid is gentamicin (option C)". */
function conclusionNames(scene: Scene): Found | null {
  const names = scene.mentions.filter(
    (place) => place.concluding && isOpen(place) && !place.run && place.named,
  );
  return ofLastSentence(names, "conclusion-names");
}

function markedAnywhere({ mentions }: Scene): Found | null {
  const last = mentions.findLast((place) => place.markup !== null && isOwn(place));
  return last === undefined ? null : found(last, last.markup ?? "");
}

/** Nothing but lines "A. …", "C) …" where several options may be right: a line for every option chooses none. */
function letteredLines(scene: Scene): Found | null {
  const { text, multiple, allowed } = scene;
  if (!multiple || text.length > LONGEST_LINES) return null;
  const letters: string[] = [];
  for (const line of text.split("\n")) {
    const letter = LETTERED.exec(line)?.[1];
    if (letter === undefined || !allowed.includes(letter)) return null;
    letters.push(letter);
  }
  const distinct = [...new Set(letters)];
  if (distinct.length < 2 || distinct.length === allowed.length) return null;
  return { letters: distinct, start: 0, end: text.length, readBy: "lettered-lines" };
}

const LETTERED = /^[\s>#(-]{0,6}(?:\p{L}{2,12}[ :]?)?([A-Z])["')\]]{0,2} ?[.:)、]/u;
const LONGEST_LINES = 4000;

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
  // Options called right are for the rules behind, which also see the others.
  if (first.letters.length > 1 && first.praised) return null;
  if (first.letters.length === 1 && !at(DELIMITED, text, first.end)) return null;
  // "A. 1.2 cannot be represented" may be what the question asks for; "A. 1.2 is wrong" is not the answer.
  if (first.rejected && (others.length > 0 || phrases.wrong.test(text.slice(first.end, first.sentence.end))))
    return null;
  const step = others.find((place) => startsStep(scene, place, allowed.charAt(1)));
  if (first.letters[0] === allowed[0] && step !== undefined && step.start - first.end < STEP_REACH)
    return null;
  return found(first, "opens-with-letter");
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

/** Options called right: several if several are. */
function calledCorrect(scene: Scene): Found | null {
  const praised = scene.mentions.filter(
    (place) => place.praised && isOpen(place) && !place.run && standsAlone(scene, place),
  );
  return together(praised, "called-correct");
}

function checkMark({ text, mentions }: Scene): Found | null {
  const ticked = mentions.filter(
    (place) =>
      isCapital(place) &&
      /[✅✓✔☑👉➡→] ?[^\s]{0,12} ?$/u.test(text.slice(Math.max(0, place.start - 16), place.start)) &&
      at(DELIMITED, text, place.end),
  );
  const all = together(ticked, "check-mark");
  return all?.letters.length === 1 ? all : null;
}

function completesSentence(scene: Scene): Found | null {
  const first = scene.mentions.find(
    (place) =>
      place.completed &&
      isOpen(place) &&
      !place.run &&
      (namesOption(scene, place) || place.named || scene.text.charAt(place.end) === ","),
  );
  return first === undefined ? null : found(first, "completes-sentence");
}

function soleOptionNamed({ mentions }: Scene): Found | null {
  const named = mentions.filter(
    (place) => place.named && isCapital(place) && !place.denied && !place.foreign && !place.tentative,
  );
  const all = together(named, "sole-option-named");
  return all?.letters.length === 1 && !named.some(({ rejected }) => rejected) ? all : null;
}

/** "(D)" in the blank of the question, repeated or not. */
function fillsBlank({ text, mentions }: Scene): Found | null {
  const filled = mentions.filter(
    (place) =>
      isOpen(place) &&
      /[\u3400-\u9fff]\($/u.test(text.slice(Math.max(0, place.start - 2), place.start)) &&
      /^\)(?:[。.\n]|$)/u.test(text.slice(place.end, place.end + 2)),
  );
  const all = together(filled, "fills-blank");
  return all?.letters.length === 1 ? all : null;
}

/** The options that a negative question asks for: "the incorrect statement is C", "all but C are right". */
function exception({ text, mentions, phrases }: Scene): Found | null {
  const last = mentions.findLast(
    (place) =>
      isCapital(place) &&
      !place.foreign &&
      place.letters.length === 1 &&
      (at(phrases.beforeException, text, place.start) ||
        (place.denied && at(phrases.exclusion, text, place.end))),
  );
  return last === undefined ? null : found(last, "exception");
}

/** How far behind the odd one the words about all others may be. */
const ODD_REACH = 60;

/** All options but one are called right, or the only option that a response names is called wrong in its conclusion. */
function oddOneOut(scene: Scene): Found | null {
  const { mentions, allowed, text, phrases, options } = scene;
  const capitals = mentions.filter((place) => isCapital(place) && !place.foreign);
  const wrong = capitals.filter(
    (place) => place.rejected && phrases.wrong.test(text.slice(place.end, place.sentence.end)),
  );
  const all = together(wrong, "odd-one-out");
  if (all?.letters.length !== 1) return null;
  const right = new Set(capitals.filter(({ praised }) => praised).flatMap(({ letters }) => letters));
  if (right.has(all.letters[0] as string)) return null;
  if (options !== null && right.size === allowed.length - 1) return all;
  if (phrases.rest.test(text.slice(all.end, all.end + ODD_REACH))) return all;
  const isOnly = capitals.every(({ letters }) => letters.length === 1 && letters[0] === all.letters[0]);
  return isOnly &&
    wrong.some(({ concluding, named, sentence }) => concluding && named && text.length - sentence.end < 3)
    ? all
    : null;
}

/** "If they are asked for, the number is D": a condition that restates the question. */
function conditionalCompletion(scene: Scene): Found | null {
  const completed = scene.mentions.filter(
    (place) =>
      place.completed &&
      place.tentative &&
      isCapital(place) &&
      !place.run &&
      !place.denied &&
      !place.rejected &&
      !place.foreign &&
      scene.text.charAt(place.sentence.end) !== "?" &&
      at(STRICT_DELIMITER, scene.text, place.end),
  );
  const all = together(completed, "completes-sentence");
  return all?.letters.length === 1 ? all : null;
}

/** The response says that several options are right and does not say which. */
function saysSeveral({ text, phrases, mentions, allowed }: Scene): Found | null {
  if (!phrases.several.test(text.slice(0, NEAR)) && !phrases.several.test(text.slice(-NEAR))) return null;
  const named = [...new Set(mentions.filter(isOpen).flatMap(({ letters }) => letters))];
  return {
    letters: named.length > 1 ? named : Array.from(allowed),
    start: text.length,
    end: text.length,
    readBy: "several",
  };
}

/** Nothing but a list of the options. */
function echo({ text, mentions, allowed, options }: Scene): Found | null {
  const all = mentions.find(({ letters }) => letters.length === allowed.length);
  return options === null || all === undefined || all.letters.length < 2 || text.length - all.end > 200
    ? null
    : found(all, "all-options");
}

/** Tried in this order; the first that finds letters decides. */
export const VERDICT_RULES: readonly VerdictRule[] = [
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

/** Tried only on responses that are no refusal. */
export const WEAK_RULES: readonly VerdictRule[] = [
  { name: "several", read: saysSeveral },
  { name: "exception", read: exception },
  { name: "odd-one-out", read: oddOneOut },
  { name: "called-correct", read: calledCorrect },
  { name: "check-mark", read: checkMark },
  { name: "completes-sentence", read: completesSentence },
  { name: "completes-sentence", read: conditionalCompletion },
  { name: "sole-option-named", read: soleOptionNamed },
  { name: "fills-blank", read: fillsBlank },
  { name: "all-options", read: echo },
];
