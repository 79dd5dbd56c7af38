import type { Found } from "./found.js";
import type { OptionMention } from "./option-mentions.js";
import {
  DEFINED,
  isOfStep,
  isWhole,
  LABEL,
  LISTED,
  STEP,
  statements,
  wordsAround,
} from "./option-statements.js";
import { at } from "./phrases.js";
import type { Scene } from "./scene.js";

export const foundOption = ({ letter, start, end }: OptionMention, readBy: string): Found => ({
  letters: [letter],
  start,
  end,
  readBy,
});

/** The only option of these mentions; null if they are of none or of several. */
export function sole(mentions: readonly OptionMention[], readBy: string): Found | null {
  const last = mentions.at(-1);
  return last !== undefined && mentions.every(({ letter }) => letter === last.letter)
    ? foundOption(last, readBy)
    : null;
}

/** A conclusion further from the end may be one of a step of a discussion. */
const CLOSE_TO_END = 150;
/** Ends a statement behind the option: a stop or a bracket, also behind a noun that adds nothing. */
const OVER =
  /^["')\]]{0,2} ?(?:的可能性?(?:较?大)?|可能性(?:较?大)?|类?(?:药物|抗生素)|市场|检查|检测|的)?["')\]]{0,2}(?:[。.,;!?\n(]|$)/u;
/** The longest of those nouns, with its marks. */
const OVER_REACH = 14;
/** How far from an option's text another one leaves open which is meant. */
const RIVAL_REACH = 40;
/** "只有X符合". */
const ONLY_BEFORE = /(?:只有|唯有|仅有|only )["'(]?$/u;
const ONLY_BEHIND = /^["')\]]{0,2} ?(?:项|选项)?(?:最|才)?(?:符合|正确|相符|吻合|适合|合适|是对的|fits|is )/u;

/** Right before an option that stays open: "无法确定是否为X", "其中一种可能性是X", "it is unclear whether it is X". */
export const UNDECIDED =
  /(?:是否|能否|无法(?:确定|判断|确认)|不能(?:确定|判断|确认)|难以(?:确定|判断|确认)|其中(?:的)?一[种个]|一种可能性?|\bwhether\b|\bone possib(?:ility|le)\b|cannot (?:say|tell|determine)).{0,12}$/u;

/** Whether another option of the sentence leaves open whether this one is the answer. */
function isRivalOf(other: OptionMention, { start, end }: Pick<OptionMention, "start" | "end">, scene: Scene) {
  if (other.start === start) return false;
  const { text } = statements(scene);
  const { phrases } = scene;
  const isTurnedDown =
    at(phrases.beforeRejectedOption, text, other.start) || at(phrases.optionFails, text, other.end);
  if (isTurnedDown) return false;
  if (other.start > start)
    return other.start - end < RIVAL_REACH && !phrases.apart.test(text.slice(end, other.start));
  const between = text.slice(other.end, start);
  if (phrases.turned.test(between)) return false;
  if (phrases.apart.test(between)) return true;
  return end - other.start < RIVAL_REACH && !phrases.wrong.test(between) && !phrases.conclusion.test(between);
}

const hasRival = (mention: OptionMention, scene: Scene) =>
  statements(scene).mentions.some(
    (other) => other.sentence.start === mention.sentence.start && isRivalOf(other, mention, scene),
  );

/** Whether an option's text completes its sentence: "… is coronary angiography." */
function isClaim(mention: OptionMention, scene: Scene): boolean {
  const { start, end, sentence } = mention;
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const before = text.slice(sentence.start, start);
  const behind = text.slice(end, end + OVER_REACH);
  const isOnly = ONLY_BEFORE.test(before) && ONLY_BEHIND.test(behind);
  return (
    (isOnly ||
      (at(phrases.beforeOption, text, start) &&
        !at(phrases.beforeNoOption, text, start) &&
        (OVER.test(behind) || at(phrases.apartBehind, text, end)))) &&
    (!STEP.test(before) || phrases.wrong.test(before)) &&
    !LABEL.test(before.slice(-6)) &&
    !DEFINED.test(before.slice(-8)) &&
    (!phrases.hypothesis.test(before) || (text.length - end < 4 && sole(mentions, "") !== null)) &&
    !phrases.aside.test(before) &&
    !UNDECIDED.test(before) &&
    !phrases.hearsay.test(before.slice(-24).replace(phrases.contrast, "")) &&
    text.charAt(sentence.end) !== "?" &&
    // One of several options in a row is no conclusion, and one set apart from the option before it is none.
    (isOnly || !hasRival(mention, scene))
  );
}

/** The claims of a response in sentences that draw a conclusion, and all of its claims. */
function claimsOf(scene: Scene): { concluding: OptionMention[]; all: OptionMention[] } {
  const { text, mentions } = statements(scene);
  const all = mentions.filter((mention) => isClaim(mention, scene));
  const concluding = all.filter(
    (claim) =>
      scene.phrases.conclusion.test(text.slice(claim.sentence.start, claim.start)) && !isOfStep(claim, scene),
  );
  return { concluding, all };
}

/** A conclusion for one option after the other is none. */
const isForEach = (concluding: readonly OptionMention[]) =>
  new Set(concluding.map(({ letter }) => letter)).size > 2;

/** Whether the response draws a conclusion for three options or more. */
export const concludesForEach = (scene: Scene) => isForEach(claimsOf(scene).concluding);

/** An option's text completes a sentence. */
export function optionCompletes(scene: Scene): Found | null {
  const { concluding, all } = claimsOf(scene);
  if (isForEach(concluding)) return null;
  const last = concluding.at(-1);
  if (last !== undefined) return foundOption(last, "option-concluded");
  const only = sole(all, "option-completes");
  if (only !== null) return only;
  // Of several statements, the one that says what the question asks for: "the best next step is X. The antidote is Y."
  const { text } = statements(scene);
  const asked = all.filter(({ sentence, start }) =>
    scene.phrases.superlative.test(text.slice(sentence.start, start)),
  );
  return sole(asked, "option-completes");
}

/** Before an option's text that is the whole first statement: "答案：", "判断". */
const ANNOUNCED = /^[\s"'([#>-]{0,4}(?:(?:判断题?|答案|诊断|答)(?:是|为)?[:,]? ?)?/u;
const STATED = /^["')\]]{0,2} ?(?:\([^()\n]{0,60}\) ?)?(?:[。.,;!\n]|$)/u;

/** The response begins with the text of one option as a statement of its own: "Bed rest. It …". */
export function optionStated(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const from = ANNOUNCED.exec(text)?.[0].length ?? 0;
  const first = mentions.find(({ start }) => start === from);
  if (first === undefined || !STATED.test(text.slice(first.end, first.end + 68))) return null;
  if (isOfStep(first, scene) || hasRival(first, scene)) return null;
  return claimsOf(scene).concluding.some(({ letter }) => letter !== first.letter)
    ? null
    : foundOption(first, "option-stated");
}

/** A mark behind an option's text: "螺内酯（√）". */
const TICKED = /^[ "'(]{0,3}([√✓✔✅☑×✗✘❌✖])/u;

/** The only option whose text is marked right, where others are marked wrong. */
export function optionTicked(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const marked = mentions.flatMap((mention) => {
    const mark = TICKED.exec(text.slice(mention.end, mention.end + 4))?.[1];
    return mark === undefined ? [] : [{ mention, isRight: "√✓✔✅☑".includes(mark) }];
  });
  const right = marked.filter(({ isRight }) => isRight).map(({ mention }) => mention);
  return right.length < marked.length ? sole(right, "option-ticked") : null;
}

/** The last sentence that draws a conclusion mentions one option. */
export function conclusionMentions(scene: Scene): Found | null {
  const { text, mentions } = statements(scene);
  const { phrases } = scene;
  const concluding = mentions.filter((mention) => {
    const before = text.slice(mention.sentence.start, mention.start);
    return (
      isWhole(mention, text) &&
      phrases.conclusion.test(before) &&
      !phrases.aside.test(before) &&
      !UNDECIDED.test(before) &&
      !LABEL.test(before.slice(-6)) &&
      !isOfStep(mention, scene)
    );
  });
  const last = concluding.at(-1);
  if (
    last === undefined ||
    isForEach(concluding) ||
    (text.length - last.end > CLOSE_TO_END && sole(concluding, "") === null)
  )
    return null;
  const own = concluding.filter(({ sentence }) => sentence.start === last.sentence.start);
  if (own.some(({ end }) => LISTED.test(text.charAt(end)))) return null;
  const words = wordsAround(last, text);
  if (phrases.denies.test(words) || phrases.hypothesis.test(words)) return null;
  return sole(own, "option-concluded");
}
