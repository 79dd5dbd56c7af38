/** Writes text in an encoding that Node only reads, with the one- and two-byte characters of its decoder. */
export function encode(text: string, encoding: string): Buffer {
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Buffer.concat(
    [...text].map((character) => {
      const bytes = character < "\x80" ? Buffer.from(character) : table.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

const tables = new Map<string, Map<string, Buffer>>();

function tableOf(encoding: string): Map<string, Buffer> {
  const decoder = new TextDecoder(encoding);
  const found = new Map<string, Buffer>();
  const add = (bytes: Buffer) => {
    const text = decoder.decode(bytes);
    if ([...text].length === 1 && text !== "\ufffd" && !found.has(text)) found.set(text, bytes);
  };
  for (let lead = 0x80; lead < 0x100; lead += 1) add(Buffer.of(lead));
  for (let lead = 0x80; lead < 0x100; lead += 1)
    for (let trail = 0x40; trail < 0x100; trail += 1) add(Buffer.of(lead, trail));
  return found;
}
