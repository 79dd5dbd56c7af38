import { z } from "zod";
import { schemaProblems } from "../records/schema-problems.js";
import { outcomes } from "../records/tables/keys.js";
import { scorerNames, scorerOf } from "../scorers/index.js";

/** A benchmark as data: the names of its files, how its items are read, scored and rolled up, and since when. */

const bilingual = z.strictObject({ en: z.string(), zh: z.string() });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month such as 2025-11");

const component = z
  .strictObject({
    metric: z.string(),
    /** How a response is read and scored. */
    scorer: z.enum(scorerNames),
    /** Relative weight inside the task. */
    weight: z.number().positive(),
    /** File of the dataset that the component is limited to. */
    part: z.string().optional(),
    options: z.record(z.string(), z.unknown()).optional(),
  })
  .superRefine(({ scorer, options = {} }, context) => {
    for (const problem of schemaProblems(scorerOf(scorer).options, options))
      context.addIssue({ code: "custom", path: ["options"], message: `scorer ${scorer}: ${problem}` });
  });

const metricVersion = z.strictObject({
  /** First month in force; null: since the beginning. */
  from: month.nullable(),
  /** Last month in force; null: still in force. */
  until: month.nullable(),
  labels: z.array(z.string()),
  basis: z.enum(["published", "assumed"]),
  /** Null if the workbench does not compute the metric (for example BERTScore). */
  components: z.array(component).min(1).nullable(),
  note: z.string().optional(),
});

const file = z.strictObject({
  file: z.string(),
  part: z.string(),
  sourceTags: z.array(z.string()),
  items: z.int().positive().optional(),
  rows: z.int().positive().optional(),
  variantsPerItem: z.int().positive().default(1),
  answerType: z.string().optional(),
  media: z.enum(["string", "list"]).optional(),
});

const dataset = z.strictObject({
  id: z.string(),
  track: z.string(),
  dimension: z.string(),
  answerType: z.string(),
  language: z.string(),
  asks: z.string(),
  answerFormat: z.string(),
  files: z.array(file).default([]),
  scoring: z.array(metricVersion).min(1),
});

export const policies = ["wrong", "left out", "pending", "letter"] as const;
/**
 * How one board counts each outcome. Only `conflict` (letter and text of an answer contradict each other) may be `letter`: the
 * response is then scored by its letter. `outcomePolicies` has its default.
 */
const boardPolicy = z
  .partialRecord(z.enum(outcomes).exclude(["scored"]), z.enum(policies))
  .superRefine((board, context) => {
    for (const [outcome, policy] of Object.entries(board))
      if (policy === "letter" && outcome !== "conflict")
        context.addIssue({
          code: "custom",
          path: [outcome],
          message: `"letter" is a policy of conflict only; expected wrong, left out or pending`,
        });
  });

/** Checks a catalogue file. */
export const catalogueSchema = z.strictObject({
  schema: z.literal("medbench-catalogue/1"),
  id: z.string(),
  name: bilingual,
  source: z.string(),
  composite: z.strictObject({ rule: z.literal("mean_of_means"), boardDecimals: z.int().min(0).max(6) }),
  standardSettings: z.record(z.string(), z.number()).optional(),
  outcomePolicy: z.strictObject({ upload: boardPolicy, api: boardPolicy }),
  safetyDimensions: z.array(z.string()).default([]),
  tracks: z.array(z.strictObject({ id: z.string(), name: bilingual })),
  dimensions: z.array(
    z.strictObject({
      id: z.string(),
      track: z.string(),
      name: bilingual,
      basis: z.enum(["published", "inferred"]),
    }),
  ),
  datasets: z.array(dataset),
});

/** A benchmark: its tracks, dimensions, datasets, metrics and policies. */
export type Catalogue = z.infer<typeof catalogueSchema>;
/** One dataset of a benchmark. */
export type CatalogueDataset = Catalogue["datasets"][number];
/** A dataset's metric and the months in which it is in force. */
export type MetricVersion = z.infer<typeof metricVersion>;
/** One part of a metric: a scorer, its weight and its settings. */
export type ScoringComponent = z.infer<typeof component>;
