import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { clamp } from "../../src/lib/util/clamp.js";
import { cannotRate } from "../judging/verdict-schema.js";

const rule = z.strictObject({
  /** Which requests the rule takes; all conditions given must hold. */
  every: z.int().positive().optional(),
  numbers: z.array(z.int().positive()).optional(),
  contains: z.string().optional(),
  /** Takes only the first so many calls of each request, so that a repetition gets through. */
  firstCalls: z.int().positive().optional(),
  /** What it does with them. Default: a verdict. */
  status: z.int().min(400).max(599).optional(),
  retryAfterS: z.number().nonnegative().optional(),
  /** Says Retry-After as a date instead of seconds. */
  retryAfterDate: z.literal(true).optional(),
  latencyMs: z.number().nonnegative().optional(),
  /** Never answers. */
  hang: z.literal(true).optional(),
  /** Closes the connection without an answer. */
  drop: z.literal(true).optional(),
  /** Sends so many bytes of its reply, then closes the connection. */
  cutAfterBytes: z.int().nonnegative().optional(),
  /** Sent as the body of the reply, whatever it is: malformed JSON, for example. */
  body: z.string().optional(),
  /** Content type of the body. Default: application/json. */
  contentType: z.string().optional(),
  /** What the model says instead of a verdict. */
  text: z.string().optional(),
  /** The same verdict on every criterion, kept on its scale. */
  verdict: z.union([z.int(), z.literal(cannotRate)]).optional(),
});

/** How the stub server behaves: the first rule that takes a request decides. */
export const stubScriptSchema = z.strictObject({
  latencyMs: z.number().nonnegative().default(0),
  /** False: a response_format is refused with 400, as servers without structured output do. */
  jsonSchema: z.boolean().default(true),
  /** Requests with another key, or none, are refused with 401. Default: any key will do. */
  key: z.string().optional(),
  /** Requests for another model are refused with 404. Default: any model will do. */
  model: z.string().optional(),
  rules: z.array(rule).default([]),
});
export type StubScript = z.input<typeof stubScriptSchema>;
type Rule = z.infer<typeof rule>;

export interface StubLog {
  /** Chat completions that arrived. */
  readonly requests: number;
  /** Idempotency key of each, in order of arrival. */
  readonly keys: readonly string[];
  /** Most that were open at once. */
  readonly mostOpen: number;
}

export interface StubServer {
  readonly url: string;
  readonly port: number;
  readonly log: () => StubLog;
  readonly close: () => Promise<void>;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: Schema } };
}

interface Schema {
  readonly properties: Readonly<
    Record<
      string,
      {
        readonly properties: {
          readonly verdict: { readonly anyOf: readonly [{ readonly enum: readonly number[] }] };
        };
      }
    >
  >;
}

/**
 * A judge's server for tests, benches and a first look: OpenAI's chat completions over real HTTP on this machine, with
 * verdicts that depend on the prompt alone, and every way of failing that its script asks for. It reads nothing and
 * knows nothing of medicine.
 */
export async function startStubServer(script: StubScript = {}, port = 0): Promise<StubServer> {
  const { latencyMs, rules, jsonSchema, key: wantedKey, model } = stubScriptSchema.parse(script);
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
    const request = JSON.parse(body) as ChatRequest;
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
    const reply = taken?.status === undefined ? (taken?.body ?? completion(request, body, taken)) : "";
    // The time to the reply counts from the request's arrival, whatever the reply took to make.
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

function takes(each: Rule, number: number, call: number, body: string): boolean {
  return (
    (each.every === undefined || number % each.every === 0) &&
    (each.numbers === undefined || each.numbers.includes(number)) &&
    (each.contains === undefined || body.includes(each.contains)) &&
    (each.firstCalls === undefined || call <= each.firstCalls)
  );
}

function completion(request: ChatRequest, body: string, taken: Rule | undefined): string {
  const content = taken?.text ?? JSON.stringify(verdicts(request, taken?.verdict));
  return JSON.stringify({
    id: "stub",
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

/** A value per criterion, drawn by a hash of the last message: equal prompts get equal verdicts. */
function verdicts(request: ChatRequest, fixed: Rule["verdict"]): Record<string, unknown> {
  const digest = createHash("sha256")
    .update(request.messages.at(-1)?.content ?? "")
    .digest();
  return Object.fromEntries(
    criteriaOf(request).map(([criterion, values], index) => {
      const drawn = values[(digest[index % digest.length] as number) % values.length] as number;
      const scripted =
        typeof fixed === "number" ? clamp(fixed, Math.min(...values), Math.max(...values)) : fixed;
      return [criterion, { reason: "stub", verdict: scripted ?? drawn }];
    }),
  );
}

/** Criteria and their values: from the schema, or from the form in the prompt where no schema is sent. */
function criteriaOf({ response_format, messages }: ChatRequest): [string, readonly number[]][] {
  const schema = response_format?.json_schema?.schema;
  if (schema !== undefined) {
    return Object.entries(schema.properties).map(([name, { properties }]) => [
      name,
      properties.verdict.anyOf[0].enum,
    ]);
  }
  const form = /^ {2}"([^"]+)": \{"reason": "\.\.\.", "verdict": ([\d |]+) \|/gm;
  return [...(messages[0]?.content ?? "").matchAll(form)].map(([, name, values]) => [
    name as string,
    (values as string).split(" | ").map(Number),
  ]);
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
  { contentType = "application/json", cutAfterBytes }: Pick<Rule, "contentType" | "cutAfterBytes"> = {},
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "content-type": contentType, "content-length": bytes.length });
  if (cutAfterBytes === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, cutAfterBytes), () => response.destroy());
}
