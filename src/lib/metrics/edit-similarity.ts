import { mean } from "../util/sum.js";
import { compareByEdits, type EditComparison } from "./edit-distance.js";
import { type ItemScore, scored, unscored } from "./item-score.js";
import { findJsonObject, type JsonObject } from "./json-answer.js";
import { withoutReasoning } from "./reasoning-marks.js";

/** Result of `editSimilarity`. */
export interface EditSimilarity extends EditComparison {
  /** distance / longer length, in [0, 1]; 0 when both are empty. */
  readonly normalizedDistance: number;
  /** 1 - normalized distance: the "1-N.E.D." of OCR tasks. */
  readonly similarity: number;
}

/** Options of `editSimilarity`. */
export interface EditSimilarityOptions {
  /** Unicode normalization of both texts before comparing. Default `NFKC`; `none` compares as given. */
  readonly normalization?: "NFKC" | "NFC" | "none";
}

/**
 * 1 - normalized edit distance in code points (protocols P16); similarity 1 if both are empty, 0 if one is.
 *
 * @example editSimilarity("右肺上叶结节", "右肺下叶小结节").similarity // 0.7142857143
 */
export function editSimilarity(
  a: string,
  b: string,
  { normalization = "NFKC" }: EditSimilarityOptions = {},
): EditSimilarity {
  const normalize = (text: string) => (normalization === "none" ? text : text.normalize(normalization));
  const compared = compareByEdits(normalize(a), normalize(b));
  const longer = Math.max(compared.lengthA, compared.lengthB);
  const normalizedDistance = longer === 0 ? 0 : compared.distance / longer;
  return { ...compared, normalizedDistance, similarity: 1 - normalizedDistance };
}

/** Text fields read from an answer. */
export interface ParsedTextFields {
  readonly answer: JsonObject;
  /** Similarity of each gold field. */
  readonly perField: Readonly<Record<string, number>>;
  readonly repairs: number;
}

/**
 * MedOCR: mean over the gold's text fields (影像描述, 影像诊断) of 1-N.E.D. A field missing from the answer is treated as empty
 * text, a number as its digits. `parts`: edits and longer lengths, summed over fields.
 *
 * @returns status `invalid` when the response contains no JSON object, `excluded` when the gold answer has no fields
 */
export function scoreTextFields(
  text: string | null,
  gold: Readonly<Record<string, string>>,
  options: EditSimilarityOptions = {},
): ItemScore<ParsedTextFields, "edits" | "length"> {
  const fields = Object.entries(gold);
  const length = fields.reduce((total, [, value]) => total + editSimilarity("", value, options).lengthB, 0);
  if (fields.length === 0)
    return unscored("excluded", "the gold answer has no fields", { edits: 0, length: 0 });
  const response = withoutReasoning(text ?? "").trim();
  if (response === "") return unscored("empty", "no answer", { edits: length, length });
  const found = findJsonObject(response);
  if (found === null) return unscored("invalid", "no JSON object in the answer", { edits: length, length });

  const perField = new Map<string, number>();
  const parts = { edits: 0, length: 0 };
  for (const [name, reference] of fields) {
    const value = Object.hasOwn(found.value, name) ? found.value[name] : "";
    const answer =
      typeof value === "string" || typeof value === "number" ? String(value) : textOf(value ?? "");
    const { distance, lengthA, lengthB, similarity } = editSimilarity(answer, reference, options);
    perField.set(name, similarity);
    parts.edits += distance;
    parts.length += Math.max(lengthA, lengthB);
  }
  const parsed = { answer: found.value, perField: Object.fromEntries(perField), repairs: found.repairs };
  return scored(mean([...perField.values()]), parsed, parts);
}

/** A list of lines becomes those lines; any other structure its JSON, which is far from any report text. */
function textOf(value: unknown): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.map(String).join("\n") : JSON.stringify(value);
}
