import { BatchFiles, batchLimits, type PartLimits } from "./batch-files.js";
import { batchLines } from "./batch-output.js";
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

export interface BatchTaken {
  readonly lines: number;
  /** Replies taken into the journal, readable or not. */
  readonly replies: number;
  readonly unreadable: number;
  /** Requests that the batch could not answer; they remain open. */
  readonly errors: number;
  /** Lines for requests that are already answered or that these options do not ask. */
  readonly foreign: number;
  /** Lines that gave no reply, with the reason: at most the first 20. */
  readonly problems: readonly string[];
}

/**
 * Reads the output files of batches into the journal; replies are parsed like those of live calls. A request that failed
 * in one file and was answered in another counts as answered. Error files of the batch can be given as well.
 *
 * @throws InputError for a file that is not batch output; what was read before it is kept
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
  const problems: string[] = [];
  let [lines, replies, unreadable, foreign] = [0, 0, 0, 0];
  for (const file of files) {
    for await (const { line, hash, text, problem, promptTokens, completionTokens } of batchLines(file)) {
      lines += 1;
      if (problem !== null && problems.length < mostProblems)
        problems.push(`${file} line ${line}: ${problem}`);
      if (hash === null) continue;
      const read = wanted.get(hash);
      if (read === undefined) {
        foreign += 1;
        continue;
      }
      if (text === null) {
        failed.add(hash);
        continue;
      }
      wanted.delete(hash);
      failed.delete(hash);
      const { isReadable } = read(text);
      journal.append({
        type: "reply",
        hash,
        readable: isReadable,
        text,
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        cost_usd: priceOf(promptTokens ?? 0, completionTokens ?? 0, prices),
      });
      replies += 1;
      if (!isReadable) unreadable += 1;
    }
  }
  await journal.flush();
  return { lines, replies, unreadable, errors: failed.size, foreign, problems };
}

const mostProblems = 20;
