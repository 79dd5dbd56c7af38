import { rubricVersion } from "../../src/lib/catalogue/rubric.js";
import { expectedPromptTokens, mostPromptTokens, type Prices, priceOf } from "./budget.js";
import type { Journal } from "./journal.js";
import type { PlannedJudgment } from "./plan.js";

/** What a run would do, before it does it. */
export interface RunEstimate {
  judgments: number;
  /** Requests after equal ones are joined. */
  requests: number;
  known: number;
  to_ask: number;
  /** Judgments by rubric. */
  rubrics: Record<string, number>;
  /** Expected tokens and price of what is to ask; the most that it can cost. */
  prompt_tokens: number;
  completion_tokens: number;
  expected_usd: number;
  most_usd: number;
}

/** Share of the allowed tokens that a verdict usually needs: a sentence and a number for each criterion. */
const usualShare = 0.4;

export async function estimateRun(
  planned: AsyncIterable<PlannedJudgment>,
  { journal, prices }: { readonly journal: Journal; readonly prices: Prices },
): Promise<RunEstimate> {
  const estimate: RunEstimate = {
    judgments: 0,
    requests: 0,
    known: 0,
    to_ask: 0,
    rubrics: {},
    prompt_tokens: 0,
    completion_tokens: 0,
    expected_usd: 0,
    most_usd: 0,
  };
  const seen = new Set<string>();
  for await (const { request } of planned) {
    estimate.judgments += 1;
    const rubric = rubricVersion(request.rubric);
    estimate.rubrics[rubric] = (estimate.rubrics[rubric] ?? 0) + 1;
    if (seen.has(request.requestHash)) continue;
    seen.add(request.requestHash);
    estimate.requests += 1;
    if (journal.isAnswered(request.requestHash)) {
      estimate.known += 1;
      continue;
    }
    estimate.to_ask += 1;
    estimate.prompt_tokens += expectedPromptTokens(request);
    estimate.completion_tokens += Math.round(request.maxTokens * usualShare);
    estimate.most_usd += priceOf(mostPromptTokens(request), request.maxTokens, prices);
  }
  estimate.expected_usd = priceOf(estimate.prompt_tokens, estimate.completion_tokens, prices);
  return estimate;
}
