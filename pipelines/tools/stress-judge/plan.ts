import { type Rubric, rubricCriteria } from "../../../src/lib/catalogue/rubric.js";
import { type Edit, type MutationKind, mutationOperators } from "../../../src/lib/stress/index.js";
import { createRandom } from "../../../src/lib/util/random.js";
import { judgeRequest } from "../../judging/request.js";
import type { JudgeRequest } from "../../judging/types.js";
import type { StressAnswer } from "./answers.js";

/** One edit of one answer, and the two requests to the judge that it needs. */
export interface PlannedEdit {
  readonly answer: StressAnswer;
  readonly operator: string;
  readonly kind: MutationKind;
  readonly edit: Edit;
  readonly original: JudgeRequest;
  readonly edited: JudgeRequest;
}

/**
 * Applies every operator to every answer where it matches. Each pair of answer and operator has its own random sequence,
 * so adding an operator or removing an answer changes no other edit.
 */
export function planEdits(
  answers: readonly StressAnswer[],
  rubric: Rubric,
  { seed, model }: { readonly seed: number; readonly model: string },
): PlannedEdit[] {
  return answers.flatMap((answer) => {
    const { material } = answer;
    const { question, language } = material;
    const context = { question, language, criteria: rubricCriteria(rubric, material.keyPoints.length) };
    if (context.criteria.length === 0) return [];
    const original = judgeRequest(rubric, material, { model });
    return mutationOperators.flatMap(({ id, kind, apply }) => {
      const edit = apply(
        material.answer,
        context,
        createRandom([seed, answer.group, answer.run, answer.repeat, id].join("/")),
      );
      if (edit === null) return [];
      const edited = judgeRequest(rubric, { ...material, answer: edit.text }, { model });
      return [{ answer, operator: id, kind, edit, original, edited }];
    });
  });
}
