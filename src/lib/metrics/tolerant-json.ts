/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export interface TolerantJson {
  readonly value: JsonValue;
  readonly end: number;
  readonly repairs: number;
}

const maximumDepth = 64;
const closingQuote: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "”": "”", "‘": "’" };
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
const words: Readonly<Record<string, readonly [value: JsonValue, repairs: number]>> = {
  true: [true, 0],
  false: [false, 0],
  null: [null, 0],
  True: [true, 1],
  False: [false, 1],
  None: [null, 1],
  NaN: [null, 1],
  undefined: [null, 1],
};

/**
 * Closing quotes known not to occur after a position. Shared by all attempts in one text, so that a missing closing
 * quote is searched for only once.
 */
export type UnclosedQuotes = Map<string, number>;

class NotJson extends Error {}

/**
 * Reads the JSON value that starts at `start`; null if there is no complete value. Ignores the text after it. A
 * hand-written parser, because JSON.parse reports neither where a value ends nor how it could be repaired.
 */
export function readTolerantJson(text: string, start: number, unclosed: UnclosedQuotes): TolerantJson | null {
  const reader = new Reader(text, start, unclosed);
  try {
    const value = reader.value(0);
    return { value, end: reader.at, repairs: reader.repairs };
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

class Reader {
  at: number;
  repairs = 0;
  readonly #text: string;
  readonly #unclosed: UnclosedQuotes;

  constructor(text: string, at: number, unclosed: UnclosedQuotes) {
    this.#text = text;
    this.#unclosed = unclosed;
    this.at = at;
  }

  value(depth: number): JsonValue {
    if (depth > maximumDepth) throw new NotJson();
    this.#skip();
    if (this.#take("{", "｛")) return this.#object(depth);
    if (this.#take("[", "［", "【")) return this.#array(depth);
    const character = this.#text[this.at];
    if (character !== undefined && character in closingQuote) return this.#string();
    return this.#scalar();
  }

  #object(depth: number): JsonValue {
    const entries: [string, JsonValue][] = [];
    for (;;) {
      this.#skip();
      if (this.#take("}", "｝")) break;
      const key = this.#string();
      this.#skip();
      if (!this.#take(":", "：")) throw new NotJson();
      entries.push([key, this.value(depth + 1)]);
      if (!this.#comma("}", "｝")) break;
    }
    // fromEntries defines own properties, so that a key "__proto__" stays a key.
    return Object.fromEntries(entries);
  }

  #array(depth: number): JsonValue {
    const values: JsonValue[] = [];
    for (;;) {
      this.#skip();
      if (this.#take("]", "］", "】")) break;
      values.push(this.value(depth + 1));
      if (!this.#comma("]", "］", "】")) break;
    }
    return values;
  }

  /** After a member: true if another may follow, false if the closing bracket was read. */
  #comma(close: string, ...others: readonly string[]): boolean {
    this.#skip();
    if (this.#take(close, ...others)) return false;
    if (!this.#take(",", "，")) throw new NotJson();
    this.#skip();
    const trailing = this.#take(close, ...others);
    if (trailing) this.repairs += 1;
    return !trailing;
  }

  #string(): string {
    const close = closingQuote[this.#text[this.at] ?? ""];
    if (close === undefined) throw new NotJson();
    if (this.#text[this.at] !== '"') this.repairs += 1;
    this.at += 1;
    let result = "";
    for (let end = -1; ; ) {
      if (end < this.at) end = this.#closing(close);
      const piece = this.#text.slice(this.at, end);
      const slash = piece.indexOf("\\");
      result += slash < 0 ? piece : piece.slice(0, slash);
      if (slash < 0) {
        this.at = end + 1;
        return result;
      }
      this.at += slash;
      result += this.#escape();
      this.at += 1;
    }
  }

  #closing(quote: string): number {
    const isAbsent = this.at >= (this.#unclosed.get(quote) ?? Number.POSITIVE_INFINITY);
    const end = isAbsent ? -1 : this.#text.indexOf(quote, this.at);
    if (end >= 0) return end;
    if (!isAbsent) this.#unclosed.set(quote, this.at);
    throw new NotJson();
  }

  #escape(): string {
    this.at += 1;
    const character = this.#text[this.at];
    if (character === undefined) throw new NotJson();
    if (character !== "u") return escapes[character] ?? character;
    const hex = this.#text.slice(this.at + 1, this.at + 5);
    if (!/^[0-9a-fA-F]{4}$/u.test(hex)) throw new NotJson();
    this.at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  /** A number or a word; a scalar that is neither (`3300元`) is kept as text and counted. */
  #scalar(): JsonValue {
    const stop = /[,，}｝\]］】\r\n"“”]|\/\//gu;
    stop.lastIndex = this.at;
    const end = stop.exec(this.#text)?.index;
    if (end === undefined) throw new NotJson();
    const scalar = this.#text.slice(this.at, end).trim();
    if (scalar === "" || /[:：{[]/u.test(scalar)) throw new NotJson();
    this.at = end;
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(scalar)) return Number(scalar);
    const word = Object.hasOwn(words, scalar) ? words[scalar] : undefined;
    this.repairs += word?.[1] ?? 1;
    return word === undefined ? scalar : word[0];
  }

  #skip(): void {
    const blank = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/uy;
    blank.lastIndex = this.at;
    const skipped = blank.exec(this.#text)?.[0] ?? "";
    if (skipped.includes("/")) this.repairs += 1;
    this.at += skipped.length;
  }

  /** Skips the character if it is the expected one; its full-width form counts as a repair. */
  #take(expected: string, ...standIns: readonly string[]): boolean {
    const character = this.#text[this.at];
    if (character === undefined) return false;
    if (character !== expected) {
      if (!standIns.includes(character)) return false;
      this.repairs += 1;
    }
    this.at += 1;
    return true;
  }
}
