import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { BatchFiles, batchLimits, type PartLimits } from "./batch-files.js";
import { type BudgetLimits, mostPromptTokens, type Prices, priceOf } from "./budget.js";
import { chatBody, type ReplyFormat } from "./chat-body.js";
import type { Journal } from "./journal.js";
import type { ModelRequest, ReplyReader } from "./request.js";

export interface WriteBatchOptions {
  readonly model: string;
  readonly format: ReplyFormat;
  readonly journal: Journal;
  readonly prices: Prices;
  /** Limits on the batch's requests, and on US dollars: its maximum cost plus what was spent before. */
  readonly budget?: BudgetLimits;
  /** Default: OpenAI's, 50,000 requests and 200 MB a file. */
  readonly limits?: PartLimits;
}

export interface BatchWritten {
  readonly files: readonly string[];
  readonly requests: number;
  /** Already answered, or equal to another request in the batch. */
  readonly left_out: number;
  /** Not written because they would exceed the budget. */
  readonly over_budget: number;
  /** The most that the batch can cost. */
  readonly most_usd: number;
}

/** Writes the open requests as OpenAI Batch files: one request per line, with its hash as `custom_id`. */
export async function writeBatch(
  requests: AsyncIterable<ModelRequest>,
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
  /** Requests that the batch could not answer; they remain open. */
  readonly errors: number;
  /** Lines for requests that are already answered or that these options do not ask. */
  readonly foreign: number;
}

/**
 * Reads the output files of batches into the journal; replies are parsed like those of live calls. A request that failed
 * in one file and was answered in another counts as answered. Error files of the batch can be given as well.
 *
 * @throws InputError naming the file and line that is not batch output; the lines before it are kept
 */
export async function readBatch<Request extends ModelRequest>(
  requests: AsyncIterable<Request>,
  files: readonly string[],
  {
    readerOf,
    journal,
    prices,
  }: { readonly readerOf: ReplyReader<Request>; readonly journal: Journal; readonly prices: Prices },
): Promise<BatchTaken> {
  const wanted = new Map<string, ReturnType<ReplyReader<Request>>>();
  for await (const request of requests) {
    if (!journal.isAnswered(request.requestHash)) wanted.set(request.requestHash, readerOf(request));
  }
  const failed = new Set<string>();
  let [lines, replies, unreadable, foreign] = [0, 0, 0, 0];
  for (const file of files) {
    for await (const { custom_id: hash, response } of batchLines(file)) {
      lines += 1;
      const read = wanted.get(hash);
      if (read === undefined) {
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
      const { isReadable } = read(text);
      journal.append({
        type: "reply",
        hash,
        readable: isReadable,
        text,
        prompt_tokens,
        completion_tokens,
        cost_usd: priceOf(prompt_tokens ?? 0, completion_tokens ?? 0, prices),
      });
      replies += 1;
      if (!isReadable) unreadable += 1;
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
