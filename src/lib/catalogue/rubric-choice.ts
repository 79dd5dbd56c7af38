import type { Rubric } from "./rubric.js";
import type { ScoringComponent } from "./schema.js";

/** Rubrics of the scorers that rest on a judge, where the dataset does not name its own. */
export const defaultRubrics = {
  key_points: "key-points",
  criteria: "item-criteria",
  judge: "clinical-5",
} as const;

/** Kind of rubric whose verdicts each of those scorers can count. */
const rubricKinds = { key_points: "key_points", criteria: "points", judge: "scale" } as const;

export interface RubricChoice {
  /** Id of a rubric that comes with the workbench, or a file. */
  readonly id: string;
  readonly kind: Rubric["kind"];
}

/** Whether a component is scored from verdicts of a judge. */
export function isJudged({ scorer }: ScoringComponent): boolean {
  return scorer in defaultRubrics;
}

/**
 * Rubrics by which the answers of one file of a dataset are judged: `options.rubric` of each judged component, else the
 * scorer's default. Empty where no component rests on a judge.
 *
 * @param components of the dataset's metric version
 * @param part file of the dataset that holds the item; "" where there is one
 * @example rubricsOf([{ metric: "judge", scorer: "judge", weight: 1 }], "")[0]?.id // "clinical-5"
 */
export function rubricsOf(components: readonly ScoringComponent[], part: string): readonly RubricChoice[] {
  const choices = components
    .filter((component) => component.part === undefined || component.part === part)
    .flatMap(({ scorer, options }): RubricChoice[] => {
      if (scorer !== "key_points" && scorer !== "criteria" && scorer !== "judge") return [];
      const named = options?.["rubric"];
      return [{ id: typeof named === "string" ? named : defaultRubrics[scorer], kind: rubricKinds[scorer] }];
    });
  return choices.filter(({ id }, index) => choices.findIndex((other) => other.id === id) === index);
}
