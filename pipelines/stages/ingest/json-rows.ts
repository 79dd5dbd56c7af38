import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Engine } from "../../warehouse/engine.js";
import { identifier, literal } from "../../warehouse/sql.js";
import { withPath } from "../../warehouse/system-error.js";

/** Rows on their way from JavaScript to the engine: a JSON Lines file that the engine reads with stated types. */
export class JsonRows {
  readonly file: string;
  readonly columns: Readonly<Record<string, string>>;
  #descriptor: number | null;
  #pending: string[] = [];
  #heldLength = 0;
  #longest = 0;

  constructor(file: string, columns: Readonly<Record<string, string>>) {
    this.file = file;
    this.columns = columns;
    this.#descriptor = null;
  }

  add(row: Readonly<Record<string, unknown>>): void {
    const text = JSON.stringify(row);
    this.#longest = Math.max(this.#longest, text.length);
    this.#pending.push(text);
    this.#heldLength += text.length;
    if (this.#heldLength > 1 << 20) this.#flush();
  }

  /** Ends writing and returns SQL with which the engine reads the rows in order. */
  finish(engine: Engine): string {
    this.#flush();
    if (this.#descriptor === null) writeFileSync(this.file, "");
    else closeSync(this.#descriptor);
    this.#descriptor = null;
    const columns = Object.entries(this.columns).map(([name, type]) => `${literal(name)}: ${literal(type)}`);
    // One code unit takes up to three bytes; the engine's own limit is 16 MiB an object.
    const limit = Math.max(16 * 2 ** 20, this.#longest * 3 + 1024);
    const source = engine.files.read("read_json", this.file, {
      columns: `{${columns.join(", ")}}`,
      format: "'newline_delimited'",
      maximum_object_size: String(limit),
    });
    return `SELECT * FROM ${source}`;
  }

  /** Appends the rows collected so far to a table, which is created if needed; more rows may follow. */
  async appendTo(engine: Engine, name: string): Promise<void> {
    const columns = Object.entries(this.columns).map(([column, type]) => `${identifier(column)} ${type}`);
    await engine.run(`CREATE TEMP TABLE IF NOT EXISTS ${identifier(name)} (${columns.join(", ")})`);
    await engine.run(`INSERT INTO ${identifier(name)} ${this.finish(engine)}`);
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    this.#descriptor ??= openSync(this.file, "w");
    try {
      // Goes on until everything is written, unlike writeSync, which stops where a disk is full.
      writeFileSync(this.#descriptor, `${this.#pending.join("\n")}\n`);
    } catch (error) {
      throw withPath(error, this.file);
    }
    this.#pending = [];
    this.#heldLength = 0;
  }
}
