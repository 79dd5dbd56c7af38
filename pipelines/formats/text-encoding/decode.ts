import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { InputError } from "../../../src/lib/errors.js";
import { goodLines } from "./detect.js";

const pieceBytes = 2 ** 20;

/** Name of an encoding as notes and refusals write it. */
export function encodingInWords(encoding: string): string {
  return /^(utf|gb)/.test(encoding) ? encoding.toUpperCase() : encoding;
}

/** Why a file is refused that has other bytes than its encoding allows. */
export function notInEncoding(line: number, encoding: string): string {
  return `line ${line} is not text in ${encodingInWords(encoding)}; save the file as UTF-8`;
}

/** Why a text is refused whose encoding cannot be told. */
export function unknownEncoding(line: number): string {
  return `line ${line} is neither UTF-8, UTF-16 nor GB18030`;
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
      const bytes = Buffer.allocUnsafe(pieceBytes);
      const piece = bytes.subarray(0, readSync(input, bytes, 0, pieceBytes, offset));
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
