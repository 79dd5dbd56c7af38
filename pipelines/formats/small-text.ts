import { isUtf8 } from "node:buffer";

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "windows-1252";

/** A small file as text, without its byte-order mark. */
export interface SmallText {
  readonly text: string;
  readonly encoding: TextEncodingName;
  readonly hasByteOrderMark: boolean;
  /** Number of bytes that a piece of the text takes in the file. */
  readonly byteLength: (piece: string) => number;
}

/**
 * Decodes a small file that a person saved, and knows where each piece is in its bytes: UTF-8, UTF-16 (with a mark, or recognized by
 * its zero bytes), or GB18030, in which Excel saves CSV on Chinese Windows. Any other bytes are given as Windows-1252, in which ASCII is
 * right and the rest need not be: whoever reads such a text checks each value that is used. Null for bytes with NUL and for
 * damaged UTF-16.
 */
export function decodeSmallText(bytes: Uint8Array): SmallText | null {
  const { encoding, mark } = encodingOf(bytes);
  const text = decode(bytes.subarray(mark), encoding);
  if (text !== null)
    return text.includes("\0")
      ? null
      : { text, encoding, hasByteOrderMark: mark > 0, byteLength: lengths[encoding] };
  if (encoding.startsWith("utf-16")) return null;
  const plain = decode(bytes, "windows-1252") as string;
  if (plain.includes("\0")) return null;
  const byteLength = lengths["windows-1252"];
  return { text: plain, encoding: "windows-1252", hasByteOrderMark: false, byteLength };
}

function decode(bytes: Uint8Array, encoding: TextEncodingName): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encodingOf(bytes: Uint8Array): { encoding: TextEncodingName; mark: number } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", mark: 2 };
  // The first characters of a sheet or of JSON are ASCII.
  if (a !== 0 && b === 0) return { encoding: "utf-16le", mark: 0 };
  if (a === 0 && b !== 0) return { encoding: "utf-16be", mark: 0 };
  return { encoding: isUtf8(bytes) ? "utf-8" : "gb18030", mark: 0 };
}

const lengths: Readonly<Record<TextEncodingName, (piece: string) => number>> = {
  "utf-8": (piece) => Buffer.byteLength(piece),
  "utf-16le": (piece) => piece.length * 2,
  "utf-16be": (piece) => piece.length * 2,
  "windows-1252": (piece) => piece.length,
  gb18030: (piece) => {
    let length = 0;
    for (const character of piece)
      length += character < "\x80" ? 1 : twoByteCharacters().has(character) ? 2 : 4;
    return length;
  },
};

let known: ReadonlySet<string> | null = null;

/** Characters that GB18030 writes in two bytes; all others beyond ASCII take four. */
function twoByteCharacters(): ReadonlySet<string> {
  if (known !== null) return known;
  const found = new Set<string>();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== "\ufffd") found.add(text);
    }
  }
  known = found;
  return found;
}
