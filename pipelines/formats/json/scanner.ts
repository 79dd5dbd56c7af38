import { kind, Shape, type ShapeKey } from "./shape.js";

/** Deepest nesting that is accepted. The engine's parser ends the process at some ten thousand levels. */
export const maxDepth = 512;

/** Deeper values are checked, but not described. */
const maxShapeDepth = 24;

/** Ends the names of the keys that mark explicit nulls. */
export const nullMark = "\u0001";

export type ScanFault = "invalid" | "too_deep" | "duplicate_key" | "lone_surrogate";

/** Bytes that may occur in a string as they are. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 32 || byte === 34 || byte === 92 ? 0 : 1,
);

/**
 * Checks JSON text by the standard, without building values, and describes it in a `Shape`. Unlike `JSON.parse`, it limits
 * the depth, finds repeated keys and half surrogate pairs, and sees how numbers are written.
 */
export class JsonScanner {
  /** What was wrong with the last text that did not pass. */
  fault: ScanFault = "invalid";
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #objects = 0;
  #edits: { at: number; text: string }[] | null = null;

  /** Whether `bytes` is one JSON value, perhaps between blanks; `shape` then includes it. */
  scan(bytes: Buffer, shape: Shape | null): boolean {
    this.#bytes = bytes;
    this.#at = 0;
    this.fault = "invalid";
    if (!this.#value(shape, 0)) return false;
    this.#blanks();
    return this.#at === bytes.length;
  }

  /** The same value with the changes that `shape` asks for: numbers as text, marks for explicit nulls. */
  rewrite(bytes: Buffer, shape: Shape): Buffer {
    this.#edits = [];
    this.scan(bytes, shape);
    const pieces: Uint8Array[] = [];
    let done = 0;
    for (const { at, text } of this.#edits) {
      pieces.push(bytes.subarray(done, at), Buffer.from(text));
      done = at;
    }
    this.#edits = null;
    return pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(done)]);
  }

  #blanks(): void {
    const bytes = this.#bytes;
    let byte = bytes[this.#at];
    while (byte === 32 || byte === 10 || byte === 13 || byte === 9) byte = bytes[++this.#at];
  }

  #value(shape: Shape | null, depth: number): boolean {
    this.#blanks();
    switch (this.#bytes[this.#at]) {
      case 34:
        if (shape !== null) shape.kinds |= kind.text;
        return this.#string();
      case 123:
        return this.#object(shape, depth + 1);
      case 91:
        return this.#list(shape, depth + 1);
      case 116:
        if (shape !== null) shape.kinds |= kind.boolean;
        return this.#word("true");
      case 102:
        if (shape !== null) shape.kinds |= kind.boolean;
        return this.#word("false");
      case 110:
        if (shape !== null) shape.kinds |= kind.null;
        return this.#word("null");
      default:
        return this.#number(shape);
    }
  }

  #word(word: string): boolean {
    for (let index = 0; index < word.length; index += 1)
      if (this.#bytes[this.#at + index] !== word.charCodeAt(index)) return false;
    this.#at += word.length;
    return true;
  }

  #object(shape: Shape | null, depth: number): boolean {
    if (depth > maxDepth) return this.#fail("too_deep");
    const bytes = this.#bytes;
    this.#objects += 1;
    const object = this.#objects;
    const isWide = shape !== null && shape.values !== null;
    const described = shape !== null && depth <= maxShapeDepth && !isWide ? shape : null;
    if (shape !== null) {
      shape.kinds |= kind.object;
      shape.objects += 1;
      if (depth > maxShapeDepth) shape.isOpaque = true;
    }
    this.#at += 1;
    this.#blanks();
    if (bytes[this.#at] === 125) {
      this.#at += 1;
      return true;
    }
    let names: Set<string> | null = null;
    let next = 0;
    for (;;) {
      this.#blanks();
      if (bytes[this.#at] !== 34) return false;
      let key: ShapeKey | null = null;
      const guess = described?.keys[next];
      if (guess !== undefined && this.#isKey(guess.bytes)) {
        key = guess;
        this.#at += guess.bytes.length + 2;
      } else {
        const start = this.#at + 1;
        if (!this.#string()) return false;
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, this.#at - 1 - start).toString(
          "latin1",
        );
        const before = described?.keys ?? [];
        key = described?.key(text) ?? null;
        if (key === null) {
          names ??= new Set(
            before
              .filter(({ seenIn }) => seenIn === object)
              .map(({ name }) => Buffer.from(name).toString("latin1")),
          );
          const name = text.includes("\\") ? nameOf(text) : text;
          if (names.has(name)) return this.#fail("duplicate_key");
          names.add(name);
        }
      }
      if (key !== null) {
        if (key.seenIn === object) return this.#fail("duplicate_key");
        key.seenIn = object;
        key.present += 1;
        next = key.index + 1;
      }
      this.#blanks();
      if (bytes[this.#at] !== 58) return false;
      this.#at += 1;
      if (!this.#value(key?.shape ?? (isWide || described?.values ? (shape?.values ?? null) : null), depth))
        return false;
      if (key?.markNull && this.#edits !== null && bytes[this.#at - 1] === 108)
        this.#edits.push({ at: this.#at, text: `,${JSON.stringify(key.name + nullMark)}:true` });
      this.#blanks();
      const byte = bytes[this.#at];
      this.#at += 1;
      if (byte === 125) return true;
      if (byte !== 44) return false;
    }
  }

  #isKey(name: Uint8Array): boolean {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    for (let index = 0; index < name.length; index += 1)
      if (bytes[start + index] !== name[index]) return false;
    return bytes[start + name.length] === 34;
  }

  #list(shape: Shape | null, depth: number): boolean {
    if (depth > maxDepth) return this.#fail("too_deep");
    let element: Shape | null = null;
    if (shape !== null) {
      shape.kinds |= kind.list;
      if (depth > maxShapeDepth) shape.isOpaque = true;
      else {
        shape.element ??= new Shape();
        element = shape.element;
      }
    }
    this.#at += 1;
    this.#blanks();
    if (this.#bytes[this.#at] === 93) {
      this.#at += 1;
      return true;
    }
    for (;;) {
      if (!this.#value(element, depth)) return false;
      this.#blanks();
      const byte = this.#bytes[this.#at];
      this.#at += 1;
      if (byte === 93) return true;
      if (byte !== 44) return false;
    }
  }

  #string(): boolean {
    const bytes = this.#bytes;
    let at = this.#at + 1;
    for (;;) {
      while (plain[bytes[at] as number] === 1) at += 1;
      const byte = bytes[at];
      if (byte === 34) {
        this.#at = at + 1;
        return true;
      }
      if (byte !== 92) return false;
      const escaped = bytes[at + 1];
      if (escaped !== 117) {
        if (!isEscape(escaped)) return false;
        at += 2;
        continue;
      }
      const unit = hex4(bytes, at + 2);
      if (unit < 0) return false;
      at += 6;
      if (unit < 0xd800 || unit > 0xdfff) continue;
      const isPair =
        unit < 0xdc00 &&
        bytes[at] === 92 &&
        bytes[at + 1] === 117 &&
        (hex4(bytes, at + 2) & 0xfc00) === 0xdc00;
      if (!isPair) return this.#fail("lone_surrogate");
      at += 6;
    }
  }

  #number(shape: Shape | null): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    if (bytes[at] === 45) at += 1;
    const whole = at;
    if (bytes[at] === 48) at += 1;
    else at = digits(bytes, at);
    if (at === whole) return false;
    const wholeDigits = at - whole;
    let isFraction = false;
    if (bytes[at] === 46) {
      isFraction = true;
      const end = digits(bytes, at + 1);
      if (end === at + 1) return false;
      at = end;
    }
    if (bytes[at] === 101 || bytes[at] === 69) {
      isFraction = true;
      at += bytes[at + 1] === 43 || bytes[at + 1] === 45 ? 2 : 1;
      const end = digits(bytes, at);
      if (end === at) return false;
      at = end;
    }
    this.#at = at;
    if (shape !== null) {
      // Up to 15 digits need no closer look.
      if (!isFraction && wholeDigits <= 15 && bytes[whole] !== 48) shape.kinds |= kind.integer;
      else
        shape.kinds |= kindOfNumber(
          Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start).toString("latin1"),
        );
      if (shape.writeNumbersAsText && this.#edits !== null)
        this.#edits.push({ at: start, text: '"' }, { at, text: '"' });
    }
    return true;
  }

  #fail(fault: ScanFault): false {
    this.fault = fault;
    return false;
  }
}

function nameOf(text: string): string {
  return Buffer.from(JSON.parse(`"${Buffer.from(text, "latin1").toString("utf8")}"`) as string).toString(
    "latin1",
  );
}

function digits(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] as number) >= 48 && (bytes[at] as number) <= 57) at += 1;
  return at;
}

/** `"`, `\`, `/`, b, f, n, r or t. */
function isEscape(byte: number | undefined): boolean {
  return (
    byte === 34 ||
    byte === 92 ||
    byte === 47 ||
    byte === 98 ||
    byte === 102 ||
    byte === 110 ||
    byte === 114 ||
    byte === 116
  );
}

function hex4(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let at = start; at < start + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    const digit =
      byte >= 48 && byte <= 57
        ? byte - 48
        : byte >= 97 && byte <= 102
          ? byte - 87
          : byte >= 65 && byte <= 70
            ? byte - 55
            : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

const int64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const int128 = [-(2n ** 127n - 1n), 2n ** 127n - 1n] as const;

/** Kind of a number as it is written; see `kind`. */
export function kindOfNumber(text: string): number {
  if (/^-?\d+$/.test(text)) {
    if (text === "-0") return kind.integer | kind.oddNumber;
    if (text.length <= 15) return kind.integer;
    const value = text.length > 40 ? null : BigInt(text);
    if (value === null || value < int128[0] || value > int128[1])
      return kind.longerInteger | kind.inexactInteger;
    const exact = BigInt(Number(value)) === value ? 0 : kind.inexactInteger;
    return (value >= int64[0] && value <= int64[1] ? kind.integer : kind.hugeInteger) | exact;
  }
  return kind.fraction | (isPlainFraction(text) ? 0 : kind.oddNumber);
}

/** Whether the engine prints the number with the same characters: shortest form, no exponent, at least one decimal. */
function isPlainFraction(text: string): boolean {
  if (/[eE]/.test(text) || (text.endsWith("0") && !text.endsWith(".0"))) return false;
  const value = Number(text);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return false;
  const printed = Object.is(value, -0) ? "-0" : String(value);
  return printed === text || `${printed}.0` === text;
}
