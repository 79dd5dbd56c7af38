import { type OpenAiClientOptions, openAiClient } from "../asking/openai-client.js";
import type { ModelClient } from "../asking/request.js";

/** Environment variable with the key, for commands that use a single server. */
export const defaultKeyFrom = "MEDBENCH_JUDGE_API_KEY";

/** A judge behind any server that speaks OpenAI's chat completions. */
export function openAiJudge(
  options: Omit<OpenAiClientOptions, "keyFrom"> & Partial<Pick<OpenAiClientOptions, "keyFrom">>,
): ModelClient {
  return openAiClient({ keyFrom: defaultKeyFrom, ...options });
}
