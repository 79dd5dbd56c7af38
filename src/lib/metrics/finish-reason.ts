/**
 * What a finish reason means for an answer: `finished`; `truncated`: cut off by a limit or a failure; `refused`: the model
 * declined; `filtered`: the API withheld the answer or a part of it.
 */
export type FinishMeaning = "finished" | "truncated" | "refused" | "filtered";

/** Lower case, with `_` between words and without prefixes such as `FinishReason.` and `FINISH_REASON_`. */
const names: Readonly<Record<FinishMeaning, readonly string[]>> = {
  finished: [
    ...[
      "stop",
      "stopped",
      "end",
      "end_turn",
      "stop_sequence",
      "tool_calls",
      "tool_call",
      "tool_use",
      "function_call",
    ],
    ...[
      "eos",
      "eos_token",
      "endoftext",
      "end_of_text",
      "end_of_sequence",
      "stop_token",
      "stop_criteria_met",
      "word",
    ],
    ...["complete", "completed", "finish", "finished", "normal", "success", "succeeded", "pause_turn"],
    ...["stopped_eos", "stopped_word"],
  ],
  truncated: [
    // OpenAI, Mistral, HELM and most servers; Anthropic, Bedrock, Cohere, Gemini; OpenAI Responses; Mistral, Inspect.
    ...[
      "length",
      "max_tokens",
      "max_output_tokens",
      "max_new_tokens",
      "max_length",
      "max_output",
      "model_length",
    ],
    ...["model_context_window_exceeded", "context_length_exceeded", "context_length", "context_window"],
    // watsonx, Aleph Alpha, llama.cpp, Cohere.
    ...[
      "token_limit",
      "time_limit",
      "maximum_tokens",
      "not_finished",
      "limit",
      "stopped_limit",
      "error_limit",
    ],
    // Stopped by the server: vLLM and SGLang, DeepSeek, GLM, Cohere.
    ...[
      "abort",
      "aborted",
      "cancelled",
      "canceled",
      "user_cancel",
      "timeout",
      "insufficient_system_resource",
    ],
    ...["network_error", "incomplete", "truncated"],
  ],
  refused: ["refusal", "refused"],
  filtered: [
    // OpenAI and Azure, Bedrock, Gemini and Vertex, Cohere, GLM and Hunyuan, DashScope.
    ...[
      "content_filter",
      "content_filtered",
      "guardrail_intervened",
      "safety",
      "recitation",
      "blocklist",
      "language",
    ],
    ...[
      "prohibited_content",
      "spii",
      "image_safety",
      "image_prohibited_content",
      "image_recitation",
      "model_armor",
    ],
    ...["error_toxic", "sensitive", "data_inspection_failed", "datainspectionfailed", "filtered", "blocked"],
  ],
};

/** The numbers of Gemini and Vertex that mean the same in both. */
const numbers: Readonly<Record<string, FinishMeaning>> = {
  "1": "finished",
  "2": "truncated",
  "3": "filtered",
  "4": "filtered",
  "6": "filtered",
  "7": "filtered",
  "8": "filtered",
};

const meanings = new Map<string, FinishMeaning>([
  ...Object.entries(names).flatMap(([meaning, all]) =>
    all.map((name): [string, FinishMeaning] => [name, meaning as FinishMeaning]),
  ),
  ...Object.entries(numbers),
]);

/**
 * What a finish reason of a model server or harness means: OpenAI, Azure, Anthropic, Gemini and Vertex (names and numbers),
 * Bedrock, Cohere, Mistral, DeepSeek, DashScope, GLM, vLLM, SGLang, TGI, llama.cpp, Ollama, Inspect, HELM and others, in any
 * letter case, also as an object with `type` or `reason`.
 *
 * @param reason as received
 * @returns null if the reason is not known
 * @example finishMeaning("FinishReason.MAX_TOKENS") // "truncated"
 */
export function finishMeaning(reason: string): FinishMeaning | null {
  const inner = /^\s*\{.*?"(?:type|reason|finish_reason)"\s*:\s*"([^"]*)"/su.exec(reason)?.[1] ?? reason;
  const name = inner
    .trim()
    .replace(/([a-z])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .replace(/[\s-]+/gu, "_")
    .replace(/^(?:\w+\.)?(?:finish_?reason_|stop_?reason_)?/u, "");
  return meanings.get(name) ?? meanings.get(name.replaceAll("_", "")) ?? null;
}
