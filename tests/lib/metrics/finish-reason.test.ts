import { expect, it } from "vitest";
import { finishMeaning } from "../../../src/lib/metrics/finish-reason.js";

it.each([
  ["OpenAI", "stop", "finished"],
  ["OpenAI", "length", "truncated"],
  ["OpenAI", "content_filter", "filtered"],
  ["OpenAI", "tool_calls", "finished"],
  ["OpenAI Responses", "max_output_tokens", "truncated"],
  ["Anthropic", "end_turn", "finished"],
  ["Anthropic", "max_tokens", "truncated"],
  ["Anthropic", "refusal", "refused"],
  ["Anthropic", "model_context_window_exceeded", "truncated"],
  ["Gemini", "MAX_TOKENS", "truncated"],
  ["Gemini", "SAFETY", "filtered"],
  ["Gemini", "PROHIBITED_CONTENT", "filtered"],
  ["Gemini", "FinishReason.MAX_TOKENS", "truncated"],
  ["Vertex", "FINISH_REASON_MAX_TOKENS", "truncated"],
  ["Vertex", "2", "truncated"],
  ["Vertex", "3", "filtered"],
  ["Vertex", "1", "finished"],
  ["Bedrock", "guardrail_intervened", "filtered"],
  ["Bedrock", "CONTENT_FILTERED", "filtered"],
  ["Bedrock", "LENGTH", "truncated"],
  ["Cohere", "COMPLETE", "finished"],
  ["Cohere", "ERROR_TOXIC", "filtered"],
  ["Cohere", "ERROR_LIMIT", "truncated"],
  ["Mistral", "model_length", "truncated"],
  ["DeepSeek", "insufficient_system_resource", "truncated"],
  ["DashScope", "DataInspectionFailed", "filtered"],
  ["GLM", "sensitive", "filtered"],
  ["vLLM", "abort", "truncated"],
  ["SGLang", '{"type": "length", "length": 512}', "truncated"],
  ["TGI", "eos_token", "finished"],
  ["llama.cpp", "limit", "truncated"],
  ["Ollama", "stop", "finished"],
  ["Inspect", "model_length", "truncated"],
  ["HELM", '{"reason": "endoftext"}', "finished"],
  ["any, in mixed case", " Max-Tokens ", "truncated"],
  ["LangChain", "maxTokens", "truncated"],
])("%s: %j means %s", (_, reason, meaning) => {
  expect(finishMeaning(reason)).toBe(meaning);
});

it.each(["", "whatever", "5", "error", "unknown", "lengthy"])("%j is not known", (reason) => {
  expect(finishMeaning(reason)).toBeNull();
});
