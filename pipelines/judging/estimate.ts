import { rubricVersion } from "../../src/lib/catalogue/rubric.js";
import type { Prices } from "../asking/budget.js";
import { type RequestEstimate, RequestEstimator } from "../asking/estimate.js";
import type { Journal } from "../asking/journal.js";
import type { PlannedJudgment } from "./plan.js";

/** What a judge run would ask, computed in advance. */
export interface JudgmentEstimate extends RequestEstimate {
  judgments: number;
  /** Judgments by rubric. */
  rubrics: Record<string, number>;
}

export async function estimateJudgments(
  planned: AsyncIterable<PlannedJudgment>,
  { journal, prices }: { readonly journal: Journal; readonly prices: Prices },
): Promise<JudgmentEstimate> {
  const estimator = new RequestEstimator(({ requestHash }) => journal.isAnswered(requestHash), prices);
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
