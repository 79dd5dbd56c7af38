import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";
import { type Box, iou, iouMatrix } from "./box.js";
import { type BoxPair, greedyPairs } from "./box-matching.js";
import {
  type BoxAnswerOptions,
  defaultBoxFields,
  fourNumbers,
  imageSizeOf,
  type LabeledBox,
  type ParsedBoxes,
  parseBoxes,
  scaledBox,
} from "./box-text.js";
import { type ItemScore, scored, unscored } from "./item-score.js";
import { findJsonArray, isJsonArray, type JsonValue } from "./json-answer.js";
import { withoutReasoning } from "./reasoning-marks.js";

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
 * @returns status `invalid` when the answer has none of the fields that are expected
 * @throws InputError for a gold answer that is not in this format
 */
export function scoreBoxes(
  text: string | null,
  gold: unknown,
  options: BoxScoreOptions = {},
): ItemScore<ScoredBoxes, "matched" | "predicted" | "gold"> {
  const wanted = readGoldBoxes(gold, options);
  const parts = { matched: 0, predicted: 0, gold: wanted.length };
  const response = (text ?? "").trim();
  if (response === "") return unscored("empty", "no answer", parts);
  const parsed = parseBoxes(response, options);
  const { matchLabels = true, fields = defaultBoxFields } = options;
  if (parsed === null) return unscored("invalid", `no ${fields.box} in the answer`, parts);
  if (matchLabels && parsed.boxes.length > 0 && parsed.boxes.every(({ label }) => label === ""))
    return unscored("invalid", `no ${fields.label} in the answer`, parts);

  const match = matchBoxes(parsed.boxes, wanted, matchLabels);
  const counts = { matched: match.pairs.length, predicted: parsed.boxes.length, gold: wanted.length };
  return scored(match.score, { ...parsed, pairs: match.pairs }, counts);
}

/**
 * The boxes of a gold answer, scaled to [0, 1]; none where it says that there is no lesion.
 *
 * @param gold as JSON text or as the parsed array
 * @throws InputError unless it is a list of labels with boxes inside the image; without `matchLabels` boxes need no label
 * @example readGoldBoxes([{ 类别: ["肺癌"], 边界框: [0, 0, 500, 1000] }])[0]?.box // [0, 0, 0.5, 1]
 */
export function readGoldBoxes(gold: unknown, options: BoxScoreOptions = {}): readonly LabeledBox[] {
  const { matchLabels = true, fields = defaultBoxFields, space = "per1000" } = options;
  const text = typeof gold === "string" ? gold : JSON.stringify(gold ?? null);
  const wanted = parseBoxes(text, { ...options, clip: false, take: "all" })?.boxes;
  const isUsable = ({ label, box }: LabeledBox) =>
    box[2] > box[0] &&
    box[3] > box[1] &&
    box.every((side) => side >= 0 && side <= 1) &&
    (label !== "" || !matchLabels);
  if (wanted?.every(isUsable)) return wanted;
  const shape = matchLabels ? "labels with boxes" : "boxes";
  throw new InputError(
    `scoreBoxes: gold is ${JSON.stringify(gold)}, expected a list of ${shape} inside the image (space ${space})`,
    {
      hint: `For example [{"${fields.label}": ["肺癌"], "${fields.box}": [420, 380, 510, 460]}], with coordinates in the unit of option space.`,
    },
  );
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
  const { clip = true } = options;
  const isUnit = corners.every((value) => value <= 1);
  const { box } = scaledBox(corners, isUnit ? [1, 1] : imageSizeOf(options), clip);
  const value = iou(box, scaledBox(gold, imageSizeOf(options), clip).box);
  return scored(value, box, { matched: value > 0 ? 1 : 0, predicted: 1, gold: 1 });
}

function firstOf(value: readonly JsonValue[]): JsonValue {
  const first = value[0] ?? null;
  return isJsonArray(first) ? first : value;
}

/** Share of IoU values at or above each threshold (MedSG-Bench: 0.3, 0.5, 0.7); null when there are no items. */
export function iouHitRates(
  values: readonly number[],
  thresholds: readonly number[] = [0.3, 0.5, 0.7],
): ReadonlyMap<number, number | null> {
  const share = (threshold: number) => values.filter((value) => value >= threshold).length / values.length;
  return new Map(thresholds.map((threshold) => [threshold, values.length === 0 ? null : share(threshold)]));
}
