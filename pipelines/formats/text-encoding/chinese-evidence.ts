import { isUtf8 } from "node:buffer";

/** Lines beyond this size are no longer counted, only searched for lines in UTF-8. */
const sampleBytes = 2 ** 20;

interface Pairs {
  pairs: number;
  /** Bytes that GB18030 does not allow. */
  impossible: number;
  /** Chinese punctuation, full-width forms, and the 3,755 most common characters (level 1 of GB 2312). */
  common: number;
  level1: number;
  /** Characters of level 1 that begin with the sounds sh to z. */
  late: number;
  kana: number;
}

/** Collects, from lines beyond ASCII, what tells GB18030 from UTF-8 and from other encodings. */
export class ChineseEvidence {
  /** Whether a line is UTF-8 and would be no Chinese text in GB18030. */
  hasUtf8Line = false;
  #seen = 0;
  #counts: Pairs = noPairs();
  /** Characters of several bytes in UTF-8, and bytes that are none. */
  #utf8 = { characters: 0, faults: 0 };

  add(line: Buffer): void {
    // Of two bytes each, a Chinese word can be UTF-8 as well.
    const canDecide = !this.hasUtf8Line && line.some((byte) => byte >= 0xe0) && isUtf8(line);
    const isCounted = this.#seen <= sampleBytes;
    if (!canDecide && !isCounted) return;
    const found = countPairs(line);
    this.hasUtf8Line ||= canDecide && found.common < 0.6 * found.pairs;
    if (!isCounted) return;
    this.#seen += line.length;
    for (const key of Object.keys(found) as (keyof Pairs)[]) this.#counts[key] += found[key];
    countUtf8(line, this.#utf8);
  }

  /**
   * Whether the lines are Chinese: nearly all bytes are pairs of GB18030, and most pairs are common. A single letter with an accent makes an
   * impossible pair with the blank behind it, and two of them a rare character. Korean in EUC-KR uses only the first half of
   * the common characters, Japanese in EUC-JP has kana, and pairs of Big5 and Shift JIS are rare or impossible.
   */
  readsAsChinese(): boolean {
    const { pairs, impossible, common, level1, late, kana } = this.#counts;
    const { characters, faults } = this.#utf8;
    if (this.hasUtf8Line || characters > faults) return false;
    if (impossible > 0.02 * pairs || common < 0.6 * pairs || kana > 0.1 * pairs) return false;
    return level1 < 20 || late >= 0.1 * level1;
  }

  /** Whether nothing is UTF-8 beyond ASCII, in several places. */
  isAgainstUtf8(): boolean {
    const { characters, faults } = this.#utf8;
    return !this.hasUtf8Line && faults >= 3 && characters < faults;
  }
}

function noPairs(): Pairs {
  return { pairs: 0, impossible: 0, common: 0, level1: 0, late: 0, kana: 0 };
}

function countPairs(line: Buffer): Pairs {
  const counts = noPairs();
  for (let at = 0; at < line.length; at += 1) {
    const lead = line[at] as number;
    if (lead < 0x80) continue;
    counts.pairs += 1;
    const length = characterLength(line, at);
    if (length === 0) counts.impossible += 1;
    else at += length - 1;
    if (length !== 2 || (line[at] as number) < 0xa1) continue;
    const isLevel1 = lead >= 0xb0 && lead <= 0xd7;
    if (isLevel1 || (lead >= 0xa1 && lead <= 0xa3)) counts.common += 1;
    if (isLevel1) counts.level1 += 1;
    if (isLevel1 && lead >= 0xc9) counts.late += 1;
    if (lead === 0xa4 || lead === 0xa5) counts.kana += 1;
  }
  return counts;
}

/** Length of the character of GB18030 beyond ASCII that begins here; 0 if there is none. */
function characterLength(line: Buffer, at: number): 0 | 2 | 4 {
  const [lead = 0, second = 0, third = 0, fourth = 0] = line.subarray(at, at + 4);
  if (lead === 0x80 || lead === 0xff) return 0;
  if (second >= 0x40 && second !== 0x7f && second !== 0xff) return 2;
  return isDigit(second) && third > 0x80 && third < 0xff && isDigit(fourth) ? 4 : 0;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function countUtf8(line: Buffer, counts: { characters: number; faults: number }): void {
  for (let at = 0; at < line.length; at += 1) {
    if ((line[at] as number) < 0x80) continue;
    const length = sequenceLength(line, at);
    if (length === 0) counts.faults += 1;
    else {
      counts.characters += 1;
      at += length - 1;
    }
  }
}

/** Length of the UTF-8 sequence of several bytes that begins here; 0 if there is none. */
function sequenceLength(line: Buffer, at: number): number {
  const lead = line[at] as number;
  if (lead < 0xc2 || lead >= 0xf5) return 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  for (let next = at + 1; next < at + length; next += 1) if (((line[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
