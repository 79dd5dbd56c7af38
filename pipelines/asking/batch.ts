import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Rubric } from "../../src/lib/catalogue/rubric.js";
import { InputError } from "../../src/lib/errors.js";
import type { JudgeRequest } from "../judging/types.js";
import { parseVerdict } from "../judging/verdict.js";
import { BatchFiles, batchLimits, type PartLimits } from "./batch-files.js";
import { type BudgetLimits, mostPromptTokens, type Prices, priceOf } from "./budget.js";
import { chatBody, type VerdictFormat } from "./chat-body.js";
import type { Journal } from "./journal.js";

export interface WriteBatchOptions {
  readonly model: string;
  readonly format: VerdictFormat;
  readonly journal: Journal;
  readonly prices: Prices;
  /** What the batch may ask for: requests, and US dollars at the highest price with what was spent before. */
  readonly budget?: BudgetLimits;
  /** Default: OpenAI's, 50,000 requests and 200 MB a file. */
  readonly limits?: PartLimits;
}

export interface BatchWritten {
  readonly files: readonly string[];
  readonly requests: number;
  /** Answered before, or equal to another in the batch. */
  readonly left_out: number;
  /** Not written because the budget would not hold them. */
  readonly over_budget: number;
  /** The most that the batch can cost. */
  readonly most_usd: number;
}

/** Writes what is still to ask as OpenAI Batch files: one request a line, its hash as `custom_id`. */
export async function writeBatch(
  requests: AsyncIterable<JudgeRequest>,
  file: string,
  { model, format, journal, prices, budget = {}, limits = batchLimits }: WriteBatchOptions,
): Promise<BatchWritten> {
  const { usd: mostUsd = Number.POSITIVE_INFINITY, requests: mostRequests = Number.POSITIVE_INFINITY } =
    budget;
  const files = new BatchFiles(file, limits);
  const seen = new Set<string>();
  let [requested, leftOut, overBudget, usd] = [0, 0, 0, 0];
  try {
    for await (const request of requests) {
      const { requestHash } = request;
      if (seen.has(requestHash) || journal.isAnswered(requestHash)) {
        leftOut += 1;
        continue;
      }
      seen.add(requestHash);
      const price = priceOf(mostPromptTokens(request), request.maxTokens, prices);
      if (requested >= mostRequests || journal.spentUsd + usd + price > mostUsd) {
        overBudget += 1;
        continue;
      }
      requested += 1;
      usd += price;
      const line = {
        custom_id: requestHash,
        method: "POST",
        url: "/v1/chat/completions",
        body: chatBody({ ...request, attempt: journal.unreadable(requestHash) }, model, format),
      };
      await files.write(JSON.stringify(line));
    }
    return {
      files: await files.finish(),
      requests: requested,
      left_out: leftOut,
      over_budget: overBudget,
      most_usd: usd,
    };
  } catch (error) {
    await files.discard();
    throw error;
  }
}

const batchLine = z.looseObject({
  custom_id: z.string(),
  response: z
    .looseObject({
      status_code: z.int(),
      body: z.looseObject({
        choices: z
          .array(z.looseObject({ message: z.looseObject({ content: z.string().nullable() }) }))
          .optional(),
        usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int() }).nullish(),
      }),
    })
    .nullable(),
});
type BatchLine = z.infer<typeof batchLine>;

export interface BatchTaken {
  readonly lines: number;
  /** Replies taken into the journal, readable or not. */
  readonly replies: number;
  readonly unreadable: number;
  /** Requests that the batch could not answer; they stay to be asked. */
  readonly errors: number;
  /** Lines for requests that are known already or not asked by these options. */
  readonly foreign: number;
}

/**
 * Takes the output files of batches into the journal; verdicts go the same way as those of live calls. A request that
 * failed in one file and was answered in another is answered. Error files of the batch may be given as well.
 *
 * @throws InputError naming the file and line that is not one of a batch output; what stood before it is kept
 */
export async function readBatch(
  requests: AsyncIterable<JudgeRequest>,
  files: readonly string[],
  { journal, prices }: { readonly journal: Journal; readonly prices: Prices },
): Promise<BatchTaken> {
  const wanted = new Map<string, { readonly rubric: Rubric; readonly nPoints: number }>();
  for await (const { requestHash, rubric, material } of requests) {
    if (!journal.isAnswered(requestHash))
      wanted.set(requestHash, { rubric, nPoints: material.keyPoints.length });
  }
  const failed = new Set<string>();
  let [lines, replies, unreadable, foreign] = [0, 0, 0, 0];
  for (const file of files) {
    for await (const { custom_id: hash, response } of batchLines(file)) {
      lines += 1;
      const asked = wanted.get(hash);
      if (asked === undefined) {
        foreign += 1;
        continue;
      }
      const text = response?.body.choices?.[0]?.message.content;
      if (response?.status_code !== 200 || typeof text !== "string") {
        failed.add(hash);
        continue;
      }
      wanted.delete(hash);
      failed.delete(hash);
      const { prompt_tokens = null, completion_tokens = null } = response.body.usage ?? {};
      const { status } = parseVerdict(text, asked.rubric, { nPoints: asked.nPoints });
      journal.append({
        type: "reply",
        hash,
        verdict: status,
        text,
        prompt_tokens,
        completion_tokens,
        cost_usd: priceOf(prompt_tokens ?? 0, completion_tokens ?? 0, prices),
      });
      replies += 1;
      if (status === "failed") unreadable += 1;
    }
  }
  await journal.flush();
  return { lines, replies, unreadable, errors: failed.size, foreign };
}

async function* batchLines(file: string): AsyncGenerator<BatchLine> {
  const stream = createReadStream(file, "utf8");
  await once(stream, "open").catch((cause) => {
    throw new InputError(`--batch-in ${file} cannot be read`, { hint: "Check the path.", cause });
  });
  let number = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== "") yield parseLine(line, `${file} line ${number}`);
  }
}

function parseLine(line: string, where: string): BatchLine {
  try {
    return batchLine.parse(JSON.parse(line));
  } catch (cause) {
    throw new InputError(`${where}: not a line of a batch output`, {
      hint: "Give the output file of the batch (lines with custom_id and response), not its input.",
      cause,
    });
  }
}
