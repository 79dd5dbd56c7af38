import { detectEncoding, type EncodingName } from "./detect.js";

/** A small file as text, without its byte-order mark. */
export interface SmallText {
  readonly text: string;
  readonly encoding: EncodingName | "windows-1252";
  /** Number of bytes of the byte-order mark. */
  readonly markLength: number;
  /** Line of the first bytes that are not UTF-8, from 1; null if all are, or the text is in UTF-16. */
  readonly faultyLine: number | null;
  /** Number of bytes that a piece of the text takes in the file. */
  readonly byteLength: (piece: string) => number;
}

/**
 * Decodes a small file that a person saved, and knows where each piece is in its bytes. What is neither UTF-8, UTF-16 nor GB18030 is given
 * as Windows-1252, in which ASCII is right and the rest need not be: callers check each value that they use, or refuse the
 * text. Null for bytes with NUL and for damaged UTF-16.
 */
export function decodeSmallText(bytes: Uint8Array): SmallText | null {
  const { encoding: found, markLength, faultyLine } = detectEncoding(bytes);
  const content = bytes.subarray(markLength);
  const exact = decode(content, found);
  if (exact === null && found.startsWith("utf-16")) return null;
  const encoding = exact === null ? "windows-1252" : found;
  const text = exact ?? (decode(content, encoding) as string);
  if (text.includes("\0")) return null;
  return { text, encoding, markLength, faultyLine, byteLength: lengths[encoding] };
}

function decode(bytes: Uint8Array, encoding: SmallText["encoding"]): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const lengths: Readonly<Record<SmallText["encoding"], (piece: string) => number>> = {
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
