import { cleanText, headOf, stripReasoning, tailOf } from "./choice-reader/clean.js";
import { LANGUAGES, type Language } from "./choice-reader/language-packs.js";
import { type OptionTexts, optionConcluded, optionQuoted, startsAlike } from "./choice-reader/option-text.js";
import {
  DOUBT,
  HEAD,
  OPENING,
  READING_RULES,
  type ReadingRule,
  type Scope,
  SHORT,
  TAIL,
} from "./choice-reader/rules.js";

export { LANGUAGES, type Language } from "./choice-reader/language-packs.js";

/** Letters accepted when the options are not known; the MedBench item with the most options has A to L. */
export const DEFAULT_LETTERS = "ABCDEFGHIJKL";

/** Options of `readChoice`. */
export interface ReadChoiceOptions {
  /** Languages whose verdict phrases are recognized. Default: all language packs. */
  readonly languages?: readonly Language[];
  /** Whether the item may have several correct letters. Default false: two letters are not a valid answer. */
  readonly multiple?: boolean;
}

/**
 * `ok`: a letter was read; `multiple`: more letters than the item allows; `conflict`: the announced letter comes with
 * the text of another option; `refused`: the response declines; `empty`: only white space; `truncated`: cut off inside
 * its reasoning block; `invalid`: no rule found a letter.
 */
export type ReadingStatus = "ok" | "multiple" | "conflict" | "refused" | "empty" | "truncated" | "invalid";

/** Result of `readChoice`. */
export interface ChoiceReading {
  /** The letter, or the letters in order ("ACE") where several are allowed; null unless `status` is `ok`. */
  readonly answer: string | null;
  /** Every letter read, in order, even if there are too many; of a `conflict` the announced letter. */
  readonly letters: readonly string[];
  /** Name of the rule that matched; the status if none did. */
  readonly readBy: string;
  readonly status: ReadingStatus;
}

const unread = (status: ReadingStatus): ChoiceReading => ({
  answer: null,
  letters: [],
  readBy: status,
  status,
});

/**
 * Reads which option a response finally gives, by an ordered list of named rules: brackets, bare letters, JSON or boxed
 * fields, the last explicit verdict, a letter at the start or end of the response, a quoted option. It never takes the
 * first capital letter of running text: in Portuguese "A" is the article.
 *
 * It reads what the response says, whether correct or not; after a self-correction the last verdict counts. Letters
 * that are not an option of the item are skipped. Time is linear in the length of the response.
 *
 * @param text the response as received
 * @param options option texts by letter, or null when unknown; without them the last two rules, which recognize an
 *   option by its words, cannot run
 * @see protocols section 0, "Reading a choice letter"
 * @example readChoice("A resposta correta é a letra C, pois…", null).answer // "C"
 */
export function readChoice(
  text: string,
  options: OptionTexts | null,
  { languages = LANGUAGES, multiple = false }: ReadChoiceOptions = {},
): ChoiceReading {
  const kept = stripReasoning(text);
  if (cleanText(kept) === "") return unread(cleanText(text) === "" ? "empty" : "truncated");
  const views = new Map<Scope, string | null>();
  const view = (scope: Scope): string | null => {
    const known = views.get(scope);
    if (known !== undefined) return known;
    const seen = scoped(kept, scope);
    views.set(scope, seen);
    return seen;
  };
  const read = (letters: readonly string[], readBy: string): ChoiceReading =>
    letters.length === 1 || multiple
      ? { answer: letters.join(""), letters, readBy, status: "ok" }
      : { answer: null, letters, readBy, status: "multiple" };

  for (const rule of READING_RULES) {
    if (rule.multiple && !multiple) continue;
    if (rule.needs !== undefined && !text.includes(rule.needs)) continue;
    const seen = view(rule.scope);
    if (seen === null) continue;
    const ready = compiled(rule, languages);
    if (ready.unless?.test(seen)) continue;
    if (rule.name === "refused") {
      if (seen.search(ready.pattern) >= 0) return unread("refused");
      continue;
    }
    const letters = matchedLetters(rule, ready, seen, options);
    if (letters !== null) return read(letters, rule.name);
  }
  if (options === null) return unread("invalid");
  const cleaned = cleanText(kept);
  const quoted = optionQuoted(cleaned, options);
  if (quoted !== null) return read([quoted], "option-quoted");
  const concluded = optionConcluded(cleaned, options);
  return concluded === null ? unread("invalid") : read([concluded], "option-concluded");
}

function scoped(kept: string, scope: Scope): string | null {
  switch (scope) {
    case "short":
      return headOf(kept, SHORT) === kept ? cleanText(kept) : null;
    case "opening":
      return headOf(kept, OPENING);
    case "head":
      return headOf(kept, HEAD);
    case "tail":
      return tailOf(kept, TAIL);
    case "all":
      return kept;
  }
}

interface CompiledRule {
  readonly pattern: RegExp;
  readonly unless: RegExp | null;
  /** Text of a match's capturing group; empty for a decoy. */
  readonly captured: (match: RegExpExecArray) => string;
}

const compiledRules = new Map<string, CompiledRule>();

function compiled(rule: ReadingRule, languages: readonly Language[]): CompiledRule {
  const key = `${rule.name} ${languages.join()}`;
  const known = compiledRules.get(key);
  if (known !== undefined) return known;
  const fresh = {
    pattern: new RegExp(rule.pattern(languages), "gu"),
    unless: rule.unless === undefined ? null : new RegExp(rule.unless, "u"),
    captured: captureOf(rule, languages),
  };
  compiledRules.set(key, fresh);
  return fresh;
}

function captureOf({ match, line }: ReadingRule, languages: readonly Language[]): CompiledRule["captured"] {
  if (line !== undefined) {
    const lines = new RegExp(line(languages), "gu");
    return ([whole]) => whole.replace(lines, "$1");
  }
  if (match === undefined) return ([, group]) => group ?? "";
  const letters = new RegExp(match.letters(languages), "u");
  const decoy = new RegExp(`^(?:${match.decoy(languages)})`, "u");
  return ([whole]) => (decoy.test(whole) ? "" : (letters.exec(whole)?.[1] ?? ""));
}

/** The distinct letters of the match that counts, sorted; null when every match has letters that the item lacks. */
function matchedLetters(
  { take, line }: ReadingRule,
  { pattern, captured }: CompiledRule,
  seen: string,
  options: OptionTexts | null,
): string[] | null {
  const allowed = options === null ? DEFAULT_LETTERS : Object.keys(options).join("");
  let taken: string[] | null = null;
  for (const match of seen.matchAll(pattern)) {
    const capture = captured(match);
    const letters = lettersOf(capture);
    if (letters.length === 0 || !letters.every((letter) => allowed.includes(letter))) continue;
    // One line per option means that the response discusses every option and chooses none.
    if (line !== undefined && letters.length === allowed.length) continue;
    if (DOUBTED.test(capture)) {
      const option = options?.[letters[0] as string];
      const word = match.index + match[0].lastIndexOf(capture) + capture.length - 1;
      if (option === undefined || !startsAlike(seen.slice(word), option)) continue;
    }
    if (take === "first") return letters;
    if (take === "sole" && taken !== null && taken.join() !== letters.join()) return null;
    taken = letters;
  }
  return taken;
}

const DOUBTED = new RegExp(`${DOUBT}$`, "u");

function lettersOf(captured: string): string[] {
  const plain = cleanText(captured);
  const capitals = plain.length === 1 ? plain.toUpperCase() : plain;
  return [...new Set(capitals.match(/[A-Z]/gu) ?? [])].sort();
}
