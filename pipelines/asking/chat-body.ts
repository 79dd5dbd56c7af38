import type OpenAI from "openai";
import type { ModelRequest } from "./request.js";

/** How the server is told the format of the reply; replies are parsed strictly in any case. */
export const replyFormats = ["json_schema", "json_object", "text"] as const;
export type ReplyFormat = (typeof replyFormats)[number];

/** Body of a chat completion, for live calls and batch files. */
export function chatBody(
  request: ModelRequest,
  model: string,
  format: ReplyFormat,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const { temperature = 0, topP } = request.sampling ?? {};
  const { replySchema } = request;
  return {
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    temperature,
    ...(topP !== undefined && { top_p: topP }),
    seed: request.repeat + 1000 * (request.attempt ?? 0),
    max_tokens: request.maxTokens,
    ...(replySchema !== undefined &&
      format === "json_schema" && {
        response_format: { type: "json_schema", json_schema: { ...replySchema, strict: true } },
      }),
    ...(replySchema !== undefined &&
      format === "json_object" && { response_format: { type: "json_object" } }),
  };
}
