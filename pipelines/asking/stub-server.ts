import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { stubOwner } from "./served-models.js";

/** One rule of a script: the requests that it matches, and how they are answered. */
export const stubRuleSchema = z.strictObject({
  /** The requests that the rule matches; all given conditions must be true. */
  every: z.int().positive().optional(),
  numbers: z.array(z.int().positive()).optional(),
  contains: z.string().optional(),
  /** Matches only the first N calls of each request, so that a repetition succeeds. */
  firstCalls: z.int().positive().optional(),
  /** How they are answered. Default: the usual reply. */
  status: z.int().min(400).max(599).optional(),
  retryAfterS: z.number().nonnegative().optional(),
  /** Sends Retry-After as a date instead of seconds. */
  retryAfterDate: z.literal(true).optional(),
  latencyMs: z.number().nonnegative().optional(),
  /** Never answers. */
  hang: z.literal(true).optional(),
  /** Closes the connection without an answer. */
  drop: z.literal(true).optional(),
  /** Sends this many bytes of its reply, then closes the connection. */
  cutAfterBytes: z.int().nonnegative().optional(),
  /** Sent unchanged as the body of the reply: malformed JSON, for example. */
  body: z.string().optional(),
  /** Content type of the body. Default: application/json. */
  contentType: z.string().optional(),
  /** Text of the model instead of the usual reply. */
  text: z.string().optional(),
});
type StubRule = z.infer<typeof stubRuleSchema>;

/** How the stub server behaves: the first rule that matches a request decides. */
export const stubScriptSchema = z.strictObject({
  latencyMs: z.number().nonnegative().default(0),
  /** False: a response_format is refused with 400, as by servers without structured output. */
  jsonSchema: z.boolean().default(true),
  /** Requests with another key, or none, are refused with 401. Default: every key is accepted. */
  key: z.string().optional(),
  /** Requests for another model are refused with 404. Default: every model name is accepted. */
  model: z.string().optional(),
  rules: z.array(stubRuleSchema).default([]),
});
type StubScript<Rule extends StubRule> = Omit<z.infer<typeof stubScriptSchema>, "rules"> & {
  readonly rules: readonly Rule[];
};

export interface StubLog {
  /** Chat completions that arrived. */
  readonly requests: number;
  /** Idempotency key of each, in order of arrival. */
  readonly keys: readonly string[];
  /** Largest number that were open at the same time. */
  readonly mostOpen: number;
}

export interface StubServer {
  readonly url: string;
  readonly port: number;
  readonly log: () => StubLog;
  readonly close: () => Promise<void>;
}

/** The fields of a chat completion's body that a stub needs. */
export interface StubRequest {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: unknown } };
}

export interface StubServerOptions<Rule> {
  /** Default: a free port. */
  readonly port?: number;
  /** Does not say that it is a stub, so that tests can let it play a real model. Default false. */
  readonly posesAsModel?: boolean;
  /** Text of the model, if the matching rule does not set it. */
  readonly replyTo: (request: StubRequest, rule: Rule | undefined) => string;
}

/**
 * A model server for tests, benchmarks and trying out: OpenAI's chat completions over real HTTP on this machine, with given
 * replies and the failures that its script asks for.
 */
export async function startStubServer<Rule extends StubRule>(
  { latencyMs, rules, jsonSchema, key: wantedKey, model }: StubScript<Rule>,
  { port = 0, posesAsModel = false, replyTo }: StubServerOptions<Rule>,
): Promise<StubServer> {
  const keys: string[] = [];
  const calls = new Map<string, number>();
  let open = 0;
  let mostOpen = 0;

  const chat = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrived = performance.now();
    const body = await textOf(message);
    const number = keys.length + 1;
    const key = String(message.headers["idempotency-key"] ?? createHash("sha256").update(body).digest("hex"));
    keys.push(key);
    // The key ends in the attempt: calls of one request are counted over its attempts.
    const asked = key.replace(/-\d+$/, "");
    const call = (calls.get(asked) ?? 0) + 1;
    calls.set(asked, call);
    const request = JSON.parse(body) as StubRequest;
    if (wantedKey !== undefined && message.headers.authorization !== `Bearer ${wantedKey}`) {
      send(response, 401, errorBody(`wrong key: ${message.headers.authorization ?? "none"}`));
      return;
    }
    if (model !== undefined && request.model !== model) {
      send(response, 404, errorBody(`The model ${request.model} does not exist`));
      return;
    }
    if (!jsonSchema && request.response_format !== undefined) {
      send(response, 400, errorBody("response_format of type json_schema is not supported"));
      return;
    }
    const taken = rules.find((each) => takes(each, number, call, body));
    const said = () => taken?.text ?? replyTo(request, taken);
    const reply =
      taken?.status === undefined ? (taken?.body ?? completion(request, body, said(), posesAsModel)) : "";
    // The latency counts from the request's arrival, however long the reply took to generate.
    const delay = (taken?.latencyMs ?? latencyMs) - (performance.now() - arrived);
    if (delay > 0) await wait(delay);
    if (taken?.hang) return;
    if (taken?.drop) response.destroy();
    else if (taken?.status !== undefined) {
      const { retryAfterS, retryAfterDate } = taken;
      if (retryAfterS !== undefined) {
        const date = new Date(Date.now() + retryAfterS * 1000).toUTCString();
        response.setHeader("retry-after", retryAfterDate ? date : String(retryAfterS));
      }
      send(response, taken.status, taken.body ?? errorBody(`scripted ${taken.status}`), taken);
    } else send(response, 200, reply, taken);
  };

  const server = createServer((message, response) => {
    if (message.url === "/stub/log") {
      send(response, 200, JSON.stringify({ requests: keys.length, keys, mostOpen } satisfies StubLog));
      return;
    }
    if (message.method === "GET" && message.url === "/v1/models") {
      send(response, 200, modelList(model ?? "stub", posesAsModel));
      return;
    }
    if (message.method !== "POST" || message.url !== "/v1/chat/completions") {
      send(response, 404, errorBody("not here"));
      return;
    }
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    response.on("close", () => {
      open -= 1;
    });
    chat(message, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 400, errorBody(String(error)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/v1`,
    port: bound,
    log: () => ({ requests: keys.length, keys: [...keys], mostOpen }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function takes(each: StubRule, number: number, call: number, body: string): boolean {
  return (
    (each.every === undefined || number % each.every === 0) &&
    (each.numbers === undefined || each.numbers.includes(number)) &&
    (each.contains === undefined || body.includes(each.contains)) &&
    (each.firstCalls === undefined || call <= each.firstCalls)
  );
}

function modelList(model: string, posesAsModel: boolean): string {
  const owned_by = posesAsModel ? "a test" : stubOwner;
  return JSON.stringify({ object: "list", data: [{ id: model, object: "model", created: 0, owned_by }] });
}

function completion(request: StubRequest, body: string, content: string, posesAsModel: boolean): string {
  return JSON.stringify({
    id: "stub",
    ...(posesAsModel ? {} : { system_fingerprint: stubOwner }),
    object: "chat.completion",
    created: 0,
    model: request.model,
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: {
      prompt_tokens: Math.ceil(body.length / 4),
      completion_tokens: Math.ceil(content.length / 4),
      total_tokens: Math.ceil(body.length / 4) + Math.ceil(content.length / 4),
    },
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

const errorBody = (message: string) => JSON.stringify({ error: { message, type: "stub_error", code: null } });

function send(
  response: ServerResponse,
  status: number,
  body: string,
  { contentType = "application/json", cutAfterBytes }: Pick<StubRule, "contentType" | "cutAfterBytes"> = {},
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "content-type": contentType, "content-length": bytes.length });
  if (cutAfterBytes === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, cutAfterBytes), () => response.destroy());
}
