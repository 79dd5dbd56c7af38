import { type Random, shuffled } from "../util/random.js";
import { type Edit, replaceSpan } from "./edit.js";
import type { MutationOperator } from "./operator.js";
import { pickOne } from "./places.js";

/** A list whose order matters: ranks, sequences. */
const ranked =
  /依次|顺序|可能性|由高到低|首先|其次|然后|随后|接着|最后|第[一二三四五六七八九\d]|前者|后者|分别|\b(?:first|second|third|finally|lastly|in order|ranked|most likely|the former|the latter|respectively|step)\b/iu;
/** A point that refers to the one before it. */
const leaning =
  /^\s*(?:[-*•·]\s+)?(?:先|再|后|继而|该|其|此|它|上述|以上|同时|因此|所以|故|从而|并|但|或|和|且|而|否则|then|next|this|that|these|it|they|and|or|but|so|therefore|otherwise|followed by|after that)(?![a-z])/iu;

interface PointList {
  readonly start: number;
  readonly points: readonly string[];
  readonly separator: string;
}

/** Points of one sentence between semicolons; up to a colon, a line end or a quotation mark, which end a list. */
function semicolonLists(answer: string): PointList[] {
  const sentences = answer.matchAll(/(?:(?!\.(?:\s|$))[^。！？!?\n"“”:：{}[\]])+/gu);
  return [...sentences].flatMap(({ 0: sentence, index }) => {
    const isLabel = /[:：]/u.test(answer[index + sentence.length] ?? "");
    const [separator] = /；|; ?/u.exec(sentence) ?? [];
    if (isLabel || separator === undefined) return [];
    const start = index + sentence.length - sentence.trimStart().length;
    const body = withoutLastMarks(sentence.trim());
    return [{ start, points: body.split(separator), separator }];
  });
}

/** A list may end in a semicolon that separates nothing. */
function withoutLastMarks(sentence: string): string {
  let end = sentence.length;
  while (end > 0 && /[；;\s]/u.test(sentence[end - 1] as string)) end -= 1;
  return sentence.slice(0, end);
}

/**
 * Neighboring lines with the same bullet and indentation, up to an empty line or the end: a line of text below a bullet
 * may belong to it.
 */
function bulletLists(answer: string): PointList[] {
  const lists: PointList[] = [];
  let start = 0;
  for (const paragraph of answer.split(/(\n[ \t]*(?:\n|$))/u)) {
    const lines = paragraph.split("\n");
    const first = lines.findIndex((line) => bulletOf(line) !== null);
    const points = first < 0 ? [] : lines.slice(first);
    const bullet = bulletOf(points[0] ?? "");
    if (points.length > 1 && points.every((line) => bulletOf(line) === bullet)) {
      const skipped = lines.slice(0, first).reduce((total, line) => total + line.length + 1, 0);
      lists.push({ start: start + skipped, points, separator: "\n" });
    }
    start += paragraph.length;
  }
  return lists;
}

const bulletOf = (line: string): string | null => /^[ \t]*[-*•·] (?=\S)/u.exec(line)?.[0] ?? null;

function isFreeOfOrder({ points, separator }: PointList): boolean {
  return (
    new Set(points).size > 1 &&
    points.every(
      (point) => point.trim() !== "" && !leaning.test(point) && (separator === "\n" || !/[；;]/u.test(point)),
    ) &&
    !ranked.test(points.join("\n"))
  );
}

function reorder(answer: string, { start, points, separator }: PointList, random: Random): Edit {
  const before = points.join(separator);
  let after = before;
  while (after === before) after = shuffled(points, random).join(separator);
  return replaceSpan(answer, { start, end: start + before.length }, after);
}

/**
 * Puts the points of one list into another order: bullets, or clauses between semicolons. Numbered lists, ranks,
 * sequences and points that refer to the one before stay unchanged, because their order matters.
 */
export const pointsReordered: MutationOperator = {
  id: "points-reordered",
  kind: "harmless",
  summary: "the points of an unordered list in another order",
  apply: (answer, _context, random) => {
    const lists = [...semicolonLists(answer), ...bulletLists(answer)].filter(isFreeOfOrder);
    return lists.length === 0 ? null : reorder(answer, pickOne(lists, random), random);
  },
};
