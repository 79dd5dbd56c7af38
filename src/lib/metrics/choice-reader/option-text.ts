import { cleanText } from "./clean.js";

export type OptionTexts = Readonly<Record<string, string>>;

const CONCLUSION = 500;
/** Shorter option texts ("8", "DIP") occur by chance in running text. */
const QUOTABLE = 4;
const WORD_COVERAGE = 0.6;
const WORD_LEAD = 0.15;
const OPTION_WALK = /^[ •>❌✗✘x-]{0,6}(?:[A-Z] ?[).:]|❌)/u;
const SHORTEST_STATEMENT = 40;
/** A quoted option after one of these words is rejected, not chosen. */
const TURNED_DOWN = [" not", " nao", " nicht", " no", " kein", " keine", " 不是", " 不"];

/** Lower case without accents and punctuation, for comparing texts by their wording. */
function wording(text: string): string {
  return ` ${cleanText(text)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%+<>↑↓]+/gu, " ")
    .trim()} `;
}

function optionWordings(options: OptionTexts): [letter: string, wording: string][] {
  return Object.entries(options)
    .map(([letter, text]): [string, string] => [letter, wording(text)])
    .filter(([, text]) => text.trim() !== "");
}

/** Whether both begin with the same word. */
export function startsAlike(text: string, option: string): boolean {
  const [first] = wording(option).trim().split(" ");
  return first !== "" && wording(text.slice(0, CONCLUSION)).trim().split(" ")[0] === first;
}

/** Options whose whole wording occurs in `text`, except those that are part of a longer quoted option. */
function quoted(text: string, options: readonly [string, string][]): string[] {
  const here = options.filter(
    ([, option]) =>
      option.length - 2 >= QUOTABLE &&
      text.includes(option) &&
      !TURNED_DOWN.some((no) => text.includes(`${no}${option}`)),
  );
  return here
    .filter(([, option]) => !here.some(([, other]) => other !== option && other.includes(option)))
    .map(([letter]) => letter);
}

/**
 * The one option that a response consists of, or ends with, in the option's own words, with or without its letter; null
 * if no option or more than one is quoted.
 */
export function optionQuoted(cleaned: string, options: OptionTexts): string | null {
  const wordings = optionWordings(options);
  const whole = wording(cleaned);
  const same = wordings.filter(
    ([letter, text]) => whole === text || whole === ` ${letter.toLowerCase()}${text}`,
  );
  if (same.length === 1) return same[0]?.[0] ?? null;
  const paragraphs = cleaned.split(/\n+/u);
  const saysSomething = (line: string) => wording(line).trim() !== "";
  for (const paragraph of [paragraphs.findLast(saysSomething), paragraphs.find(saysSomething)]) {
    const letters = quoted(wording((paragraph ?? "").slice(-CONCLUSION)), wordings);
    if (letters.length === 1) return letters[0] ?? null;
  }
  const letters = quoted(whole, wordings);
  return letters.length === 1 ? (letters[0] ?? null) : null;
}

const stems = (text: string) =>
  new Set(
    text
      .split(" ")
      .filter((word) => word.length > 3)
      .map((word) => word.slice(0, 6)),
  );

/**
 * The option whose words the first sentence uses, or else the last paragraph: for responses cut off before they name
 * it. A paragraph that discusses all options is not a conclusion. Requires most of the option's words and a clear lead
 * over every other option.
 */
export function optionConcluded(cleaned: string, options: OptionTexts): string | null {
  const words = optionWordings(options).map(([letter, text]): [string, Set<string>] => [letter, stems(text)]);
  const paragraphs = cleaned.split(/\n+/u);
  const isStatement = (line: string) => !OPTION_WALK.test(line) && wording(line).length > SHORTEST_STATEMENT;
  const firstSentence = (paragraphs.find(isStatement) ?? "").split(/[.;。；]/u)[0] ?? "";
  for (const statement of [firstSentence, (paragraphs.findLast(isStatement) ?? "").slice(-CONCLUSION)]) {
    const said = stems(wording(statement));
    const [best, second] = words
      .map(([letter, own]): [string, number] => [letter, coverage(own, said)])
      .sort(([, a], [, b]) => b - a);
    if (best !== undefined && best[1] >= WORD_COVERAGE && best[1] - (second?.[1] ?? 0) >= WORD_LEAD)
      return best[0];
  }
  return null;
}

/** Words that a Chinese sentence translates where it keeps the name: "Gilbert综合征". */
const TRANSLATED =
  /(?<= )(?:syndrome|disease|disorder|infection|therapy|test|study|type|virus|tumou?r|deficiency)s?(?= )/gu;

/** The option of whose words the Latin ones of a Chinese sentence are most, where no other option has as many. */
export function optionConcludedInLatin(sentence: string, options: OptionTexts): string | null {
  const said = stems(wording(sentence.replace(/[\u3400-\u9fff]+/gu, " ")));
  const [best, second] = optionWordings(options)
    .map(([letter, text]): [string, number] => [letter, coverage(stems(text.replace(TRANSLATED, " ")), said)])
    .sort(([, a], [, b]) => b - a);
  if (best === undefined || best[1] < WORD_COVERAGE || best[1] - (second?.[1] ?? 0) < WORD_LEAD) return null;
  return best[0];
}

function coverage(own: ReadonlySet<string>, said: ReadonlySet<string>): number {
  return own.size === 0 ? 0 : [...own].filter((word) => said.has(word)).length / own.size;
}
