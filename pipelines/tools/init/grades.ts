import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import type { Axis } from "./axes.js";
import { type Column, columnWords } from "./columns.js";
import { areScores, present, textsOf } from "./content.js";
import type { Answers } from "./open-question.js";
import { filesOf, type Placed, type PlannedTable, type Say } from "./planned.js";
import { type Scale, scaleOf, scoreSql } from "./scale.js";
import { unnested, wideAlias } from "./wide.js";

export interface Grades {
  readonly tables: { readonly judgments?: PlannedTable; readonly ratings?: PlannedTable };
  readonly scale: Scale | null;
  /** Ratings by people: where each is, and on which scale. */
  readonly rated: {
    readonly relation: string;
    readonly grade: string;
    readonly scale: Scale;
    readonly one: Placed;
  } | null;
  /** Relations with one row a response, for sheets that only have grades. */
  readonly relations: readonly string[];
  readonly datasets: ReadonlySet<string>;
}

/** Tables of judgments and ratings. */
export function gradesOf(placed: readonly Placed[], answers: Answers, benchmark: string, say: Say): Grades {
  const tables: { judgments?: PlannedTable; ratings?: PlannedTable } = {};
  const relations: string[] = [];
  const judged = new Set<string>();
  let scale: Scale | null = null;
  let rated: Grades["rated"] = null;
  for (const kind of ["judgments", "ratings"] as const) {
    for (const one of placed.filter(({ gives }) => gives[kind])) {
      if (tables[kind] !== undefined)
        throw new InputError(`${kind} are in files of different kinds, one of them ${filesOf(one.sheet)}`, {
          hint: "Bring them into one form, or write the mapping: docs/mapping.md.",
        });
      const { roles, others } = one.sheet.recognized;
      const isRating = kind === "ratings";
      const wide = one.sheet.wide?.what === "rater" ? one.sheet.wide : null;
      const main = isRating
        ? (roles.rating ?? roles.score ?? roles.judge_score)
        : (roles.judge_score ?? roles.score);
      const columns =
        wide !== null
          ? wide.entries.flatMap(({ score }) => score ?? [])
          : roles.criterion === undefined
            ? criteriaColumns(main, others)
            : main === undefined
              ? []
              : [main];
      if (columns.length === 0)
        throw new InputError(`${filesOf(one.sheet)}: no column has grades as numbers`, {
          hint: `Name it: --column ${isRating ? "rating" : "judge_score"}=COLUMN.`,
        });
      const own = scaleOf(
        columns,
        answers,
        `Column ${columns.map(({ name }) => JSON.stringify(name)).join(", ")}`,
      );
      if (!isRating) scale = own;
      const isMany = wide === null && columns.length > 1;
      const relation =
        wide !== null
          ? unnested(one.sheet.relation, wide, scoreSql)
          : isMany
            ? `SELECT *, unnest([\n${columns.map((column) => `  {criterion: ${literal(column.name)}, grade: ${scoreSql(column)}}`).join(",\n")}\n]) AS ${wideAlias} FROM ${one.sheet.relation}`
            : `SELECT * FROM ${one.sheet.relation}`;
      const grade =
        wide !== null ? `${wideAlias}.score` : isMany ? `${wideAlias}.grade` : scoreSql(columns[0] as Column);
      const criterion = roles.criterion?.sql ?? (isMany ? `${wideAlias}.criterion` : literal("overall"));
      const judge = roles.judge?.sql ?? literal(judgeName(main));
      const rater = wide !== null ? `${wideAlias}.who` : (roles.rater?.sql ?? literal("rater 1"));
      tables[kind] = {
        from: relation,
        columns: {
          system: (one.system as Axis).sql,
          dataset: one.dataset.sql,
          item_id: one.item.sql,
          ...(isRating ? { rater } : { judge, rubric_version: literal(`${benchmark}/1`) }),
          criterion,
          scale_min: own.min,
          scale_max: own.max,
          ...(isRating ? { raw: `CAST(${grade} AS VARCHAR)`, role: literal("physician") } : { value: grade }),
          ...(roles.rationale !== undefined && !isRating ? { rationale: roles.rationale.sql } : {}),
          ...(roles.repeat === undefined ? {} : { repeat: repeatSql(roles.repeat) }),
        },
      };
      say(
        one.sheet,
        isRating ? "ratings by people" : "grades by a judge",
        `columns ${columns.map(({ name }) => JSON.stringify(name)).join(", ")}; scale ${own.words}`,
        columns,
      );
      if (isRating)
        say(
          one.sheet,
          "rater",
          wide === null
            ? roles.rater === undefined
              ? "one rater, because no column names raters"
              : columnWords(roles.rater)
            : wide.entries.map(({ name }) => name).join(", "),
        );
      else
        say(
          one.sheet,
          "judge",
          roles.judge === undefined ? `${judgeName(main)} (no column names it)` : columnWords(roles.judge),
        );
      if (!isRating) for (const value of one.dataset.values) if (value !== null) judged.add(value);
      if (isRating) rated = { relation, grade, scale: own, one };
      relations.push(
        `SELECT ${(one.system as Axis).sql} AS system, ${one.dataset.sql} AS dataset, ${one.item.sql} AS item${roles.repeat === undefined ? "" : `, ${repeatSql(roles.repeat)} AS repeat`} FROM ${one.sheet.relation}`,
      );
    }
  }
  return { tables, scale, rated, relations, datasets: judged };
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
  const range = Math.max(...present([...main.values]).map(Number));
  const alike = further.filter(
    (column) => Math.max(...present([...column.values]).map(Number)) <= Math.max(range, 1) * 1.5,
  );
  return isTotal && alike.length > 0 ? alike : [main, ...alike];
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
