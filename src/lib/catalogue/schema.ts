import { z } from "zod";
import { schemaProblems } from "../records/schema-problems.js";
import { outcomes } from "../records/tables/keys.js";
import { scorerNames, scorerOf } from "../scorers/index.js";

/** A benchmark as data: the names of its files, how its items are read, scored and rolled up, and since when. */

/**
 * A name for readers: one text, or a text in English, in Chinese, or in both. A language without a text shows the other's.
 */
const readerName = z
  .union([
    z.string().min(1),
    z
      .strictObject({ en: z.string().min(1).optional(), zh: z.string().min(1).optional() })
      .refine(
        ({ en, zh }) => en !== undefined || zh !== undefined,
        "expected a text for en, for zh, or for both",
      ),
  ])
  .transform((name): { readonly en: string; readonly zh: string } => {
    if (typeof name === "string") return { en: name, zh: name };
    const { en = name.zh as string, zh = name.en as string } = name;
    return { en, zh };
  });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month such as 2025-11");

const component = z
  .strictObject({
    metric: z.string(),
    /** How a response is read and scored. */
    scorer: z.enum(scorerNames),
    /** Relative weight inside the task. */
    weight: z.number().positive().default(1),
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
  from: month.nullable().default(null),
  /** Last month in force; null: still in force. */
  until: month.nullable().default(null),
  labels: z.array(z.string()).default([]),
  basis: z.enum(["published", "assumed"]).default("published"),
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
  asks: z.string().default(""),
  answerFormat: z.string().default(""),
  files: z.array(file).default([]),
  scoring: z.array(metricVersion).min(1),
});

export const policies = ["wrong", "left out", "pending", "letter"] as const;
/** Outcomes whose policy a catalogue must state; `conflict` has a default, see `outcomePolicies`. */
const decided = outcomes.filter((outcome) => outcome !== "scored" && outcome !== "conflict");
/**
 * How one board counts each outcome. Every outcome needs a policy: what a refusal or a missing answer counts as is a decision of
 * the benchmark, and no default would be right for all. Only `conflict` (letter and text of an answer contradict each other) may
 * be left out, and only it may be `letter`: the response is then scored by its letter.
 */
const boardPolicy = z
  .partialRecord(z.enum(outcomes).exclude(["scored"]), z.enum(policies))
  .superRefine((board, context) => {
    const missing = decided.filter((outcome) => board[outcome] === undefined);
    if (missing.length > 0)
      context.addIssue({
        code: "custom",
        message: `no policy for ${missing.join(", ")}; state wrong, left out or pending for each outcome`,
      });
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
  name: readerName,
  source: z.string().default(""),
  composite: z
    .strictObject({
      rule: z.literal("mean_of_means").default("mean_of_means"),
      boardDecimals: z.int().min(0).max(6).default(1),
    })
    .default({ rule: "mean_of_means", boardDecimals: 1 }),
  standardSettings: z.record(z.string(), z.number()).optional(),
  outcomePolicy: z.strictObject({ upload: boardPolicy, api: boardPolicy }),
  safetyDimensions: z.array(z.string()).default([]),
  tracks: z.array(z.strictObject({ id: z.string(), name: readerName })),
  dimensions: z.array(
    z.strictObject({
      id: z.string(),
      track: z.string(),
      name: readerName,
      basis: z.enum(["published", "inferred"]).default("published"),
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
