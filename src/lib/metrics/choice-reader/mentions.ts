import { everyMatch } from "./every-match.js";
import type { FoldedOptions } from "./folded-options.js";
import { hasMarkup } from "./has-markup.js";
import { at, type Phrases } from "./phrases.js";
import type { ReadingContext } from "./reading-context.js";

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

/** Not right behind a letter or digit, nor inside a hyphenated or decimal term. */
const BEGINS = /(?<![A-Za-z0-9À-ÖØ-ɏΑ-ω]|[A-Za-z0-9][-−+.])/uy;
const CAPITALS = /[A-Z]{1,12}(?![A-Za-z0-9À-ÖØ-ɏΑ-ω'’+%]|[-−–·][A-Za-z0-9])/uy;
/** Followed by what `AFTER_SMALL` begins with, because in some languages most small letters are words. */
const SMALL = /(?<![A-Za-z0-9À-ÖØ-ɏΑ-ω]|[A-Za-z0-9][-−+.])[a-z](?=[.:)\]}>"。,!\n<]|$)/gu;
const SMALL_HERE = new RegExp(SMALL.source, "uy");
/** How far from an end of a text without markup a small letter counts. */
const SMALL_REACH = 300;
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
export function mentionsOf(context: ReadingContext): Mention[] {
  const { text, phrases } = context;
  const tokens = tokensOf(context);
  const mentions: Mention[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const first = tokens[i] as Token;
    const letters = Array.from(first.letters);
    let end = first.end;
    while (i + 1 < tokens.length) {
      const next = tokens[i + 1] as Token;
      // A letter that the list already has begins something new: "of A, B and C, B is best".
      if (next.small !== first.small || next.letters.length > 1 || letters.includes(next.letters)) break;
      if (!joined(text, end, next.start, phrases)) break;
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

function tokensOf({ text, allowed, options, phrases, question }: ReadingContext): Token[] {
  const small = smallOf(text, allowed, options).map((token) =>
    labelsOption(text, token.letters, token.end, options) ? { ...token, small: false } : token,
  );
  const tokens = [
    ...capitalsOf(text, allowed).filter(
      ({ letters, start, end }) =>
        isLetter(text, letters, end, options, phrases) &&
        (!question?.namesInStem(text, start, end) || (options?.beginsAt(letters, text, end) ?? false)),
    ),
    ...small.filter((token) => !token.small || at(AFTER_SMALL, text, token.end)),
  ].sort((a, b) => a.start - b.start);
  if (tokens.length <= FIRST_TOKENS + LAST_TOKENS) return tokens;
  return [...tokens.slice(0, FIRST_TOKENS), ...tokens.slice(-LAST_TOKENS)];
}

/** "b) bed rest": a small letter with a bracket or a stop and its option's own text says as much as a capital. */
export const labelsOption = (text: string, letter: string, end: number, options: FoldedOptions | null) =>
  /^[).]/u.test(text.slice(end, end + 1)) && (options?.beginsAt(letter, text, end) ?? false);

/** Distinct option letters in a row. Found letter by letter, because a search for one character is fast. */
function capitalsOf(text: string, allowed: string): Token[] {
  const tokens: Token[] = [];
  for (const letter of new Set(allowed)) {
    for (let start = text.indexOf(letter); start >= 0; start = text.indexOf(letter, start + 1)) {
      if (!at(BEGINS, text, start) || !at(CAPITALS, text, start)) continue;
      const end = CAPITALS.lastIndex;
      const letters = text.slice(start, end);
      if (letters.length > 1 && !areOptions(letters, allowed)) continue;
      tokens.push({ letters, start, end, small: false });
    }
  }
  return tokens;
}

const areOptions = (letters: string, allowed: string) =>
  new Set(letters).size === letters.length && Array.from(letters).every((letter) => allowed.includes(letter));

/**
 * Inside a long text without markup a small letter is hardly ever an answer, and looking for it takes long: there only those
 * that label their option's text are found.
 */
function smallOf(text: string, allowed: string, options: FoldedOptions | null): Token[] {
  const places: number[] = [];
  const tail = text.length - SMALL_REACH;
  const isWhole = tail <= SMALL_REACH || hasMarkup(text);
  const findIn = (from: number, to: number) => {
    // One character more on either side, which belongs to the pattern.
    const start = Math.max(0, from - 2);
    for (const { index } of everyMatch(text.slice(start, to + 2), SMALL)) {
      if (start + index >= from && start + index < to) places.push(start + index);
    }
  };
  findIn(0, isWhole ? text.length : SMALL_REACH);
  if (!isWhole) {
    for (const mark of ").") {
      for (
        let at = text.indexOf(mark, SMALL_REACH + 1);
        at > 0 && at <= tail;
        at = text.indexOf(mark, at + 1)
      )
        if (isSmallLetter(text, at - 1) && labelsOption(text, text.charAt(at - 1).toUpperCase(), at, options))
          places.push(at - 1);
    }
    findIn(tail, text.length);
  }
  return places.flatMap((start) => {
    const letters = text.charAt(start).toUpperCase();
    return allowed.includes(letters) ? [{ letters, start, end: start + 1, small: true }] : [];
  });
}

function isSmallLetter(text: string, place: number): boolean {
  const unit = text.charCodeAt(place);
  if (unit < 97 || unit > 122) return false;
  SMALL_HERE.lastIndex = place;
  return SMALL_HERE.test(text);
}

/** Whether these capitals can be an option, judged by what follows them. */
function isLetter(
  text: string,
  letters: string,
  end: number,
  options: FoldedOptions | null,
  phrases: Phrases,
): boolean {
  if (at(DOUBTFUL, text, end)) return options?.startsAlike(letters, text, end + 1) ?? false;
  if (at(phrases.term, text, end) || at(phrases.thing, text, end))
    return options?.beginsAt(letters, text, end) ?? false;
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
