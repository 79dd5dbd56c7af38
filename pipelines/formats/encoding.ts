import { isAscii, isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { InputError } from "../../src/lib/errors.js";

export interface TextEncoding {
  /** A label that `TextDecoder` knows. */
  readonly encoding: string;
  readonly hasMark: boolean;
  /** Line of the first bytes that are not text in this encoding, from 1; null if all are. */
  readonly faultyLine: number | null;
  /** Nothing in the file speaks for this encoding, and several places against it. */
  readonly isUnknown: boolean;
}

const pieceBytes = 2 ** 20;

/**
 * Finds the encoding of a text file: UTF-8, UTF-16 (by its mark or its zero bytes), or GB18030 where the bytes cannot be
 * UTF-8 and most of them are common Chinese characters. Other encodings cannot be told apart by their bytes: such a
 * file counts as UTF-8 with a faulty line.
 */
export function detectEncoding(path: string): TextEncoding {
  const descriptor = openSync(path, "r");
  try {
    const head = readPiece(descriptor, 0, 4096);
    const marked = byMark(head);
    if (marked !== null) return marked;
    const utf16 = withoutMark(head);
    if (utf16 !== null) return { encoding: utf16, hasMark: false, faultyLine: null, isUnknown: false };
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return { hasMark, ...utf8OrGb18030(descriptor, hasMark) };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file as UTF-8, without its mark.
 *
 * @returns line of the first bytes that are not text in this encoding, where writing stopped; null if all are
 * @throws InputError for an encoding that is not known
 */
export function decodeFile(path: string, target: string, encoding: string): number | null {
  const decoder = decoderOf(encoding);
  const input = openSync(path, "r");
  const output = openSync(target, "w");
  try {
    let line = 1;
    for (let offset = 0; ; ) {
      const piece = readPiece(input, offset, pieceBytes);
      offset += piece.length;
      let text: string;
      try {
        text = decoder.decode(piece, { stream: piece.length > 0 });
      } catch {
        return line + goodLines(piece, encoding);
      }
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) line += 1;
      writeSync(output, text);
      if (piece.length === 0) return null;
    }
  } finally {
    closeSync(input);
    closeSync(output);
  }
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new InputError(`encoding ${JSON.stringify(encoding)} is not known`, {
      hint: "Names are those of the WHATWG Encoding Standard: utf-8, utf-16le, gb18030, big5, shift_jis, windows-1252 ...",
      cause,
    });
  }
}

/** Number of line ends before the first bytes of the piece that are not text. */
function goodLines(piece: Buffer, encoding: string): number {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(piece);
  const before = text.slice(0, Math.max(0, text.indexOf("\ufffd")));
  return before.split("\n").length - 1;
}

function readPiece(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
}

function byMark(head: Buffer): TextEncoding | null {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe)
    return {
      encoding: "utf-16le",
      hasMark: true,
      faultyLine: null,
      isUnknown: head[2] === 0 && head[3] === 0,
    };
  return first === 0xfe && second === 0xff
    ? { encoding: "utf-16be", hasMark: true, faultyLine: null, isUnknown: false }
    : null;
}

/**
 * UTF-16 without a mark: ASCII characters have a zero byte, always on the same side, and among them are the signs that
 * divide records and cells. A zero character in UTF-8 stands alone.
 */
function withoutMark(head: Buffer): "utf-16le" | "utf-16be" | null {
  const zeros = [0, 0];
  let signs = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] !== 0) continue;
    zeros[at % 2] = (zeros[at % 2] as number) + 1;
    const neighbor = head[at % 2 === 0 ? at + 1 : at - 1] ?? 0;
    if ('\n,;\t|"{}[]:'.includes(String.fromCharCode(neighbor))) signs += 1;
  }
  const [even, odd] = zeros as [number, number];
  if (signs < 2 || even + odd < head.length / 20) return null;
  return even === 0 ? "utf-16le" : odd === 0 ? "utf-16be" : null;
}

function utf8OrGb18030(descriptor: number, hasMark: boolean): Omit<TextEncoding, "hasMark"> {
  let line = 1;
  let isUtf8Text = hasMark;
  for (let offset = 0; ; ) {
    const piece = wholeCharacters(readPiece(descriptor, offset, pieceBytes));
    if (piece.length === 0) return { encoding: "utf-8", faultyLine: null, isUnknown: false };
    if (!isUtf8(piece)) {
      const { pairs, common, asUtf8, faults } = highBytes(piece);
      // Of text in UTF-8 with a few faults, most is characters of UTF-8.
      if (!isUtf8Text && common >= 0.6 * pairs && asUtf8 <= faults)
        return { encoding: "gb18030", faultyLine: null, isUnknown: false };
      const isUnknown = !isUtf8Text && faults >= 3 && asUtf8 < faults;
      return { encoding: "utf-8", faultyLine: line + goodLines(piece, "utf-8"), isUnknown };
    }
    isUtf8Text ||= !isAscii(piece);
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) line += 1;
    offset += piece.length;
  }
}

/** The piece without a character that is cut off at its end. */
function wholeCharacters(piece: Buffer): Buffer {
  if (piece.length < pieceBytes) return piece;
  let end = piece.length;
  while (end > piece.length - 4 && ((piece[end - 1] as number) & 0xc0) === 0x80) end -= 1;
  return (piece[end - 1] as number) >= 0xc0 ? piece.subarray(0, end - 1) : piece;
}

/**
 * Counts what bytes above ASCII can be: pairs in GB18030, those of them that are common Chinese characters, characters in UTF-8,
 * and bytes that are none in UTF-8. Two neighboring letters of a western encoding (`ção`, `é `) can be a Chinese character too,
 * but nearly always a rare one.
 */
function highBytes(piece: Buffer): { pairs: number; common: number; asUtf8: number; faults: number } {
  const counts = { pairs: 0, common: 0, asUtf8: 0, faults: 0 };
  for (let at = 0; at < piece.length; at += 1) {
    const lead = piece[at] as number;
    if (lead < 0x80) continue;
    const trail = piece[at + 1] ?? 0;
    counts.pairs += 1;
    // Punctuation, full-width forms, and the characters of level 1 of GB 2312.
    const isCommon =
      trail >= 0xa1 && trail <= 0xfe && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3));
    if (isCommon) counts.common += 1;
    at += 1;
  }
  for (let at = 0; at < piece.length; at += 1) {
    if ((piece[at] as number) < 0x80) continue;
    const length = sequenceLength(piece, at);
    if (length === 0) counts.faults += 1;
    else {
      counts.asUtf8 += 1;
      at += length - 1;
    }
  }
  return counts;
}

/** Length of the UTF-8 sequence of several bytes that begins here; 0 if there is none. */
function sequenceLength(piece: Buffer, at: number): number {
  const lead = piece[at] as number;
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (lead < 0xc2 || lead >= 0xf5) return 0;
  for (let next = at + 1; next < at + length; next += 1) if (((piece[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
