import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import { cellSql, usualNotation } from "./cell-numbers.js";
import { columnWords } from "./column.js";
import type { Gold } from "./gold.js";
import type { Options } from "./options.js";
import { filesOf, type Placed, type PlannedTable, rowKeys, type Say } from "./planned.js";
import { asQuery } from "./sheets.js";

/** Questions with their options and right answers. */
export interface Scored {
  readonly one: Placed;
  readonly options: Options | null;
  readonly gold: Gold | null;
}

/** The questions. */
export function itemsTable(
  scored: readonly Scored[],
  placed: readonly Placed[],
  say: Say,
  notes: string[],
): { items?: PlannedTable } {
  const [first, ...more] = scored;
  if (first === undefined) return {};
  const { one, options, gold } = first;
  if (more.length > 0)
    throw new InputError(
      `questions are in files of different kinds: ${scored.map(({ one: { sheet } }) => filesOf(sheet)).join("; ")}`,
      {
        hint: "Run init for each of them with --out, or bring them into one form.",
      },
    );
  const { roles } = one.sheet.recognized;
  const columns: Record<string, string> = { item_id: one.item.sql, dataset: one.dataset.sql };
  if (roles.question !== undefined) columns["question"] = roles.question.sql;
  if (options !== null) columns["options"] = options.sql;
  if (gold !== null) columns["gold"] = gold.sql;
  if (roles.key_points !== undefined) columns["key_points"] = `to_json(${roles.key_points.sql})`;
  for (const [role, column] of [
    ["specialty", "specialty_primary"],
    ["specialty_2", "specialty_secondary"],
    ["difficulty", "difficulty"],
    ["language", "language"],
  ] as const) {
    const found = roles[role];
    if (found === undefined) continue;
    columns[column] = found.values.some(Array.isArray) ? `array_to_string(${found.sql}, '|')` : found.sql;
    say(one.sheet, role === "specialty_2" ? "secondary specialty" : role, columnWords(found));
  }
  const excluded = excludedSql(one, placed, notes);
  if (excluded !== null) columns["excluded"] = excluded;
  if (roles.excluded !== undefined) {
    const n = roles.excluded.values.filter((value) => Number(value) === 1 || value === true).length;
    say(one.sheet, "does not count", `${columnWords(roles.excluded)}: ${n} rows`);
  }
  if (roles.question !== undefined) say(one.sheet, "question", columnWords(roles.question));
  const keys = rowKeys(one);
  checkOneGold(one, keys);
  const isOneRow = new Set(keys).size === keys.length;
  const key = [one.dataset.sql, one.item.sql].filter((sql) => !sql.startsWith("'")).join(", ");
  // The text of a question is the one without a perturbation.
  const order =
    roles.condition === undefined
      ? ""
      : ` ORDER BY ${key}, coalesce(nullif(trim(${roles.condition.sql}), ''), 'base') <> 'base'`;
  const from = isOneRow
    ? asQuery(one.sheet)
    : `SELECT DISTINCT ON (${key}) * FROM ${one.sheet.relation}${order}`;
  return { items: { from, columns } };
}

/** Rows of one question must agree on its right answer. */
function checkOneGold({ sheet, item }: Placed, keys: readonly string[]): void {
  const { gold } = sheet.recognized.roles;
  if (gold === undefined) return;
  const known = new Map<string, string>();
  for (const [at, key] of keys.entries()) {
    const value = gold.values[at];
    if (value === undefined || value === null) continue;
    const text = JSON.stringify(value);
    const before = known.get(key);
    if (before !== undefined && before !== text)
      throw new InputError(
        `${filesOf(sheet)}: question ${JSON.stringify(item.values[at])} has two right answers, ${before} and ${text} (${columnWords(gold)})`,
        {
          hint: "Rows of one question must agree. If ids repeat in each dataset or file, name the column of the dataset: --column dataset=COLUMN; if the column is an answer of the system: --column answer=COLUMN.",
        },
      );
    known.set(key, text);
  }
}

/** Why questions do not count: a column says so, or no system was asked. */
function excludedSql(questions: Placed, placed: readonly Placed[], notes: string[]): string | null {
  const { excluded } = questions.sheet.recognized.roles;
  const cases =
    excluded === undefined
      ? []
      : [
          `WHEN ${cellSql(excluded.sql, { notation: usualNotation, values: excluded.values })} = 1 THEN ${literal(excluded.name)}`,
        ];
  const answered = placed.filter(({ gives }) => gives.responses);
  const asked = new Set(answered.flatMap(rowKeys));
  const own = rowKeys(questions);
  const open = own.filter((key) => !asked.has(key)).length;
  const [only] = answered;
  if (only !== undefined && answered.length === 1 && only.sheet !== questions.sheet && open > 0) {
    const key = ({ dataset, item }: Placed) => `concat(${dataset.sql}, '/', ${item.sql})`;
    cases.push(
      `WHEN ${key(questions)} NOT IN (SELECT ${key(only)} FROM ${only.sheet.relation}) THEN 'no system was asked'`,
    );
    notes.push(
      `${open} of ${own.length} questions have no answer of any system; they do not count (\`excluded\` in the mapping)`,
    );
  }
  return cases.length === 0 ? null : `CASE ${cases.join(" ")} END`;
}
