import { InputError } from "../../../src/lib/errors.js";
import type { Axis } from "./axes.js";
import { type Column, columnWords } from "./column.js";
import { asText } from "./content.js";
import { criteriaColumns } from "./criteria-columns.js";
import type { Grades } from "./grades.js";
import { type Answers, answerTo } from "./open-question.js";
import { filesOf, type Placed, type PlannedTable, type Say } from "./planned.js";
import { repeatSql } from "./repeat-sql.js";
import { columnList, notesOnCells, rawSql, type ScoreCells, scoreCells } from "./score-cells.js";
import { asQuery } from "./sheets.js";
import { unnested, wideAlias } from "./wide.js";

const carried = [
  ["condition", "condition"],
  ["finish_reason", "finish_reason"],
  ["error", "error"],
  ["prompt_tokens", "prompt_tokens"],
  ["completion_tokens", "completion_tokens"],
  ["cost", "cost_usd"],
] as const;

/** What the systems answered, or the scores of their answers. */
export function responsesTable(
  placed: readonly Placed[],
  graded: Grades,
  answers: Answers,
  say: Say,
  notes: string[],
): { responses?: PlannedTable } {
  const sources = placed.filter(({ gives }) => gives.responses);
  if (sources.length > 1)
    throw new InputError(
      `answers or scores are in files of different kinds: ${sources.map(({ sheet }) => filesOf(sheet)).join("; ")}`,
      {
        hint: "Run init for each of them, with the questions, or bring them into one form.",
      },
    );
  const [one] = sources;
  if (one === undefined) return withoutAnswers(graded, say);
  const { sheet } = one;
  const { roles } = sheet.recognized;
  const wide = sheet.wide?.what === "system" ? sheet.wide : null;
  const columns: Record<string, string | number> = {
    system: (one.system as Axis).sql,
    dataset: one.dataset.sql,
    item_id: one.item.sql,
  };
  if (roles.repeat !== undefined) {
    columns["repeat"] = repeatSql(roles.repeat);
    say(sheet, "attempt", columnWords(roles.repeat));
  }
  const scored = scoredCells(one, answers);
  if (scored !== null) notes.push(...notesOnCells(scored));
  if (wide !== null) {
    requireOneRow(one);
    const has = (what: "answer" | "score") => wide.entries.some((entry) => entry[what] !== undefined);
    columns["raw"] = has("answer") ? `${wideAlias}.answer` : noText;
    if (scored !== null) columns["source_score"] = scored.sql(`${wideAlias}.score`);
    say(sheet, has("answer") ? "answer" : "score", "one column for each system");
    return { responses: { from: unnested(sheet.relation, wide), columns } };
  }
  columns["raw"] = roles.answer === undefined ? noText : roles.answer.sql;
  if (roles.answer !== undefined) say(sheet, "answer of the system", columnWords(roles.answer));
  if (roles.parsed !== undefined) {
    columns["source_parsed"] = `CAST(${roles.parsed.sql} AS VARCHAR)`;
    say(sheet, "answer as the source read it", columnWords(roles.parsed));
  }
  if (scored !== null) {
    const means = scored.columns.map((column) => scored.sql(rawSql(column, scored.columns)));
    columns["source_score"] = means.length === 1 ? (means[0] as string) : `list_avg([${means.join(", ")}])`;
    say(
      sheet,
      "score",
      means.length === 1
        ? columnWords(scored.columns[0] as Column)
        : `the mean of ${columnList(scored.columns)}`,
      scored.columns,
    );
  }
  if (roles.latency_s !== undefined) columns["latency_s"] = `TRY_CAST(${roles.latency_s.sql} AS DOUBLE)`;
  if (roles.latency_ms !== undefined)
    columns["latency_s"] = `TRY_CAST(${roles.latency_ms.sql} AS DOUBLE) / 1000`;
  for (const [role, column] of carried) {
    const given = roles[role];
    if (given === undefined) continue;
    columns[column] = column.endsWith("tokens")
      ? `TRY_CAST(${given.sql} AS INTEGER)`
      : column === "cost_usd"
        ? `TRY_CAST(${given.sql} AS DOUBLE)`
        : column === "condition"
          ? `coalesce(nullif(trim(${given.sql}), ''), 'base')`
          : given.sql;
    say(sheet, column.replaceAll("_", " "), columnWords(given));
  }
  return { responses: { from: repeatedRows(one, columns, answers, say, notes) ?? asQuery(sheet), columns } };
}

/** The cells of the scores of a sheet of answers; null where it has none. */
export function scoredCells(one: Placed, answers: Answers): ScoreCells | null {
  const { sheet } = one;
  const { roles, others } = sheet.recognized;
  const columns =
    sheet.wide?.what === "system"
      ? sheet.wide.entries.flatMap(({ score }) => score ?? [])
      : roles.score !== undefined
        ? one.gives.judgments
          ? []
          : [roles.score]
        : one.gives.meansOfColumns
          ? criteriaColumns(undefined, others)
          : [];
  return columns.length === 0 ? null : scoreCells(columns, sheet.files, answers);
}

const noText = "CAST(NULL AS VARCHAR)";

/**
 * Rows about one question and system that no column tells apart: further attempts, or rows of which the first counts. @returns the
 * relation in which attempts are numbered; null where there are no such rows, or the first counts
 */
function repeatedRows(
  one: Placed,
  columns: Record<string, string | number>,
  answers: Answers,
  say: Say,
  notes: string[],
): string | null {
  const { sheet, item, system, dataset } = one;
  const { repeat, condition } = sheet.recognized.roles;
  const keys = item.values.map((value, at) =>
    [
      system?.values[at],
      dataset.values[at],
      value,
      asText(repeat?.values[at]),
      asText(condition?.values[at]),
    ].join("\0"),
  );
  const n = keys.length - new Set(keys).size;
  if (n === 0) return null;
  // A few of them are oversights: the ingest lists each, and the first counts.
  if (n < keys.length / 50 && answers.get("repeats") === undefined) {
    notes.push(
      `${n} of ${keys.length} rows are about a question and system that an earlier row has; the first counts, and ingest lists the others`,
    );
    return null;
  }
  const answer = answerTo(answers, {
    id: "repeats",
    text: `${n} of ${keys.length} rows of ${filesOf(sheet)} are about a question and system that an earlier row has already. Are they further attempts (all), or does the first row count (first)?`,
    choices: ["all", "first"],
    option:
      "--repeats all or --repeats first; if a column tells the rows apart: --column repeat=COLUMN, system=COLUMN or dataset=COLUMN",
  });
  if (answer !== "all" || repeat !== undefined) return null;
  columns["repeat"] = "attempt_number";
  say(sheet, "attempt", "the order of the rows");
  const group = [(system as Axis).sql, dataset.sql, item.sql]
    .filter((sql) => !sql.startsWith("'"))
    .join(", ");
  return `SELECT *, row_number() OVER (PARTITION BY ${group} ORDER BY row_in_order) AS attempt_number FROM (SELECT *, row_number() OVER () AS row_in_order FROM ${sheet.relation})`;
}

/** Responses of files that only have grades: their texts are not known. Where only people graded them, the mean grade is the score. */
function withoutAnswers({ relations, rated, tables }: Grades, say: Say): { responses?: PlannedTable } {
  if (relations.length === 0) return {};
  const columns = { system: "system", dataset: "dataset", item_id: "item", raw: noText };
  if (rated !== null && tables.judgments === undefined) {
    const { relation, one } = rated;
    const grade = rated.cells.sql(rated.cell, true);
    const keys = `${(one.system as Axis).sql} AS system, ${one.dataset.sql} AS dataset, ${one.item.sql} AS item`;
    say(one.sheet, "score", "the mean of an answer's ratings");
    return {
      responses: {
        from: `SELECT ${keys}, avg(${grade}) AS score FROM (${relation}) GROUP BY ALL`,
        columns: { ...columns, source_score: "score" },
      },
    };
  }
  const hasRepeats = relations.some((sql) => sql.includes(" AS repeat"));
  return {
    responses: {
      from: `SELECT DISTINCT * FROM (\n${relations.map((relation) => `  ${relation}`).join("\n  UNION ALL BY NAME\n")}\n)`,
      columns: { ...columns, ...(hasRepeats ? { repeat: "coalesce(repeat, 1)" } : {}) },
    },
  };
}

/** A sheet with a column for each system has one row for each question. */
function requireOneRow({ sheet, item, dataset }: Placed): void {
  const { repeat, condition } = sheet.recognized.roles;
  const keys = item.values.map((value, at) =>
    [dataset.values[at], value, asText(repeat?.values[at]), asText(condition?.values[at])].join("\0"),
  );
  const n = keys.length - new Set(keys).size;
  if (n > 0)
    throw new InputError(
      `${filesOf(sheet)}: systems seem to have a column each (${sheet.wide?.entries
        .map(({ name }) => name)
        .slice(0, 4)
        .join(", ")}), but ${n} rows are about a question that another row has already`,
      {
        hint: "Name the columns: --column answer=COLUMN, --column score=COLUMN, --column system=COLUMN, --column repeat=COLUMN.",
      },
    );
}
