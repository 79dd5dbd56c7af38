import { setMaxListeners } from "node:events";
import PQueue from "p-queue";
import { InputError } from "../../src/lib/errors.js";
import { createRandom } from "../../src/lib/util/random.js";
import {
  Budget,
  type BudgetLimits,
  expectedPromptTokens,
  free,
  mostPromptTokens,
  type Prices,
  priceOf,
} from "./budget.js";
import { ModelCallError } from "./call-error.js";
import { type Clock, systemClock } from "./clock.js";
import type { Journal } from "./journal.js";
import { RateGate, type RateLimits } from "./rate-gate.js";
import type { ModelClient, ModelReply, ModelRequest, ReplyReader } from "./request.js";

export interface RunRequestsOptions<Request extends ModelRequest> {
  readonly client: ModelClient<Request>;
  readonly readerOf: ReplyReader<Request>;
  readonly journal: Journal;
  /** Requests in flight at once. Default 8. */
  readonly concurrency?: number;
  readonly limits?: RateLimits;
  readonly budget?: BudgetLimits;
  readonly prices?: Prices;
  /** A request is given up after this many unreadable replies. Default 3. */
  readonly maxReplies?: number;
  /** A request is left for the next run after this many calls in a row without a reply. Default 6. */
  readonly maxCalls?: number;
  /** First pause after a failed call; doubles each time, up to a minute. Default 500. */
  readonly backoffMs?: number;
  readonly clock?: Clock;
  readonly onProgress?: (counts: RunCounts, spentUsd: number) => void;
}

export interface RunCounts {
  /** Requests seen, with equal ones counted once. */
  distinct: number;
  /** Answered before this run. */
  known: number;
  answered: number;
  /** Given up because every reply was unreadable. */
  unreadable: number;
  /** No reply; the next run asks again. */
  unanswered: number;
  /** Calls made in this run. */
  calls: number;
  /** Not asked because the budget was used up. */
  overBudget: number;
  /** The problem of the latest call without a readable reply; null if there was none. */
  lastProblem: string | null;
}

/**
 * Asks a model every request that the journal has no answer to: `concurrency` requests at once, within the rate limits and
 * the budget, with retries after temporary failures. Memory does not grow with the requests' texts.
 *
 * @throws ModelCallError if no request can work (wrong key, unknown model); earlier answers are kept
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
  for await (const request of requests) {
    if (runner.fatal !== null) break;
    if (seen.has(request.requestHash)) continue;
    seen.add(request.requestHash);
    counts.distinct += 1;
    if (journal.isAnswered(request.requestHash)) counts.known += 1;
    else if (journal.unreadable(request.requestHash) >= maxReplies) counts.unreadable += 1;
    else {
      await queue.onSizeLessThan(concurrency);
      void queue.add(async () => {
        counts[await runner.run(request)] += 1;
        onProgress?.(counts, journal.spentUsd);
      });
    }
  }
  await queue.onIdle();
  await journal.flush();
  if (runner.fatal !== null) throw runner.fatal;
  return counts;
}

/** Expected tokens of prompt and reply; replies are usually well below their limit. */
const expectedTokens = (request: ModelRequest) => expectedPromptTokens(request) + request.maxTokens / 2;

/** If a server asks for a longer pause than this, the run stops; the next run continues. */
const longestWaitMs = 3_600_000;

function longWait({ message }: ModelCallError, retryAfterMs: number): ModelCallError {
  return new ModelCallError(`${message}, and asks to wait ${Math.ceil(retryAfterMs / 60_000)} minutes`, {
    scope: "all",
    mayBePaid: false,
    hint: "Run the command again after that; it continues where it stopped.",
  });
}

type RequestEnd = "answered" | "unreadable" | "unanswered" | "overBudget";

class RequestRunner<Request extends ModelRequest> {
  /** Set once no further request can work. */
  fatal: unknown = null;
  readonly #options: RunRequestsOptions<Request>;
  readonly #counts: RunCounts;
  readonly #clock: Clock;
  readonly #gate: RateGate;
  readonly #budget: Budget;
  readonly #prices: Prices;
  /** Ends the waits. Calls in flight continue, because their replies are paid for. */
  readonly #stop = new AbortController();
  readonly #isFree: boolean;
  #isOverBudget = false;

  constructor(options: RunRequestsOptions<Request>, counts: RunCounts) {
    const { clock = systemClock, limits = {}, budget = {}, prices = free, journal } = options;
    this.#options = options;
    this.#counts = counts;
    this.#clock = clock;
    this.#prices = prices;
    this.#isFree = priceOf(1, 1, prices) === 0;
    this.#gate = new RateGate(limits, clock);
    this.#budget = new Budget(budget, prices, journal.spentUsd);
    // Each request in flight may add a listener.
    setMaxListeners(0, this.#stop.signal);
  }

  async run(request: Request): Promise<RequestEnd> {
    try {
      return await this.#askUntilDone(request);
    } catch (error) {
      // The first error stops the run; errors caused by stopping are ignored.
      this.fatal ??= error;
      this.#stop.abort();
      return "unanswered";
    }
  }

  async #askUntilDone(request: Request): Promise<RequestEnd> {
    const { journal, maxReplies = 3, maxCalls = 6 } = this.#options;
    const hash = request.requestHash;
    for (let failedCalls = 0; failedCalls < maxCalls; ) {
      if (this.#stop.signal.aborted) return "unanswered";
      const expected = this.#options.limits?.tokensPerMinute === undefined ? 0 : expectedTokens(request);
      if (this.#isOverBudget) return "overBudget";
      await this.#gate.enter(expected, this.#stop.signal);
      const most = this.#isFree ? 0 : priceOf(mostPromptTokens(request), request.maxTokens, this.#prices);
      if (!(await this.#budget.take(most))) {
        this.#isOverBudget = true;
        return "overBudget";
      }
      journal.append({ type: "sent", hash, cost_usd: most });
      this.#counts.calls += 1;
      try {
        const attempt = journal.unreadable(hash);
        const reply = await this.#options.client.ask({ ...request, attempt });
        this.#gate.settle(expected, (reply.promptTokens ?? expected) + (reply.completionTokens ?? 0));
        if (this.#record(request, reply, most)) return "answered";
        if (journal.unreadable(hash) >= maxReplies) return "unreadable";
        failedCalls = 0;
      } catch (error) {
        if (!(error instanceof ModelCallError)) {
          this.#budget.settle(most, most);
          throw error;
        }
        this.#counts.lastProblem = error.message;
        this.#budget.settle(most, error.mayBePaid ? most : 0);
        if (!error.mayBePaid) journal.append({ type: "unpaid", hash, error: error.message });
        if (error.scope === "all") throw error;
        if (error.scope === "item") return "unanswered";
        failedCalls += 1;
        if (failedCalls < maxCalls) await this.#pause(error, hash, failedCalls);
      }
    }
    return "unanswered";
  }

  /** @returns whether the reply can be used */
  #record(request: Request, reply: ModelReply, most: number): boolean {
    const { text, promptTokens, completionTokens } = reply;
    const reading = this.#options.readerOf(request)(text);
    if (!reading.isReadable) this.#counts.lastProblem = reading.problem;
    const isMetered = promptTokens !== null && completionTokens !== null;
    const usd = isMetered ? priceOf(promptTokens, completionTokens, this.#prices) : most;
    this.#options.journal.append({
      type: "reply",
      hash: request.requestHash,
      readable: reading.isReadable,
      text,
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      cost_usd: usd,
    });
    this.#budget.settle(most, usd);
    return reading.isReadable;
  }

  /** Waits as long as the server asked for (all requests wait), otherwise twice as long each time, with jitter that depends on the request. */
  async #pause(error: ModelCallError, hash: string, failedCalls: number): Promise<void> {
    const { backoffMs = 500 } = this.#options;
    const { retryAfterMs } = error;
    if (retryAfterMs !== null) {
      if (retryAfterMs > longestWaitMs) throw longWait(error, retryAfterMs);
      this.#gate.pause(retryAfterMs);
      await this.#clock.sleep(retryAfterMs, this.#stop.signal);
      return;
    }
    const spread = 0.5 + createRandom(`${hash}/${failedCalls}`)() / 2;
    const pause = Math.min(60_000, backoffMs * 2 ** (failedCalls - 1)) * spread;
    await this.#clock.sleep(pause, this.#stop.signal);
  }
}
