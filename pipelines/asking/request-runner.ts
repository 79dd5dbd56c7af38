import { setMaxListeners } from "node:events";
import { createRandom } from "../../src/lib/util/random.js";
import { Budget, expectedPromptTokens, free, mostPromptTokens, type Prices, priceOf } from "./budget.js";
import { ModelCallError } from "./call-error.js";
import { type Clock, systemClock } from "./clock.js";
import { RateGate } from "./rate-gate.js";
import type { ModelReply, ModelRequest } from "./request.js";
import type { RunCounts, RunRequestsOptions } from "./run-options.js";
import { ServerHealth } from "./server-health.js";
import { noVerdict, stillFailing, tooLongWait } from "./stop-error.js";

/** Expected tokens of prompt and reply; replies are usually well below their limit. */
const expectedTokens = (request: ModelRequest) => expectedPromptTokens(request) + request.maxTokens / 2;

/** If a server asks for a longer pause than this, the run stops; the next run continues. */
const longestWaitMs = { beforeReplies: 300_000, afterReplies: 3_600_000 } as const;

/** Shorter waits are not reported. */
const shownWaitMs = 3_000;

type RequestEnd = "answered" | "unreadable" | "unanswered" | "overBudget";

/** Asks requests until each is answered or given up, and decides when the whole run has to stop. */
export class RequestRunner<Request extends ModelRequest> {
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
  readonly #health: ServerHealth;
  /** Recorded replies cost nothing and fail one by one, so they never stop a run. */
  readonly #isServer: boolean;
  #isOverBudget = false;
  #waitReportedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: RunRequestsOptions<Request>, counts: RunCounts) {
    const { clock = systemClock, limits = {}, budget = {}, prices = free, journal } = options;
    this.#options = options;
    this.#counts = counts;
    this.#clock = clock;
    this.#prices = prices;
    this.#isFree = priceOf(1, 1, prices) === 0;
    this.#gate = new RateGate(limits, clock);
    this.#budget = new Budget(budget, prices, journal.spentUsd);
    const { maxCalls = 6, backoffMs = 500, concurrency = 8 } = options;
    this.#health = new ServerHealth({ maxCalls, backoffMs, concurrency });
    this.#isServer = options.client.isStub !== undefined;
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
    const { journal, maxReplies = 3 } = this.#options;
    const hash = request.requestHash;
    let problem: ModelCallError | null = null;
    let isUnreadable = false;
    for (let failedCalls = 0; ; ) {
      if (this.#stop.signal.aborted) return "unanswered";
      const expected = this.#options.limits?.tokensPerMinute === undefined ? 0 : expectedTokens(request);
      if (this.#isOverBudget) return this.#endOfBudget(problem, failedCalls, isUnreadable);
      await this.#gate.enter(expected, this.#stop.signal);
      const most = this.#isFree ? 0 : priceOf(mostPromptTokens(request), request.maxTokens, this.#prices);
      if (!(await this.#budget.take(most))) {
        this.#isOverBudget = true;
        return this.#endOfBudget(problem, failedCalls, isUnreadable);
      }
      journal.append({ type: "sent", hash, cost_usd: most });
      this.#counts.calls += 1;
      const sentAt = this.#clock.now();
      let reply: ModelReply;
      try {
        reply = await this.#options.client.ask({ ...request, attempt: journal.unreadable(hash) });
      } catch (error) {
        if (!(error instanceof ModelCallError)) {
          this.#budget.settle(most, most);
          throw error;
        }
        this.#counts.lastProblem = error.message;
        problem = error;
        this.#budget.settle(most, error.mayBePaid ? most : 0);
        if (!error.mayBePaid) journal.append({ type: "unpaid", hash, error: error.message });
        if (error.scope === "all") throw error;
        if (error.failure === "unreachable") {
          const pause = this.#pauseOfServer(error, sentAt);
          if (this.#budget.isOutOfRequests)
            return this.#endOfBudget(problem, this.#health.attempts, isUnreadable);
          await this.#waitForServer(error, pause);
          continue;
        }
        failedCalls += 1;
        if (this.#budget.isOutOfRequests) return this.#endOfBudget(problem, failedCalls, isUnreadable);
        if (error.scope === "retry" && failedCalls < this.#health.mostCalls(error.failure)) {
          await this.#pause(error, hash, failedCalls);
          continue;
        }
        if (this.#isServer && this.#health.gaveUp(error))
          throw stillFailing(error, failedCalls, this.#health);
        return "unanswered";
      }
      this.#gate.settle(expected, (reply.promptTokens ?? expected) + (reply.completionTokens ?? 0));
      const isReadable = this.#record(request, reply, most);
      this.#health.replied({ isReadable });
      if (isReadable) return "answered";
      if (journal.unreadable(hash) >= maxReplies) {
        if (this.#health.gaveUpReading() && this.#isServer)
          throw noVerdict(this.#options.client.name, this.#counts);
        return "unreadable";
      }
      failedCalls = 0;
      problem = null;
      isUnreadable = true;
    }
  }

  /**
   * No further call is allowed. A request that was asked before is not "not asked": where nothing has worked so far, the run ends with what
   * is wrong with the server, as it would after the usual number of calls.
   */
  #endOfBudget(problem: ModelCallError | null, calls: number, isUnreadable: boolean): RequestEnd {
    if (problem === null && !isUnreadable) return "overBudget";
    if (this.#isServer && problem !== null && !this.#health.hasReplied)
      throw stillFailing(problem, calls, this.#health);
    if (this.#isServer && problem === null && !this.#health.hasReadable)
      throw noVerdict(this.#options.client.name, this.#counts);
    return "unanswered";
  }

  /** How long to wait for a server that cannot be reached. */
  #pauseOfServer(error: ModelCallError, sentAt: number): number {
    const pause = this.#health.unreachable(sentAt, this.#clock.now());
    if (pause === null) throw stillFailing(error, this.#health.attempts, this.#health);
    return pause;
  }

  /** All requests wait for a server that cannot be reached; the wait is no failure of the request. */
  async #waitForServer(error: ModelCallError, pause: number): Promise<void> {
    this.#gate.pause(pause);
    this.#reportWait(error, pause, "trying again");
    await this.#clock.sleep(pause, this.#stop.signal);
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
      const { beforeReplies, afterReplies } = longestWaitMs;
      if (retryAfterMs > (this.#health.hasReplied ? afterReplies : beforeReplies))
        throw tooLongWait(error, retryAfterMs);
      this.#gate.pause(retryAfterMs);
      this.#reportWait(error, retryAfterMs, "waiting as the server asks");
      await this.#clock.sleep(retryAfterMs, this.#stop.signal);
      return;
    }
    const spread = 0.5 + createRandom(`${hash}/${failedCalls}`)() / 2;
    const pause = Math.min(60_000, backoffMs * 2 ** (failedCalls - 1)) * spread;
    await this.#clock.sleep(pause, this.#stop.signal);
  }

  /** One report for all requests that wait at the same time. */
  #reportWait({ message }: ModelCallError, ms: number, doing: string): void {
    const now = this.#clock.now();
    if (ms < shownWaitMs || now < this.#waitReportedUntil) return;
    this.#waitReportedUntil = now + ms;
    this.#options.onWait?.(`${message}; ${doing}, ${Math.ceil(ms / 1000)} s`);
  }
}
