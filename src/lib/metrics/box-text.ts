import { InputError } from "../errors.js";
import type { Box } from "./box.js";
import { findJsonArray, findJsonObject, isJsonArray, isJsonObject, type JsonValue } from "./json-answer.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { normalizeLabel } from "./text-normalization.js";

/** Unit of box coordinates: thousandths of the image's sides, pixels, or fractions of the sides. */
export const boxSpaces = ["per1000", "pixel", "unit"] as const;

/** Options of `parseBoxes`. */
export interface BoxAnswerOptions {
  /** Unit of the coordinates. Default `per1000`. */
  readonly space?: (typeof boxSpaces)[number];
  /** Width and height of the image in pixels; required for `pixel`. */
  readonly imageSize?: readonly [width: number, height: number];
  /** Field names of an entry. Default MedDetect's 类别 and 边界框. */
  readonly fields?: { readonly label: string; readonly box: string };
  /** Labels that mean "no lesion". Default 无病变. */
  readonly none?: readonly string[];
  /** Cut boxes at the edges of the image. Default true. */
  readonly clip?: boolean;
  /** Which boxes of the answer count. Default `all`. */
  readonly take?: "all" | "first";
}

/** MedDetect's names of the fields of an entry. */
export const defaultBoxFields = { label: "类别", box: "边界框" } as const;

/** A box with its label. */
export interface LabeledBox {
  /** Normalized; empty where the answer gives none. */
  readonly label: string;
  /**
   * As fractions of the image's sides, in [0, 1] unless `clip` is false. An unreadable box is [0, 0, 0, 0], which overlaps
   * nothing.
   */
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
 * Reads a MedDetect answer, `[{"类别": ["肺癌"], "边界框": [x1, y1, x2, y2]}]`, and scales the boxes to [0, 1]. Lists of four
 * numbers without field names are boxes without a label. An answer whose coordinates are all at most 1 is taken as already
 * scaled; swapped corners are put in order and boxes clipped to the image; each of these counts as one repair. Of several
 * entries, one without four numbers is kept as an empty box, so that it counts as a prediction.
 *
 * @returns null when the text contains neither entries nor boxes, or when no entry has the field of the box: then its
 *   field names are not those of `fields`
 * @throws InputError when `pixel` is used without an image size
 */
export function parseBoxes(text: string, options: BoxAnswerOptions = {}): ParsedBoxes | null {
  const answer = withoutReasoning(text);
  const array = findJsonArray(answer, (value) => value.length > 0 && value.every(isJsonObject));
  if (array) return readEntries(array.value, array.repairs, options);
  const single = findJsonObject(answer);
  if (single) return readEntries([single.value], single.repairs + 1, options);
  const bare = findJsonArray(
    answer,
    (value) =>
      fourNumbers(value) !== null || (value.length > 0 && value.every((one) => fourNumbers(one) !== null)),
  );
  if (bare) {
    const boxes = fourNumbers(bare.value) === null ? bare.value : [bare.value];
    const { box } = options.fields ?? defaultBoxFields;
    return readEntries(
      boxes.map((corners) => ({ [box]: corners })),
      bare.repairs,
      options,
    );
  }
  return answer.trim() === "[]" ? { boxes: [], repairs: 1 } : null;
}

function readEntries(
  entries: readonly JsonValue[],
  jsonRepairs: number,
  options: BoxAnswerOptions,
): ParsedBoxes | null {
  const { fields = defaultBoxFields, none = ["无病变"], take = "all", clip = true } = options;
  const noLesion = new Set(none.map((label) => normalizeLabel(label)));
  let repairs = jsonRepairs;
  let hasBoxField = false;
  const raw: { label: string; corners: readonly number[] | null }[] = [];
  for (const entry of entries) {
    const object = isJsonObject(entry) ? entry : {};
    const given = object[fields.label] ?? "";
    const labels = isJsonArray(given) ? given : [given];
    if (!isJsonArray(given) || labels.length !== 1) repairs += 1;
    const label = normalizeLabel(String(labels[0] ?? ""));
    if (noLesion.has(label)) continue;
    hasBoxField ||= Object.hasOwn(object, fields.box);
    const corners = fourNumbers(object[fields.box] ?? null);
    if (corners === null) repairs += 1;
    raw.push({ label, corners });
  }
  if (raw.length > 0 && !hasBoxField) return null;
  if (take === "first") raw.splice(1);
  const coordinates = raw.flatMap(({ corners }) => corners ?? []);
  const isUnit = coordinates.length > 0 && coordinates.every((value) => value <= 1);
  if (isUnit && options.space !== "unit") repairs += 1;
  const size = isUnit ? ([1, 1] as const) : imageSizeOf(options);
  const boxes = raw.map(({ label, corners }): LabeledBox => {
    if (corners === null) return { label, box: [0, 0, 0, 0] };
    const { box, repaired } = scaledBox(corners, size, clip);
    if (repaired) repairs += 1;
    return { label, box };
  });
  return { boxes, repairs };
}

/** Width and height in the unit of the coordinates. */
export function imageSizeOf({ space = "per1000", imageSize }: BoxAnswerOptions): readonly [number, number] {
  if (space === "unit") return [1, 1];
  if (space === "per1000") return [1000, 1000];
  if (imageSize?.every((side) => side > 0)) return imageSize;
  throw new InputError('parseBoxes: space "pixel" needs a positive imageSize', {
    hint: "Pass imageSize: [width, height] of the item's image.",
  });
}

/** The box as fractions of the image's sides, with its corners in order. */
export function scaledBox(
  corners: readonly number[],
  [width, height]: readonly [number, number],
  clip: boolean,
): { box: Box; repaired: boolean } {
  const toImage = (value: number) => (clip ? Math.min(Math.max(value, 0), 1) : value);
  const scaledCorners = corners.map((value, i) => value / (i % 2 === 0 ? width : height));
  const [x1, y1, x2, y2] = scaledCorners.map(toImage) as [number, number, number, number];
  const isClipped = scaledCorners.some((value) => value !== toImage(value));
  const box: Box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  return { box, repaired: isClipped || x1 > x2 || y1 > y2 };
}

/** The four numbers of a list, or null. */
export function fourNumbers(value: JsonValue): readonly number[] | null {
  const numbers = isJsonArray(value)
    ? value.map((one) =>
        typeof one === "number" || (typeof one === "string" && one !== "") ? Number(one) : Number.NaN,
      )
    : [];
  return numbers.length === 4 && numbers.every(Number.isFinite) ? numbers : null;
}
