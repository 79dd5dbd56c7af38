import { nullMark } from "../../../formats/json/scanner.js";
import type { Engine } from "../../../warehouse/engine.js";
import { literal } from "../../../warehouse/sql.js";
import type { PaddedKeys } from "./column-types.js";

/** Characters that cannot occur in JSON text, for what is to be removed or kept. */
const [kept, dropped] = ["chr(1)", "chr(2)"];

/**
 * The JSON text of objects, with the keys that they have and no others. The engine's structs have all keys of all records, so
 * its `to_json` gives an object of two options a third one with null. A macro of the same name removes such keys.
 */
export class JsonText {
  readonly #missing: Set<string>;
  readonly #marked: readonly string[];
  readonly #nulls: ReadonlySet<string>;

  constructor({ missing, marked, nulls }: PaddedKeys) {
    this.#missing = new Set(missing);
    this.#marked = marked;
    this.#nulls = new Set(nulls);
  }

  /** Adds a key that no object has. */
  addMissing(name: string): void {
    if (!this.#nulls.has(name)) this.#missing.add(name);
  }

  /** Makes the functions of JSON that mappings use leave these keys out. */
  async define(engine: Engine): Promise<void> {
    const text = this.clean("CAST(system.main.to_json(x) AS VARCHAR)");
    for (const name of ["to_json", "row_to_json", "array_to_json", "json_quote"])
      await engine.run(`CREATE OR REPLACE TEMP MACRO ${name}(x) AS CAST(${text} AS JSON)`);
  }

  /** SQL for a JSON text without these keys. */
  clean(text: string): string {
    const names = [...this.#missing, ...this.#marked].filter((name) => !/^[,:}\]]/.test(name));
    if (names.length === 0) return text;
    const replace = (sql: string, pattern: string, by: string): string =>
      `regexp_replace(${sql}, ${literal(pattern)}, ${by}, 'g')`;
    let sql = text;
    if (this.#marked.length > 0) {
      const marks = `"(?:${this.#marked.map((name) => pattern(name + nullMark)).join("|")})"`;
      sql = replace(sql, `null,${marks}:true`, kept as string);
      sql = replace(sql, `,${marks}:(?:null|true)`, "''");
    }
    sql = replace(sql, `([{,])"(?:${names.map(pattern).join("|")})":null`, `'\\1' || ${dropped}`);
    sql = `replace(replace(replace(${sql}, ',' || ${dropped}, ''), '{' || ${dropped} || ',', '{'), '{' || ${dropped}, '{')`;
    return this.#marked.length > 0 ? `replace(${sql}, ${kept}, 'null')` : sql;
  }
}

/** A regular expression for a key as the engine writes it. */
function pattern(name: string): string {
  return JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
