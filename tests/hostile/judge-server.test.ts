import { afterEach, describe, expect, test } from "vitest";
import { runRequests } from "../../pipelines/asking/run-requests.js";
import type { StubServer } from "../../pipelines/asking/stub-server.js";
import { openAiJudge } from "../../pipelines/judging/openai-judge.js";
import { type StubJudgeScript, startStubJudge } from "../../pipelines/judging/stub-judge.js";
import { verdictReader } from "../../pipelines/judging/verdict.js";
import { requestsFor } from "../asking/request-list.js";
import { fakeClock, openJournal } from "../judging/material.js";

const servers: StubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function ask(script: StubJudgeScript, { count = 1, model = "stub", maxCalls = 2, path = "" } = {}) {
  const server = await startStubJudge(script);
  servers.push(server);
  const judge = openAiJudge({ model, baseUrl: `${server.url}${path}`, apiKey: "secret-key-1234" });
  const clock = fakeClock();
  const journal = await openJournal();
  const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 1 };
  const asked = runRequests(requestsFor(count), {
    client: judge,
    readerOf: verdictReader,
    journal,
    clock,
    maxCalls,
    prices,
    concurrency: 1,
  });
  return { asked, clock, journal, server };
}

describe("a misbehaving server", () => {
  test("an HTML page instead of a reply is not a verdict, and the error gives its title", async () => {
    const { asked, journal } = await ask({
      rules: [{ body: "<!doctype html><title>Login</title>", contentType: "text/html" }],
    });
    await expect(asked).rejects.toThrow(/a web page titled "Login" came back instead of a reply of the API/);
    // Who knows what it did: the calls stay charged.
    expect(journal.spentUsd).toBeGreaterThan(0);
  });

  test("HTML labeled as JSON is not a verdict either", async () => {
    const { asked } = await ask({ rules: [{ body: "<html>" }] });
    await expect(asked).rejects.toThrow(/a web page came back instead of a reply of the API/);
  });

  test("a request that got a gateway's HTML error is asked again and costs nothing", async () => {
    const { asked, journal, server } = await ask({
      rules: [{ status: 502, body: "<h1>Bad Gateway</h1>", contentType: "text/html" }],
    });
    await expect(asked).rejects.toThrow(
      /HTTP 502 with a web page titled "Bad Gateway" \(2 times in a row\)$/,
    );
    expect(server.log().requests).toBe(2);
    expect(journal.spentUsd).toBe(0);
  });

  test.each([0, 1, 40])(
    "a request whose connection closes %i bytes into the reply is asked again, and stays charged",
    async (cut) => {
      const { asked, journal, server } = await ask({ rules: [{ firstCalls: 1, cutAfterBytes: cut }] });
      expect(await asked).toMatchObject({ answered: 1, calls: 2 });
      expect(server.log().requests).toBe(2);
      const [request] = requestsFor(1);
      const { prompt_tokens, completion_tokens } = journal.reply(request?.requestHash ?? "") ?? {};
      expect(journal.spentUsd).toBeGreaterThan(((prompt_tokens ?? 0) + (completion_tokens ?? 0)) / 1e6);
    },
  );

  test("Retry-After as a date is waited for", async () => {
    const began = performance.now();
    const { asked, clock } = await ask({
      rules: [{ firstCalls: 1, status: 429, retryAfterS: 90, retryAfterDate: true }],
    });
    expect(await asked).toMatchObject({ answered: 1 });
    const longest = Math.max(...clock.slept);
    // A date has whole seconds, and the call took a part of the wait.
    expect(longest).toBeGreaterThan(90_000 - 1_000 - (performance.now() - began));
    expect(longest).toBeLessThanOrEqual(90_000);
  });

  test("a pause of more than an hour stops the run with a hint, not a silent wait", async () => {
    const { asked, clock, server } = await ask(
      { rules: [{ status: 429, retryAfterS: 864_000, retryAfterDate: true }] },
      { count: 20 },
    );
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(/HTTP 429 .*; the server asks to wait 14[34]\d\d minutes/),
      hint: expect.stringMatching(/continues where it stopped/),
    });
    expect(clock.slept.filter((ms) => ms > 3_600_000)).toEqual([]);
    expect(server.log().requests).toBeLessThan(4);
  });

  test("a wrong key stops the run at once, and the error names its variable but never the key, although the server does", async () => {
    const { asked, server } = await ask({ key: "another" }, { count: 20 });
    const error = (await asked.catch((reason: Error) => reason)) as Error & { hint?: string };
    expect(error).toMatchObject({ message: expect.stringMatching(/HTTP 401/) });
    expect(error.hint).toMatch(/MEDBENCH_JUDGE_API_KEY/);
    expect(`${error.stack}${error.hint}${JSON.stringify(error)}`).not.toContain("secret-key-1234");
    expect(server.log().requests).toBeLessThan(4);
  });

  test.each([
    [
      "a model that the server does not know",
      { model: "stab" },
      /Did you mean "stub"\?.*lists these models: stub/,
    ],
    ["an address that is not the API's", { path: "/v9" }, /--base-url and --model/],
  ])("%s stops the run at once, and the error says what to check", async (_, where, hint) => {
    const { asked, server } = await ask({ model: "stub" }, { count: 20, ...where });
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(/HTTP 404/),
      hint: expect.stringMatching(hint),
    });
    expect(server.log().requests).toBeLessThanOrEqual(1);
  });

  test.each([
    ["no choices", "{}"],
    ["a null message", '{"choices": [{"message": null}]}'],
    ["a message in parts", '{"choices": [{"message": {"content": [{"type": "text", "text": "5"}]}}]}'],
    ["null", "null"],
    ["a number", "5"],
    ["an error with status 200", '{"error": {"message": "overloaded"}}'],
  ])("a reply with %s is never a verdict", async (_, body) => {
    const { asked } = await ask({ rules: [{ body }] });
    await expect(asked).rejects.toThrow(/the reply contains|API/);
  });

  test("verdicts in the wrong format end as judge_failed, with the reason", async () => {
    const { asked } = await ask({ rules: [{ text: '{"safety": {"reason": "", "verdict": 5}}' }] });
    expect(await asked).toMatchObject({
      unreadable: 1,
      lastProblem: "verdict: criterion correctness is missing",
    });
  });
});
