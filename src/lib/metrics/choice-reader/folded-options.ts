import { foldText } from "./fold-text.js";
import type { OptionTexts } from "./option-text.js";

/** Letters and digits only, in lower case: two texts with the same key say the same. */
export const keyOf = (text: string) =>
  NOT_ASCII.test(text) ? foldedKey(text) : text.toLowerCase().replace(/[^a-z0-9%+<>=]+/gu, "");

/** Most option texts of an English item have none, and need no folding. */
const NOT_ASCII = /[^\p{ASCII}]/u;

const foldedKey = (text: string) =>
  foldText(text)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%+<>=≤≥↑↓]+/gu, "");

/** Of single characters, of which texts have few different ones. */
const keysOfCharacters = new Map<string, string>();
const MOST_CHARACTERS = 20_000;

function keyOfCharacter(character: string): string {
  const known = keysOfCharacters.get(character);
  if (known !== undefined) return known;
  const key = keyOf(character);
  if (keysOfCharacters.size < MOST_CHARACTERS) keysOfCharacters.set(character, key);
  return key;
}

/** The options of an item, compared with a text prepared by `readingText`. */
export interface FoldedOptions {
  readonly texts: OptionTexts;
  readonly keys: ReadonlyMap<string, string>;
  /** Whether the option's text begins at this place, after marks. */
  beginsAt(letter: string, text: string, place: number): boolean;
  /** Whether the option's first word begins at this place, after marks. */
  startsAlike(letter: string, text: string, place: number): boolean;
  /** The option whose whole text begins at this place: the longest one. */
  optionAt(text: string, place: number): { readonly letter: string; readonly end: number } | null;
}

/** Marks and blanks between a letter and its option's text. */
const MARKS = /^[ .:)\]}>"'、(—–-]{0,6}/u;
const LONGEST = 400;

export function foldOptions(options: OptionTexts | null): FoldedOptions | null {
  if (options === null) return null;
  const keys = new Map(Object.entries(options).map(([letter, text]) => [letter, keyOf(text)]));
  const firstKey = (letter: string) =>
    keyOf(
      foldText(options[letter] ?? "")
        .trim()
        .split(/[ ,.]/u)[0] ?? "",
    );
  return {
    texts: options,
    keys,
    beginsAt: (letter, text, place) => endOf(keys.get(letter) ?? "", text, place) !== null,
    startsAlike: (letter, text, place) => endOf(firstKey(letter), text, place) !== null,
    optionAt(text, place) {
      let best: { letter: string; end: number } | null = null;
      for (const [letter, key] of keys) {
        const end = endOf(key, text, place);
        if (end !== null && (best === null || end > best.end)) best = { letter, end };
      }
      return best;
    },
  };
}

/** Where the text with this key ends, if it begins at `place`; null if another text is there. */
function endOf(key: string, text: string, place: number): number | null {
  if (key === "") return null;
  const marks = MARKS.exec(text.slice(place, place + 8))?.[0].length ?? 0;
  const from = place + marks;
  let matched = 0;
  let end = from;
  for (const character of text.slice(from, from + LONGEST)) {
    if (matched === key.length) break;
    const part = keyOfCharacter(character);
    if (!key.startsWith(part, matched)) return null;
    matched += part.length;
    end += character.length;
  }
  return matched === key.length ? end : null;
}
