import type { figureScopes } from "../../../src/lib/records/tables/gated.js";

type FigureScope = (typeof figureScopes)[number];

/** Where a released table says something that a gate may keep back. */
interface GatedTable {
  /** SQL over the table's row: scope and name of the figure, as `gates` names it. */
  readonly scope: string;
  readonly name: string;
  /** Columns that are NULL where the figure is withheld; without any, the whole row is left out. */
  readonly values: readonly string[];
}

const interval = ["estimate", "lower", "upper"];
const bounds = ["worst", "best"];
const composite = [
  ...[...interval, "standard_error", "board_value", ...bounds, "mean_over_submitted"],
  ...["bootstrap_lower", "bootstrap_upper", "corrected", "corrected_lower", "corrected_upper"],
];
const scope = (name: FigureScope) => `'${name}'`;

/** Every released table that holds figures of systems on which a judge may bear. */
export const gatedTables: Readonly<Record<string, GatedTable>> = {
  overall_scores: { scope: scope("overall"), name: "''", values: composite },
  dimension_scores: { scope: scope("dimension"), name: "dimension", values: composite },
  ranks: { scope: "scope", name: "name", values: ["estimate", "rank", "rank_best", "rank_worst"] },
  comparisons: { scope: "scope", name: "name", values: [] },
  task_scores: {
    scope: scope("task"),
    name: "dataset",
    values: [...interval, "standard_error", "board_value", ...bounds],
  },
  specialty_scores: {
    scope: scope("specialty"),
    name: "level || '/' || specialty",
    values: [...interval, ...bounds],
  },
  // The mean of a dataset can be read off the scores of its groups.
  score_distributions: { scope: scope("task"), name: "dataset", values: [] },
  // People's mean by the rated answers stands whatever the judge is worth; the judge's own does not.
  corrected_scores: {
    scope: "'judged_' || scope",
    name: "name",
    values: ["judge_estimate", "judge_lower", "judge_upper"],
  },
};

/** The column that a gated table gains: why a value is not there, or with which caveat it is. */
export const publicationColumn = {
  type: "VARCHAR",
  meaning:
    "what the gate decided on the row's figure; values of withheld figures are NULL. Reasons: table gates",
} as const;

/** A query's rows without what is withheld; every row must have its gate. Tables without figures stay as they are. */
export function withoutWithheld(table: string, select: string): string {
  const gated = gatedTables[table];
  if (gated === undefined) return select;
  const values = gated.values.map(
    (column) => `CASE WHEN g.decision <> 'withhold' THEN t.${column} END AS ${column}`,
  );
  const shown = values.length > 0 ? ` REPLACE (${values.join(", ")})` : "";
  // A row without a gate is an error, never a figure that slips through.
  const decision =
    "CASE WHEN g.decision IS NULL THEN error('no gate for a figure of ' || t.run_id) ELSE g.decision END";
  return `SELECT t.* EXCLUDE (figure_scope, figure_name)${shown}, ${decision} AS publication
    FROM (SELECT *, ${gated.scope} AS figure_scope, ${gated.name} AS figure_name FROM (${select})) AS t
    LEFT JOIN gates AS g ON (g.run_id, g.scope, g.name) = (t.run_id, t.figure_scope, t.figure_name)
    ${gated.values.length > 0 ? "" : "WHERE g.decision IS DISTINCT FROM 'withhold'"}`;
}
