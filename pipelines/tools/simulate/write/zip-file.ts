import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";
import { InputError } from "../../../../src/lib/errors.js";
import { buffers } from "./text-file.js";

/** 2026-03-01 00:00 in DOS format: the same content gives the same bytes, whenever it is written. */
const dosDate = ((2026 - 1980) << 9) | (3 << 5) | 1;
/** Names are UTF-8. */
const flags = 0x0800;
const deflated = 8;
const largest = 0xffffffff;

interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
}

/** Writes a zip archive entry by entry, each streamed; sizes are filled in afterwards, so no data descriptors. */
export class ZipFile {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #entries: Entry[] = [];
  #position = 0;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  static async create(path: string): Promise<ZipFile> {
    await mkdir(dirname(path), { recursive: true });
    return new ZipFile(await open(path, "w"), path);
  }

  /** @throws InputError if the archive would exceed 4 GB, which needs Zip64 */
  async add(name: string, pieces: Iterable<string>): Promise<void> {
    const nameBytes = Buffer.from(name);
    const offset = this.#position;
    await this.#write(localHeader({ name: nameBytes, offset, crc: 0, compressed: 0, size: 0 }));
    const start = this.#position;
    let crc = 0;
    let size = 0;
    const counted = function* () {
      for (const buffer of buffers(pieces)) {
        crc = crc32(buffer, crc);
        size += buffer.length;
        yield buffer;
      }
    };
    const compressor = createDeflateRaw({ level: 9 });
    const source = Readable.from(counted());
    source.on("error", (error) => compressor.destroy(error));
    for await (const chunk of source.pipe(compressor)) await this.#write(chunk as Buffer);
    const entry = { name: nameBytes, offset, crc, compressed: this.#position - start, size };
    if (this.#position > largest || size > largest) {
      throw new InputError(`${this.#path}: ${name} makes the archive larger than 4 GB`, {
        hint: "Simulate fewer responses, or more systems with the same number of responses.",
      });
    }
    await this.#file.write(localHeader(entry), 0, undefined, offset);
    this.#entries.push(entry);
  }

  async close(): Promise<void> {
    const start = this.#position;
    for (const entry of this.#entries) await this.#write(centralHeader(entry));
    await this.#write(endRecord(this.#entries.length, this.#position - start, start));
    await this.#file.close();
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, this.#position);
    this.#position += bytes.length;
  }
}

// Layouts: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16.

function localHeader(entry: Entry): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(0x04034b50, 0);
  writeCommon(bytes, 4, entry);
  return Buffer.concat([bytes, entry.name]);
}

function centralHeader(entry: Entry): Buffer {
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(20, 4);
  writeCommon(bytes, 6, entry);
  bytes.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([bytes, entry.name]);
}

/** The 26 bytes that local and central headers share. */
function writeCommon(bytes: Buffer, at: number, { name, crc, compressed, size }: Entry): void {
  bytes.writeUInt16LE(20, at);
  bytes.writeUInt16LE(flags, at + 2);
  bytes.writeUInt16LE(deflated, at + 4);
  bytes.writeUInt16LE(0, at + 6);
  bytes.writeUInt16LE(dosDate, at + 8);
  bytes.writeUInt32LE(crc, at + 10);
  bytes.writeUInt32LE(compressed, at + 14);
  bytes.writeUInt32LE(size, at + 18);
  bytes.writeUInt16LE(name.length, at + 22);
}

function endRecord(entries: number, size: number, offset: number): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(entries, 8);
  bytes.writeUInt16LE(entries, 10);
  bytes.writeUInt32LE(size, 12);
  bytes.writeUInt32LE(offset, 16);
  return bytes;
}
