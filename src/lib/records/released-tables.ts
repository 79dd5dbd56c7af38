/**
 * The tables of a release: columns with their meaning, and which of them the gate may withhold. The release stage writes
 * them, the data dictionary describes them and the pages read them, all from these definitions.
 */

import {
  type Column,
  type Columns,
  count,
  optional,
  type RowOf,
  type Table,
  text,
  type WithOptional,
} from "./tables/column.js";
import { type TableName, tables } from "./tables.js";

export interface ReleasedTable<Any extends Columns = Columns> {
  readonly grain: string;
  readonly columns: Any;
}

/** A table of figures, some of which the gate may withhold. */
export interface GatedTable<Any extends Columns = Columns> extends ReleasedTable<Any> {
  /** Columns that are NULL in rows with a withheld figure; if the list is empty, the whole row is left out. */
  readonly withheld: readonly string[];
}

type ColumnsOf<Name extends TableName> = (typeof tables)[Name]["columns"];
type PublicName = {
  [Name in TableName]: (typeof tables)[Name] extends { readonly confidential: true } ? never : Name;
}[TableName];

/** The columns with message codes: a column with the parameters follows each. */
export const messageNames = (columns: readonly string[]): string[] =>
  columns.filter((column) => columns.includes(`${column}_parameters`));

/** A text column for each message, next to its parameters. */
type WithTexts<Any extends Columns> = Any & {
  readonly [Name in keyof Any as Name extends `${infer Message}_parameters`
    ? `${Message}_text`
    : never]: Column<"VARCHAR", false>;
};

/** Adds to each message (a code and its parameters) its text in English, for readers of the files. */
function withTexts<Any extends Columns>(columns: Any): WithTexts<Any> {
  const messages = messageNames(Object.keys(columns));
  const entries = Object.entries(columns).flatMap(([name, column]): [string, Column][] => {
    const message = messages.find((own) => name === `${own}_parameters`);
    if (message === undefined) return [[name, column]];
    return [
      [name, column],
      [`${message}_text`, optional(text(`the ${message} in English`))],
    ];
  });
  return Object.fromEntries(entries) as WithTexts<Any>;
}

/** A warehouse table as it is, with texts for its messages. */
function whole<Name extends PublicName>(name: Name): ReleasedTable<WithTexts<ColumnsOf<Name>>> {
  const { grain, columns } = tables[name] as Table & { readonly columns: ColumnsOf<Name> };
  return { grain, columns: withTexts(columns) };
}

const publication = {
  /** Why a value is missing, or its caveat. */
  publication: text(
    "what the gate decided on the row's figure; values of withheld figures are NULL. Reasons: table gates",
    tables.gates.columns.decision.oneOf,
  ),
};

/** A warehouse table with figures that may depend on a judge, so that the gate may withhold them. */
function gated<Name extends PublicName, const Withheld extends keyof ColumnsOf<Name> & string>(
  name: Name,
  withheld: readonly Withheld[],
): GatedTable<WithOptional<WithTexts<ColumnsOf<Name>>, Withheld> & typeof publication> {
  const { grain, columns } = whole(name);
  const nullable = new Set<string>(withheld);
  const entries = Object.entries<Column>(columns).map(([column, definition]) => [
    column,
    nullable.has(column) ? optional(definition) : definition,
  ]);
  const described = Object.fromEntries(entries) as WithOptional<WithTexts<ColumnsOf<Name>>, Withheld>;
  return { grain, columns: { ...described, ...publication }, withheld };
}

const interval = ["estimate", "lower", "upper"] as const;
const bounds = ["worst", "best"] as const;
const composite = [
  ...[...interval, "standard_error", "board_value", ...bounds, "mean_over_submitted"],
  ...["bootstrap_lower", "bootstrap_upper", "corrected", "corrected_lower", "corrected_upper"],
  ...["corrected_same_lower", "corrected_same_upper"],
] as const;

const run = tables.runs.columns;
const outcome = tables.outcome_counts.columns;
const line = tables.quarantine.columns;

export const releasedTables = {
  overall_scores: gated("overall_scores", composite),
  ranks: gated("ranks", ["estimate", "rank", "rank_best", "rank_worst"]),
  comparisons: gated("comparisons", []),
  dimension_scores: gated("dimension_scores", composite),
  task_scores: gated("task_scores", [...interval, "standard_error", "board_value", ...bounds]),
  condition_scores: gated("condition_scores", [
    ...[...interval, "standard_error", "base_estimate", "drop"],
    ...["drop_lower", "drop_upper", "drop_standard_error"],
  ] as const),
  specialty_scores: gated("specialty_scores", [
    ...[...interval, ...bounds, "pooled", "pooled_lower", "pooled_upper"],
    ...["prior_mean", "prior_sd", "shrinkage", "n_pooled_runs"],
  ] as const),
  gates: {
    grain: tables.gates.grain,
    columns: {
      ...tables.gates.columns,
      reason_text: text(
        "the rule in English, with its numbers and with what would make a withheld figure publishable",
      ),
    },
  },
  specialty_coverage: whole("specialty_coverage"),
  // The scores of a dataset's groups reveal its mean.
  score_distributions: gated("score_distributions", []),
  reading_accuracy: whole("reading_accuracy"),
  judge_versions: whole("judge_versions"),
  agreement: whole("agreement"),
  judge_grades: whole("judge_grades"),
  validity: whole("validity"),
  rating_study: whole("rating_study"),
  drift: whole("drift"),
  // People's mean from the rated answers can be published however good the judge is; the judge's own mean cannot.
  corrected_scores: gated("corrected_scores", ["judge_estimate", "judge_lower", "judge_upper"]),
  judge_effects: {
    grain:
      "one effect on one subject, for one judge version on one criterion; effects on single raters stay private",
    columns: withTexts(tables.judge_bias.columns),
  },
  systems: {
    grain: "one row per run: the system and how it ran",
    columns: {
      run_id: run.run_id,
      system: run.system,
      kind: run.system_kind,
      family: run.family,
      organisation: run.organisation,
      access: run.access,
      parameters: run.parameters,
      benchmark: run.benchmark,
      track: run.track,
      board: run.board,
      pool: run.pool,
      temperature: run.temperature,
      max_tokens: run.max_tokens,
      context: run.context,
      scaffold: run.scaffold,
      backbone: run.backbone,
      submitted_at: run.submitted_at,
    },
  },
  outcome_counts: {
    grain: "one outcome in one dataset for one run",
    columns: {
      run_id: run.run_id,
      system: run.system,
      benchmark: run.benchmark,
      track: run.track,
      pool: run.pool,
      board: run.board,
      dataset: outcome.dataset,
      outcome: outcome.outcome,
      policy: outcome.policy,
      n: outcome.n,
    },
  },
  source_files: { grain: "one row per input file", columns: tables.source_files.columns },
  quarantine_counts: {
    grain: "one reason in one file",
    columns: {
      source: line.source,
      file: line.file,
      reason: line.reason,
      n: count("lines or files in quarantine for this reason"),
    },
  },
} as const satisfies Record<string, ReleasedTable>;

export type ReleasedName = keyof typeof releasedTables;
export const releasedNames = Object.keys(releasedTables) as ReleasedName[];
export type GatedName = {
  [Name in ReleasedName]: (typeof releasedTables)[Name] extends GatedTable ? Name : never;
}[ReleasedName];

type ReleasedColumns<Name extends ReleasedName> = (typeof releasedTables)[Name]["columns"];

/** A row of a released table; with names, only these columns: `ReleasedRow<"systems", "run_id" | "kind">`. */
export type ReleasedRow<
  Name extends ReleasedName,
  Names extends keyof ReleasedColumns<Name> = keyof ReleasedColumns<Name>,
> = Pick<RowOf<ReleasedColumns<Name>>, Names>;

/** A text in English and Chinese. */
export interface BilingualText {
  readonly en: string;
  readonly zh: string;
}

/** The data dictionary of a release, by table. */
export type DataDictionary = Readonly<
  Record<
    string,
    {
      /** What one row is. */
      readonly grain: BilingualText;
      readonly columns: Readonly<Record<string, { readonly type: string; readonly meaning: BilingualText }>>;
    }
  >
>;
