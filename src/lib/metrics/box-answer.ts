import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";
import { type Box, iou, iouMatrix } from "./box.js";
import { type BoxPair, greedyPairs } from "./box-matching.js";
import { type ItemScore, scored, unscored } from "./item-score.js";
import { findJsonArray, findJsonObject, isJsonArray, isJsonObject, type JsonValue } from "./json-answer.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { normalizeLabel } from "./text-normalization.js";

/** Options of `parseBoxes`. */
export interface BoxAnswerOptions {
  /** Unit of the coordinates: thousandths of the image's side, pixels, or fractions of the side. Default `per1000`. */
  readonly space?: "per1000" | "pixel" | "unit";
  /** Width and height of the image in pixels; required for `pixel`. */
  readonly imageSize?: readonly [width: number, height: number];
  /** Field names of an entry. Default MedDetect's 类别 and 边界框. */
  readonly fields?: { readonly label: string; readonly box: string };
  /** Labels that mean "no lesion". Default 无病变. */
  readonly none?: readonly string[];
}

/** A box with its label. */
export interface LabeledBox {
  readonly label: string;
  /** As fractions of the image's sides, in [0, 1]. An unreadable box is [0, 0, 0, 0], which overlaps nothing. */
  readonly box: Box;
}

/** Boxes read from an answer. */
export interface ParsedBoxes {
  /** Empty where the answer says "no lesion". */
  readonly boxes: readonly LabeledBox[];
  /**
   * Number of repairs: corners swapped or clipped, scalars read as lists, boxes rescaled or unreadable, JSON repaired.
   */
  readonly repairs: number;
}

/**
 * Reads a MedDetect answer, `[{"类别": ["肺癌"], "边界框": [x1, y1, x2, y2]}]`, and scales the boxes to [0, 1]. An answer
 * whose coordinates are all at most 1 is taken as already scaled; swapped corners are put in order and boxes clipped to
 * the image; each of these counts as one repair. An entry without four numbers is kept as an empty box, so that it
 * counts as a prediction.
 *
 * @returns null when the text contains neither a list of entries nor a single entry
 * @throws InputError when `pixel` is used without an image size
 */
export function parseBoxes(text: string, options: BoxAnswerOptions = {}): ParsedBoxes | null {
  const answer = withoutReasoning(text);
  const array = findJsonArray(answer, (value) => value.length > 0 && value.every(isJsonObject));
  if (array) return readEntries(array.value, array.repairs, options);
  const single = findJsonObject(answer);
  if (single) return readEntries([single.value], single.repairs + 1, options);
  return answer.trim() === "[]" ? { boxes: [], repairs: 1 } : null;
}

function readEntries(
  entries: readonly JsonValue[],
  jsonRepairs: number,
  options: BoxAnswerOptions,
): ParsedBoxes {
  const { fields = { label: "类别", box: "边界框" }, none = ["无病变"] } = options;
  const noLesion = new Set(none.map((label) => normalizeLabel(label)));
  let repairs = jsonRepairs;
  const raw: { label: string; corners: readonly number[] | null }[] = [];
  for (const entry of entries) {
    const object = isJsonObject(entry) ? entry : {};
    const given = object[fields.label] ?? "";
    const labels = isJsonArray(given) ? given : [given];
    if (!isJsonArray(given) || labels.length !== 1) repairs += 1;
    const label = normalizeLabel(String(labels[0] ?? ""));
    if (noLesion.has(label)) continue;
    const corners = fourNumbers(object[fields.box] ?? null);
    if (corners === null) repairs += 1;
    raw.push({ label, corners });
  }
  const coordinates = raw.flatMap(({ corners }) => corners ?? []);
  const isUnit = coordinates.length > 0 && coordinates.every((value) => value <= 1);
  if (isUnit && options.space !== "unit") repairs += 1;
  const [width, height] = isUnit ? [1, 1] : scaleOf(options);
  const boxes = raw.map(({ label, corners }): LabeledBox => {
    if (corners === null) return { label, box: [0, 0, 0, 0] };
    const { box, repaired } = ordered(corners, width, height);
    if (repaired) repairs += 1;
    return { label, box };
  });
  return { boxes, repairs };
}

function scaleOf({ space = "per1000", imageSize }: BoxAnswerOptions): readonly [number, number] {
  if (space === "unit") return [1, 1];
  if (space === "per1000") return [1000, 1000];
  if (imageSize?.every((side) => side > 0)) return imageSize;
  throw new InputError('parseBoxes: space "pixel" needs a positive imageSize', {
    hint: "Pass imageSize: [width, height] of the item's image.",
  });
}

function ordered(corners: readonly number[], width: number, height: number): { box: Box; repaired: boolean } {
  const clip = (value: number) => Math.min(Math.max(value, 0), 1);
  const scaledCorners = corners.map((value, i) => value / (i % 2 === 0 ? width : height));
  const [x1, y1, x2, y2] = scaledCorners.map(clip) as [number, number, number, number];
  const isClipped = scaledCorners.some((value) => value !== clip(value));
  const box: Box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  return { box, repaired: isClipped || x1 > x2 || y1 > y2 };
}

function fourNumbers(value: JsonValue): readonly number[] | null {
  const numbers = isJsonArray(value)
    ? value.map((one) => (one === null || one === "" ? Number.NaN : Number(one)))
    : [];
  return numbers.length === 4 && numbers.every(Number.isFinite) ? numbers : null;
}

/** Options of `scoreBoxes`. */
export interface BoxScoreOptions extends BoxAnswerOptions {
  /** Match only boxes with the same label. Default true. */
  readonly matchLabels?: boolean;
}

/** Result of `matchBoxes`. */
export interface ScoredBoxes extends ParsedBoxes {
  readonly pairs: readonly BoxPair[];
}

/**
 * One detection answer (protocols P16): greedy one-to-one matching by IoU among boxes with the same label; score = Σ
 * matched IoU / max(#gold, #predicted). 1 if neither side has a lesion, 0 if only one side has none.
 *
 * @param gold in the answer's format and coordinate space, as JSON text or as the parsed array
 * @returns status `invalid` when the answer contains no JSON
 * @throws InputError for a gold answer that is not in this format
 */
export function scoreBoxes(
  text: string | null,
  gold: unknown,
  options: BoxScoreOptions = {},
): ItemScore<ScoredBoxes, "matched" | "predicted" | "gold"> {
  const wanted = parseBoxes(typeof gold === "string" ? gold : JSON.stringify(gold ?? null), options)?.boxes;
  if (wanted === undefined || wanted.some(({ box }) => box[2] <= box[0] || box[3] <= box[1])) {
    throw new InputError(
      `scoreBoxes: gold is ${JSON.stringify(gold)}, expected a list of labels with boxes`,
      {
        hint: 'For example [{"类别": ["肺癌"], "边界框": [420, 380, 510, 460]}].',
      },
    );
  }
  const parts = { matched: 0, predicted: 0, gold: wanted.length };
  const response = (text ?? "").trim();
  if (response === "") return unscored("empty", "no answer", parts);
  const parsed = parseBoxes(response, options);
  if (parsed === null) return unscored("invalid", "no JSON array or object in the answer", parts);

  const match = matchBoxes(parsed.boxes, wanted, options.matchLabels ?? true);
  const counts = { matched: match.pairs.length, predicted: parsed.boxes.length, gold: wanted.length };
  return scored(match.score, { ...parsed, pairs: match.pairs }, counts);
}

/** Matches labeled boxes greedily and scores the item; both sides must use the same coordinate space. */
export function matchBoxes(
  predicted: readonly LabeledBox[],
  gold: readonly LabeledBox[],
  matchLabels = true,
): { readonly score: number; readonly pairs: readonly BoxPair[] } {
  const values = iouMatrix(
    predicted.map(({ box }) => box),
    gold.map(({ box }) => box),
  );
  const allowed = values.map((row, p) =>
    row.map((value, g) => (!matchLabels || predicted[p]?.label === gold[g]?.label ? value : 0)),
  );
  const pairs = greedyPairs(allowed);
  const larger = Math.max(predicted.length, gold.length);
  return { score: larger === 0 ? 1 : sum(pairs.map((pair) => pair.iou)) / larger, pairs };
}

/**
 * Scores one box against one gold box (MedSG-Bench): IoU with the first list of four numbers in the response, after the
 * same repairs as in `parseBoxes`. The published code gives an unreadable answer IoU 0; here its status is `invalid`.
 */
export function scoreFirstBox(
  text: string | null,
  gold: Box,
  options: BoxAnswerOptions = {},
): ItemScore<Box, "matched" | "predicted" | "gold"> {
  const answer = withoutReasoning(text ?? "").trim();
  const parts = { matched: 0, predicted: 0, gold: 1 };
  if (answer === "") return unscored("empty", "no answer", parts);
  const found = findJsonArray(answer, (value) => fourNumbers(firstOf(value)) !== null);
  const corners = found && fourNumbers(firstOf(found.value));
  if (corners === null) return unscored("invalid", "no list of four numbers in the answer", parts);
  const box = scaled(corners, corners.every((value) => value <= 1) ? { space: "unit" } : options).box;
  const value = iou(box, scaled(gold, options).box);
  return scored(value, box, { matched: value > 0 ? 1 : 0, predicted: 1, gold: 1 });
}

function firstOf(value: readonly JsonValue[]): JsonValue {
  const first = value[0] ?? null;
  return isJsonArray(first) ? first : value;
}

function scaled(corners: readonly number[], options: BoxAnswerOptions): { box: Box; repaired: boolean } {
  return ordered(corners, ...scaleOf(options));
}

/** Share of IoU values at or above each threshold (MedSG-Bench: 0.3, 0.5, 0.7); null when there are no items. */
export function iouHitRates(
  values: readonly number[],
  thresholds: readonly number[] = [0.3, 0.5, 0.7],
): ReadonlyMap<number, number | null> {
  const share = (threshold: number) => values.filter((value) => value >= threshold).length / values.length;
  return new Map(thresholds.map((threshold) => [threshold, values.length === 0 ? null : share(threshold)]));
}
