import { nullMark } from "../../../formats/json/scanner.js";
import type { ShapeKey } from "../../../formats/json/shape.js";
import type { Engine } from "../../../warehouse/engine.js";
import { literal } from "../../../warehouse/sql.js";
import type { PaddedKeys } from "./column-types.js";

/** Characters that cannot occur in JSON text, for what is to be removed or kept. */
const kept = "chr(1)";
const dropped = "chr(2)";

/**
 * The JSON text of objects, with the keys that they have and no others. The engine's structs have all keys of all records, so
 * its `to_json` gives an object of two options a third one with null. A macro of the same name removes such keys.
 */
export class JsonText {
  readonly #missing: Set<string>;
  readonly #marked: Set<string>;
  readonly #nulls: ReadonlySet<string>;

  constructor({ missing, marked, nulls }: PaddedKeys) {
    this.#missing = new Set(missing);
    this.#marked = new Set(marked);
    this.#nulls = new Set(nulls);
  }

  /** Adds a key that no object here has. */
  addMissing(key: ShapeKey): void {
    key.markNull = this.#nulls.has(key.name);
    (key.markNull ? this.#marked : this.#missing).add(key.name);
  }

  /** Makes the functions of JSON that mappings use leave these keys out. */
  async define(engine: Engine): Promise<void> {
    const text = this.clean("CAST(system.main.to_json(x) AS VARCHAR)");
    for (const name of ["to_json", "row_to_json", "array_to_json", "json_quote"])
      await engine.run(`CREATE OR REPLACE TEMP MACRO ${name}(x) AS CAST(${text} AS JSON)`);
  }

  /** SQL for a JSON text without these keys and without marks; a text that has none stays as it is. */
  clean(text: string): string {
    const [missing, marked] = [namesOf(this.#missing), namesOf(this.#marked)];
    let sql = text;
    if (marked !== "") {
      const mark = `"(?:${marked})${pattern(nullMark)}"`;
      sql = replaced(sql, `null,${mark}:true`, kept);
      sql = replaced(sql, `([{,])"(?:${marked})":null,${mark}:null`, `'\\1' || ${dropped}`);
      sql = replaced(sql, `,${mark}:(?:null|true)`, "''");
    }
    if (missing !== "") sql = replaced(sql, `([{,])"(?:${missing})":null`, `'\\1' || ${dropped}`);
    if (sql === text) return text;
    sql = `replace(replace(replace(${sql}, ',' || ${dropped}, ''), '{' || ${dropped} || ',', '{'), '{' || ${dropped}, '{')`;
    return `replace(${sql}, ${kept}, 'null')`;
  }
}

function replaced(sql: string, expression: string, by: string): string {
  return `regexp_replace(${sql}, ${literal(expression)}, ${by}, 'g')`;
}

/** A regular expression for any of the keys, except those that could begin after the end of a text. */
function namesOf(names: ReadonlySet<string>): string {
  return [...names]
    .filter((name) => !/^[,:}\]]/.test(name))
    .map(pattern)
    .join("|");
}

/** A regular expression for a key as the engine writes it. */
function pattern(name: string): string {
  return JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
