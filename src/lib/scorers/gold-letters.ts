import { InputError } from "../errors.js";
import { DEFAULT_LETTERS } from "../metrics/choice-reader.js";
import { normalizeText } from "../metrics/text-normalization.js";
import { refusedGold, shownGold } from "./gold.js";

/** Options of an item as its source gives them; null where they are not known. */
export type GivenOptions = Readonly<Record<string, unknown>> | null;

/** The mapping expressions that turn other forms of gold into letters; the reasons of refused gold quote them. */
const fromPosition =
  "a number is a position: map the letter, chr(65 + CAST(answer AS INTEGER)) if the first option is 0, chr(64 + CAST(answer AS INTEGER)) if it is 1";
const fromPositions =
  "numbers are positions: map letters, list_transform(answers, lambda n: chr(65 + n)) if the first option is 0, chr(64 + n) if it is 1";
const withoutNegative =
  "a negative number usually means that the answer is not published: map CASE WHEN answer >= 0 THEN chr(65 + CAST(answer AS INTEGER)) END";
const fromText =
  "map the letter by the option's place, for example chr(64 + list_position([opa, opb, opc, opd], answer))";

/**
 * Options by capital letter, without those that have no text; null where the options are not known.
 *
 * @throws InputError if the keys are not letters from A to Z, because the letters of answers could not be compared with them
 */
export function optionsByLetter(
  options: GivenOptions,
  scorer: string,
): Readonly<Record<string, string>> | null {
  if (options === null) return null;
  const isObject = typeof options === "object" && !Array.isArray(options);
  const entries = isObject ? Object.entries(options).filter(([, text]) => text !== null) : [];
  const letters = entries.map(([key]) => key.toUpperCase());
  const areLetters = letters.every((key) => /^[A-Z]$/u.test(key)) && new Set(letters).size === letters.length;
  if (isObject && areLetters && letters.length > 0)
    return Object.fromEntries(entries.map(([, text], at) => [letters[at], String(text)]));
  const found = isObject
    ? `named ${entries.map(([key]) => key).join(", ") || "nothing"}`
    : shownGold(options);
  throw new InputError(
    `${scorer}: the options of the item are ${found}, expected an object from letter to text`,
    {
      hint: "map options by letter, for example json_object('A', opa, 'B', opb); for answers that are numbers or names use scorer label",
    },
  );
}

/**
 * The letters of a gold answer, in its order and without repetition: `"B"`, `"b"`, `"(B)"`, `"B."`, `"Ｂ"`, `"选项B"`,
 * `"B. rest"` where the text is that of option B, and for several `["A", "C"]`, `"AC"`, `"A、C"`, `"A和C"`. Only forms that
 * can mean nothing else are read.
 *
 * @param gold parsed JSON
 * @param options the item's options; where they are unknown, the letters A to L that answers are read for
 * @throws InputError for anything else, such as a position, the text of an option, or a letter that is no option
 */
export function goldLetters(
  gold: unknown,
  options: GivenOptions,
  { scorer, several }: { readonly scorer: string; readonly several: boolean },
): string[] {
  const texts = optionsByLetter(options, scorer);
  const offered = texts === null ? DEFAULT_LETTERS : Object.keys(texts).join("");
  // Nearly all gold is a letter already.
  if (typeof gold === "string" && gold.length === 1 && gold >= "A" && gold <= "Z" && offered.includes(gold))
    return [gold];
  const refuse = (problem: string, hint?: string): never => {
    throw refusedGold(scorer, gold, problem, hint);
  };
  const list = [...offered].join(", ");
  const known = texts === null ? `${list}, the letters that are read where the options are not known` : list;
  const members = membersOf(gold, refuse, several);
  const found = members.flatMap((member) => {
    const read = readLetters(member, { offered, texts, several });
    if (Array.isArray(read))
      return members.length > 1 && read.length > 1
        ? refuse("a list with several letters in one entry")
        : read;
    return refuse(read.problem.replace("{options}", known), read.hint);
  });
  const letters = [...new Set(found)];
  const outside = letters.filter((letter) => !offered.includes(letter));
  if (outside.length > 0)
    refuse(
      `which ${outside.length === letters.length ? "is" : `has ${outside.join(", ")}, which is`} no option of the item (${known})`,
    );
  if (letters.length === 0) refuse(`which names no option of the item (${known})`);
  if (!several && letters.length > 1)
    refuse(
      `which names several options where the item has one answer (${known})`,
      "items with several right options need scorer set",
    );
  return letters;
}

type Refuse = (problem: string, hint?: string) => never;

/** The texts of a gold answer: of a list, its entries; a list can also be written as text. */
function membersOf(gold: unknown, refuse: Refuse, several: boolean): string[] {
  if (typeof gold === "string") {
    const list = /^\s*\[.*\]\s*$/su.test(gold) ? parsedList(gold) : null;
    return list === null ? [gold] : membersOf(list, refuse, several);
  }
  if (typeof gold === "number")
    return refuse("expected an option letter", gold < 0 ? withoutNegative : fromPosition);
  if (Array.isArray(gold)) {
    if (gold.some((member) => typeof member === "number" || /^\s*-?\d+\s*$/u.test(String(member))))
      return refuse("expected option letters", several ? fromPositions : fromPosition);
    if (gold.every((member) => typeof member === "string")) return gold;
  }
  return refuse(
    several ? 'expected option letters, such as ["A", "C"]' : 'expected an option letter, such as "B"',
  );
}

function parsedList(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

interface Offer {
  readonly offered: string;
  readonly texts: Readonly<Record<string, string>> | null;
  readonly several: boolean;
}

interface Unread {
  readonly problem: string;
  readonly hint?: string;
}

const announcement =
  /^(?:(?:the\s+)?(?:(?:correct|right|final|best)\s+)?(?:answers?|options?|choices?)(?:\s+(?:is|are)\b)?|(?:正确|正確|标准|標準|参考|參考|最佳)?(?:答案|选项|選項|选择|選擇)(?:是|为|為)?|resposta(?:\s+correta)?|alternativa|gabarito|letra|respuesta|opci[oó]n)\s*[:：]?\s*(?=.)/iu;
const namesOfOptions = /(?:选项|選項|\boptions?\s)\s*(?=[A-Za-z]\b)/giu;
const joints = /(?<=[A-Za-z)\]}】」.])\s*(?:以及|和|与|與|及)\s*(?=[A-Za-z([{【「])/gu;
const brackets = /[()[\]{}<>《》〈〉【】「」『』〔〕"'“”‘’]/gu;
const between = /[\s,、;|&+]+/u;
const alternatives = /(?<=[A-Za-z)\].])\s*(?:\/|或|\bor\b|\bou\b|\bo\b)\s*(?=[A-Za-z([])/u;

function readLetters(text: string, offer: Offer): string[] | Unread {
  const plain = text.normalize("NFKC").replace(/[*_`]/gu, "").trim();
  if (plain === "") return { problem: "which names no option of the item ({options})" };
  if (/^[+-]?\d+(?:\.0*)?$/u.test(plain))
    return {
      problem: "which is no option of the item ({options})",
      hint: plain.startsWith("-") ? withoutNegative : fromPosition,
    };
  const bare = plain.replace(announcement, "");
  const letters = lettersAlone(bare, offer);
  if (letters !== null) return letters;
  const option = optionOf(plain, offer.texts);
  const isAlternative = alternatives.test(bare);
  const withText = isAlternative ? null : withTexts(bare, offer);
  if (withText !== null) return withText;
  if (option !== null) return { problem: `which is the text of option ${option}`, hint: fromText };
  if (isAlternative)
    return { problem: "which names alternatives; expected the letters that are right ({options})" };
  if (/^\W*[A-Za-z][).:、,\]\s]/u.test(bare) && offer.texts !== null)
    return { problem: "whose text is not that of the option with its letter", hint: fromText };
  return {
    problem: "which is no option of the item ({options})",
    ...(offer.texts === null ? {} : { hint: fromText }),
  };
}

/** Letters with nothing but brackets, separators and joints; null where anything else is there. */
function lettersAlone(bare: string, offer: Offer): string[] | null {
  const tokens = bare
    .replace(namesOfOptions, "")
    .replace(joints, " ")
    .replace(/(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)/gu, " ")
    .replace(brackets, " ")
    .split(between)
    .map((token) => token.replace(/[.:。)]+$/u, "").replace(/(?:选项|選項|项|項)$/u, ""))
    .filter((token) => token !== "");
  // "A and C", "A e C": a joint is in lower case between capitals.
  const isJoint = (token: string, at: number) =>
    /^(?:and|e|y|et|und)$/u.test(token) &&
    /^[A-Z]$/u.test(tokens[at - 1] ?? "") &&
    /^[A-Z]$/u.test(tokens[at + 1] ?? "");
  const written = tokens.filter((token, at) => !isJoint(token, at));
  if (written.length === 0 || !written.every((token) => isRunOfLetters(token, offer))) return null;
  return [...written.join("").toUpperCase()];
}

/** One letter, or several without a space that cannot be a word: all are options, each once, and no option has this text. */
function isRunOfLetters(token: string, { offered, texts }: Offer): boolean {
  if (/^[A-Za-z]$/u.test(token)) return true;
  if (!/^(?:[A-Z]+|[a-z]+)$/u.test(token)) return false;
  const letters = [...token.toUpperCase()];
  const isOrdered = letters.every((letter, at) => at === 0 || letter > (letters[at - 1] as string));
  const isDistinct = new Set(letters).size === letters.length;
  const isSure = isOrdered || (texts !== null && token === token.toUpperCase());
  return (
    isDistinct &&
    isSure &&
    letters.every((letter) => offered.includes(letter)) &&
    optionOf(token, texts) === null
  );
}

/** "(B) rest", "B. rest", "B rest". */
const lettered = /^(?:[([【]([A-Za-z])[)\]】]\s*[.:、,-]?|([A-Za-z])\s*[.:、,)\]-]|([A-Za-z])\s)\s*(.+)$/su;

/** `B. rest`, and several of them on lines or between separators, where each text is that of its option. */
function withTexts(bare: string, { texts, several }: Offer): string[] | null {
  if (texts === null) return null;
  const letterOf = (part: string): string | null => {
    const match = lettered.exec(part.trim());
    const letter = (match?.[1] ?? match?.[2] ?? match?.[3] ?? "").toUpperCase();
    const text = Object.hasOwn(texts, letter) ? (texts[letter] as string) : null;
    if (match === null || text === null) return null;
    return isSame(match[4] as string, text) || isSame(part, text) ? letter : null;
  };
  const one = letterOf(bare);
  if (one !== null) return [one];
  if (!several) return null;
  for (const separator of [/[\r\n]+/u, /;/u, /\|/u, /、/u, /,/u]) {
    const parts = bare.split(separator).filter((part) => part.trim() !== "");
    const letters = parts.map((part) => letterOf(part));
    if (parts.length > 1 && letters.every((letter) => letter !== null)) return letters as string[];
  }
  return null;
}

/** The letter of the option that has this text, or null. */
function optionOf(text: string, texts: Readonly<Record<string, string>> | null): string | null {
  return Object.entries(texts ?? {}).find(([, option]) => isSame(text, option))?.[0] ?? null;
}

function isSame(a: string, b: string): boolean {
  return normalizeText(a).toLowerCase() === normalizeText(b).toLowerCase();
}
