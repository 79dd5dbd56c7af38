import { isUtf8 } from "node:buffer";
import type { QuarantineReason } from "../../src/lib/records/tables.js";
import { keysAndDepth } from "./json-keys.js";

export interface MedbenchLine {
  readonly question: string;
  /** Null = not answered. */
  readonly answer: string | null;
  /** `other.id` as text. */
  readonly id: string;
  /** `other.source`, null where absent. */
  readonly tag: string | null;
  /** All fields of the line, including those that only question packs have. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ParsedLine =
  | { readonly ok: true; readonly line: MedbenchLine }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly detail: string };

/**
 * Reads one line of a MedBench question or answer file: `{"question", "answer", "other": {"id", "source"}}`.
 *
 * @param bytes the line without its end
 * @param atEnd whether the line is the file's last and has no line end, so that it may be cut off
 */
export function parseMedbenchLine(bytes: Buffer, atEnd = false): ParsedLine {
  const parsed = parseJsonLine(bytes, atEnd);
  if (!parsed.ok) return parsed;
  const { question, answer, other } = parsed.fields;
  if (question === undefined || question === null)
    return bad("missing_question", 'no "question"; expected text');
  if (typeof question !== "string")
    return bad("wrong_type", `"question" is ${typeOf(question)}; expected text`);
  if (answer !== undefined && answer !== null && typeof answer !== "string")
    return bad("wrong_type", `"answer" is ${typeOf(answer)}; expected text`);
  if (other === undefined || other === null)
    return bad("missing_id", 'no "other"; expected {"id", "source"}');
  if (typeof other !== "object" || Array.isArray(other))
    return bad("wrong_type", `"other" is ${typeOf(other)}; expected {"id", "source"}`);
  const { id, source } = other as Record<string, unknown>;
  if (id === undefined || id === null || id === "")
    return bad("missing_id", 'no "other.id"; expected a number');
  if (!(typeof id === "string" || (typeof id === "number" && Number.isSafeInteger(id))))
    return bad(
      "wrong_type",
      `"other.id" is ${typeof id === "number" ? id : typeOf(id)}; expected a whole number or text`,
    );
  if (source !== undefined && source !== null && typeof source !== "string")
    return bad("wrong_type", `"other.source" is ${typeOf(source)}; expected text`);
  return {
    ok: true,
    line: { question, answer: answer ?? null, id: String(id), tag: source ?? null, fields: parsed.fields },
  };
}

type ParsedJson =
  | { readonly ok: true; readonly fields: Record<string, unknown> }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly detail: string };

/** Reads a line that must be one JSON object, with any fields. */
export function parseJsonLine(bytes: Buffer, atEnd = false): ParsedJson {
  if (!isUtf8(bytes))
    return bad("invalid_utf8", `${invalidByte(bytes)} of the line is not UTF-8; save the file as UTF-8`);
  if (bytes.includes(0)) return bad("nul_byte", `NUL byte at position ${bytes.indexOf(0)} of the line`);
  const text = bytes.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message.replace(/ in JSON at position/, " at position");
    const marker = /^(<{7}|={7}|>{7}|\|{7})(?: .*)?$/.exec(text.trim());
    if (marker !== null)
      return bad(
        "not_json",
        `a conflict marker of git (${marker[1]}): the file holds two versions of some lines`,
      );
    if (/[:[,]\s*-?(NaN|Infinity)\b/.test(text))
      return bad("nan", "NaN or Infinity, which JSON does not have; write null");
    return atEnd
      ? bad("truncated_line", "the last line is cut off (no line end, no complete JSON)")
      : bad("not_json", shorten(message));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return bad("not_an_object", `the line is ${typeOf(value)}; expected one JSON object`);
  const { repeated, depth } = keysAndDepth(text);
  if (depth > deepest)
    return bad("too_deep", `${depth} objects and lists inside each other; at most ${deepest} are read`);
  if (repeated !== null)
    return bad("duplicate_key", `key ${JSON.stringify(shorten(repeated))} occurs twice in one object`);
  if (/\\u[dD][89a-fA-F]/.test(text) && !isWellFormed(value))
    return bad("lone_surrogate", "half of a surrogate pair (such as \\ud800), which is not text");
  return { ok: true, fields: value as Record<string, unknown> };
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The same for every string inside the value; a loop, because a hostile line can be nested deeper than the call stack. */
function isWellFormed(value: unknown): boolean {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === "string" && loneSurrogate.test(next)) return false;
    if (next !== null && typeof next === "object")
      for (const [key, inner] of Object.entries(next)) pending.push(key, inner);
  }
  return true;
}

/** Objects and lists inside each other; the engine fails far beyond this, and no answer comes near it. */
const deepest = 1000;

/** The first byte that does not survive decoding. */
function invalidByte(bytes: Buffer): string {
  const again = Buffer.from(bytes.toString("utf8"));
  let at = 0;
  while (at < bytes.length && again[at] === bytes[at]) at += 1;
  return `byte ${at + 1} (0x${(bytes[at] ?? 0).toString(16).padStart(2, "0")})`;
}

function bad(
  reason: QuarantineReason,
  detail: string,
): { ok: false; reason: QuarantineReason; detail: string } {
  return { ok: false, reason, detail };
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function shorten(text: string): string {
  // Parser messages quote the text, and excerpts of answers must not get into a table that is shown.
  const plain = text.replace(/,? ?(?:\.\.\.)?"[\s\S]*$/, "").replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
}
