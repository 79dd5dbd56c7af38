import PQueue from "p-queue";
import { InputError } from "../../src/lib/errors.js";
import type { ModelRequest } from "./request.js";
import { RequestRunner } from "./request-runner.js";
import type { RunCounts, RunRequestsOptions } from "./run-options.js";

/**
 * Asks a model every request that the journal has no answer to: `concurrency` requests at once, within the rate limits and
 * the budget, with retries after temporary failures. Memory does not grow with the requests' texts. The first request is sent
 * alone: if it shows that the server cannot work, no other is sent.
 *
 * @throws ModelCallError if no request can work (wrong key, unknown model, a server that does not answer or stopped answering);
 * earlier answers are kept
 */
export async function runRequests<Request extends ModelRequest>(
  requests: AsyncIterable<Request> | Iterable<Request>,
  options: RunRequestsOptions<Request>,
): Promise<RunCounts> {
  const { journal, concurrency = 8, maxReplies = 3, onProgress } = options;
  if (!(Number.isInteger(concurrency) && concurrency >= 1))
    throw new InputError(`concurrency must be a whole number of at least 1; got ${concurrency}`);
  const counts: RunCounts = {
    distinct: 0,
    known: 0,
    answered: 0,
    unreadable: 0,
    unanswered: 0,
    calls: 0,
    overBudget: 0,
    lastProblem: null,
  };
  const runner = new RequestRunner(options, counts);
  const queue = new PQueue({ concurrency });
  const seen = new Set<string>();
  let isFirst = true;
  for await (const request of requests) {
    if (runner.fatal !== null) break;
    if (seen.has(request.requestHash)) continue;
    seen.add(request.requestHash);
    counts.distinct += 1;
    if (journal.isAnswered(request.requestHash)) counts.known += 1;
    else if (journal.unreadable(request.requestHash) >= maxReplies) counts.unreadable += 1;
    else {
      await queue.onSizeLessThan(concurrency);
      const answer = queue.add(async () => {
        counts[await runner.run(request)] += 1;
        onProgress?.(counts, journal.spentUsd);
      });
      if (isFirst) await answer;
      isFirst = false;
    }
  }
  await queue.onIdle();
  await journal.flush();
  if (runner.fatal !== null) throw runner.fatal;
  return counts;
}
