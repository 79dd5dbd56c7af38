import { scorerOf, verdictKindOf } from "../scorers/index.js";
import { verdictKinds } from "../scorers/verdict-kind.js";
import type { Rubric } from "./rubric.js";
import type { ScoringComponent } from "./schema.js";

export interface RubricChoice {
  /** Id of a built-in rubric, or a file. */
  readonly id: string;
  /** Kind of rubric whose verdicts the scorer can count. */
  readonly kind: Rubric["kind"];
}

/** Whether a component is scored from a judge's verdicts. */
export function isJudged({ scorer }: ScoringComponent): boolean {
  return verdictKindOf(scorer) !== null;
}

/**
 * Rubrics by which the answers of one file of a dataset are judged: `options.rubric` of each judged component, else the
 * scorer's default. Empty if no component depends on a judge.
 *
 * @param components of the dataset's metric version
 * @param part file of the dataset that contains the item; "" if the dataset has only one
 * @example rubricsOf([{ metric: "judge", scorer: "judge", weight: 1 }], "")[0]?.id // "clinical-5"
 */
export function rubricsOf(components: readonly ScoringComponent[], part: string): readonly RubricChoice[] {
  const choices = components
    .filter((component) => component.part === undefined || component.part === part)
    .flatMap(({ scorer, options }): RubricChoice[] => {
      const scoring = scorerOf(scorer);
      if (scoring.reads !== "verdicts") return [];
      const { kind, defaultRubric } = scoring.verdicts;
      const named = options?.["rubric"];
      return [{ id: typeof named === "string" ? named : defaultRubric, kind: verdictKinds[kind].rubricKind }];
    });
  return choices.filter(({ id }, index) => choices.findIndex((other) => other.id === id) === index);
}
