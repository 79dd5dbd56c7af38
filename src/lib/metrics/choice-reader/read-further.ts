import type { FurtherLanguage } from "./further-languages.js";
import { type FurtherPatterns, furtherPatterns } from "./further-patterns.js";
import { type OptionTexts, startsAlike } from "./option-text.js";

/** What a text in one of the further languages states. */
export interface FurtherReading {
  /** The letters of the statement that counts, sorted; null if none does. */
  readonly letters: readonly string[] | null;
  /** Where it is in the text. */
  readonly start: number;
  readonly end: number;
  /** `verdict-ja`, `called-correct-ja` or `exception-ja`. */
  readonly rule: string;
  /** The response declines to answer. */
  readonly refused: boolean;
  /** Letters that the text rejects, or names only under a condition: no other rule may take them. */
  readonly ruledOut: ReadonlySet<string>;
}

type Kind = "verdict" | "denial" | "exception" | "praise" | "rejection";

interface Statement {
  readonly kind: Kind;
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly certain: boolean;
}

const REFUSAL_WITHIN = 300;
/** Of a long text only the end is read, and the beginning if the end states nothing: a verdict is in one of the two. */
const END = 12_000;
const BEGINNING = 4000;
const SENTENCE_BEFORE = 120;
const CLAUSE_AFTER = 40;
const SENTENCE_END = /[.!?。！？\n।؟]/u;
const CLAUSE_END = /[.!?。！？\n।؟,，、;；،]/u;
const VITAMIN = /(?:ビタミン|비타민|витамин\p{L}{0,3}|vitamine?a?|فيتامين|วิตามิน|विटामिन)[ -]?$/iu;
const ORGANISM = /^[.．][ ]{0,2}[a-zß-ÿ]/u;
const WORD = /^[ ]+([\p{Ll}\p{M}’']+)/u;
/** Words of one letter in the languages of Latin script: "a", "e", "i", "o". */
const WORD_LIKE = "AEIOUY";

/**
 * Reads the common forms of a verdict: an announced letter, or a letter that is called the answer. The last verdict counts. Where
 * the text takes it back, or calls several letters correct one by one, nothing is read: a wrong letter is worse than none.
 *
 * Takes less than 50 ms for a text of any length and content: at most 16,000 characters are read, with patterns that begin with
 * a fixed phrase or a letter and are of bounded length.
 *
 * @param text the response without its reasoning
 * @param allowed the letters of the item's options
 */
export function readFurther(
  text: string,
  language: FurtherLanguage,
  item: { readonly allowed: string; readonly options: OptionTexts | null },
): FurtherReading {
  const skipped = Math.max(0, text.length - END);
  const atEnd = readPiece(text.slice(skipped), language, item);
  if (skipped === 0) return atEnd;
  if (atEnd.letters !== null) return { ...atEnd, start: atEnd.start + skipped, end: atEnd.end + skipped };
  const atBeginning = readPiece(text.slice(0, BEGINNING), language, item);
  return { ...atBeginning, ruledOut: new Set([...atBeginning.ruledOut, ...atEnd.ruledOut]) };
}

function readPiece(
  text: string,
  language: FurtherLanguage,
  { allowed, options }: { readonly allowed: string; readonly options: OptionTexts | null },
): FurtherReading {
  const built = furtherPatterns(language);
  const statements = statementsOf(text, built, options).filter(({ letters }) =>
    letters.every((letter) => allowed.includes(letter)),
  );
  const chosen = chooseOf(statements);
  const ruledOut = new Set(
    statements
      .filter(({ kind, certain }) => !certain || kind === "denial" || kind === "rejection")
      .flatMap(({ letters }) => letters),
  );
  const nothing = { letters: null, start: 0, end: 0, rule: "" };
  if (chosen === null)
    return { ...nothing, refused: built.refusal.test(text.slice(0, REFUSAL_WITHIN)), ruledOut };
  const name = { verdict: "verdict", praise: "called-correct", exception: "exception" }[chosen.kind];
  return {
    letters: chosen.letters,
    start: chosen.start,
    end: chosen.end,
    rule: `${name}-${language}`,
    refused: false,
    ruledOut,
  };
}

type Choice = Statement & { readonly kind: "verdict" | "praise" | "exception" };

function chooseOf(statements: readonly Statement[]): Choice | null {
  const of = (kind: Choice["kind"]) =>
    statements.filter((statement): statement is Choice => statement.kind === kind && statement.certain);
  const verdict = of("verdict").at(-1);
  const praised = of("praise");
  if (verdict !== undefined) {
    const later = statements.filter(({ start, certain }) => start >= verdict.end && certain);
    const isTakenBack = later.some(({ kind, letters }) =>
      kind === "rejection" || kind === "denial"
        ? letters.some((letter) => verdict.letters.includes(letter))
        : kind === "praise" && letters.join() !== verdict.letters.join(),
    );
    return isTakenBack ? null : verdict;
  }
  for (const found of [praised, of("exception")]) {
    const distinct = new Set(found.map(({ letters }) => letters.join()));
    if (distinct.size > 1) return null;
    const last = found.at(-1);
    if (last !== undefined) return last;
  }
  return null;
}

/** Everything that the text says about letters, in order. */
function statementsOf(text: string, built: FurtherPatterns, options: OptionTexts | null): Statement[] {
  const found: Statement[] = [];
  /** Where letters begin that an announcement has already taken. */
  const taken = new Set<number>();
  for (const match of text.matchAll(built.announcement)) {
    const at = match.index + match[0].length;
    const given = lettersAt(text, at, built, options);
    if (given === null) continue;
    const said = saidAt(text, given.end, built);
    const kind = match.groups?.denial
      ? "denial"
      : said === "rejection"
        ? "rejection"
        : match.groups?.exception
          ? "exception"
          : "verdict";
    const certain = isCertain(text, match.index, given.end, built);
    taken.add(at);
    found.push({ ...given, kind, start: match.index, certain });
    if (kind !== "denial" && kind !== "rejection") continue;
    built.but.lastIndex = given.end;
    const next = given.end + (built.but.exec(text)?.[0].length ?? 0);
    const instead = next === given.end ? null : lettersAt(text, next, built, options);
    if (instead === null) continue;
    taken.add(next);
    found.push({ ...instead, kind: "verdict", start: next, certain });
  }
  for (const match of text.matchAll(built.anyLetters)) {
    if (taken.has(match.index)) continue;
    if (VITAMIN.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
    const end = match.index + match[0].length;
    const said = saidAt(text, end, built);
    if (said === null) continue;
    found.push({
      kind: said,
      letters: distinctLetters(match.groups?.letters ?? ""),
      start: match.index,
      end,
      certain: isCertain(text, match.index, end, built),
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

function lettersAt(
  text: string,
  at: number,
  { letters, isLatin, connective }: FurtherPatterns,
  options: OptionTexts | null,
): { letters: readonly string[]; end: number } | null {
  letters.lastIndex = at;
  const match = letters.exec(text);
  if (match === null) return null;
  const given = distinctLetters(match.groups?.letters ?? "");
  const end = at + match[0].length;
  const behind = text.slice(end, end + 40);
  const [letter] = given;
  const option = letter === undefined ? undefined : options?.[letter];
  const beginsOption = (word: string) => option !== undefined && startsAlike(word, option);
  if (ORGANISM.test(behind)) return beginsOption(behind.slice(1)) ? { letters: given, end } : null;
  const word = WORD.exec(behind)?.[1];
  if (word === undefined || given.length > 1) return { letters: given, end };
  const isDoubtful = isLatin ? WORD_LIKE.includes(letter as string) : /^[a-z]/u.test(word);
  return !isDoubtful || connective.test(word) || beginsOption(word) ? { letters: given, end } : null;
}

function saidAt(text: string, at: number, { said }: FurtherPatterns): "rejection" | "praise" | null {
  said.lastIndex = at;
  const match = said.exec(text);
  return match === null ? null : match.groups?.rejection === undefined ? "praise" : "rejection";
}

/** Whether nothing in the sentence makes the statement conditional, and nothing in the clause makes it a mere possibility. */
function isCertain(text: string, start: number, end: number, { hedge, perhaps }: FurtherPatterns): boolean {
  const before = text.slice(Math.max(0, start - SENTENCE_BEFORE), start);
  const after = text.slice(end, end + CLAUSE_AFTER);
  const said = text.slice(start, end);
  const afterClause = after.split(CLAUSE_END, 1)[0] ?? "";
  if (hedge.test(lastPiece(before, SENTENCE_END) + said + afterClause)) return false;
  return !perhaps.test(lastPiece(before, CLAUSE_END) + said + afterClause);
}

const lastPiece = (text: string, end: RegExp) => text.split(end).at(-1) ?? "";

function distinctLetters(source: string): readonly string[] {
  const plain = source.normalize("NFKC");
  const letters = (plain.length === 1 ? plain.toUpperCase() : plain).match(/[A-Z]/gu) ?? [];
  return [...new Set(letters)].sort();
}
