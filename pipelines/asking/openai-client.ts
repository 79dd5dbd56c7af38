import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { ModelCallError } from "./call-error.js";
import { chatBody, type ReplyFormat } from "./chat-body.js";
import { connectionFailure } from "./connection-failure.js";
import { createHttpFetch } from "./http-fetch.js";
import type { ModelClient, ModelReply, ModelRequest } from "./request.js";
import { hintOfVersion, servedModels, stubOwner } from "./served-models.js";
import { checkAddress, withoutSecrets } from "./server-address.js";
import { type AskedServer, statusFailure } from "./status-failure.js";
import { describeText } from "./web-page.js";

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
  checkAddress(baseUrl);
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
  const server: AskedServer = { model, baseUrl, apiKey, keyFrom };
  const said = (text: string) => `${model} at ${withoutSecrets(baseUrl)}: ${text}`;
  let current: ReplyFormat = format === "auto" ? "json_schema" : format;
  /** Null until somebody asks. */
  let isStub: boolean | null = null;

  const call = async (request: ModelRequest): Promise<ModelReply> => {
    const asked = current;
    try {
      const reply = await client.chat.completions.create(chatBody(request, model, asked), {
        headers: { "Idempotency-Key": `${request.requestHash}-${request.attempt ?? 0}` },
      });
      if (isStub === false && reply?.system_fingerprint === stubOwner) throw hiddenStub(said);
      return {
        text: await contentOf(reply, said, server),
        promptTokens: reply.usage?.prompt_tokens ?? null,
        completionTokens: reply.usage?.completion_tokens ?? null,
      };
    } catch (error) {
      if (format === "auto" && asked === "json_schema" && isFormatRefusal(error)) {
        current = "text";
        return call(request);
      }
      throw await callError(error, said, server, timeoutMs);
    }
  };
  return {
    name,
    ask: call,
    isStub: async () => {
      isStub = (await servedModels(baseUrl, apiKey))?.isStub ?? false;
      return isStub;
    },
  };
}

/** The stub's grades must never be kept under the name of a model. */
function hiddenStub(said: (text: string) => string): ModelCallError {
  return new ModelCallError(
    said("the replies come from medbench's stub, but the list of models does not say so"),
    {
      scope: "all",
      mayBePaid: false,
      hint: "Let --base-url name the stub server itself, or a server with a model.",
    },
  );
}

/** Servers may send anything: the type states what should arrive, not what arrived. */
async function contentOf(
  reply: Partial<OpenAI.ChatCompletion> | string,
  said: (text: string) => string,
  server: AskedServer,
): Promise<string> {
  const content: unknown = typeof reply === "string" ? undefined : reply?.choices?.[0]?.message?.content;
  if (typeof content === "string") return content;
  if (content === null) return "";
  if (typeof reply !== "string") throw await notApi("the reply contains no message", said, server);
  const came = reply.trim() === "" ? "an empty reply" : describeText(reply);
  throw await notApi(`${came} came back instead of a reply of the API`, said, server);
}

async function notApi(
  text: string,
  said: (text: string) => string,
  { baseUrl, apiKey }: AskedServer,
  cause?: unknown,
): Promise<ModelCallError> {
  return new ModelCallError(said(text), {
    scope: "retry",
    failure: "not_api",
    mayBePaid: true,
    hint:
      (await hintOfVersion(baseUrl, apiKey)) ??
      "A login page, a proxy or another program may answer there: open the address in a browser, and check --base-url, which usually ends in /v1.",
    cause,
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

async function callError(
  error: unknown,
  said: (text: string) => string,
  server: AskedServer,
  timeoutMs: number,
): Promise<ModelCallError> {
  if (error instanceof ModelCallError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new ModelCallError(said(`no reply within ${timeoutMs / 1000} s`), {
      scope: "retry",
      failure: "timeout",
      mayBePaid: true,
      hint: "Check whether the server works on the request (its log shows it), or give it more time with --timeout-s. A proxy that hangs looks the same.",
    });
  if (error instanceof APIConnectionError) {
    const { failure, text, hint, isUnsent } = connectionFailure(error, new URL(server.baseUrl).host);
    return new ModelCallError(said(text), { scope: "retry", failure, mayBePaid: !isUnsent, hint });
  }
  if (error instanceof APIError && error.status !== undefined)
    return statusFailure(error, error.status, said, server);
  // A reply that is not JSON arrives as a syntax error after the server has done its work. It quotes how the reply begins.
  const isPage = error instanceof SyntaxError && /["'`]?<|token '?<'?/.test(error.message);
  const came = isPage ? "a web page came back instead of a reply of the API" : "the reply is not JSON";
  return notApi(came, said, server, error);
}
