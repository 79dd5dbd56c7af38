import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { expectedPromptTokens, mostPromptTokens } from "../../pipelines/asking/budget.js";
import type { RunRequestsOptions } from "../../pipelines/asking/run-options.js";
import { runRequests } from "../../pipelines/asking/run-requests.js";
import { retryAfter } from "../../pipelines/asking/status-failure.js";
import type { StubServer } from "../../pipelines/asking/stub-server.js";
import { openAiJudge } from "../../pipelines/judging/openai-judge.js";
import { type StubJudgeScript, startStubJudge } from "../../pipelines/judging/stub-judge.js";
import type { JudgeRequest } from "../../pipelines/judging/types.js";
import { parseVerdict, verdictReader } from "../../pipelines/judging/verdict.js";
import { fakeClock, openJournal } from "../judging/material.js";
import { requestsFor } from "./request-list.js";

const readerOf = verdictReader;
const servers: StubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function stub(script: StubJudgeScript = {}, timeoutMs = 600_000) {
  const server = await startStubJudge(script);
  servers.push(server);
  return {
    server,
    client: openAiJudge({ model: "stub", baseUrl: server.url, apiKey: "secret-key-1234", timeoutMs }),
  };
}

/** Asks over real HTTP, with a clock that does not wait. */
async function run(
  script: StubJudgeScript,
  count: number,
  options: Partial<RunRequestsOptions<JudgeRequest>> = {},
) {
  const { server, client } = await stub(script);
  const journal = await openJournal();
  const clock = fakeClock();
  const asked = requestsFor(count);
  const counts = await runRequests(asked, { client, readerOf, journal, clock, ...options });
  return { server, journal, clock, counts, asked };
}

describe("over real HTTP", () => {
  test("each request is asked once, never more at once than allowed, and its verdict is kept", async () => {
    const { server, journal, counts, asked } = await run({ latencyMs: 5 }, 40, { concurrency: 6 });
    expect(counts).toMatchObject({ distinct: 40, answered: 40, calls: 40, known: 0 });
    expect(server.log().requests).toBe(40);
    expect(server.log().mostOpen).toBeLessThanOrEqual(6);
    for (const request of asked) {
      const reply = journal.reply(request.requestHash);
      expect(parseVerdict(reply?.text ?? "", request.rubric).status).toBe("ok");
    }
  });

  test("equal requests are paid for once", async () => {
    const { server, client } = await stub();
    const journal = await openJournal();
    const counts = await runRequests([...requestsFor(3), ...requestsFor(3)], { client, readerOf, journal });
    expect(counts.distinct).toBe(3);
    expect(server.log().requests).toBe(3);
    expect((await runRequests(requestsFor(3), { client, readerOf, journal })).known).toBe(3);
    expect(server.log().requests).toBe(3);
  });

  test.each([
    ["429", { status: 429, retryAfterS: 7 }],
    ["500", { status: 500 }],
    ["a closed connection", { drop: true }],
    ["a body that is not JSON", { body: '{"choices": [' }],
    ["a body without a message", { body: "{}" }],
    ["prose instead of a verdict", { text: "Full marks: 5/5" }],
  ] as const)("%s on the first call is overcome by asking again", async (_, action) => {
    const { server, counts } = await run({ rules: [{ firstCalls: 1, contains: "Answer 2", ...action }] }, 4);
    expect(counts).toMatchObject({ answered: 4, unanswered: 0, unreadable: 0 });
    expect(counts.calls).toBe(5);
    expect(server.log().requests).toBe(5);
  });

  test("a server that never answers is asked again, and the lost call stays charged", async () => {
    const { client, server } = await stub({ rules: [{ firstCalls: 1, hang: true }] }, 1000);
    const journal = await openJournal();
    const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 1 };
    const [request] = requestsFor(1);
    const counts = await runRequests([request!], { client, readerOf, journal, prices, clock: fakeClock() });
    expect(counts).toMatchObject({ answered: 1 });
    // One call is lost for sure; on a busy machine others may be, and stay charged too.
    const lostCalls = counts.calls - 1;
    expect(lostCalls).toBeGreaterThanOrEqual(1);
    expect(server.log().requests).toBeGreaterThanOrEqual(2);
    const lost = (lostCalls * (mostPromptTokens(request!) + request!.maxTokens)) / 1e6;
    const { prompt_tokens, completion_tokens } = journal.reply(request!.requestHash)!;
    expect(journal.spentUsd).toBeCloseTo(lost + (prompt_tokens! + completion_tokens!) / 1e6, 12);
  });

  test("Retry-After is honored to the second; other pauses double", async () => {
    const after = await run({ rules: [{ firstCalls: 2, status: 429, retryAfterS: 7 }] }, 1);
    // The gate and the request wait for the same seven seconds; the second wait of each finds them over.
    expect(after.clock.slept.filter((ms) => ms > 0)).toEqual([7000, 7000]);
    const doubling = await run({ rules: [{ firstCalls: 4, status: 503 }] }, 1, { backoffMs: 100 });
    const limits = [100, 200, 400, 800];
    expect(doubling.clock.slept).toHaveLength(4);
    doubling.clock.slept.forEach((ms, index) => {
      const limit = limits[index] as number;
      expect(ms).toBeGreaterThanOrEqual(limit / 2);
      expect(ms).toBeLessThanOrEqual(limit);
    });
  });

  test("three unreadable replies make a request judge_failed for good, and never give a grade", async () => {
    const { counts, journal, asked, server } = await run({ rules: [{ text: "5" }] }, 2);
    expect(counts).toMatchObject({ unreadable: 2, answered: 0, calls: 6 });
    expect(journal.isAnswered(asked[0]?.requestHash ?? "")).toBe(false);
    expect(journal.reply(asked[0]?.requestHash ?? "")?.readable).toBe(false);
    // Seeds differ between the three, or the third would only repeat the first.
    expect(new Set(server.log().keys).size).toBe(6);
  });

  test("a request that the server fails on again and again is left to the next run", async () => {
    const { journal, counts, asked } = await run({ rules: [{ contains: "Answer 1", status: 500 }] }, 2, {
      maxCalls: 3,
    });
    expect(counts).toMatchObject({ answered: 1, unanswered: 1, calls: 1 + 3 });
    const { client } = await stub();
    expect(await runRequests(asked, { client, readerOf, journal })).toMatchObject({ answered: 1, calls: 1 });
  });

  test("'cannot rate' is an answer, not a failure", async () => {
    const { journal, counts, asked } = await run({ rules: [{ verdict: "cannot_rate" }] }, 1);
    expect(counts.answered).toBe(1);
    expect(journal.reply(asked[0]?.requestHash ?? "")?.readable).toBe(true);
  });

  test("a wrong key stops the run at once, and the key is nowhere in the error or the journal", async () => {
    const { client } = await stub({ rules: [{ status: 401 }] });
    const journal = await openJournal();
    const error = await runRequests(requestsFor(50), { client, readerOf, journal, concurrency: 2 }).catch(
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ message: expect.stringContaining("HTTP 401"), scope: "all" });
    expect(String((error as Error).stack)).not.toContain("secret-key-1234");
    expect(servers[0]?.log().requests).toBeLessThanOrEqual(4);
    expect(readFileSync(journal.path, "utf8")).not.toContain("secret-key-1234");
  });

  test("a server without structured output is asked in words instead", async () => {
    const { counts, server } = await run({ jsonSchema: false }, 5, { concurrency: 1 });
    expect(counts.answered).toBe(5);
    expect(server.log().requests).toBe(6);
  });
});

describe("limits", () => {
  test("no minute has more requests or tokens than allowed", async () => {
    const clock = fakeClock();
    const starts: number[] = [];
    const client = {
      name: "stub",
      ask: async () => {
        starts.push(clock.now());
        return { text: "{}", promptTokens: 900, completionTokens: 100 };
      },
    };
    const limited = { client, readerOf, clock, maxReplies: 1, concurrency: 1 } as const;
    await runRequests(requestsFor(90), {
      ...limited,
      journal: await openJournal(),
      limits: { requestsPerMinute: 30 },
    });
    const inAnyMinute = (times: readonly number[]) =>
      Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000 - 1e-6).length));
    expect(inAnyMinute(starts)).toBeLessThanOrEqual(30);
    // 89 gaps of two seconds.
    expect(starts.at(-1)).toBeCloseTo(178_000, 3);
    const before = starts.length;
    const begun = clock.now();
    await runRequests(requestsFor(60), {
      ...limited,
      journal: await openJournal(),
      limits: { tokensPerMinute: 20_000 },
    });
    const tokenStarts = starts.slice(before).map((at) => at - begun);
    expect(inAnyMinute(tokenStarts)).toBeLessThanOrEqual(20);
    // 59 requests of 1,000 tokens at 20,000 a minute: three seconds each, once the estimate is corrected.
    expect(tokenStarts.at(-1)).toBeCloseTo(177_000, 3);
  });

  test("the budget is never exceeded, and the rest would not pay for one more request", async () => {
    const prices = { promptUsdPerMillion: 2, completionUsdPerMillion: 10 };
    const { journal, counts, asked } = await run({}, 60, { prices, budget: { usd: 0.1 }, concurrency: 7 });
    const [first] = asked;
    const most = (mostPromptTokens(first!) * 2 + first!.maxTokens * 10) / 1e6;
    expect(journal.spentUsd).toBeLessThanOrEqual(0.1);
    expect(0.1 - journal.spentUsd).toBeLessThan(most * 1.05);
    expect(counts.answered + counts.overBudget).toBe(60);
    expect(counts.overBudget).toBeGreaterThan(0);
  });

  test("money spent in an earlier run counts, with lost requests at their full price", async () => {
    const prices = { promptUsdPerMillion: 2, completionUsdPerMillion: 10 };
    const journal = await openJournal();
    journal.append({ type: "sent", hash: "lost", cost_usd: 0.0999 });
    const { client } = await stub();
    const counts = await runRequests(requestsFor(3), {
      client,
      readerOf,
      journal,
      prices,
      budget: { usd: 0.1 },
    });
    expect(counts).toMatchObject({ overBudget: 3, calls: 0 });
  });

  test("a budget without prices is refused", async () => {
    const { client } = await stub();
    const journal = await openJournal();
    await expect(runRequests([], { client, readerOf, journal, budget: { usd: 1 } })).rejects.toThrow(
      /needs the prices/,
    );
  });

  test("--max-requests sends no request beyond the limit", async () => {
    const { server, counts } = await run({ latencyMs: 3 }, 20, { budget: { requests: 8 }, concurrency: 5 });
    expect(counts).toMatchObject({ calls: 8, overBudget: 12 });
    expect(server.log().requests).toBe(8);
  });
});

describe("estimates", () => {
  test("the bytes of a prompt bound its tokens, and the estimate is below that bound", () => {
    const [request] = requestsFor(1);
    // Two messages, 8 tokens of frame each; English at 4 characters a token.
    const characters = request!.messages.reduce((sum, { content }) => sum + content.length, 0);
    expect(expectedPromptTokens(request!)).toBe(Math.ceil(characters / 4) + 16);
    expect(mostPromptTokens(request!)).toBeGreaterThan(expectedPromptTokens(request!));
    // 300 Chinese characters, 3 bytes each: 200 tokens expected, 900 at most.
    const chinese = { messages: [{ role: "user", content: "医".repeat(300) }] } as const;
    expect(expectedPromptTokens(chinese)).toBe(208);
    expect(mostPromptTokens(chinese)).toBe(932);
  });

  test("Retry-After is read as seconds, as a date, and in milliseconds", () => {
    const now = Date.parse("2026-03-01T00:00:00Z");
    expect(retryAfter(new Headers({ "retry-after": "3" }), now)).toBe(3000);
    expect(retryAfter(new Headers({ "retry-after": "Sun, 01 Mar 2026 00:00:09 GMT" }), now)).toBe(9000);
    expect(retryAfter(new Headers({ "retry-after-ms": "250", "retry-after": "3" }), now)).toBe(250);
    expect(retryAfter(new Headers({ "retry-after": "soon" }), now)).toBe(null);
    expect(retryAfter(new Headers(), now)).toBe(null);
  });
});
