import { askedForWrong } from "./asked-for-wrong.js";
import {
  asksForWrong,
  DELIMITED,
  type Found,
  found,
  isCapital,
  isFirstStep,
  isOpen,
  NEAR,
  namesOption,
  STRICT_DELIMITER,
  standsAlone,
  together,
  type VerdictRule,
} from "./found.js";
import { letterLeft } from "./option-others.js";
import { at } from "./phrases.js";
import type { Place } from "./place.js";
import type { Scene } from "./scene.js";

/** Options called right: several if several are. */
function calledCorrect(scene: Scene): Found | null {
  const praised = scene.mentions.filter(
    (place) => place.praised && isOpen(place) && !place.run && standsAlone(scene, place),
  );
  const only = praised.filter(({ end }) => /^(?:选项|项)?才/u.test(scene.text.slice(end, end + 4)));
  const all = together(only.length > 0 ? only : praised, "called-correct");
  // It may be the statement that is right, and not the answer, unless it is the only option named, and at the end.
  if (asksForWrong(scene)) {
    const named = new Set(scene.mentions.filter(isCapital).flatMap(({ letters }) => letters));
    return named.size === 1 && praised.some(({ concluding }) => concluding) ? all : null;
  }
  // Several options ticked, of which the words may still call only one right.
  const isTicks =
    !scene.multiple && (all?.letters.length ?? 0) > 1 && praised.every((place) => place.tickedBefore);
  return isTicks ? null : all;
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
  const completed = scene.mentions.filter((place) => place.completed && isOpen(place) && !place.run);
  const first = completed.find(
    (place) =>
      namesOption(scene, place) ||
      place.named ||
      scene.text.charAt(place.end) === "," ||
      at(scene.phrases.casualBehind, scene.text, place.end),
  );
  if (first === undefined) return null;
  // Different letters in one sentence are those of different people, or of different cases.
  const rival = completed.some(
    (place) => place.sentence.start === first.sentence.start && place.letters.join() !== first.letters.join(),
  );
  return rival ? null : found(first, "completes-sentence");
}

/** A letter with its delimiter and its option's own text: "(C. 44 %)". */
const givesText = ({ text, options }: Scene, { letters, end }: Place) =>
  at(STRICT_DELIMITER, text, end) && (options?.beginsAt(letters[0] ?? "", text, end) ?? false);

function soleOptionNamed(scene: Scene): Found | null {
  const candidates = scene.mentions.filter(
    (place) => isCapital(place) && !place.denied && !place.foreign && !place.tentative,
  );
  const named = candidates.filter((place) => place.named);
  // Without a noun, no other letter may be there at all.
  const isAlone = new Set(scene.mentions.filter(isCapital).flatMap(({ letters }) => letters)).size === 1;
  const sole =
    named.length > 0
      ? named
      : isAlone && candidates.some((place) => givesText(scene, place))
        ? candidates
        : [];
  const all = together(sole, "sole-option-named");
  if (all?.letters.length !== 1 || sole.some(({ rejected }) => rejected)) return null;
  return sole.some((place) => isFirstStep(scene, place) && !place.praised) ? null : all;
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

/** Behind the option that is left: "D以外的选项都可以排除". */
const ALL_OTHERS =
  /^["')\]]{0,2} ?(?:选项|项)?(?:以|之)外的?(?:其他|其余|所有)?(?:选项|项)?(?:都|均|全部?)(?:可以|可|应|是)?(?:排除|错|不)/u;

/** The options that a negative question asks for: "the incorrect statement is C", "all but C are right". */
function exception({ text, mentions, phrases, question }: Scene): Found | null {
  if (question?.surelyAsksForRight) return null;
  const last = mentions.findLast(
    (place) =>
      isCapital(place) &&
      !place.foreign &&
      place.letters.length === 1 &&
      (at(phrases.beforeException, text, place.start) ||
        (place.denied && at(phrases.exclusion, text, place.end)) ||
        ALL_OTHERS.test(text.slice(place.end, place.end + 24))),
  );
  return last === undefined ? null : found(last, "exception");
}

const WRONG_MARK = /[×✗✘❌✖]/u;
/** How far behind the odd one the words about all others may be. */
const ODD_REACH = 60;

/** All options but one are called right, or the only option that a response names is called wrong in its conclusion. */
function oddOneOut(scene: Scene): Found | null {
  const { mentions, allowed, text, phrases, options, question } = scene;
  if (question?.surelyAsksForRight) return null;
  const capitals = mentions.filter((place) => isCapital(place) && !place.foreign);
  const wrong = capitals.filter(({ rejected, end, sentence }) => {
    const behind = text.slice(end, sentence.end + 2);
    return rejected && (phrases.wrong.test(behind) || WRONG_MARK.test(behind));
  });
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

/** Tried only on responses that are no refusal. */
export const WEAK_RULES: readonly VerdictRule[] = [
  { name: "several", read: saysSeveral },
  { name: "asked-for-wrong", read: askedForWrong },
  { name: "exception", read: exception },
  { name: "odd-one-out", read: oddOneOut },
  { name: "called-correct", read: calledCorrect },
  { name: "check-mark", read: checkMark },
  { name: "completes-sentence", read: completesSentence },
  { name: "completes-sentence", read: conditionalCompletion },
  { name: "sole-option-named", read: soleOptionNamed },
  { name: "letter-left", read: letterLeft },
  { name: "fills-blank", read: fillsBlank },
  { name: "all-options", read: echo },
];
