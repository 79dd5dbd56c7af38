import { clamp } from "../../../src/lib/util/clamp.js";
import { type Random, randomInteger, randomNormal } from "../../../src/lib/util/random.js";
import { normalCdf } from "../../../src/lib/util/special.js";
import { logistic, logitGrid } from "./ability.js";

/** How physicians and the judge grade an answer from 1 to 5, and how the judge matches key points. */

export const criteria = [
  "correctness",
  "completeness",
  "clinical_reasoning",
  "safety",
  "communication",
] as const;
export type Criterion = (typeof criteria)[number];

/** Logits by which answers are better or worse on a criterion than overall. */
const criterionOffset: Readonly<Record<Criterion, number>> = {
  correctness: 0,
  completeness: -0.3,
  clinical_reasoning: -0.1,
  safety: 0.4,
  communication: 0.6,
};
/** Standard deviation of the criterion effect inside one answer (logits). */
export const criterionSd = 0.35;

export const scale = { min: 1, max: 5 } as const;

/** A grader: value = latent quality + bias + noise, rounded and kept on the scale. */
export interface Grader {
  readonly id: string;
  /** Points of the scale above (lenient) or below (strict) the latent quality. */
  readonly bias: number;
  /** Standard deviation of the grader's noise, in points of the scale. */
  readonly sd: number;
}

export const judge = {
  id: "Qwen2.5-72B-Instruct",
  bias: 0.2,
  sd: 0.25,
  rubric: "clinical-5/1",
  /** Probability that a covered key point is judged covered. */
  sensitivity: 0.96,
  /** Probability that a key point that is not covered is judged covered. */
  falsePositive: 0.07,
  /** The same two in the specialties where the judge is blind: a coin toss. */
  blindMatch: 0.5,
  /** Verdicts that no parser could read. */
  failed: 0.002,
  /** Responses graded twice. */
  repeated: 0.05,
} as const;

export const raters: readonly Grader[] = [
  { id: "physician-01", bias: -0.08, sd: 0.2 },
  { id: "physician-02", bias: 0, sd: 0.25 },
  { id: "physician-03", bias: 0.08, sd: 0.3 },
];

/** Latent quality of one answer on the criteria, on the scale from 1 to 5. */
export function drawQuality(logit: number, random: Random): Record<Criterion, number> {
  return Object.fromEntries(
    criteria.map((criterion) => [
      criterion,
      quality(logit + criterionOffset[criterion] + criterionSd * randomNormal(random)),
    ]),
  ) as Record<Criterion, number>;
}

const quality = (logit: number) => scale.min + (scale.max - scale.min) * logistic(logit);

export function drawGrade(latent: number, { bias, sd }: Pick<Grader, "bias" | "sd">, random: Random): number {
  return onScale(latent + bias + sd * randomNormal(random));
}

/** A grade that does not depend on the answer, from a judge that does not understand it. */
export const drawBlindGrade = (random: Random) => 2 + randomInteger(random, scale.max - 1);
export const meanBlindGrade = (2 + scale.max) / 2;

const onScale = (value: number) => clamp(Math.round(value), scale.min, scale.max);

/** Mean and mean square of a grader's grade of answers whose logit on the criterion is at each point of the grid. */
export interface GradeCurves {
  readonly mean: readonly number[];
  readonly square: readonly number[];
}

export function gradeCurves(criterion: Criterion, grader: Pick<Grader, "bias" | "sd">): GradeCurves {
  const moments = logitGrid.map((logit) => gradeMoments(quality(logit + criterionOffset[criterion]), grader));
  return { mean: moments.map(([first]) => first), square: moments.map(([, second]) => second) };
}

function gradeMoments(latent: number, { bias, sd }: Pick<Grader, "bias" | "sd">): readonly [number, number] {
  // P(grade >= k) is the tail above k - 1/2; E[g] = 1 + sum of tails, E[g^2] = 1 + sum of (2k - 1) tails.
  let mean: number = scale.min;
  let square: number = scale.min;
  for (let k = scale.min + 1; k <= scale.max; k += 1) {
    const tail = normalCdf((latent + bias - (k - 0.5)) / sd);
    mean += tail;
    square += (2 * k - 1) * tail;
  }
  return [mean, square];
}
