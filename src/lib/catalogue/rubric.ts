import { z } from "zod";
import { verdictKinds } from "../scorers/verdict-kind.js";

/**
 * A rubric as data: what a judge is asked about one answer, in Chinese and English. Three kinds:
 *
 * - `scale`: fixed criteria, each an integer on one scale with an anchor per value;
 * - `key_points`: was each of the item's key points covered (0 or 1)? The share covered is P08's recall;
 * - `points`: was each of the item's criteria met (0 or 1)? Criteria carry points, some negative (P09).
 */

const bilingual = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });
/** A text in English and Chinese. */
export type Bilingual = z.infer<typeof bilingual>;

/** Languages in which a judge can get a rubric. */
export type RubricLanguage = keyof Bilingual;

const header = {
  schema: z.literal("medbench-rubric/1"),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a plain name such as clinical-5"),
  version: z.int().positive(),
  name: bilingual,
  source: z.string(),
  /** The first part of the prompt: who the judge is, what to do and what matters. */
  instructions: bilingual,
};

const scaleCriterion = z.strictObject({
  id: z.string().regex(/^[a-z]+(_[a-z]+)*$/, "a plain name such as clinical_reasoning"),
  name: bilingual,
  asks: bilingual,
  /** What each value of the scale means. */
  anchors: z.record(z.string(), bilingual),
  /** Other names of this criterion in recorded verdicts. */
  aliases: z.array(z.string()).default([]),
});

const scaleRubric = z
  .strictObject({
    ...header,
    kind: z.literal("scale"),
    scale: z.strictObject({ min: z.int(), max: z.int() }),
    criteria: z.array(scaleCriterion).min(1),
  })
  .superRefine(({ scale, criteria }, context) => {
    if (!(scale.min < scale.max))
      context.addIssue({ code: "custom", message: "scale: min must be below max" });
    if (new Set(criteria.map(({ id }) => id)).size < criteria.length)
      context.addIssue({ code: "custom", message: "criteria: ids must be unique" });
    for (const { id, anchors } of criteria) {
      for (let value = scale.min; value <= scale.max; value += 1) {
        if (!(String(value) in anchors))
          context.addIssue({ code: "custom", message: `criterion ${id} has no anchor for ${value}` });
      }
    }
  });

const itemRubric = z.strictObject({ ...header, kind: z.enum(["key_points", "points"]) });

/** Checks a rubric file. */
export const rubricSchema = z.union([scaleRubric, itemRubric]);
/** What a judge is asked to grade: a scale with criteria, or the criteria of the item. */
export type Rubric = z.infer<typeof rubricSchema>;

/** How tables name a rubric: id and version, such as `clinical-5/1`. */
export function rubricVersion({ id, version }: Pick<Rubric, "id" | "version">): string {
  return `${id}/${version}`;
}

/** One key point or criterion of an item, as `items_private.key_points` lists them. */
export interface ItemPoint {
  readonly text: string;
  /** P09: points gained when met; may be negative. */
  readonly points?: number;
  readonly tags?: readonly string[];
}

/** One criterion of a verdict: its name in the tables and the integers of its scale. */
export interface CriterionScale {
  readonly criterion: string;
  readonly min: number;
  readonly max: number;
}

/** The criteria that a verdict must answer, in the order of the prompt. */
export function rubricCriteria(rubric: Rubric, nItemPoints: number): readonly CriterionScale[] {
  if (rubric.kind === "scale") return rubric.criteria.map(({ id }) => ({ criterion: id, ...rubric.scale }));
  const { prefix } = rubric.kind === "key_points" ? verdictKinds.key_point : verdictKinds.criterion;
  return Array.from({ length: nItemPoints }, (_, index) => ({
    criterion: `${prefix}${index + 1}`,
    min: 0,
    max: 1,
  }));
}
