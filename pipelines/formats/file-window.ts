import { readSync } from "node:fs";

/**
 * A window on a file that is read piece by piece, for readers that go forward only. What is before `at` is given up with the next
 * piece, so memory is bounded by the longest record.
 */
export abstract class FileWindow {
  /** The bytes in memory. */
  protected bytes: Buffer = Buffer.alloc(0);
  /** Offset of the first of them in the file. */
  protected base = 0;
  /** Where the reader is, as an index of `bytes`. */
  protected at = 0;
  /** The file has no more bytes than those in memory. */
  protected isEnd = false;
  readonly #descriptor: number;
  readonly #pieceBytes: number;

  protected constructor(descriptor: number, pieceBytes: number) {
    this.#descriptor = descriptor;
    this.#pieceBytes = pieceBytes;
  }

  /** Reads another piece, at least as long as what is kept. @returns false at the end of the file */
  protected fill(): boolean {
    if (this.isEnd) return false;
    const kept = this.bytes.subarray(this.at);
    const grown = Buffer.allocUnsafe(kept.length + Math.max(this.#pieceBytes, kept.length));
    kept.copy(grown);
    const read = readSync(this.#descriptor, grown, kept.length, grown.length - kept.length, null);
    this.isEnd = read === 0;
    this.base += this.at;
    this.at = 0;
    this.bytes = grown.subarray(0, kept.length + read);
    return read > 0;
  }
}
