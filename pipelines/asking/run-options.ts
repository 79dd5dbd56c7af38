import type { BudgetLimits, Prices } from "./budget.js";
import type { Clock } from "./clock.js";
import type { Journal } from "./journal.js";
import type { RateLimits } from "./rate-gate.js";
import type { ModelClient, ModelRequest, ReplyReader } from "./request.js";

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
  /** Called with a sentence if the server asks to wait, or if the run waits for the server. */
  readonly onWait?: (text: string) => void;
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
