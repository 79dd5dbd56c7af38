export interface HeadEncoding {
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "utf-32";
  readonly markLength: 0 | 2 | 3;
}

/** The encoding that the first bytes of a text show by a mark or by zero bytes; null if they show none. */
export function encodingOfHead(head: Buffer): HeadEncoding | null {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: "utf-32", markLength: 0 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", markLength: 2 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", markLength: 3 };
  const encoding = head.includes(0) ? byZeroBytes(head) : null;
  return encoding === null ? null : { encoding, markLength: 0 };
}

/**
 * In UTF-16, ASCII characters such as brackets, commas and line ends have a zero byte on one side. Chinese characters rarely look like
 * two of ASCII, and nearly all of a text in UTF-8 that merely has some zero bytes does.
 */
function byZeroBytes(head: Buffer): "utf-16le" | "utf-16be" | "utf-32" | null {
  const found = { little: 0, big: 0, zero: 0, ascii: 0, other: 0 };
  for (let at = 0; at + 1 < head.length; at += 2) found[kindOf(head, at)] += 1;
  const { little, big, zero, ascii, other } = found;
  const most = Math.max(little, big);
  if (most === 0) return null;
  if (zero >= most / 2) return "utf-32";
  if (ascii >= most && ascii > 0.6 * (ascii + other)) return null;
  const side = little >= big ? "little" : "big";
  const isEnough = most >= head.length / 20 && dividers(head, side) >= 2;
  return isEnough || kindOf(head, 0) === side ? (side === "little" ? "utf-16le" : "utf-16be") : null;
}

/** What two bytes are: an ASCII character of UTF-16, zeros, two characters of ASCII, or something else. */
function kindOf(head: Buffer, at: number): "little" | "big" | "zero" | "ascii" | "other" {
  const [first, second] = [head[at] as number, head[at + 1] as number];
  if (first === 0 && second === 0) return "zero";
  if (second === 0 && isText(first)) return "little";
  if (first === 0 && isText(second)) return "big";
  return isText(first) && isText(second) ? "ascii" : "other";
}

/** Number of ASCII characters of UTF-16 that divide records and cells. */
function dividers(head: Buffer, side: "little" | "big"): number {
  let count = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    const sign = head[side === "little" ? at : at + 1] as number;
    if (kindOf(head, at) === side && '\n,;\t|"{}[]:'.includes(String.fromCharCode(sign))) count += 1;
  }
  return count;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;
}
