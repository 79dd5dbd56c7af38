import { closeSync, openSync, writeSync } from "node:fs";

const pieceBytes = 2 ** 20;

/** Writes lines of bytes to a file, many at a time. */
export class LineWriter {
  readonly #descriptor: number;
  #bytes = Buffer.allocUnsafe(pieceBytes);
  #length = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, "w");
  }

  /** Writes one line that consists of these parts. */
  write(...parts: readonly Uint8Array[]): void {
    for (const part of parts) this.add(part);
    this.endLine();
  }

  add(part: Uint8Array): void {
    this.#reserve(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
  }

  /** Adds a text from a CSV file as a JSON string. */
  addJsonString(bytes: Uint8Array, start: number, end: number): void {
    // A byte becomes at most six characters.
    this.#reserve((end - start) * 6 + 2);
    const out = this.#bytes;
    let length = this.#length;
    out[length++] = 34;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte >= 32 && byte !== 34 && byte !== 92) out[length++] = byte;
      else if (byte === 34 || byte === 92) {
        out[length++] = 92;
        out[length++] = byte;
      } else length += out.write(`\\u00${byte.toString(16).padStart(2, "0")}`, length, "latin1");
    }
    out[length++] = 34;
    this.#length = length;
  }

  endLine(): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = 10;
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    this.#flush();
    if (length > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(length);
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#bytes, 0, this.#length);
    this.#length = 0;
  }
}
