import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { ModelCallError } from "../../pipelines/asking/call-error.js";
import type { RunRequestsOptions } from "../../pipelines/asking/run-options.js";
import { runRequests } from "../../pipelines/asking/run-requests.js";
import { openAiJudge } from "../../pipelines/judging/openai-judge.js";
import type { JudgeRequest } from "../../pipelines/judging/types.js";
import { verdictReader } from "../../pipelines/judging/verdict.js";
import { fakeClock, openJournal } from "../judging/material.js";
import { requestsFor } from "./request-list.js";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A server whose every reply the test decides; returns its address and what it was asked. */
async function serve(reply: RequestListener): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((message, response) => {
    asked.push(`${message.method} ${message.url}`);
    reply(message, response);
  });
  const port = await listen(server);
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${port}`, asked };
}

const chats = (asked: readonly string[]) => asked.filter((line) => line.startsWith("POST"));

/** A verdict in the form of the clinical rubric, as a chat completion. */
const completion = JSON.stringify({
  choices: [
    {
      message: {
        content: JSON.stringify(
          Object.fromEntries(
            ["correctness", "completeness", "clinical_reasoning", "safety", "communication"].map((name) => [
              name,
              { reason: "r", verdict: 3 },
            ]),
          ),
        ),
      },
    },
  ],
});

const json = { "content-type": "application/json" };

interface Asked {
  readonly baseUrl: string;
  readonly count?: number;
  readonly model?: string;
  readonly apiKey?: string;
  readonly timeoutMs?: number;
}

async function ask(
  { baseUrl, count = 40, model = "m", apiKey = "key-of-this-server", timeoutMs = 20_000 }: Asked,
  options: Partial<RunRequestsOptions<JudgeRequest>> = {},
) {
  const clock = fakeClock();
  const waits: string[] = [];
  const counts = await runRequests(requestsFor(count), {
    client: openAiJudge({ model, baseUrl, apiKey, timeoutMs }),
    readerOf: verdictReader,
    journal: await openJournal(),
    clock,
    onWait: (text) => waits.push(text),
    ...options,
  });
  return { counts, clock, waits };
}

async function failure(asked: Asked, options: Partial<RunRequestsOptions<JudgeRequest>> = {}) {
  const error = (await ask(asked, options).catch((reason: unknown) => reason)) as ModelCallError;
  expect(error).toMatchObject({ name: "ModelCallError", scope: "all" });
  expect(`${error.stack} ${error.hint}`).not.toContain("key-of-this-server");
  return { message: error.message, hint: error.hint ?? "" };
}

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("a server that was never there stops the run after a few calls, with the cause, the address and the next step", () => {
  test("nobody listens on the port", async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}/v1`;
    for (const budget of [{}, { requests: 3 }]) {
      const { message, hint } = await failure({ baseUrl }, { budget });
      expect(message).toBe(
        `m at ${baseUrl}: connection refused: no program listens on ${new URL(baseUrl).host} (ECONNREFUSED) (3 times in a row)`,
      );
      expect(hint).toMatch(/Start the server.*continues where it stopped/);
    }
  });

  test("the host has no address", async () => {
    const { message, hint } = await failure({ baseUrl: "http://judge.invalid/v1" });
    expect(message).toMatch(/http:\/\/judge\.invalid\/v1: the name judge\.invalid has no address \(DNS\)/);
    expect(hint).toMatch(/typing mistakes/);
  });

  test("https is spoken to a server of http", async () => {
    const { url } = await serve((_, response) => response.end());
    const { message, hint } = await failure({ baseUrl: `${url.replace("http:", "https:")}/v1` });
    expect(message).toMatch(/does not speak the protocol|not accepted \(TLS\)/);
    expect(hint).toMatch(/https:\/\/ or http:\/\/|certificate/);
  });

  test("a password in the address appears nowhere", async () => {
    const port = await freePort();
    const { message, hint } = await failure({ baseUrl: `http://me:pass1234@127.0.0.1:${port}/v1?key=k5678` });
    expect(message + hint).not.toMatch(/pass1234|k5678/);
    expect(message).toContain(`http://127.0.0.1:${port}/v1`);
  });

  test("a proxy that never replies is asked twice", async () => {
    const { url, asked } = await serve(() => {});
    const { message, hint } = await failure({ baseUrl: `${url}/v1`, timeoutMs: 300 });
    expect(message).toMatch(/no reply within 0\.3 s \(2 times in a row\)/);
    expect(hint).toMatch(/--timeout-s/);
    expect(chats(asked)).toHaveLength(2);
  }, 30_000);

  test("each reply is a web page", async () => {
    const { url, asked } = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
    });
    const { message, hint } = await failure({ baseUrl: `${url}/v1` });
    expect(message).toMatch(/a web page titled "Sign in" came back instead of a reply of the API/);
    expect(hint).toMatch(/login page.*--base-url/);
    expect(chats(asked)).toHaveLength(2);
  });

  test.each([
    [
      502,
      "text/html",
      "<html><body><center><h1>502 Bad Gateway</h1></center>",
      /HTTP 502 with a web page titled "502 Bad Gateway"/,
    ],
    [200, "application/json", "<html><title>Sign in</title>", /: a web page came back instead/],
    [200, "application/json", '{"choices": [', /: the reply is not JSON/],
    [200, "application/json", "", /: the reply is not JSON|an empty reply/],
    [200, "text/plain", "", /: an empty reply came back instead/],
    [200, "text/plain", "It works!", /: text that begins "It works!" came back instead/],
    [200, "application/json", "{}", /: the reply contains no message/],
  ])("status %i with %s %j is named", async (status, type, body, expected) => {
    const { url } = await serve((_, response) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
    const { message, hint } = await failure({ baseUrl: `${url}/v1` });
    expect(message).toMatch(expected);
    expect(hint).toMatch(/--base-url/);
  });

  test.each([
    [401, "{}", /HTTP 401: the server does not accept the key/, /MEDBENCH_JUDGE_API_KEY/],
    [400, '{"error": {"message": "no"}}', /HTTP 400 \(the server says: no\)/, /--format text/],
    [429, "{}", /HTTP 429/, /--requests-per-minute/],
    [500, "{}", /HTTP 500/, /log of the server/],
    [200, "<html><title>Sign in</title>", /a web page/, /login page/],
    [200, '{"choices": [{"message": {"content": "good"}}]}', /no reply so far has the form/, /--format/],
  ])(
    "with --max-requests 1, status %i with %s has the cause and the hint that it has without",
    async (status, body, cause, hinted) => {
      const { url, asked } = await serve((_, response) => {
        // A wait would be in vain: no other request may follow.
        response.writeHead(status, { ...json, "retry-after": "200" }).end(body);
      });
      const { message, hint } = await failure(
        { baseUrl: `${url}/v1` },
        { budget: { requests: 1 }, onWait: (text) => expect(text).toBe("no wait") },
      );
      expect(message).toMatch(cause);
      expect(hint).toMatch(hinted);
      expect(chats(asked)).toHaveLength(1);
    },
  );

  test("with --max-requests 1, a port on which nobody listens is named", async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}/v1`;
    const { message, hint } = await failure({ baseUrl }, { budget: { requests: 1 } });
    expect(message).toMatch(/connection refused: no program listens/);
    expect(hint).toMatch(/Start the server/);
  });

  test("/v1 is missing from the address, and the error gives the right one", async () => {
    const { url } = await serve((message, response) => {
      const isKnown = message.url === "/v1/models";
      response.writeHead(isKnown ? 200 : 404, json);
      response.end(JSON.stringify(isKnown ? { data: [{ id: "m" }] } : { detail: "Not Found" }));
    });
    for (const baseUrl of [url, `${url}/`]) {
      const { message, hint } = await failure({ baseUrl });
      expect(message).toMatch(/HTTP 404/);
      expect(hint).toContain(`Did you mean --base-url ${url}/v1?`);
    }
  });

  test("/v1 is missing, and the server shows a web page instead", async () => {
    const { url } = await serve((message, response) => {
      if (message.url === "/v1/models") response.writeHead(200, json).end('{"data": [{"id": "m"}]}');
      else response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>");
    });
    expect((await failure({ baseUrl: url })).hint).toContain(`Did you mean --base-url ${url}/v1?`);
  });

  test("the model is unknown, and the error lists those of the server", async () => {
    const { url } = await serve((message, response) => {
      const isList = message.url === "/v1/models";
      response.writeHead(isList ? 200 : 404, json);
      response.end(
        isList
          ? '{"data": [{"id": "qwen2.5-72b-instruct"}, {"id": "med-judge"}]}'
          : '{"error": {"message": "The model Qwen2.5-72B does not exist"}}',
      );
    });
    const { message, hint } = await failure({ baseUrl: `${url}/v1`, model: "Qwen2.5-72B" });
    expect(message).toMatch(/HTTP 404 \(the server says: The model Qwen2\.5-72B does not exist\)/);
    expect(hint).toMatch(/Did you mean "qwen2\.5-72b-instruct"\?.*qwen2\.5-72b-instruct, med-judge/);
  });

  test.each([401, 403])(
    "%i is about the key, whose variable is named and whose text is not",
    async (status) => {
      const { url, asked } = await serve((message, response) => {
        response.writeHead(status, json);
        response.end(JSON.stringify({ error: { message: `bad key ${message.headers.authorization}` } }));
      });
      const { message, hint } = await failure({ baseUrl: `${url}/v1` });
      expect(message).toMatch(new RegExp(`HTTP ${status}: .*key`));
      expect(hint).toMatch(/MEDBENCH_JUDGE_API_KEY/);
      expect(chats(asked)).toHaveLength(1);
      const unset = await failure({ baseUrl: `${url}/v1`, apiKey: "none" });
      expect(unset.hint).toMatch(/MEDBENCH_JUDGE_API_KEY is not set/);
    },
  );

  test("500 every time, with what the server says", async () => {
    const { url, asked } = await serve((_, response) => {
      response.writeHead(500, json).end('{"error": {"message": "out of memory"}}');
    });
    const { message } = await failure({ baseUrl: `${url}/v1` });
    expect(message).toMatch(/HTTP 500 \(the server says: out of memory\) \(6 times in a row\)/);
    expect(chats(asked)).toHaveLength(6);
  });

  test("429 from the first call: the run says that it waits, and stops after six waits", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(429, { ...json, "retry-after": "30" }).end("{}");
    });
    const waits: string[] = [];
    const { message, hint } = await failure({ baseUrl: `${url}/v1` }, { onWait: (text) => waits.push(text) });
    expect(waits).toHaveLength(5);
    expect(waits[0]).toMatch(/HTTP 429; waiting as the server asks, 30 s/);
    expect(message).toMatch(/HTTP 429 \(6 times in a row\), although medbench waited/);
    expect(hint).toMatch(/--requests-per-minute/);
  });

  test("429 with a pause of ten minutes before any reply stops at once", async () => {
    const { url, asked } = await serve((_, response) => {
      response.writeHead(429, { ...json, "retry-after": "600" }).end("{}");
    });
    expect((await failure({ baseUrl: `${url}/v1` })).message).toMatch(/asks to wait 10 minutes/);
    expect(chats(asked)).toHaveLength(1);
  });

  test("every request is refused: the run stops before all are sent", async () => {
    const { url, asked } = await serve((_, response) => {
      response.writeHead(400, json).end('{"error": {"message": "max_tokens is not supported"}}');
    });
    const { message } = await failure({ baseUrl: `${url}/v1`, count: 400 }, { concurrency: 4 });
    expect(message).toMatch(/HTTP 400 \(the server says: max_tokens is not supported\)/);
    // Sixteen in a row, and those in flight.
    expect(chats(asked).length).toBeLessThan(30);
  });

  test("no reply has the form of a verdict: the run stops after twenty requests of three calls", async () => {
    const { url, asked } = await serve((_, response) => {
      response.writeHead(200, json).end('{"choices": [{"message": {"content": "The answer is good."}}]}');
    });
    const { message } = await failure({ baseUrl: `${url}/v1`, count: 400 }, { concurrency: 1 });
    expect(message).toMatch(/no reply so far has the form that was asked for/);
    expect(chats(asked)).toHaveLength(60);
  });
});

describe("a server that replied before", () => {
  test("may be away for a while: the run waits, and every request is answered", async () => {
    let calls = 0;
    const { url } = await serve((_, response) => {
      calls += 1;
      // Away from the 5th call to the 20th, as a gateway shows it.
      if (calls >= 5 && calls < 20) response.destroy();
      else response.writeHead(200, json).end(completion);
    });
    const { counts } = await ask({ baseUrl: `${url}/v1`, count: 30 }, { concurrency: 4 });
    expect(counts).toMatchObject({ answered: 30, unanswered: 0 });
  });

  test("and cannot be reached any more stops the run after about a minute and a half, with all answers kept", async () => {
    let calls = 0;
    const server = createServer((_, response) => {
      calls += 1;
      if (calls === 10) {
        server.close();
        server.closeAllConnections();
      } else response.writeHead(200, { ...json, connection: "close" }).end(completion);
    });
    const port = await listen(server);
    const journal = await openJournal();
    const clock = fakeClock();
    const { message, hint } = await failure(
      { baseUrl: `http://127.0.0.1:${port}/v1` },
      { journal, clock, concurrency: 1 },
    );
    expect(message).toMatch(/ECONNREFUSED.*it had replied before/);
    expect(hint).toMatch(/continues where it stopped/);
    expect(journal.answered).toBe(9);
    // 0.5 + 1 + 2 + 4 + 8 + 16 + 30 + 30 s between nine attempts, after the pause of the cut call.
    expect(clock.now()).toBeGreaterThanOrEqual(91_500);
    expect(clock.now()).toBeLessThan(93_000);
  });
});

test.each([
  ["localhost:8000/v1", /Did you mean http:\/\/localhost:8000\/v1/],
  ["127.0.0.1:8000", /Did you mean http:\/\/127\.0\.0\.1:8000/],
  ["ftp://judge.example/v1", /For example http/],
  ["", /For example http/],
  ["http://127.0.0.1:8000/v1/chat/completions", /Leave out \/chat\/completions/],
])("the address %j is refused before anything is asked", (baseUrl, hint) => {
  const open = () => openAiJudge({ model: "m", baseUrl, apiKey: "none" });
  expect(open).toThrow(expect.objectContaining({ name: "InputError", hint: expect.stringMatching(hint) }));
});
