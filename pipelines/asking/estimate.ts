import { rubricVersion } from "../../src/lib/catalogue/rubric.js";
import type { PlannedJudgment } from "../judging/plan.js";
import type { JudgeRequest } from "../judging/types.js";
import { expectedPromptTokens, mostPromptTokens, type Prices, priceOf } from "./budget.js";
import type { Journal } from "./journal.js";

/** What asking requests would take, before it is done. */
export interface RequestEstimate {
  /** Requests after equal ones are joined. */
  requests: number;
  known: number;
  to_ask: number;
  /** Expected tokens and price of what is to ask; the most that it can cost. */
  prompt_tokens: number;
  completion_tokens: number;
  expected_usd: number;
  most_usd: number;
}

export interface RunEstimate extends RequestEstimate {
  judgments: number;
  /** Judgments by rubric. */
  rubrics: Record<string, number>;
}

/** Share of the allowed tokens that a verdict usually needs: a sentence and a number for each criterion. */
const usualShare = 0.4;

/** Adds up requests one at a time: a plan may be too long to hold. */
class Estimator {
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
  readonly #isKnown: (request: JudgeRequest) => boolean;
  readonly #prices: Prices;

  constructor(isKnown: (request: JudgeRequest) => boolean, prices: Prices) {
    this.#isKnown = isKnown;
    this.#prices = prices;
  }

  add(request: JudgeRequest): void {
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
  requests: Iterable<JudgeRequest>,
  { isKnown, prices }: { readonly isKnown: (request: JudgeRequest) => boolean; readonly prices: Prices },
): RequestEstimate {
  const estimator = new Estimator(isKnown, prices);
  for (const request of requests) estimator.add(request);
  return estimator.total;
}

export async function estimateRun(
  planned: AsyncIterable<PlannedJudgment>,
  { journal, prices }: { readonly journal: Journal; readonly prices: Prices },
): Promise<RunEstimate> {
  const estimator = new Estimator(({ requestHash }) => journal.isAnswered(requestHash), prices);
  let judgments = 0;
  const rubrics: Record<string, number> = {};
  for await (const { request } of planned) {
    judgments += 1;
    const rubric = rubricVersion(request.rubric);
    rubrics[rubric] = (rubrics[rubric] ?? 0) + 1;
    estimator.add(request);
  }
  return { judgments, rubrics, ...estimator.total };
}
