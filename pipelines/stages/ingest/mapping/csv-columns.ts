import type { MappingNames } from "./names.js";

/** Names of columns without a header: `column0`, `column1` ..., all of one length. */
export function positionalNames(width: number): string[] {
  const digits = String(Math.max(0, width - 1)).length;
  return Array.from({ length: width }, (_, index) => `column${String(index).padStart(digits, "0")}`);
}

/** Says which name of a header is meant for two columns, if the mapping uses it; else null. */
export function ambiguousColumn(header: readonly string[], names: MappingNames): string | null {
  for (const [first, name] of header.entries()) {
    const wanted = name.trim();
    if (wanted === "" || !names.has(wanted) || names.has(`${wanted}_1`)) continue;
    const others = header.flatMap((other, index) =>
      index > first && other.trim().toLowerCase() === wanted.toLowerCase()
        ? [{ other: other.trim(), index }]
        : [],
    );
    for (const { other, index } of others) {
      // Two names that differ in case are told apart if the mapping writes exactly one of them.
      if (other !== wanted && names.hasSpelling(other) !== names.hasSpelling(wanted)) continue;
      return `the header has ${JSON.stringify(wanted)} in column ${first + 1} and ${JSON.stringify(other)} in column ${index + 1}, and the mapping uses this name; rename one of them`;
    }
  }
  return null;
}

/**
 * Names of the columns in the engine: those of the header, without blanks around them; `column0` for one without a
 * name, `name_1` for a repeated one. Names that differ only in case from those of other files are the same.
 */
export function columnNames(
  header: readonly string[],
  names: MappingNames,
  spellings: Map<string, string>,
): string[] {
  const taken = new Set<string>();
  const plain = header.map((name, index) => {
    const own = (names.hasSpelling(name) ? name : name.trim()).replaceAll("\0", "");
    return own === "" ? (positionalNames(header.length)[index] as string) : own;
  });
  // Those that the mapping writes as they are come first; the others make way.
  const order = plain
    .map((_, index) => index)
    .sort(
      (a, b) =>
        Number(names.hasSpelling(plain[b] as string)) - Number(names.hasSpelling(plain[a] as string)) ||
        a - b,
    );
  const found: string[] = [];
  for (const index of order) {
    const name = plain[index] as string;
    let free = name;
    for (let number = 1; taken.has(free.toLowerCase()); number += 1) free = `${name}_${number}`;
    taken.add(free.toLowerCase());
    const spelling = spellings.get(free.toLowerCase()) ?? free;
    spellings.set(free.toLowerCase(), spelling);
    found[index] = spelling;
  }
  return found;
}
