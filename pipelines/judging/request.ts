import { createHash } from "node:crypto";
import { type Rubric, rubricCriteria } from "../../src/lib/catalogue/rubric.js";
import { perRubric } from "./per-rubric.js";
import { renderPrompt } from "./prompt.js";
import type { JudgeMaterial, JudgeRequest } from "./types.js";
import { verdictSchema } from "./verdict-schema.js";

export interface RequestOptions {
  /** Model asked; part of the hash. */
  readonly model: string;
  /** Repetition, from 1. Default 1. */
  readonly repeat?: number;
  /** Maximum tokens of the reply. Default: 120 for each criterion plus 200. */
  readonly maxTokens?: number;
  /** Keeps requests with equal wording separate, as needed for recorded verdicts. Default: none. */
  readonly salt?: string;
}

/** The question to a judge about one answer under one rubric. Equal material gives an equal hash, so it is paid for once. */
export function judgeRequest(
  rubric: Rubric,
  material: JudgeMaterial,
  { model, repeat = 1, maxTokens, salt }: RequestOptions,
): JudgeRequest {
  const { replySchema, usualLimit } = formOf(rubric, material.language, material.keyPoints.length);
  const { messages, promptHash } = renderPrompt(rubric, material);
  const limit = maxTokens ?? usualLimit;
  const asked = JSON.stringify({
    model,
    promptHash,
    messages,
    repeat,
    maxTokens: limit,
    temperature: 0,
    salt,
  });
  return {
    requestHash: createHash("sha256").update(asked).digest("hex").slice(0, 32),
    messages,
    rubric,
    material,
    replySchema,
    repeat,
    maxTokens: limit,
  };
}

const formOf = perRubric((rubric, _language, nPoints) => {
  const criteria = rubricCriteria(rubric, nPoints);
  return {
    replySchema: { name: "verdict", schema: verdictSchema(criteria) },
    usualLimit: 200 + 120 * criteria.length,
  };
});
