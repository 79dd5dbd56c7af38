import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { InputError } from "../../src/lib/errors.js";
import { ModelCallError } from "./call-error.js";
import { chatBody, type ReplyFormat } from "./chat-body.js";
import { createHttpFetch } from "./http-fetch.js";
import type { ModelClient, ModelReply, ModelRequest } from "./request.js";

export interface OpenAiClientOptions {
  readonly model: string;
  /** How tables name the client. Default: the model. */
  readonly name?: string;
  /** Address of the server's API, such as http://127.0.0.1:8000/v1. */
  readonly baseUrl: string;
  /** Sent to that server only; never logged, never stored. */
  readonly apiKey: string;
  /** Environment variable of the key, for messages. */
  readonly keyFrom: string;
  /** How the format of the reply is requested. Default `auto`: by schema, or in words once the server refuses a schema. */
  readonly format?: ReplyFormat | "auto";
  /** Default 120,000. */
  readonly timeoutMs?: number;
}

/** A model behind any server that speaks OpenAI's chat completions. The runner does the retries, so that each one is in the journal. */
export function openAiClient({
  model,
  name = model,
  baseUrl,
  apiKey,
  keyFrom,
  format = "auto",
  timeoutMs = 120_000,
}: OpenAiClientOptions): ModelClient {
  if (!URL.canParse(baseUrl)) {
    throw new InputError(`base URL ${JSON.stringify(baseUrl)} is not a URL`, {
      hint: "For example http://127.0.0.1:8000/v1.",
    });
  }
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRetries: 0,
    fetch: createHttpFetch(),
    // Settings in the environment for other servers are not sent.
    organization: null,
    project: null,
    logLevel: "off",
  });
  const where = `${model} at ${hostOf(baseUrl)}`;
  let current: ReplyFormat = format === "auto" ? "json_schema" : format;

  const call = async (request: ModelRequest): Promise<ModelReply> => {
    const asked = current;
    try {
      const reply = await client.chat.completions.create(chatBody(request, model, asked), {
        headers: { "Idempotency-Key": `${request.requestHash}-${request.attempt ?? 0}` },
      });
      return {
        text: contentOf(reply, where),
        promptTokens: reply.usage?.prompt_tokens ?? null,
        completionTokens: reply.usage?.completion_tokens ?? null,
      };
    } catch (error) {
      if (format === "auto" && asked === "json_schema" && isFormatRefusal(error)) {
        current = "text";
        return call(request);
      }
      throw callError(error, where, keyFrom);
    }
  };
  return { name, ask: call };
}

/** Servers may send anything: the type states what should arrive, not what arrived. */
function contentOf(reply: Partial<OpenAI.ChatCompletion> | string, where: string): string {
  const content: unknown = typeof reply === "string" ? undefined : reply.choices?.[0]?.message?.content;
  if (typeof content === "string") return content;
  if (content === null) return "";
  const came =
    typeof reply === "string"
      ? `text that begins ${JSON.stringify(reply.trim().slice(0, 30))}`
      : "no message";
  throw new ModelCallError(`${where}: the reply contains ${came}; is this the address of the API?`, {
    scope: "retry",
    mayBePaid: true,
  });
}

/** A 4xx about the response format, as servers without structured output send. */
function isFormatRefusal(error: unknown): boolean {
  return (
    error instanceof APIError &&
    [400, 404, 415, 422, 501].includes(error.status ?? 0) &&
    /response_format|json_schema|structured|guided|grammar/i.test(error.message)
  );
}

/** A URL may contain a password, which must not appear in messages. */
function hostOf(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname}`;
}

function callError(error: unknown, where: string, keyFrom: string): ModelCallError {
  if (error instanceof ModelCallError) return error;
  const said = (text: string) => `${where}: ${text}`;
  if (error instanceof APIConnectionTimeoutError)
    return new ModelCallError(said("the server did not reply in time"), { scope: "retry", mayBePaid: true });
  if (error instanceof APIConnectionError) {
    const isRefused = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(causes(error));
    return new ModelCallError(said("connection failed"), {
      scope: "retry",
      mayBePaid: !isRefused,
      cause: error,
    });
  }
  if (error instanceof APIError && error.status !== undefined)
    return statusError(error, error.status, said, keyFrom);
  // A reply that is not JSON arrives as a syntax error after the server has done its work.
  return new ModelCallError(said("the reply is not JSON"), { scope: "retry", mayBePaid: true, cause: error });
}

function statusError(
  error: APIError,
  status: number,
  said: (text: string) => string,
  keyFrom: string,
): ModelCallError {
  // A server's message may repeat the key that it received.
  const message = said(`HTTP ${status}`);
  if (status === 401 || status === 403 || status === 404 || error.code === "insufficient_quota") {
    return new ModelCallError(message, {
      scope: "all",
      mayBePaid: false,
      hint:
        status === 404
          ? "Check --base-url and --model: the server does not know one of them."
          : `Check the key in ${keyFrom} and what it may do.`,
    });
  }
  const retryAfterMs = retryAfter(error.headers);
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    return new ModelCallError(message, {
      scope: "retry",
      mayBePaid: false,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  return new ModelCallError(message, { scope: "item", mayBePaid: false });
}

/** Retry-After in milliseconds: seconds or a date; null if the server gave none. */
export function retryAfter(headers: Headers | undefined, now: number = Date.now()): number | null {
  const exact = headers?.get("retry-after-ms");
  if (exact && Number.isFinite(Number(exact))) return Math.max(0, Number(exact));
  const text = headers?.get("retry-after");
  if (!text) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function causes(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause)
    parts.push(`${at.message} ${(at as NodeJS.ErrnoException).code ?? ""}`);
  return parts.join(" ");
}
