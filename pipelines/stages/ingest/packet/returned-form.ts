import { parseJsonLine } from "../../../formats/medbench-line.js";
import type { SmallText } from "../../../formats/text-encoding/small-text.js";
import { cellName, type GivenCell, quoted, type ReturnedContent, type UnusableRecord } from "./given-cell.js";

/**
 * Reads the ratings that a form of the packet saved: JSON Lines `{"code", "rater", "packet", "criterion", "value", "rated_at", "remark"}`. A
 * remark on an answer without any grade is a line without criterion and value, and is no rating. Forms of earlier versions write a null
 * value for "cannot rate".
 */
export function readForm({ text, byteLength, markLength }: SmallText, packet: string): ReturnedContent {
  const cells: GivenCell[] = [];
  const unusable: UnusableRecord[] = [];
  let offset = markLength;
  const lines = text.split("\n");
  for (const [index, whole] of lines.entries()) {
    const content = whole.replace(/\r$/, "");
    const span = { line: index + 1, offset, length: byteLength(content) };
    offset += byteLength(`${whole}\n`);
    if (content.trim() === "") continue;
    const parsed = parseJsonLine(Buffer.from(content), index === lines.length - 1);
    if (!parsed.ok) {
      unusable.push({ span, reason: parsed.reason, detail: parsed.detail });
      continue;
    }
    const read = cellOf(parsed.fields, packet);
    if ("reason" in read) unusable.push({ span, ...read });
    else cells.push({ ...read, span, column: null });
  }
  return { cells, unusable, blank: 0, notes: [] };
}

type Refusal = Omit<UnusableRecord, "span">;

function cellOf(
  fields: Readonly<Record<string, unknown>>,
  packet: string,
): Omit<GivenCell, "span" | "column"> | Refusal {
  const names = ["code", "rater", "criterion"] as const;
  const texts: Record<string, string> = {};
  const remark = fields["remark"] ?? null;
  if (remark !== null && fields["criterion"] === undefined) {
    const detail = `a remark on ${quoted(String(fields["code"]))} without a grade: ${quoted(String(remark))}`;
    return { reason: "missing_value", detail };
  }
  for (const name of names) {
    const value = fields[name];
    if (value === undefined || value === null || value === "")
      return { reason: "missing_id", detail: `no "${name}"; a form writes code, rater, criterion and value` };
    if (typeof value !== "string")
      return { reason: "wrong_type", detail: `"${name}" is ${quoted(JSON.stringify(value))}; expected text` };
    texts[name] = value;
  }
  const { code = "", rater = "", criterion = "" } = texts;
  const of = cellName(criterion, code);
  if (fields["packet"] !== undefined && fields["packet"] !== packet) {
    return {
      reason: "wrong_value",
      detail: `${of}: the rating is of packet ${quoted(String(fields["packet"]))}, and this is packet ${quoted(packet)}`,
    };
  }
  const ratedAt = fields["rated_at"] ?? null;
  if (ratedAt !== null && typeof ratedAt !== "string")
    return {
      reason: "wrong_type",
      detail: `${of}: "rated_at" is ${quoted(JSON.stringify(ratedAt))}; expected text`,
    };
  if (remark !== null && typeof remark !== "string")
    return {
      reason: "wrong_type",
      detail: `${of}: "remark" is ${quoted(JSON.stringify(remark))}; expected text`,
    };
  const { value } = fields;
  if (value === undefined)
    return { reason: "missing_value", detail: `${of}: no "value"; expected a grade or "cannot rate"` };
  if (value !== null && typeof value !== "number" && typeof value !== "string") {
    return {
      reason: "wrong_type",
      detail: `${of}: "value" is ${quoted(JSON.stringify(value))}; expected a grade or "cannot rate"`,
    };
  }
  if (typeof value === "string" && value.trim() === "")
    return { reason: "missing_value", detail: `${of}: "value" is blank; expected a grade or "cannot rate"` };
  return { code, rater, criterion, raw: value === null ? null : String(value), ratedAt, remark };
}
