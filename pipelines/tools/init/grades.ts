import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import type { Axis } from "./axes.js";
import { type Column, columnWords } from "./column.js";
import { asText } from "./content.js";
import { type Graded, gradedCells } from "./graded-cells.js";
import type { Answers } from "./open-question.js";
import { filesOf, type Placed, type PlannedTable, type Say } from "./planned.js";
import { repeatSql } from "./repeat-sql.js";
import { type Scale, scaleOf } from "./scale.js";
import { columnList, notesOnCells, type ScoreCells } from "./score-cells.js";
import { wideAlias } from "./wide.js";

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

function judgeName(column: Column | undefined): string {
  const name = (column?.name ?? "judge").replace(
    /[\s_.-]*(?:score|grade|rating|verdict|评分|打分|得分)$/i,
    "",
  );
  return name === "" ? "judge" : name;
}
