import { expectedPromptTokens, mostPromptTokens, type Prices, priceOf } from "./budget.js";
import type { ModelRequest } from "./request.js";

/** Expected cost of asking requests. */
export interface RequestEstimate {
  /** Requests, with equal ones counted once. */
  requests: number;
  known: number;
  to_ask: number;
  /** Expected tokens and price of the open requests, and their maximum cost. */
  prompt_tokens: number;
  completion_tokens: number;
  expected_usd: number;
  most_usd: number;
}

/** Share of the allowed tokens that replies usually need. */
const usualShare = 0.4;

/** Adds up requests one at a time, because a plan may be too large for memory. */
export class RequestEstimator {
  readonly total: RequestEstimate = {
    requests: 0,
    known: 0,
    to_ask: 0,
    prompt_tokens: 0,
    completion_tokens: 0,
    expected_usd: 0,
    most_usd: 0,
  };
  readonly #seen = new Set<string>();
  readonly #isKnown: (request: ModelRequest) => boolean;
  readonly #prices: Prices;

  constructor(isKnown: (request: ModelRequest) => boolean, prices: Prices) {
    this.#isKnown = isKnown;
    this.#prices = prices;
  }

  add(request: ModelRequest): void {
    if (this.#seen.has(request.requestHash)) return;
    this.#seen.add(request.requestHash);
    this.total.requests += 1;
    if (this.#isKnown(request)) {
      this.total.known += 1;
      return;
    }
    this.total.to_ask += 1;
    this.total.prompt_tokens += expectedPromptTokens(request);
    this.total.completion_tokens += Math.round(request.maxTokens * usualShare);
    this.total.most_usd += priceOf(mostPromptTokens(request), request.maxTokens, this.#prices);
    this.total.expected_usd = priceOf(this.total.prompt_tokens, this.total.completion_tokens, this.#prices);
  }
}

export function estimateRequests(
  requests: Iterable<ModelRequest>,
  { isKnown, prices }: { readonly isKnown: (request: ModelRequest) => boolean; readonly prices: Prices },
): RequestEstimate {
  const estimator = new RequestEstimator(isKnown, prices);
  for (const request of requests) estimator.add(request);
  return estimator.total;
}
