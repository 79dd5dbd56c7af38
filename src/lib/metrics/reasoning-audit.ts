import { InputError } from "../errors.js";

/** Role of a step in a chain of reasoning. */
export type StepLabel = "reasoning" | "citation" | "repetition" | "redundancy";

/** One labeled step of a chain of reasoning. */
export interface ReasoningStep {
  readonly label: StepLabel;
  /** Judged factually correct; only reasoning steps are judged. */
  readonly correct?: boolean;
}

/** Result of `auditReasoning`. */
export interface ReasoningAudit {
  /** Reasoning steps / all steps. */
  readonly efficiency: number;
  /** Correct reasoning steps / reasoning steps. */
  readonly factuality: number;
  /** Gold steps found / gold steps. */
  readonly completeness: number;
  readonly parts: Readonly<Record<"steps" | "reasoning" | "correct" | "goldHit" | "gold", number>>;
}

/**
 * Audit of a reasoning process after MedR-Bench (protocols P08). Zero denominators give 0, as in the published code: an
 * answer without reasoning scores 0. Exclude items without gold steps before averaging.
 *
 * @param goldHit gold steps found in the answer, in [0, goldSteps]
 * @throws InputError for counts out of range
 */
export function auditReasoning(
  steps: readonly ReasoningStep[],
  goldHit: number,
  goldSteps: number,
): ReasoningAudit {
  if (!(Number.isInteger(goldHit) && Number.isInteger(goldSteps) && goldHit >= 0 && goldHit <= goldSteps)) {
    throw new InputError(
      `auditReasoning: gold steps hit must be an integer in [0, ${goldSteps}]; got ${goldHit}`,
    );
  }
  const reasoning = steps.filter(({ label }) => label === "reasoning");
  const correct = reasoning.filter((step) => step.correct === true).length;
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    efficiency: share(reasoning.length, steps.length),
    factuality: share(correct, reasoning.length),
    completeness: share(goldHit, goldSteps),
    parts: { steps: steps.length, reasoning: reasoning.length, correct, goldHit, gold: goldSteps },
  };
}
