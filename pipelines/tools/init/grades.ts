import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import type { Axis } from "./axes.js";
import { cellOf } from "./cell-numbers.js";
import { type Column, columnWords } from "./column.js";
import { areScores, asText, textsOf } from "./content.js";
import type { Answers } from "./open-question.js";
import { filesOf, type Placed, type PlannedTable, type Say } from "./planned.js";
import { type Scale, scaleOf } from "./scale.js";
import { columnList, notesOnCells, rawSql, type ScoreCells, scoreCells } from "./score-cells.js";
import { unnested, type Wide, wideAlias } from "./wide.js";

export interface Grades {
  readonly tables: { readonly judgments?: PlannedTable; readonly ratings?: PlannedTable };
  readonly scale: Scale | null;
  /** Ratings by people, and their scale. */
  readonly rated: (Graded & { readonly scale: Scale }) | null;
  /** Relations with one row a response, for sheets that only have grades. */
  readonly relations: readonly string[];
  readonly datasets: ReadonlySet<string>;
  /** The cells of all grades. */
  readonly cells: readonly ScoreCells[];
}

/** Tables of judgments and ratings. */
export function gradesOf(
  placed: readonly Placed[],
  answers: Answers,
  benchmark: string,
  say: Say,
  notes: string[],
): Grades {
  const tables: { judgments?: PlannedTable; ratings?: PlannedTable } = {};
  const relations: string[] = [];
  const cells: ScoreCells[] = [];
  const judged = new Set<string>();
  let scale: Scale | null = null;
  let rated: Grades["rated"] = null;
  for (const kind of ["judgments", "ratings"] as const) {
    for (const one of placed.filter(({ gives }) => gives[kind])) {
      if (tables[kind] !== undefined)
        throw new InputError(`${kind} are in files of different kinds, one of them ${filesOf(one.sheet)}`, {
          hint: "Bring them into one form, or write the mapping: docs/mapping.md.",
        });
      const graded = gradedCells(one, kind, answers);
      const own = scaleOf(graded.cells, answers, groupOf(one));
      notes.push(...notesOnCells(graded.cells));
      cells.push(graded.cells);
      tables[kind] = { from: graded.relation, columns: gradeColumns(graded, own, kind, benchmark) };
      sayGrades(graded, own, kind, say);
      if (kind === "ratings") rated = { ...graded, scale: own };
      else {
        scale = own;
        for (const value of one.dataset.values) if (value !== null) judged.add(value);
      }
      const { roles } = one.sheet.recognized;
      relations.push(
        `SELECT ${(one.system as Axis).sql} AS system, ${one.dataset.sql} AS dataset, ${one.item.sql} AS item${roles.repeat === undefined ? "" : `, ${repeatSql(roles.repeat)} AS repeat`} FROM ${one.sheet.relation}`,
      );
    }
  }
  return { tables, scale, rated, relations, datasets: judged, cells };
}

/** What has one scale: the scores of a system in a dataset, by one criterion. */
export function groupOf({ sheet, system, dataset }: Placed): (at: number) => string {
  const { criterion } = sheet.recognized.roles;
  return (at) => `${system?.values[at]}\0${dataset.values[at]}\0${asText(criterion?.values[at])}`;
}

/** The grades of a sheet: their cells, and the relation with one row for each. */
interface Graded {
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

function gradedCells(one: Placed, kind: "judgments" | "ratings", answers: Answers): Graded {
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

function gradeColumns(
  { one, main, cells, cell, criterion, wide, of }: Graded,
  { min, max }: Scale,
  kind: "judgments" | "ratings",
  benchmark: string,
): PlannedTable["columns"] {
  const { roles } = one.sheet.recognized;
  const repeat =
    roles.repeat === undefined ? {} : { repeat: of({ sql: repeatSql(roles.repeat) }, "graded_repeat") };
  const about = {
    system: of(one.system as Axis, "graded_system"),
    dataset: of(one.dataset, "graded_dataset"),
    item_id: of(one.item, "graded_item"),
  };
  if (kind === "ratings")
    return {
      ...about,
      rater: wide !== null ? `${wideAlias}.who` : (roles.rater?.sql ?? literal("rater 1")),
      criterion,
      scale_min: min,
      scale_max: max,
      // What is no number is read as a rating that somebody wrote: "cannot rate" has no value, anything else is listed.
      raw: `coalesce(CAST(${cells.sql(cell, true)} AS VARCHAR), CAST(${cell} AS VARCHAR))`,
      role: literal("physician"),
      ...repeat,
    };
  const { rationale } = roles;
  const judge = roles.judge ?? (one.gives.ratings ? undefined : roles.rater);
  return {
    ...about,
    judge: judge === undefined ? literal(judgeName(main)) : of(judge, "graded_by"),
    rubric_version: literal(`${benchmark}/1`),
    criterion,
    scale_min: min,
    scale_max: max,
    value: cells.sql(cell),
    ...(rationale === undefined ? {} : { rationale: of(rationale, "graded_because") }),
    ...repeat,
  };
}

function sayGrades(
  { one, main, cells, wide }: Graded,
  scale: Scale,
  kind: "judgments" | "ratings",
  say: Say,
): void {
  const { rater, judge } = one.sheet.recognized.roles;
  const isRating = kind === "ratings";
  say(
    one.sheet,
    isRating ? "ratings by people" : "grades by a judge",
    `${columnList(cells.columns)}; scale ${scale.words}`,
    cells.columns,
  );
  if (!isRating) {
    const named = judge ?? (one.gives.ratings ? undefined : rater);
    say(
      one.sheet,
      "judge",
      named === undefined ? `${judgeName(main)} (no column names it)` : columnWords(named),
    );
  } else if (wide !== null) say(one.sheet, "rater", wide.entries.map(({ name }) => name).join(", "));
  else
    say(
      one.sheet,
      "rater",
      rater === undefined ? "one rater, because no column names raters" : columnWords(rater),
    );
}

/** All columns with grades on the scale of the main one, without sums and means. */
export function criteriaColumns(main: Column | undefined, others: readonly Column[]): Column[] {
  const further = others.filter(
    (column) =>
      column.keys.length === 1 &&
      areScores(column) &&
      new Set(column.values).size <= 101 &&
      !/total|overall|sum|mean|average|avg|总|平均|合计|second|minute|token|time|id$|index|year|length/i.test(
        column.name,
      ),
  );
  if (main === undefined) return further;
  const isTotal = /total|overall|sum|mean|average|总|平均|合计/i.test(main.name);
  const range = Math.max(highest(main), 1);
  const alike = further.filter((column) => highest(column) <= range * 1.5);
  return isTotal && alike.length > 0 ? alike : [main, ...alike];
}

/** The highest number of a column. */
function highest({ values }: Column): number {
  let most = 0;
  for (const value of values) {
    const cell = cellOf(value);
    if (cell.kind === "number" && cell.value > most) most = cell.value;
  }
  return most;
}

function judgeName(column: Column | undefined): string {
  const name = (column?.name ?? "judge").replace(
    /[\s_.-]*(?:score|grade|rating|verdict|评分|打分|得分)$/i,
    "",
  );
  return name === "" ? "judge" : name;
}

export function repeatSql(column: Column): string {
  const numbers = textsOf(column).map(Number);
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
  if (lowest === 1 && highest <= new Set(numbers).size) return `CAST(${column.sql} AS INTEGER)`;
  if (lowest === 0 && highest + 1 <= new Set(numbers).size) return `CAST(${column.sql} AS INTEGER) + 1`;
  return `dense_rank() OVER (ORDER BY CAST(${column.sql} AS BIGINT))`;
}
