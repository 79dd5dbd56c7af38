import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBatch, type WriteBatchOptions, writeBatch } from "../../pipelines/asking/batch.js";
import { batchLimits, partName } from "../../pipelines/asking/batch-files.js";
import { free } from "../../pipelines/asking/budget.js";
import { Journal } from "../../pipelines/asking/journal.js";
import type { JudgeRequest } from "../../pipelines/judging/types.js";
import { verdictReader } from "../../pipelines/judging/verdict.js";
import { openJournal, temporaryFolder } from "../judging/material.js";
import { requestsFor } from "./request-list.js";

async function* stream(requests: readonly JudgeRequest[]) {
  yield* requests;
}

async function write(file: string, count: number, more: Partial<WriteBatchOptions> = {}) {
  const journal = Journal.read(join(temporaryFolder(), "none.jsonl"));
  return writeBatch(stream(requestsFor(count)), file, {
    ...{ model: "stub", format: "json_schema", journal, prices: free },
    ...more,
  });
}
const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n");
const idsOf = (files: readonly string[]) =>
  files.flatMap((file) => linesOf(file).map((line) => (JSON.parse(line) as { custom_id: string }).custom_id));
const hashesOf = (count: number) => requestsFor(count).map(({ requestHash }) => requestHash);

const verdict = JSON.stringify(
  Object.fromEntries(
    ["correctness", "completeness", "clinical_reasoning", "safety", "communication"].map((id) => [
      id,
      { reason: "r", verdict: 4 },
    ]),
  ),
);
const answered = (hash: string | undefined, content: string | null = verdict) =>
  JSON.stringify({
    custom_id: hash,
    response: { status_code: 200, body: { choices: [{ message: { content } }] } },
  });
const failed = (hash: string | undefined) =>
  JSON.stringify({ custom_id: hash, response: null, error: { code: "batch_expired" } });

describe("batch files", () => {
  test("fit in one file up to the API's limits of 50,000 requests and 200 MB", async () => {
    expect(batchLimits).toEqual({ requests: 50_000, bytes: 200_000_000 });
    const file = join(temporaryFolder(), "batch.jsonl");
    const written = await write(file, 7);
    expect(written).toMatchObject({ files: [file], requests: 7, left_out: 0, over_budget: 0 });
    expect(idsOf([file])).toEqual(hashesOf(7));
  });

  test("are split into numbered parts above the request limit, with each request in one part, in order", async () => {
    const file = join(temporaryFolder(), "batch.jsonl");
    const { files } = await write(file, 7, { limits: { requests: 3, bytes: 1e9 } });
    expect(files).toEqual([1, 2, 3].map((part) => partName(file, part)));
    expect(files.map((each) => linesOf(each).length)).toEqual([3, 3, 1]);
    expect(idsOf(files)).toEqual(hashesOf(7));
  });

  test("exceed the byte limit only for a single request that is larger", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "batch.jsonl");
    await write(file, 6);
    const sizes = linesOf(file).map((line) => Buffer.byteLength(line) + 1);
    const limit = (sizes[0] as number) + (sizes[1] as number);
    const { files } = await write(file, 6, { limits: { requests: 100, bytes: limit } });
    expect(files).toHaveLength(3);
    for (const each of files) expect(readFileSync(each).length).toBeLessThanOrEqual(limit);
    const tiny = await write(file, 6, { limits: { requests: 100, bytes: 10 } });
    expect(tiny.files).toHaveLength(6);
  });

  test("are the same for the same requests, and leave no parts of an earlier call", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "batch.jsonl");
    writeFileSync(join(folder, "batch.part-two.jsonl"), "the user's own");
    const limits = { requests: 2, bytes: 1e9 };
    const first = await write(file, 7, { limits });
    const bytes = first.files.map((each) => readFileSync(each, "utf8"));
    const again = await write(file, 7, { limits });
    expect(again.files).toEqual(first.files);
    expect(again.files.map((each) => readFileSync(each, "utf8"))).toEqual(bytes);
    await write(file, 3, { limits });
    expect(readdirSync(folder).sort()).toEqual([
      "batch.part-001.jsonl",
      "batch.part-002.jsonl",
      "batch.part-two.jsonl",
    ]);
    await write(file, 1, { limits });
    expect(readdirSync(folder).sort()).toEqual(["batch.jsonl", "batch.part-two.jsonl"]);
  });

  test("leave out requests whose maximum cost would exceed the budget", async () => {
    const file = join(temporaryFolder(), "batch.jsonl");
    const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 2 };
    const whole = await write(file, 10, { prices });
    const written = await write(file, 10, { prices, budget: { usd: whole.most_usd / 2 } });
    expect(written.requests).toBeGreaterThan(3);
    expect(written.requests + written.over_budget).toBe(10);
    expect(written.most_usd).toBeLessThanOrEqual(whole.most_usd / 2);
    expect(await write(file, 10, { budget: { requests: 4 } })).toMatchObject({ requests: 4, over_budget: 6 });
  });

  test("cannot be written to a missing folder, and the error leaves nothing behind", async () => {
    const folder = temporaryFolder();
    await expect(write(join(folder, "absent", "batch.jsonl"), 2)).rejects.toThrow(/ENOENT/);
    mkdirSync(join(folder, "absent"));
    expect(readdirSync(join(folder, "absent"))).toEqual([]);
  });
});

describe("batch outputs", () => {
  test("can come from several files: a request that failed in one may be answered in another", async () => {
    const folder = temporaryFolder();
    const [a, b, c, d] = hashesOf(4);
    const files = ["one", "errors", "two"].map((name) => join(folder, `${name}.jsonl`));
    writeFileSync(files[0] as string, [answered(a), failed(b), answered(a)].join("\r\n"));
    writeFileSync(files[1] as string, `${failed(c)}\n\n${failed(d)}\n`);
    writeFileSync(
      files[2] as string,
      `${answered(b, "Full marks!")}\n${answered(c)}\n${answered("elsewhere")}\n`,
    );
    const journal = await openJournal();
    expect(
      await readBatch(stream(requestsFor(4)), files, { readerOf: verdictReader, journal, prices: free }),
    ).toEqual({
      lines: 8,
      replies: 3,
      unreadable: 1,
      errors: 1,
      // The second line on `a` and the one of another run.
      foreign: 2,
      problems: [
        `${files[0]} line 2: error batch_expired`,
        `${files[1]} line 1: error batch_expired`,
        `${files[1]} line 3: error batch_expired`,
      ],
    });
    expect(hashesOf(4).map((hash) => journal.reply(hash)?.readable ?? null)).toEqual([
      true,
      false,
      true,
      null,
    ]);
    // A second reading finds nothing new but the request that no file answered.
    const again = await readBatch(stream(requestsFor(4)), [files[0] as string], {
      readerOf: verdictReader,
      journal,
      prices: free,
    });
    expect(again).toMatchObject({ replies: 0, errors: 1 });
  });

  const body = { choices: [{ message: { content: verdict } }] };
  const said = (response: unknown, more: object = {}) => ({ response, ...more });
  test.each<[string, object | string, RegExp]>([
    [
      "body null, as vLLM writes it",
      said({ status_code: 400, body: null }, { error: { message: "no" } }),
      /status 400/,
    ],
    ["no body", said({ status_code: 500 }), /status 500/],
    ["no response", said(undefined, { error: "expired" }), /expired/],
    [
      "an error of another vendor",
      said(null, { error: { type: "overloaded_error", message: "busy" } }),
      /overloaded/,
    ],
    ["an error in the body", said({ status_code: 200, body: { error: { code: 429 } } }), /429/],
    ["no choices", said({ status_code: 200, body: { choices: [] } }), /no text/],
    ["choices that are no list", said({ status_code: 200, body: { choices: "x" } }), /no text/],
    [
      "content null",
      said({ status_code: 200, body: { choices: [{ message: { content: null } }] } }),
      /no text/,
    ],
    ["no content", said({ status_code: 200, body: { choices: [{ message: {} }] } }), /no text/],
    [
      "content that is a number",
      said({ status_code: 200, body: { choices: [{ message: { content: 5 } }] } }),
      /no text/,
    ],
    ["a result of Anthropic", { result: { type: "errored", error: { type: "x" } } }, /no text/],
    ["a list for the response", said([1]), /no text/],
    ["no custom_id", { custom_id: 7, response: { status_code: 200, body } }, /not a line/],
    ["text that is cut off", '{"custom_id": "x", "resp', /not JSON/],
    ["a number", "7", /not a line/],
  ])("lose only the request of a line with %s, which is listed and stays open", async (_, bad, problem) => {
    const file = join(temporaryFolder(), "output.jsonl");
    const [a, b, c] = hashesOf(3);
    const line = typeof bad === "string" ? bad : JSON.stringify({ custom_id: b, ...bad });
    writeFileSync(file, `${answered(a)}\n${line}\n${answered(c)}\n`);
    const journal = await openJournal();
    const taken = await readBatch(stream(requestsFor(3)), [file], {
      readerOf: verdictReader,
      journal,
      prices: free,
    });
    expect(taken).toMatchObject({ lines: 3, replies: 2, unreadable: 0, foreign: 0 });
    expect(taken.problems).toEqual([expect.stringMatching(problem)]);
    expect(taken.problems[0]).toContain("output.jsonl line 2: ");
    expect(hashesOf(3).map((hash) => journal.isAnswered(hash))).toEqual([true, false, true]);
  });

  test.each([
    [
      "content in parts",
      [
        { type: "reasoning", text: "hm" },
        { type: "text", text: verdict.slice(0, 9) },
        { type: "text", text: verdict.slice(9) },
      ],
    ],
    ["a text with U+2028", verdict.replace('"r"', '"r\u2028s"')],
  ])("may have %s", async (_, content) => {
    const file = join(temporaryFolder(), "output.jsonl");
    const usage = { prompt_tokens: "120", completion_tokens: 1e300 };
    const [hash] = hashesOf(1);
    const response = { status_code: 200, body: { choices: [{ message: { content } }], usage } };
    writeFileSync(file, `\ufeff${JSON.stringify({ custom_id: hash, response, error: null })}`);
    const journal = await openJournal();
    const taken = await readBatch(stream(requestsFor(1)), [file], {
      readerOf: verdictReader,
      journal,
      prices: free,
    });
    expect(taken).toMatchObject({ replies: 1, unreadable: 0, problems: [] });
  });

  test("are refused with file and line if no line of a file is batch output", async () => {
    const file = join(temporaryFolder(), "output.jsonl");
    writeFileSync(file, `\n{"custom_id": "x", "method": "POST", "body": {}}\n{"custom_id": 7}\n`);
    const journal = await openJournal();
    await expect(
      readBatch(stream([]), [file], { readerOf: verdictReader, journal, prices: free }),
    ).rejects.toThrow(/output\.jsonl line 2/);
    await expect(
      readBatch(stream([]), ["/nowhere.jsonl"], { readerOf: verdictReader, journal, prices: free }),
    ).rejects.toThrow(/nowhere\.jsonl cannot be read/);
  });
});
