/**
 * Working memory of a comparison, grown to the longest text seen. Allocating it per call costs more than comparing two
 * short answers; every call leaves `alphabet` and `matches` all zero.
 */
interface Workspace {
  readonly capacity: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Letter numbers of the pattern, from 1. */
  readonly letters: Int32Array;
  /** Match bits of each letter within the current block; index 0 is for all letters not in the pattern. */
  readonly matches: Int32Array;
  /** Horizontal step on the lower edge of the last block: bit 0 means +1, bit 1 means -1. */
  readonly edge: Uint8Array;
}

/** Letter number of each basic-plane code point of the current pattern; 0 if not in it. */
const alphabet = new Int32Array(0x10000);
let workspace = reserve(1024);

function reserve(capacity: number): Workspace {
  return {
    capacity,
    a: new Int32Array(capacity),
    b: new Int32Array(capacity),
    letters: new Int32Array(capacity),
    matches: new Int32Array(capacity + 1),
    edge: new Uint8Array(capacity),
  };
}

/** Edit distance of two texts with their lengths. */
export interface EditComparison {
  readonly distance: number;
  /** Lengths in code points. */
  readonly lengthA: number;
  readonly lengthB: number;
}

/**
 * Levenshtein distance (unit costs) of two texts in Unicode code points; no normalization, no case folding.
 *
 * Myers' bit-vector algorithm in blocks of 32 rows, after removing common prefixes and suffixes: O(mn / 32) time, O(m +
 * n) memory. UTF-16 units, which most packages count, are wrong outside the basic plane ("𠮷" against "中" is 1, not 2).
 *
 * @see Hyyrö (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"
 * @see oracle: rapidfuzz `Levenshtein.distance`, oracles: 06-text.json
 * @example editDistance("kitten", "sitting") // 3
 */
export function editDistance(a: string, b: string): number {
  return a === b ? 0 : compareByEdits(a, b).distance;
}

/** `editDistance` with the two lengths needed to normalize it. */
export function compareByEdits(a: string, b: string): EditComparison {
  const longest = Math.max(a.length, b.length);
  if (longest > workspace.capacity) workspace = reserve(2 * longest);
  const lengthA = readCodePoints(a, workspace.a);
  const lengthB = readCodePoints(b, workspace.b);
  const distance =
    lengthA < lengthB
      ? trimmedDistance(workspace.b, lengthB, workspace.a, lengthA)
      : trimmedDistance(workspace.a, lengthA, workspace.b, lengthB);
  return { distance, lengthA, lengthB };
}

/** Writes the code points of a text as the string iterator gives them (a lone surrogate is one); returns how many. */
function readCodePoints(text: string, target: Int32Array): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    let point = text.charCodeAt(i);
    if (point >= 0xd800 && point < 0xdc00) {
      point = text.codePointAt(i) as number;
      if (point > 0xffff) i += 1;
    }
    target[count] = point;
    count += 1;
  }
  return count;
}

/** `pattern` is the shorter text; both arrays may be longer than their text. */
function trimmedDistance(
  text: Int32Array,
  textLength: number,
  pattern: Int32Array,
  patternLength: number,
): number {
  let start = 0;
  let [textEnd, patternEnd] = [textLength, patternLength];
  while (patternEnd > 0 && text[textEnd - 1] === pattern[patternEnd - 1]) {
    textEnd -= 1;
    patternEnd -= 1;
  }
  while (start < patternEnd && text[start] === pattern[start]) start += 1;
  if (start === patternEnd) return textEnd - start;

  numberLetters(text, textEnd, pattern, patternEnd, start);
  const { letters, matches, edge } = workspace;
  edge.fill(1, start, textEnd);
  let distance = 0;
  for (let top = start; top < patternEnd; top += 32) {
    const rows = Math.min(32, patternEnd - top);
    for (let i = 0; i < rows; i += 1) {
      const letter = letters[top + i]!;
      matches[letter] = matches[letter]! | (1 << i);
    }
    distance = patternEnd - start + advanceBlock(text, start, textEnd, matches, edge, rows - 1);
    for (let i = 0; i < rows; i += 1) matches[letters[top + i]!] = 0;
  }
  return distance;
}

/**
 * Numbers the letters of the pattern and replaces the text's code points with those numbers (0 if not in the pattern).
 */
function numberLetters(
  text: Int32Array,
  textEnd: number,
  pattern: Int32Array,
  patternEnd: number,
  start: number,
) {
  const { letters } = workspace;
  let astral: Map<number, number> | null = null;
  let count = 0;
  for (let i = start; i < patternEnd; i += 1) {
    const point = pattern[i]!;
    let letter = point < 0x10000 ? alphabet[point]! : (astral?.get(point) ?? 0);
    if (letter === 0) {
      count += 1;
      letter = count;
      if (point < 0x10000) alphabet[point] = letter;
      else {
        astral ??= new Map();
        astral.set(point, letter);
      }
    }
    letters[i] = letter;
  }
  for (let j = start; j < textEnd; j += 1) {
    const point = text[j]!;
    text[j] = point < 0x10000 ? alphabet[point]! : (astral?.get(point) ?? 0);
  }
  for (let i = start; i < patternEnd; i += 1) {
    const point = pattern[i]!;
    if (point < 0x10000) alphabet[point] = 0;
  }
}

/** Runs one block over the whole text; returns how far its lower edge rises from the first to the last column. */
function advanceBlock(
  text: Int32Array,
  start: number,
  end: number,
  matches: Int32Array,
  edge: Uint8Array,
  lastRow: number,
): number {
  let up = -1;
  let down = 0;
  let rise = 0;
  for (let j = start; j < end; j += 1) {
    const carry = edge[j]!;
    const falling = carry >> 1;
    const equal = matches[text[j]!]!;
    const vertical = equal | down;
    const reached = equal | falling;
    const horizontal = ((((reached & up) + up) | 0) ^ up) | reached;
    let plus = down | ~(horizontal | up);
    let minus = up & horizontal;
    const rises = (plus >>> lastRow) & 1;
    const falls = (minus >>> lastRow) & 1;
    rise += rises - falls;
    edge[j] = rises | (falls << 1);
    plus = (plus << 1) | (carry & 1);
    minus = (minus << 1) | falling;
    up = minus | ~(vertical | plus);
    down = plus & vertical;
  }
  return rise;
}
