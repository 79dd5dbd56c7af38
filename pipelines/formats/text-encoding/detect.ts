import { isAscii, isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { ChineseEvidence } from "./chinese-evidence.js";
import { encodingOfHead, type HeadEncoding } from "./head.js";

export type EncodingName = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

export interface TextEncoding {
  readonly encoding: EncodingName;
  /** Number of bytes of the byte-order mark. */
  readonly markLength: 0 | 2 | 3;
  /** Line of the first bytes that are not UTF-8, from 1; null if all are, or the text is in UTF-16. */
  readonly faultyLine: number | null;
  /** Nothing in the file speaks for UTF-8, as which it is listed, and several places speak against it. */
  readonly isUnknown: boolean;
}

type Read = (offset: number, length: number) => Buffer;

const pieceBytes = 2 ** 20;
const headBytes = 4096;

/**
 * Finds the encoding of a text: UTF-16 by its mark or its zero bytes, GB18030 where the bytes cannot be UTF-8 and read as Chinese, and
 * UTF-8. Other encodings cannot be told apart by their bytes: such a text counts as UTF-8 with a faulty line.
 *
 * @param text a path, or the bytes themselves
 * @param options.isUtf8 whether all bytes are known to be UTF-8 (ASCII text in UTF-16 is that too)
 */
export function detectEncoding(
  text: string | Uint8Array,
  { isUtf8: isKnownUtf8 = false }: { readonly isUtf8?: boolean } = {},
): TextEncoding {
  if (typeof text !== "string") {
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    return detect((offset, length) => bytes.subarray(offset, offset + length), isKnownUtf8);
  }
  const descriptor = openSync(text, "r");
  try {
    return detect((offset, length) => {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    }, isKnownUtf8);
  } finally {
    closeSync(descriptor);
  }
}

function detect(read: Read, isKnownUtf8: boolean): TextEncoding {
  const head: HeadEncoding | null = encodingOfHead(read(0, headBytes));
  if (head?.encoding === "utf-32")
    return { encoding: "utf-8", markLength: 0, faultyLine: 1, isUnknown: true };
  if (head !== null && head.encoding !== "utf-8")
    return { ...head, encoding: head.encoding, faultyLine: null, isUnknown: false };
  const markLength = head?.markLength ?? 0;
  if (isKnownUtf8) return { encoding: "utf-8", markLength, faultyLine: null, isUnknown: false };
  return { markLength, ...utf8OrGb18030(read, markLength > 0) };
}

/**
 * GB18030 has no mark and allows almost any bytes. One line that is UTF-8 decides against it, so that a wrongly encoded line in
 * a UTF-8 file costs itself.
 */
function utf8OrGb18030(read: Read, hasMark: boolean): Omit<TextEncoding, "markLength"> {
  const evidence = new ChineseEvidence();
  let faultyLine: number | null = null;
  let line = 1;
  for (const piece of pieces(read)) {
    if (faultyLine === null && !isUtf8(piece)) faultyLine = line + goodLines(piece, "utf-8");
    if (faultyLine === null) line += lineEnds(piece);
    if (!hasMark && !evidence.hasUtf8Line && !isAscii(piece))
      for (const one of lines(piece)) if (!isAscii(one)) evidence.add(one);
    if (faultyLine !== null && (hasMark || evidence.hasUtf8Line)) break;
  }
  if (faultyLine === null) return { encoding: "utf-8", faultyLine, isUnknown: false };
  if (!hasMark && evidence.readsAsChinese()) return { encoding: "gb18030", faultyLine, isUnknown: false };
  return { encoding: "utf-8", faultyLine, isUnknown: !hasMark && evidence.isAgainstUtf8() };
}

/** The text in pieces that end after a character. */
function* pieces(read: Read): Generator<Buffer> {
  for (let offset = 0; ; ) {
    const piece = read(offset, pieceBytes);
    const whole = piece.length < pieceBytes ? piece : wholeCharacters(piece);
    if (whole.length === 0) return;
    yield whole;
    offset += whole.length;
  }
}

/** Bytes below that of the digit 0 are part of no longer character in UTF-8 and GB18030. */
function wholeCharacters(piece: Buffer): Buffer {
  for (let end = piece.length; end > 0; end -= 1)
    if ((piece[end - 1] as number) < 0x30) return piece.subarray(0, end);
  let end = piece.length;
  while (end > piece.length - 4 && ((piece[end - 1] as number) & 0xc0) === 0x80) end -= 1;
  return (piece[end - 1] as number) >= 0xc0 ? piece.subarray(0, end - 1) : piece;
}

function* lines(piece: Buffer): Generator<Buffer> {
  for (let start = 0; start < piece.length; ) {
    const found = piece.indexOf(10, start);
    const end = found < 0 ? piece.length : found;
    yield piece.subarray(start, end);
    start = end + 1;
  }
}

function lineEnds(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}

/** Number of line ends before the first bytes of the piece that are not text in the encoding. */
export function goodLines(piece: Buffer, encoding: string): number {
  const text = new TextDecoder(encoding).decode(piece);
  const before = text.slice(0, Math.max(0, text.indexOf("\ufffd")));
  return before.split("\n").length - 1;
}
