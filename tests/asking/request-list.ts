import { judgeRequest } from "../../pipelines/judging/request.js";
import { loadRubric } from "../../pipelines/judging/rubrics.js";
import type { JudgeRequest } from "../../pipelines/judging/types.js";

/** `count` different requests under the clinical rubric, the same ones in every process. */
export function requestsFor(count: number): JudgeRequest[] {
  const rubric = loadRubric("clinical-5");
  return Array.from({ length: count }, (_, index) =>
    judgeRequest(
      rubric,
      { question: `Question ${index}`, answer: `Answer ${index}`, keyPoints: [], language: "en" },
      { model: "stub" },
    ),
  );
}
