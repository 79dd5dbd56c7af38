import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { chatBody } from "../../pipelines/asking/chat-body.js";
import { openAiClient } from "../../pipelines/asking/openai-client.js";
import type { ModelRequest, ReplyReader } from "../../pipelines/asking/request.js";
import { runRequests } from "../../pipelines/asking/run-requests.js";
import { type StubServer, startStubServer, stubScriptSchema } from "../../pipelines/asking/stub-server.js";
import { fakeClock, openJournal } from "../judging/material.js";

// What candidates are asked: any text is an answer, no schema, the benchmark's own temperature.

const servers: StubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const question = (content: string): ModelRequest => ({
  requestHash: createHash("sha256").update(content).digest("hex").slice(0, 32),
  messages: [{ role: "user", content }],
  maxTokens: 512,
  sampling: { temperature: 0.7 },
  repeat: 2,
});

const anyText: ReplyReader<ModelRequest> = () => (text) =>
  text.trim() === "" ? { isReadable: false, problem: "an empty reply" } : { isReadable: true };

async function ask(questions: readonly string[], replyTo: (content: string) => string) {
  const server = await startStubServer(stubScriptSchema.parse({}), {
    replyTo: ({ messages }) => replyTo(messages.at(-1)?.content ?? ""),
  });
  servers.push(server);
  const client = openAiClient({ model: "m", baseUrl: server.url, apiKey: "none", keyFrom: "SOME_KEY" });
  const journal = await openJournal();
  const requests = questions.map(question);
  const counts = await runRequests(requests, { client, readerOf: anyText, journal, clock: fakeClock() });
  return { counts, replies: requests.map(({ requestHash }) => journal.reply(requestHash)?.text ?? null) };
}

test("a question without a rubric accepts any text as its answer", async () => {
  const { counts, replies } = await ask(["首选药物？", "禁忌证？"], (content) => `答：${content}`);
  expect(counts).toMatchObject({ answered: 2, calls: 2, lastProblem: null });
  expect(replies).toEqual(["答：首选药物？", "答：禁忌证？"]);
});

test("the caller decides which replies are unreadable, and its message is the last problem", async () => {
  const { counts } = await ask(["首选药物？"], () => " ");
  expect(counts).toMatchObject({ answered: 0, unreadable: 1, calls: 3, lastProblem: "an empty reply" });
});

test("a request without a schema asks for no response format, whatever the client's format is", () => {
  for (const format of ["json_schema", "json_object", "text"] as const) {
    const body = chatBody(question("首选药物？"), "m", format);
    expect(body).toMatchObject({ temperature: 0.7, seed: 2, max_tokens: 512 });
    expect(body).not.toHaveProperty("response_format");
    expect(body).not.toHaveProperty("top_p");
  }
});

test("sampling settings are sent as given, and temperature 0 where none are", () => {
  const { sampling: _sampling, ...plain } = question("首选药物？");
  expect(chatBody(plain, "m", "text").temperature).toBe(0);
  expect(chatBody({ ...plain, sampling: { topP: 0.9 } }, "m", "text")).toMatchObject({
    temperature: 0,
    top_p: 0.9,
  });
});
