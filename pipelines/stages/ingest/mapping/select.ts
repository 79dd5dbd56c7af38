import { InputError } from "../../../../src/lib/errors.js";
import type { MappedTable, MappingTable } from "../../../../src/lib/records/mapping.js";
import type { Column, QuarantineReason } from "../../../../src/lib/records/tables.js";
import type { Engine } from "../../../warehouse/engine.js";
import { identifier, literal } from "../../../warehouse/sql.js";
import { columnTypes, type Evaluation, evaluate } from "./evaluate.js";
import type { JsonText } from "./json-text.js";
import type { SelectPlace } from "./place.js";
import { type MappedTableRules, mappedRules } from "./rules.js";

/**
 * Evaluates the expressions of a mapped table and checks every row. View `typed_<table>` has the table's columns in their
 * types, `line` (row number) and `filename`; temp table `refused_<table>` has the rows that are not good: `line`,
 * `filename`, `reason` and `detail`. The engine keeps one copy of the expressions' values and nothing else: a table may have
 * millions of rows.
 *
 * @throws InputError when an expression does not fit the input
 */
export async function selectTable(
  engine: Engine,
  name: MappedTable,
  table: MappingTable,
  place: SelectPlace,
): Promise<Evaluation> {
  const rules = mappedRules[name];
  checkColumnNames(name, table, rules, place);
  const evaluation = await evaluate(engine, name, table, place);
  const types = await columnTypes(engine, `SELECT * FROM evaluated_${name}`);
  const values = Object.fromEntries(
    Object.entries(rules.columns).map(([column, definition]) => [
      column,
      column in table.columns
        ? typed(column, definition, types.get(`in_${column}`) as string, rules, place.json, evaluation)
        : { value: defaultOf(column, rules, place), wrong: "FALSE" },
    ]),
  );
  // Defaults may use other columns, so they are computed a step later.
  const [given, later] = [true, false].map((inTable) =>
    Object.entries(values).filter(([column]) => column in table.columns === inTable),
  ) as [[string, { value: string; wrong: string }][], [string, { value: string; wrong: string }][]];
  await engine.run(`CREATE OR REPLACE TEMP VIEW typed_${name} AS
    WITH given AS (
      SELECT line, filename, ${given.map(([column, { value, wrong }]) => `${value} AS ${identifier(column)}, ${wrong} AS ${identifier(`wrong_${column}`)}`).join(", ")},
        ${
          ["benchmark", "pool"]
            .filter((column) => !(column in table.columns))
            .map((column) => `${literal(place[column as "pool"])} AS ${identifier(column)}`)
            .join(", ") || "NULL AS none"
        }
      FROM evaluated_${name}
    )
    SELECT given.*, ${
      later
        .filter(([column]) => column !== "benchmark" && column !== "pool")
        .map(
          ([column, { value }]) =>
            `CAST(${value} AS ${rules.columns[column]?.type}) AS ${identifier(column)}`,
        )
        .join(", ") || "NULL AS none_either"
    }
    ${"dataset" in rules.columns ? ", place.track AS place_track, place.dimension AS place_dimension, place.answer_type AS place_answer_type, place.language AS place_language, coalesce(place.part, '') AS place_part, place.dataset IS NOT NULL AS place_known" : ""}
    FROM given ${"dataset" in rules.columns ? "LEFT JOIN places AS place ON place.dataset = given.dataset AND (place.part = '' OR starts_with(given.item_id, place.part || '/'))" : ""}`);
  await check(engine, name, rules, Object.keys(table.columns), place);
  if (name === "items" && "gold" in table.columns) await tellMissingGold(engine, place);
  return evaluation;
}

/** Gold that an expression does not give is easily overlooked: an answer that is none of the options has no position among them. */
async function tellMissingGold(engine: Engine, place: SelectPlace): Promise<void> {
  const { n, missing, first } = await engine.row<{ n: number; missing: number; first: string | null }>(
    `SELECT count(*) AS n, count(*) FILTER (gold IS NULL) AS missing, arg_min(item_id, line) FILTER (gold IS NULL) AS first
     FROM typed_items WHERE line NOT IN (SELECT line FROM refused_items)`,
  );
  if (Number(missing) > 0)
    place.note(
      `${missing} of ${n} items have no gold, although the mapping gives gold; the first is item ${JSON.stringify(first)}`,
    );
}

function checkColumnNames(
  name: MappedTable,
  { columns }: MappingTable,
  rules: MappedTableRules,
  { file, knowsDatasets }: SelectPlace,
): void {
  const unknown = Object.keys(columns).filter((column) => !(column in rules.columns));
  if (unknown.length > 0) {
    throw new InputError(`${file}: table ${name} has no column ${unknown.join(", ")}`, {
      hint: `Columns of ${name}: ${Object.keys(rules.columns).join(", ")}.`,
    });
  }
  const missing = Object.entries(rules.columns)
    .filter(([column, { required }]) => required && !(column in columns))
    .map(([column]) => column)
    .filter((column) => {
      if (["benchmark", "pool", "board"].includes(column) || (name === "runs" && column === "track"))
        return false;
      if (column === "run_id") return !("system" in columns);
      const standsIn = rules.defaults[column];
      return standsIn === undefined || (standsIn.startsWith("place.") && !knowsDatasets);
    });
  if (missing.length > 0) {
    throw new InputError(`${file}: table ${name} lacks ${missing.join(", ")}`, {
      hint: `Add an expression for each; constants are written as SQL text: ${missing[0]}: "'...'".`,
    });
  }
}

/** SQL for a column in its type, and the condition under which the given value does not fit that type. */
function typed(
  column: string,
  { type }: Column,
  given: string,
  rules: MappedTableRules,
  json: JsonText,
  { failing }: Evaluation,
): { value: string; wrong: string } {
  const input = identifier(`in_${column}`);
  const isNested = /[[(]/.test(given) && !given.startsWith("DECIMAL");
  const orFailed = failing.has(column) ? ` OR ${identifier(`failed_${column}`)}` : "";
  const jsonText = json.clean(
    given === "JSON" ? `CAST(${input} AS VARCHAR)` : `CAST(system.main.to_json(${input}) AS VARCHAR)`,
  );
  if (rules.json.includes(column)) {
    const text = given === "VARCHAR" ? input : jsonText;
    const kept = column === "options" ? withoutNulls(text) : text;
    const value = `CASE WHEN json_type(TRY_CAST(${text} AS JSON)) <> 'NULL' THEN ${kept} END`;
    return { value, wrong: `${input} IS NOT NULL AND NOT json_valid(${text})${orFailed}` };
  }
  if (rules.texts.includes(column) && notText.test(given)) {
    // An answer is the text that the system gave; who takes something else for it has to say so with a cast.
    const isText = given === "JSON" ? `json_type(CAST(${jsonText} AS JSON)) IN ('VARCHAR', 'NULL')` : "FALSE";
    const value = given === "JSON" ? `(CAST(${jsonText} AS JSON)->>'$')` : "CAST(NULL AS VARCHAR)";
    return { value, wrong: `${input} IS NOT NULL AND NOT ${isText}${orFailed}` };
  }
  const text =
    given === "JSON"
      ? `(CAST(${jsonText} AS JSON)->>'$')`
      : isNested && type === "VARCHAR"
        ? jsonText
        : input;
  const value = `TRY_CAST(${text} AS ${type})`;
  const misfit = `${text} IS NOT NULL AND ${value} IS NULL`;
  return {
    value,
    wrong: `${column in identifiers ? (containerOf(given, input, jsonText) ?? misfit) : misfit}${orFailed}`,
  };
}

/** SQL for whether a value of this type is a list or an object, which names nothing; null if none of the type is. */
function containerOf(given: string, input: string, jsonText: string): string | null {
  if (!notText.test(given) || given === "BOOLEAN") return null;
  return given === "JSON"
    ? `coalesce(json_type(CAST(${jsonText} AS JSON)) IN ('OBJECT', 'ARRAY'), FALSE)`
    : `${input} IS NOT NULL`;
}

/** SQL for options without those that are null: empty cells are no options. */
function withoutNulls(text: string): string {
  const json = `TRY_CAST(${text} AS JSON)`;
  return `CASE WHEN json_type(${json}) = 'OBJECT' AND list_contains(list_transform(json_extract(${json}, '$.*'), lambda one: json_type(one)), 'NULL')
    THEN nullif(CAST(json_merge_patch('{}', ${json}) AS VARCHAR), '{}') ELSE ${text} END`;
}

/** Types of values that are not text, or need not be. Numbers of a text column are read as they are written. */
const notText = /^(?:JSON|BOOLEAN|.*\[\d*\]|(?:STRUCT|MAP|UNION)\(.*\))$/su;

function defaultOf(column: string, { defaults }: MappedTableRules, place: SelectPlace): string {
  if (column === "board") return literal(place.board);
  if (column === "run_id")
    return `system || '.' || coalesce(place.track, '') || '.' || ${literal(place.board)} || '.' || pool`;
  return defaults[column] ?? "NULL";
}

async function check(
  engine: Engine,
  name: MappedTable,
  rules: MappedTableRules,
  given: readonly string[],
  place: SelectPlace,
): Promise<void> {
  const problems: [condition: string, reason: QuarantineReason, detail: string][] = blankIdentifiers(
    rules,
    given,
  );
  for (const column of given)
    problems.push([
      identifier(`wrong_${column}`),
      "wrong_type",
      literal(
        rules.json.includes(column)
          ? `${column} is not JSON text; write to_json(...)`
          : rules.texts.includes(column)
            ? `${column} is a list, an object or another value that is not text. If it is the answer, write to_json(...)::VARCHAR`
            : column in identifiers
              ? `${column} is a list or an object. Name one of its parts, or take records apart with unnest in \`from\``
              : `${column} does not fit type ${rules.columns[column]?.type}`,
      ),
    ]);
  if ("dataset" in rules.columns && place.knowsDatasets)
    problems.push([
      "dataset IS NOT NULL AND NOT place_known",
      "unknown_dataset",
      `concat('the catalogue has no dataset ', ${shown("dataset")})`,
    ]);
  // A run's track comes from its responses if the mapping does not give it.
  const filledLater = name === "runs" ? ["track"] : name === "responses" ? ["system"] : [];
  for (const [column, { required, oneOf, between }] of Object.entries(rules.columns)) {
    const quoted = identifier(column);
    if (required && !filledLater.includes(column))
      problems.push([
        `${quoted} IS NULL`,
        column.endsWith("_id") ? "missing_id" : "missing_value",
        literal(`${column} is missing`),
      ]);
    if (oneOf !== undefined)
      problems.push([
        `${quoted} NOT IN (${oneOf.map(literal).join(", ")})`,
        "wrong_value",
        `concat(${literal(`${column} is `)}, ${shown(column)}, ${literal(`; expected ${oneOf.join(", ")}`)})`,
      ]);
    if (between !== undefined)
      problems.push([
        `${quoted} NOT BETWEEN ${between[0]} AND ${between[1]}`,
        "wrong_value",
        `concat(${literal(`${column} is `)}, ${quoted}, ${literal(`; expected a number in [${between.join(", ")}]`)})`,
      ]);
    if (rules.columns[column]?.type === "DOUBLE")
      problems.push([`NOT isfinite(${quoted})`, "nan", literal(`${column} is not a finite number`)]);
  }
  for (const [law, condition] of Object.entries(rules.laws))
    problems.push([`NOT (${condition})`, "wrong_value", literal(`not so: ${law}`)]);
  const cases = (sqlOf: (problem: (typeof problems)[number]) => string): string =>
    `CASE ${problems.map((problem) => `WHEN ${problem[0]} THEN ${sqlOf(problem)}`).join(" ")} END`;
  const key = rules.key.map(identifier).join(", ");
  // Keys are compared by their hash first: 64 bits per row, whereas a window over all keys would keep all their texts.
  await engine.run(`CREATE OR REPLACE TEMP TABLE judged_${name} AS
    SELECT line, ${cases(([, reason]) => literal(reason))} AS reason, ${cases(([, , detail]) => detail)} AS detail, hash(${key}) AS key_hash FROM typed_${name}`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE refused_${name} AS
    WITH good AS (SELECT line, key_hash FROM judged_${name} WHERE reason IS NULL),
    suspects AS (
      SELECT line FROM good WHERE key_hash IN (SELECT key_hash FROM good GROUP BY key_hash HAVING count(*) > 1)
    ),
    numbered AS (
      SELECT line, row_number() OVER (PARTITION BY ${key} ORDER BY line) AS nth, min(line) OVER (PARTITION BY ${key}) AS first
      FROM typed_${name} WHERE line IN (SELECT line FROM suspects)
    ),
    refused AS (
      SELECT line, reason, detail FROM judged_${name} WHERE reason IS NOT NULL
      UNION ALL
      SELECT line, 'duplicate_item', concat('row ', first, ${literal(` has the same ${rules.key.join(", ")}`)}) FROM numbered WHERE nth > 1 ${decidesByTime(name) ? "AND FALSE" : ""}
    )
    SELECT line, filename, reason, detail FROM refused JOIN evaluated_${name} USING (line) ORDER BY line`);
  await engine.run(`DROP TABLE judged_${name}`);
}

/** Identifiers that mean nothing if they are blank, with the reason under which such a row is refused. */
const identifiers: Readonly<Record<string, QuarantineReason>> = {
  system: "missing_system",
  dataset: "missing_dataset",
  run_id: "missing_id",
  item_id: "missing_id",
  benchmark: "missing_value",
  pool: "missing_value",
  condition: "missing_value",
  criterion: "missing_value",
  judge: "missing_value",
  rater: "missing_value",
};

/** The system stands in for a run id that the mapping does not give; the run id names a system that is NULL. */
function blankIdentifiers(
  { columns }: MappedTableRules,
  given: readonly string[],
): [condition: string, reason: QuarantineReason, detail: string][] {
  return Object.entries(identifiers)
    .filter(([column]) => column in columns && given.includes(column))
    .map(([column, reason]) => {
      const name = identifier(column);
      const isNeeded = column === "system" ? !given.includes("run_id") : columns[column]?.required === true;
      const blank = `NOT regexp_matches(${name}, '[^\\s\\p{Z}\\p{Cc}\\x{feff}]')`;
      return [
        isNeeded ? `${name} IS NULL OR ${blank}` : blank,
        reason,
        `CASE WHEN ${name} IS NULL THEN ${literal(`${column} is NULL`)} ELSE ${literal(`${column} is blank`)} END`,
      ];
    });
}

/** SQL for the start of a text in quotation marks, for messages. */
function shown(column: string): string {
  return `'"', left(${identifier(column)}, 60), '"'`;
}

/** Of several ratings of one cell the last one counts, and it may be in another source: see `settleRatings`. */
function decidesByTime(name: MappedTable): boolean {
  return name === "ratings";
}
