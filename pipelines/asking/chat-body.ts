import type OpenAI from "openai";
import type { JudgeRequest } from "../judging/types.js";

/** How the server is asked to keep to the form of a verdict; the strict parser decides in any case. */
export const verdictFormats = ["json_schema", "json_object", "text"] as const;
export type VerdictFormat = (typeof verdictFormats)[number];

/** Body of a chat completion: online and in batch files the same. */
export function chatBody(
  request: JudgeRequest,
  model: string,
  format: VerdictFormat,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    temperature: 0,
    seed: request.repeat + 1000 * (request.attempt ?? 0),
    max_tokens: request.maxTokens,
    ...(format === "json_schema" && {
      response_format: {
        type: "json_schema",
        json_schema: { name: "verdict", strict: true, schema: request.verdictSchema },
      },
    }),
    ...(format === "json_object" && { response_format: { type: "json_object" } }),
  };
}
