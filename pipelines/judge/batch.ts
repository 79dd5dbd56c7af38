import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { type Prices, priceOf } from "./budget.js";
import { chatBody, type VerdictFormat } from "./chat-body.js";
import type { Journal } from "./journal.js";
import type { JudgeRequest } from "./types.js";
import { parseVerdict } from "./verdict.js";

export interface BatchWritten {
  readonly file: string;
  readonly requests: number;
  /** Answered before, or equal to another in the file. */
  readonly leftOut: number;
}

/** Writes what is still to ask as an OpenAI Batch file: one request a line, its hash as `custom_id`. */
export async function writeBatch(
  requests: AsyncIterable<JudgeRequest>,
  file: string,
  {
    model,
    format,
    journal,
  }: { readonly model: string; readonly format: VerdictFormat; readonly journal: Journal },
): Promise<BatchWritten> {
  const temporary = `${file}.${process.pid}.tmp`;
  const stream = createWriteStream(temporary);
  const written = new Set<string>();
  let leftOut = 0;
  for await (const request of requests) {
    const { requestHash } = request;
    if (written.has(requestHash) || journal.isAnswered(requestHash)) {
      leftOut += 1;
      continue;
    }
    written.add(requestHash);
    const attempt = journal.unreadable(requestHash);
    const line = {
      custom_id: requestHash,
      method: "POST",
      url: "/v1/chat/completions",
      body: chatBody({ ...request, attempt }, model, format),
    };
    if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  await rename(temporary, file);
  return { file, requests: written.size, leftOut };
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
        usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int() }).optional(),
      }),
    })
    .nullable(),
});

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
 * Takes the output file of a batch into the journal; verdicts go the same way as those of live calls.
 *
 * @throws InputError naming the line that is not one of a batch output
 */
export async function readBatch(
  requests: AsyncIterable<JudgeRequest>,
  file: string,
  { journal, prices }: { readonly journal: Journal; readonly prices: Prices },
): Promise<BatchTaken> {
  const outputs = await batchOutputs(file);
  let replies = 0;
  let unreadable = 0;
  let errors = 0;
  const lines = outputs.size;
  for await (const request of requests) {
    const output = outputs.get(request.requestHash);
    if (output === undefined || journal.isAnswered(request.requestHash)) continue;
    outputs.delete(request.requestHash);
    const text = output?.body.choices?.[0]?.message.content;
    if (output === null || output.status_code !== 200 || typeof text !== "string") {
      errors += 1;
      continue;
    }
    const { prompt_tokens, completion_tokens } = output.body.usage ?? {
      prompt_tokens: null,
      completion_tokens: null,
    };
    const { status } = parseVerdict(text, request.rubric, { nPoints: request.material.keyPoints.length });
    journal.append({
      type: "reply",
      hash: request.requestHash,
      verdict: status,
      text,
      prompt_tokens,
      completion_tokens,
      cost_usd: priceOf(prompt_tokens ?? 0, completion_tokens ?? 0, prices),
    });
    replies += 1;
    if (status === "failed") unreadable += 1;
  }
  await journal.flush();
  return { lines, replies, unreadable, errors, foreign: outputs.size };
}

async function batchOutputs(file: string): Promise<Map<string, z.infer<typeof batchLine>["response"]>> {
  const outputs = new Map<string, z.infer<typeof batchLine>["response"]>();
  const stream = createReadStream(file, "utf8");
  const opened = once(stream, "open").catch((cause) => {
    throw new InputError(`--batch-in ${file} cannot be read`, { hint: "Check the path.", cause });
  });
  await opened;
  let number = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === "") continue;
    try {
      const { custom_id, response } = batchLine.parse(JSON.parse(line));
      outputs.set(custom_id, response);
    } catch (cause) {
      throw new InputError(`${file} line ${number}: not a line of a batch output`, {
        hint: "Give the output file of the batch (lines with custom_id and response), not its input.",
        cause,
      });
    }
  }
  return outputs;
}
