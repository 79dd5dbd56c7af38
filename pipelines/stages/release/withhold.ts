import {
  type GatedName,
  type ReleasedName,
  releasedTables,
} from "../../../src/lib/records/released-tables.js";
import type { Row } from "../../../src/lib/records/tables.js";

/** Which figure a row of a released table is about: SQL over the row for `scope` and `name`, as `gates` has them. */
interface Figure {
  readonly scope: string;
  readonly name: string;
}

const scope = (name: Row<"gates">["scope"]) => `'${name}'`;

const figures: Readonly<Record<GatedName, Figure>> = {
  overall_scores: { scope: scope("overall"), name: "''" },
  dimension_scores: { scope: scope("dimension"), name: "dimension" },
  ranks: { scope: "scope", name: "name" },
  comparisons: { scope: "scope", name: "name" },
  task_scores: { scope: scope("task"), name: "dataset" },
  condition_scores: { scope: scope("task"), name: "dataset" },
  specialty_scores: { scope: scope("specialty"), name: "level || '/' || specialty" },
  score_distributions: { scope: scope("task"), name: "dataset" },
  corrected_scores: { scope: "'judged_' || scope", name: "name" },
};

/** Every released table whose figures may depend on a judge, and the columns that are withheld with a figure. */
export const gatedNames = Object.keys(figures) as GatedName[];
export const isGated = (name: ReleasedName): name is GatedName => name in figures;
export const gatedFigure = (name: GatedName) => ({
  ...figures[name],
  values: releasedTables[name].withheld,
});

/** The query of a released table without withheld values; every row must have its gate. Tables without figures are unchanged. */
export function withoutWithheld(table: ReleasedName, select: string): string {
  if (!isGated(table)) return select;
  const gated = gatedFigure(table);
  const values = gated.values.map(
    (column) => `CASE WHEN g.decision <> 'withhold' THEN t.${column} END AS ${column}`,
  );
  const shown = values.length > 0 ? ` REPLACE (${values.join(", ")})` : "";
  // A row without a gate is an error, so that no figure is published by accident.
  const decision =
    "CASE WHEN g.decision IS NULL THEN error('no gate for a figure of ' || t.run_id) ELSE g.decision END";
  return `SELECT t.* EXCLUDE (figure_scope, figure_name)${shown}, ${decision} AS publication
    FROM (SELECT *, ${gated.scope} AS figure_scope, ${gated.name} AS figure_name FROM (${select})) AS t
    LEFT JOIN gates AS g ON (g.run_id, g.scope, g.name) = (t.run_id, t.figure_scope, t.figure_name)
    ${gated.values.length > 0 ? "" : "WHERE g.decision IS DISTINCT FROM 'withhold'"}`;
}
