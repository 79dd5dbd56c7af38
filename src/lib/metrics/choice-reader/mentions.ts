import type { FoldedOptions } from "./folded-options.js";
import { at, type Phrases } from "./phrases.js";

/** One letter, or letters in a row ("A、C", "A and C", "ACE"), in the text. */
export interface Mention {
  /** Distinct letters in the order of the text. */
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  /** A small letter: counts only where it is announced. */
  readonly small: boolean;
  /** Capitals without anything between them: an answer only where they are announced ("ACE" is also a drug class). */
  readonly run: boolean;
}

const TOKEN =
  /(?<![A-Za-z0-9À-ÖØ-ɏΑ-ω]|[A-Za-z0-9][-−+.])(?:[A-Z]{1,12}|[a-z])(?![A-Za-z0-9À-ÖØ-ɏΑ-ω'’+%]|[-−–·][A-Za-z0-9])/gu;
const WORD_LIKE = "AEIOUY";
/** Follows A, E, I, O, U and Y where they are letters and not words: not a blank and the next word of a sentence. */
const AFTER_WORD_LIKE = / ?(?:[).:,;\]}<>"。、|!?(\n√✓✔✅☑×✗✘❌✖]|$|[–—−-] )| ?[\u3400-\u9fff]/uy;
/** Follows a small letter that is an option: it ends its line, its quotation or its brackets. */
const AFTER_SMALL = /[.:)\]}>"。,!]{0,4}(?:[\n)\]}>"<]|$)|[).] /uy;
/** An organism ("E. coli") or a letter before its option's text ("B. watchful waiting"). */
const DOUBTFUL = /\. ?[a-zß-ÿ]/uy;

/** The first and last mentions are enough: an answer of hundreds of letters is a list, not a discussion. */
const FIRST_TOKENS = 60;
const LAST_TOKENS = 160;

interface Token {
  readonly letters: string;
  readonly start: number;
  readonly end: number;
  readonly small: boolean;
}

/** The option letters of a text in the order of the text, joined where only commas, "and" or brackets are between them. */
export function mentionsOf(
  text: string,
  allowed: string,
  options: FoldedOptions | null,
  phrases: Phrases,
): Mention[] {
  const tokens = tokensOf(text, allowed, options, phrases);
  const mentions: Mention[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const first = tokens[i] as Token;
    const letters = Array.from(first.letters);
    let end = first.end;
    while (i + 1 < tokens.length) {
      const next = tokens[i + 1] as Token;
      if (next.small !== first.small || next.letters.length > 1 || !joined(text, end, next.start, phrases))
        break;
      letters.push(next.letters);
      end = next.end;
      i += 1;
    }
    mentions.push({
      letters: [...new Set(letters)],
      start: first.start,
      end,
      small: first.small,
      run: first.letters.length > 1,
    });
  }
  return mentions;
}

function tokensOf(text: string, allowed: string, options: FoldedOptions | null, phrases: Phrases): Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index } of text.matchAll(TOKEN)) {
    const letters = found.toUpperCase();
    if (!Array.from(letters).every((letter) => allowed.includes(letter))) continue;
    if (new Set(letters).size < letters.length) continue;
    const end = index + found.length;
    const isSmall = letters !== found;
    const small = isSmall && !labelsOption(text, letters, end, options);
    if (small && !at(AFTER_SMALL, text, end)) continue;
    if (!isSmall && !isLetter(text, letters, end, options, phrases)) continue;
    tokens.push({ letters, start: index, end, small });
  }
  if (tokens.length <= FIRST_TOKENS + LAST_TOKENS) return tokens;
  return [...tokens.slice(0, FIRST_TOKENS), ...tokens.slice(-LAST_TOKENS)];
}

/** "b) bed rest": a small letter with a bracket or a stop and its option's own text says as much as a capital. */
export const labelsOption = (text: string, letter: string, end: number, options: FoldedOptions | null) =>
  /^[).]/u.test(text.slice(end, end + 1)) && (options?.beginsAt(letter, text, end) ?? false);

/** Whether these capitals can be an option, judged by what follows them. */
function isLetter(
  text: string,
  letters: string,
  end: number,
  options: FoldedOptions | null,
  phrases: Phrases,
): boolean {
  if (at(DOUBTFUL, text, end)) return options?.startsAlike(letters, text, end + 1) ?? false;
  if (at(phrases.term, text, end)) return options?.beginsAt(letters, text, end) ?? false;
  if (letters.length > 1 || !WORD_LIKE.includes(letters)) return true;
  return at(AFTER_WORD_LIKE, text, end) || at(phrases.connective, text, end);
}

/** Behind a letter that begins a clause of its own: "B，A项过热". */
const NEW_CLAUSE = /[\u3400-\u9fff](?<![和与或及均都两三四以])/uy;

/** Behind a comma it begins a clause that announces: "排除A、B，选C". */
const VERB = /^(?:选|答案)[ :]*$/u;

/** Whether two letters are one list: a comma or "and" between them, or each in its own brackets. */
function joined(text: string, end: number, next: number, { join }: Phrases): boolean {
  if (next - end > 24) return false;
  join.lastIndex = end;
  const found = join.exec(text);
  if (found === null || join.lastIndex !== next) return false;
  const [, closers = "", separator = "", noun = "", openers = ""] = found;
  if (separator.includes(",") && (VERB.test(noun) || at(NEW_CLAUSE, text, next + 1))) return false;
  return separator !== "" || (closers !== "" && openers !== "");
}
