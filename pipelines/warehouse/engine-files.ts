import { join, resolve } from "node:path";
import { nameFile } from "./disk.js";
import { literal, literalList } from "./sql.js";

/** DuckDB's table functions that read files. */
export type FileReader =
  | "read_parquet"
  | "read_json"
  | "read_csv"
  | "read_ndjson_objects"
  | "parquet_metadata";

/**
 * The files that an engine reads. DuckDB takes a path for a pattern (`[s]tar` reads the file of `star`) and a folder such
 * as `answer=B` for a column, so it gets no path of a user: each file has a numbered name in a folder of the engine's own.
 * This is the only module that writes paths into SQL; `tests/architecture.test.ts` checks it.
 */
export class EngineFiles {
  readonly #folder: string;
  readonly #numbered = new Map<string, string>();
  readonly #given = new Map<string, string>();

  /** @param folder an empty folder, whose name is random: as a pattern it matches nothing else */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The name under which the engine reads a file. It is a symbolic link where the system allows it, because hard links end at
   * the border of a file system, and copies of large data take time and space; DuckDB's own sandbox compares what links
   * point to.
   */
  path(file: string): string {
    const given = resolve(file);
    const known = this.#numbered.get(given);
    if (known !== undefined) return known;
    const numbered = join(this.#folder, String(this.#numbered.size + 1));
    nameFile(given, numbered);
    this.#numbered.set(given, numbered);
    this.#given.set(numbered, given);
    return numbered;
  }

  /** The file behind a name that `path` returned; any other text is returned as it is. */
  given(numbered: string): string {
    return this.#given.get(numbered) ?? numbered;
  }

  /** All names that `path` has returned. */
  all(): string[] {
    return [...this.#given.keys()];
  }

  /** A message of DuckDB with the user's names of files. */
  withGivenNames(message: string): string {
    return this.#given.size === 0
      ? message
      : message
          .split(this.#folder)
          .map((text, index) => {
            if (index === 0) return text;
            const [, name = "", rest = ""] = /^[\\/]([0-9]+)([\s\S]*)$/.exec(text) ?? [];
            const given = this.#given.get(join(this.#folder, name));
            return name === "" || given === undefined ? `${this.#folder}${text}` : `${given}${rest}`;
          })
          .join("");
  }

  /**
   * SQL that reads files, in their order.
   *
   * @param settings options of the reader, as SQL: `{format: "'newline_delimited'"}`
   */
  read(
    reader: FileReader,
    files: string | readonly string[],
    settings: Readonly<Record<string, string>> = {},
  ): string {
    const paths = (typeof files === "string" ? [files] : files).map((file) => this.path(file));
    const hasFolderColumns = reader !== "parquet_metadata";
    const all = { ...settings, ...(hasFolderColumns ? { hive_partitioning: "false" } : {}) };
    const named = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
    return `${reader}(${[literalList(paths), ...named].join(", ")})`;
  }

  /** A statement that writes the rows of a query; DuckDB takes the path of an output as it is. */
  write(query: string, file: string, format: string): string {
    return `COPY (${query}) TO ${literal(resolve(file))} (${format})`;
  }
}
