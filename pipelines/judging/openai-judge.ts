import { type OpenAiClientOptions, openAiClient } from "../asking/openai-client.js";
import type { ModelClient } from "../asking/request.js";

/** Environment variable that holds the key of the one server of a call. */
export const defaultKeyFrom = "MEDBENCH_JUDGE_API_KEY";

/** A judge behind any server that speaks OpenAI's chat completions. */
export function openAiJudge(
  options: Omit<OpenAiClientOptions, "keyFrom"> & Partial<Pick<OpenAiClientOptions, "keyFrom">>,
): ModelClient {
  return openAiClient({ keyFrom: defaultKeyFrom, ...options });
}
