import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import type { Axis } from "./axes.js";
import type { Column } from "./column.js";
import { criteriaColumns } from "./criteria-columns.js";
import type { Answers } from "./open-question.js";
import { filesOf, type Placed } from "./planned.js";
import { repeatSql } from "./repeat-sql.js";
import { rawSql, type ScoreCells, scoreCells } from "./score-cells.js";
import { unnested, type Wide, wideAlias } from "./wide.js";

/** The grades of a sheet: their cells, and the relation with one row for each. */
export interface Graded {
  readonly one: Placed;
  readonly main: Column | undefined;
  readonly cells: ScoreCells;
  readonly relation: string;
  /** SQL over the relation: the cell as it is in the file, and the criterion. */
  readonly cell: string;
  readonly criterion: string;
  readonly wide: Wide | null;
  /** SQL for a column of the relation. */
  readonly of: (axis: Pick<Axis, "sql"> | Column, name: string) => string;
}

export function gradedCells(one: Placed, kind: "judgments" | "ratings", answers: Answers): Graded {
  const { sheet } = one;
  const { roles, others } = sheet.recognized;
  const isRating = kind === "ratings";
  const wide = isRating && sheet.wide?.what === "rater" ? sheet.wide : null;
  const isBoth = one.gives.judgments && one.gives.ratings;
  const main = isRating
    ? (roles.rating ?? roles.score ?? (isBoth ? undefined : roles.judge_score))
    : (roles.judge_score ?? roles.score);
  const columns =
    wide !== null
      ? wide.entries.flatMap(({ score }) => score ?? [])
      : roles.criterion === undefined && !(isBoth && !isRating)
        ? criteriaColumns(main, others)
        : main === undefined
          ? []
          : [main];
  const [first] = columns;
  if (first === undefined)
    throw new InputError(`${filesOf(sheet)}: no column has grades as numbers`, {
      hint: `Name it: --column ${isRating ? "rating" : "judge_score"}=COLUMN.`,
    });
  const cells = scoreCells(columns, sheet.files, answers);
  const asIs = { one, main, cells, wide, of: ({ sql }: Pick<Axis, "sql">) => sql };
  if (wide !== null)
    return {
      ...asIs,
      relation: unnested(sheet.relation, wide),
      cell: `${wideAlias}.score`,
      criterion: roles.criterion?.sql ?? literal("overall"),
    };
  if (columns.length > 1) {
    const rows = columns.map(
      (column) => `  {criterion: ${literal(column.name)}, grade: ${rawSql(column, columns)}}`,
    );
    return {
      ...asIs,
      relation: `SELECT *, unnest([\n${rows.join(",\n")}\n]) AS ${wideAlias} FROM ${sheet.relation}`,
      cell: `${wideAlias}.grade`,
      criterion: `${wideAlias}.criterion`,
    };
  }
  if (!isBoth || isRating)
    return {
      ...asIs,
      relation: `SELECT * FROM ${sheet.relation}`,
      cell: first.sql,
      criterion: roles.criterion?.sql ?? literal("overall"),
    };
  // Each rater's row repeats the judge's grade.
  const names: string[] = [];
  const of = ({ sql }: Pick<Axis, "sql">, name: string) => {
    if (sql.startsWith("'")) return sql;
    names.push(`${sql} AS ${name}`);
    return name;
  };
  for (const [axis, name] of keptAxes(one)) of(axis, name);
  of(first, "grade");
  return {
    ...asIs,
    of: ({ sql }, name) => (sql.startsWith("'") ? sql : name),
    relation: `SELECT DISTINCT ${names.join(", ")} FROM ${sheet.relation}`,
    cell: "grade",
    criterion: roles.criterion === undefined ? literal("overall") : "graded_criterion",
  };
}

/** What a row of the grades of a judge is about, with the names that the columns get where raters repeat it. */
function keptAxes({ sheet, system, dataset, item }: Placed): (readonly [Pick<Axis, "sql">, string])[] {
  const { judge, criterion, rationale, repeat } = sheet.recognized.roles;
  const columns = [
    [system, "graded_system"],
    [dataset, "graded_dataset"],
    [item, "graded_item"],
    [judge, "graded_by"],
    [criterion, "graded_criterion"],
    [rationale, "graded_because"],
    [repeat === undefined ? undefined : { sql: repeatSql(repeat) }, "graded_repeat"],
  ] as const;
  return columns.flatMap(([axis, name]) =>
    axis === undefined || axis === null ? [] : [[axis, name] as const],
  );
}
