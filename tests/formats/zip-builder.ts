import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  /** Unix mode in the external attributes; 0o120777 is a symbolic link. */
  readonly mode?: number;
  readonly encrypted?: boolean;
  /** Size and checksum that the headers state, where they are lies. */
  readonly statedSize?: number;
  readonly statedCrc?: number;
  /** Without compression. */
  readonly stored?: boolean;
  /** Added to the directory, such as the sizes of zip64. */
  readonly extra?: Buffer;
}

/** Archives as a stranger could make them: no tool would write most of these. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, data = "", mode = 0o100644, encrypted = false, stored = false, extra } = entry;
    const raw = Buffer.from(data);
    const packed = stored ? raw : deflateRawSync(raw);
    const path = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE((encrypted ? 1 : 0) | 0x800, 2);
    shared.writeUInt16LE(stored ? 0 : 8, 4);
    shared.writeUInt32LE(entry.statedCrc ?? crc(raw), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(entry.statedSize ?? raw.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const header = Buffer.concat([Buffer.from("PK\x03\x04"), shared, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const listed = Buffer.from(shared);
    listed.writeUInt16LE(extra?.length ?? 0, 24);
    central.push(
      Buffer.concat([
        Buffer.from("PK\x01\x02"),
        Buffer.from([20, 3]),
        listed,
        tail,
        path,
        extra ?? Buffer.alloc(0),
      ]),
    );
    local.push(header);
    offset += header.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from("PK\x05\x06"), end]);
}

/** CRC-32 of the zip format; node:zlib has it from 20.15 on, and we promise 20.19. */
function crc(bytes: Buffer): number {
  return crc32(bytes);
}
