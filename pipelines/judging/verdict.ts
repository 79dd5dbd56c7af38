import { z } from "zod";
import { type CriterionScale, type Rubric, rubricCriteria } from "../../src/lib/catalogue/rubric.js";
import { withoutReasoning } from "../../src/lib/metrics/reasoning-marks.js";
import type { ReplyReader } from "../asking/request.js";
import type { JudgeRequest } from "./types.js";
import { cannotRate } from "./verdict-schema.js";

/** A judge's verdict on one criterion. */
export interface CriterionVerdict {
  readonly criterion: string;
  readonly status: "ok" | "cannot_rate";
  /** On the criterion's scale; null where the judge could not rate. */
  readonly value: number | null;
  readonly rationale: string;
}

/**
 * `ok`: every criterion has a value or "cannot rate"; `cannot_rate`: none has a value; `failed`: anything else, with
 * the reason and no verdicts. A failed reply is never a grade.
 */
export type ParsedVerdict =
  | { readonly status: "ok" | "cannot_rate"; readonly verdicts: readonly CriterionVerdict[] }
  | { readonly status: "failed"; readonly verdicts: readonly []; readonly reason: string };

export interface ParseVerdictOptions {
  /** Key points or criteria of the item. Default: as many as the reply has, numbered from 1 without gaps. */
  readonly nPoints?: number;
}

/** Half of a character; in this mode, the halves of a whole character do not match. */
const loneSurrogate = /\p{Surrogate}/u;

const criterionReply = z.strictObject({
  reason: z.string().optional(),
  verdict: z.union([z.int(), z.literal(cannotRate)]),
});
const reply = z.record(z.string(), criterionReply);

/**
 * Reads a judge's reply strictly: one JSON object (reasoning and one code fence around it are removed), exactly the rubric's criteria, each once, with whole numbers on the scale. It never searches prose for
 * numbers: a judge that quotes the candidate's "5/5" must not grade with it.
 *
 * @example parseVerdict('{"key_point/1": {"reason": "said", "verdict": 1}}', rubric).status // "ok"
 */
export function parseVerdict(
  text: string,
  rubric: Rubric,
  { nPoints }: ParseVerdictOptions = {},
): ParsedVerdict {
  const json = [text, withoutReasoning(text)].map(bareJson).find(isJson);
  if (json === undefined) return failed("the reply is not one JSON object");
  const value: unknown = JSON.parse(json);
  const parsed = reply.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failed(`${issue?.path.join(".") || "reply"}: ${issue?.message ?? "unreadable"}`);
  }
  if (keysIn(json) !== keysOf(value)) return failed("a key occurs twice");
  const said = parsed.data;
  // An escape such as \ud83d becomes half of a character when it is parsed; no table can hold it.
  if (Object.values(said).some(({ reason = "" }) => loneSurrogate.test(reason)))
    return failed("a reason contains half of a character (a lone surrogate)");
  const criteria = rubricCriteria(rubric, nPoints ?? Object.keys(said).length);
  if (criteria.length === 0) return failed("the reply names no criterion");
  const unknown = Object.keys(said).find((name) => !criteria.some(({ criterion }) => criterion === name));
  if (unknown !== undefined)
    return failed(`criterion ${JSON.stringify(unknown.slice(0, 60))} is not in the rubric`);

  const verdicts: CriterionVerdict[] = [];
  for (const scale of criteria) {
    const one = Object.hasOwn(said, scale.criterion) ? said[scale.criterion] : undefined;
    if (one === undefined) return failed(`criterion ${scale.criterion} is missing`);
    const verdict = verdictOf(scale, one);
    if (verdict === null)
      return failed(`${scale.criterion} is ${one.verdict}, outside ${scale.min} to ${scale.max}`);
    verdicts.push(verdict);
  }
  return { status: verdicts.some(({ status }) => status === "ok") ? "ok" : "cannot_rate", verdicts };
}

/** Whether a judge's reply contains a verdict on every criterion that it was asked about. */
export const verdictReader: ReplyReader<JudgeRequest> = ({ rubric, material }) => {
  const nPoints = material.keyPoints.length;
  return (text) => {
    const parsed = parseVerdict(text, rubric, { nPoints });
    return parsed.status === "failed"
      ? { isReadable: false, problem: `verdict: ${parsed.reason}` }
      : { isReadable: true };
  };
};

function verdictOf(
  { criterion, min, max }: CriterionScale,
  { verdict, reason = "" }: z.infer<typeof criterionReply>,
): CriterionVerdict | null {
  if (verdict === cannotRate) return { criterion, status: "cannot_rate", value: null, rationale: reason };
  return verdict >= min && verdict <= max
    ? { criterion, status: "ok", value: verdict, rationale: reason }
    : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One code fence is removed; everything else must be the object itself. */
function bareJson(text: string): string {
  const said = text.trim();
  if (!(said.startsWith("```") && said.endsWith("```") && said.length >= 6)) return said;
  const lineEnd = said.indexOf("\n");
  const label = said.slice(3, lineEnd).trim().toLowerCase();
  return lineEnd > 0 && (label === "" || label === "json") ? said.slice(lineEnd, -3).trim() : said;
}

/** Keys written in a JSON text, repetitions included. */
function keysIn(json: string): number {
  return [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gsu)].filter(([, colon]) => colon !== undefined).length;
}

function keysOf(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  const inner = Object.values(value).reduce((total: number, each: unknown) => total + keysOf(each), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

const failed = (reason: string): ParsedVerdict => ({ status: "failed", verdicts: [], reason });
