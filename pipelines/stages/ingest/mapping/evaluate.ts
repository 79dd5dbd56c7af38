import { InputError } from "../../../../src/lib/errors.js";
import type { MappedTable, MappingTable } from "../../../../src/lib/records/mapping.js";
import type { Engine } from "../../../warehouse/engine.js";
import { identifier, literal } from "../../../warehouse/sql.js";
import { changingProblem, expressionProblem, queryProblem } from "../../../warehouse/statement.js";
import type { InputView } from "./input-view.js";
import { addMissingKey, nearestKey } from "./missing-keys.js";
import type { SelectPlace } from "./place.js";
import { mappedRules } from "./rules.js";

export interface Evaluation {
  /** SQL for the rows that the expressions are about. */
  readonly relation: string;
  /** Columns with a condition `failed_<column>`: their expressions fail for some rows. */
  readonly failing: ReadonlySet<string>;
}

/**
 * Temp table `evaluated_<table>`: the values of a table's expressions. A key that no record has is null, and the user is told;
 * an expression that fails for a row costs this row.
 *
 * @throws InputError with the table, the column and the engine's reason when an expression does not fit the input
 */
export async function evaluate(
  engine: Engine,
  name: MappedTable,
  table: MappingTable,
  place: SelectPlace,
): Promise<Evaluation> {
  const { from, columns } = table;
  const isQuery = /^\s*(select|with|from)\b/i.test(from);
  const inputs = place.inputs.map((input) => input.name);
  if (!isQuery && !inputs.includes(from)) {
    throw new InputError(
      `${place.file}: table ${name} is from ${JSON.stringify(from)}, which is not an input`,
      {
        hint: `Name an input (${inputs.join(", ")}) or write a SELECT.`,
      },
    );
  }
  await requireOwnInputs(
    engine,
    name,
    { from: isQuery ? from : null, columns },
    { file: place.file, inputs },
  );
  await requireSameValues(engine, name, { from: isQuery ? from : null, columns }, place);
  const relation = isQuery ? `(${from.replace(/;\s*$/, "")}\n) AS input_row` : identifier(from);
  const values = new Values(engine, name, table, relation, place);
  return { relation, failing: await values.compute() };
}

class Values {
  readonly #engine: Engine;
  readonly #name: MappedTable;
  readonly #table: MappingTable;
  readonly #relation: string;
  readonly #place: SelectPlace;
  /** The first error of the engine, and the keys that were added because of such errors. */
  #error: unknown = null;
  readonly #missing: { readonly input: InputView; readonly key: string }[] = [];

  constructor(engine: Engine, name: MappedTable, table: MappingTable, relation: string, place: SelectPlace) {
    this.#engine = engine;
    this.#name = name;
    this.#table = table;
    this.#relation = relation;
    this.#place = place;
  }

  async compute(): Promise<ReadonlySet<string>> {
    let areTexts = true;
    let failing: ReadonlySet<string> = new Set();
    for (let attempt = 0; ; attempt += 1) {
      const error = await this.#tryTable(failing);
      if (error === null) break;
      if (error instanceof InputError) throw await this.#placed(error);
      this.#error ??= error;
      if (isBindingError(error)) {
        if (attempt < 100 && (await this.#addMissing(error))) continue;
        if (areTexts && this.#place.inputs.some((input) => input.hasNumbersAsText)) {
          areTexts = false;
          await this.#createViews(new Set());
          continue;
        }
      } else if (failing.size === 0) {
        failing = new Set(Object.keys(this.#table.columns));
        continue;
      }
      throw await this.#inputError(this.#error);
    }
    await this.#requireValues();
    this.#tellMissing();
    if (!areTexts) {
      await this.#createViews(this.#place.textKeys);
      this.#place.note(
        `table ${this.#name} calculates with numbers that are also stored as text, so that 1.10 may be stored as 1.1; map the text from a column of its own, or cast it in the calculation`,
      );
    }
    return failing;
  }

  async #createViews(textKeys: ReadonlySet<string>): Promise<void> {
    for (const input of this.#place.inputs) await input.create(textKeys);
  }

  async #tryTable(failing: ReadonlySet<string>): Promise<unknown> {
    const expressions = Object.entries(this.#table.columns).map(([column, expression]) => {
      const sql = `(${typeof expression === "string" ? expression : literal(expression)}\n)`;
      const value = identifier(`in_${column}`);
      if (!failing.has(column)) return `${sql} AS ${value}`;
      // A struct is null where its value cannot be computed, and not null where its value is null.
      return `TRY(struct_pack(v := ${sql})) AS ${identifier(`tried_${column}`)}`;
    });
    try {
      const has = await columnTypes(this.#engine, `SELECT * FROM ${this.#relation}`);
      const path = this.#place.inputs
        .map(({ pathColumn }) => pathColumn)
        .sort((a, b) => b.length - a.length)
        .find((column) => has.has(column));
      const query = `SELECT row_number() OVER () AS line, ${path === undefined ? "''" : identifier(path)} AS filename, ${expressions.join(", ")}
        FROM ${this.#relation}`;
      const results = [...failing].map((column) => {
        const tried = identifier(`tried_${column}`);
        return `${tried}.v AS ${identifier(`in_${column}`)}, ${tried} IS NULL AS ${identifier(`failed_${column}`)}`;
      });
      await this.#engine.run(
        `CREATE OR REPLACE TEMP TABLE evaluated_${this.#name} AS ${failing.size === 0 ? query : `SELECT line, filename, ${results.join(", ")} FROM (${query})`}`,
      );
      return null;
    } catch (error) {
      return error;
    }
  }

  async #addMissing(error: unknown): Promise<boolean> {
    const message = (error as Error).message;
    const inputs = this.#place.inputs.filter(
      ({ name }) =>
        this.#table.from.toLowerCase() === name.toLowerCase() ||
        new RegExp(`\\b${name}\\b`, "i").test(this.#table.from) ||
        Object.values(this.#table.columns).some((sql) =>
          new RegExp(`\\bfrom\\s+${name}\\b`, "i").test(String(sql)),
        ),
    );
    const added = await addMissingKey(this.#engine, message, inputs, this.#place, async () => {
      const next = await this.#tryTable(new Set());
      return next === null ? null : (next as Error).message;
    });
    if (added === null) return false;
    this.#missing.push(added);
    return true;
  }

  /** A required column, or an answer's text, that is null in every row because its key does not exist is a mistake. */
  async #requireValues(): Promise<void> {
    if (this.#missing.length === 0) return;
    const { columns } = mappedRules[this.#name];
    const needed = Object.keys(this.#table.columns).filter(
      (column) => columns[column]?.required || column === "raw",
    );
    if (needed.length === 0) return;
    const counts = await this.#engine.row<Record<string, number>>(
      `SELECT count(*) AS n, ${needed.map((column) => `count(${identifier(`in_${column}`)}) AS ${identifier(column)}`).join(", ")} FROM evaluated_${this.#name}`,
    );
    if (counts["n"] === 0) return;
    const empty = needed.find((column) => counts[column] === 0);
    if (empty !== undefined) throw await this.#missingValue(empty);
  }

  /** The mistake of a column that is null in every row, since a key is misspelled. */
  async #missingValue(column: string): Promise<InputError> {
    const { file, inputs } = this.#place;
    const sql = String(this.#table.columns[column]);
    const named = this.#missing.filter(({ key }) => sql.toLowerCase().includes(key.toLowerCase()));
    const keys = named.length > 0 ? named : this.#missing;
    const none = keys.map(({ input, key }) => `no record of input ${input.name} has ${JSON.stringify(key)}`);
    const near = keys.flatMap(({ input, key }) => nearestKey(key, input) ?? []);
    for (const { input, key } of this.#missing) input.removeColumn(key);
    await this.#createViews(this.#place.textKeys);
    const meant =
      near.length === 0 ? "" : `Is ${near.map((key) => JSON.stringify(key)).join(" or ")} meant? `;
    return new InputError(
      `${file}: table ${this.#name}: column ${column}: ${none.join(", and ")}, so that ${column} is null in every row`,
      { hint: `${meant}${await inputsFound(this.#engine, inputs)}`, cause: this.#error },
    );
  }

  /** An error of the engine itself, such as too little memory, with the column that causes it. */
  async #placed(error: InputError): Promise<InputError> {
    const column = await this.#failingColumn();
    const at = column === null ? "" : `column ${column}: `;
    return new InputError(`${this.#place.file}: table ${this.#name}: ${at}${error.message}`, {
      hint: `Make the values of the expression smaller, or: ${error.hint ?? ""}`,
      cause: error,
    });
  }

  #tellMissing(): void {
    for (const { input, key } of this.#missing) {
      const near = nearestKey(key, input);
      this.#place.note(
        `no record of input ${input.name} has ${JSON.stringify(key)}, so it counts as null${near === null ? "" : `; is ${JSON.stringify(near)} meant?`}`,
      );
    }
  }

  async #inputError(cause: unknown): Promise<InputError> {
    const { file, inputs } = this.#place;
    const column = await this.#failingColumn();
    const at = column === null ? "" : `column ${column}: `;
    const reason = (cause as Error).message.split("\n").slice(0, 2).join(" ").trim();
    for (const { input, key } of this.#missing) input.removeColumn(key);
    await this.#createViews(this.#place.textKeys);
    return new InputError(`${file}: table ${this.#name}: ${at}${reason}`, {
      hint: `${adviceOn(reason)} ${await inputsFound(this.#engine, inputs)}`,
      cause,
    });
  }

  /** The first column whose expression alone fails. */
  async #failingColumn(): Promise<string | null> {
    for (const [column, expression] of Object.entries(this.#table.columns)) {
      if (typeof expression !== "string") continue;
      try {
        // Values that are stored need more memory than those that are only looked at.
        await this.#engine.run(
          `CREATE OR REPLACE TEMP TABLE tried_column AS SELECT (${expression}\n) AS value FROM ${this.#relation}; DROP TABLE tried_column`,
        );
      } catch {
        return column;
      }
    }
    return null;
  }
}

function adviceOn(reason: string): string {
  if (/^Conversion Error/.test(reason))
    return "Cast in the column's expression, where a value that does not fit costs its row, or use TRY_CAST in `from`.";
  if (/No function matches.*VARCHAR/.test(reason))
    return "Texts, and all columns of CSV, need a cast to calculate with them: CAST(seconds AS DOUBLE).";
  return "Each column is one SQL expression over the input's columns; docs/mapping.md has examples.";
}

/** Whether the statement does not fit the columns, as opposed to a value. */
function isBindingError(error: unknown): boolean {
  return /^(Binder|Parser|Catalog|Syntax|Not implemented|Permission) Error/i.test((error as Error).message);
}

/** A mapping comes with data of others: its SQL is one SELECT or one expression, over its inputs alone. */
async function requireOwnInputs(
  engine: Engine,
  name: MappedTable,
  { from, columns }: { readonly from: string | null; readonly columns: MappingTable["columns"] },
  { file, inputs }: { readonly file: string; readonly inputs: readonly string[] },
): Promise<void> {
  if (from !== null) {
    const problem = await queryProblem(engine, from, inputs);
    if (problem !== null)
      throw new InputError(`${file}: table ${name}: \`from\` ${problem}`, {
        hint: `Write one SELECT over ${inputs.join(", ")}; other files become inputs of the mapping (docs/mapping.md).`,
      });
  }
  for (const [column, expression] of Object.entries(columns)) {
    if (typeof expression !== "string") continue;
    const problem = await expressionProblem(engine, expression, inputs);
    if (problem !== null)
      throw new InputError(`${file}: table ${name}, column ${column}: the expression ${problem}`, {
        hint: `Write one SQL expression over the columns of the input, such as output.text, or a subquery in parentheses over ${inputs.join(", ")}; other files become inputs of the mapping (docs/mapping.md).`,
      });
  }
}

/** The same files give the same tables: an expression has no value that depends on the clock, on chance or on the machine. */
async function requireSameValues(
  engine: Engine,
  name: MappedTable,
  { from, columns }: { readonly from: string | null; readonly columns: MappingTable["columns"] },
  { file, inputs }: SelectPlace,
): Promise<void> {
  const known = new Set<string>();
  for (const input of inputs)
    for (const column of (await columnTypes(engine, `FROM ${identifier(input.name)}`)).keys())
      known.add(column.toLowerCase());
  for (const [, alias = ""] of (from ?? "").matchAll(/\bas\s+"?(\w+)/gi)) known.add(alias.toLowerCase());
  const hint = "Write the value as a constant, or map it from a column of the data.";
  const problem = from === null ? null : await changingProblem(engine, from, known);
  if (problem !== null) throw new InputError(`${file}: table ${name}: \`from\` ${problem}`, { hint });
  for (const [column, expression] of Object.entries(columns)) {
    if (typeof expression !== "string") continue;
    const wrong = await changingProblem(engine, `SELECT\n${expression}\n`, known);
    if (wrong !== null)
      throw new InputError(`${file}: table ${name}, column ${column}: the expression ${wrong}`, { hint });
  }
}

/** The columns and files of each input, for the user whose expression failed. */
async function inputsFound(engine: Engine, inputs: readonly InputView[]): Promise<string> {
  const found: string[] = [];
  for (const { name, pathColumn } of inputs) {
    const columns = [...(await columnTypes(engine, `FROM ${identifier(name)}`)).keys()];
    const path = identifier(pathColumn);
    const files = await engine.rows<{ path: string }>(
      `SELECT DISTINCT ${path} AS path FROM ${identifier(name)} ORDER BY path LIMIT 3`,
    );
    const from = files.map((file) => file.path).join(", ") || "no row of its files";
    found.push(
      `Input ${name} has ${columns.map((column) => JSON.stringify(column)).join(", ")}, from ${from}.`,
    );
  }
  return found.join(" ");
}

export async function columnTypes(engine: Engine, query: string): Promise<Map<string, string>> {
  const rows = await engine.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${query}`);
  return new Map(rows.map(({ column_name, column_type }) => [column_name, column_type]));
}
