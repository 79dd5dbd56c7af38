import { once } from "node:events";
import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { SqlOutput } from "../tools/sql.js";
import { nextLines } from "./next.js";

interface SqlOptions {
  readonly workspace: string;
  readonly file?: string;
  readonly vertical?: true;
  readonly json?: true;
  readonly csv?: true;
  readonly parquet?: string;
  readonly allowFiles?: true;
}

export function registerSql(program: Command): void {
  const command = program
    .command("sql")
    .summary("query the tables with SQL")
    .description("Query the tables of a workspace with SQL. Without a query, list the tables.")
    .argument("[query]", 'SQL; "-" reads it from standard input')
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--file <file>", "read the SQL from a file")
    .option("--vertical", "print each row as a block, one line per column, with whole texts")
    .option("--json", "print rows as a JSON array")
    .option("--csv", "print rows as CSV")
    .option("--parquet <file>", "write rows to a Parquet file")
    .option(
      "--allow-files",
      "let the query read and write other files, and run other statements such as COPY",
    )
    .addHelpText(
      "after",
      `
Examples:
  $ medbench sql "describe overall_scores"
  $ medbench sql "select system, estimate from overall_scores order by estimate desc"
  $ medbench sql "from quarantine limit 3" --vertical
  $ medbench sql --csv < my-query.sql > rows.csv

Several statements, separated by semicolons, are run in order and print one table each;
--json, --csv and --parquet take one. A table is as wide as the terminal (or COLUMNS);
what does not fit is named below it. Numbers are printed with all their digits. NULL is –
in tables, an empty field in CSV (empty text: "") and null in JSON, where NaN and the
infinities are strings. Of columns with the same name, the second is NAME_1 in JSON.

The query reads the tables of the workspace and nothing else, unless you give --allow-files.`,
    )
    .action(async (query: string | undefined, options: SqlOptions) => {
      const { queryPieces, listTables } = await import("../tools/sql.js");
      const output = outputOf(options);
      const sql = await sqlOf(query, options);
      const { allowFiles = false } = options;
      const pieces = queryPieces(options.workspace, sql ?? listTables(), output, {
        allowFiles,
        isScreen: process.stdout.isTTY === true,
        ...(sql === null ? { style: { long: "wrap" } } : {}),
      });
      for await (const piece of pieces) {
        if (!process.stdout.write(piece)) await once(process.stdout, "drain");
      }
      if (sql === null && output.format === "table") process.stdout.write(await nextLines(options, "sql"));
    });
  const parseOptions = command.parseOptions.bind(command);
  command.parseOptions = (words) => parseOptions(queryLast(words));
}

/** A query may begin with a comment: a word with blanks is never an option, so it goes behind `--`, where none is looked for. */
function queryLast(words: readonly string[]): string[] {
  const query = words.findIndex((word) => word.startsWith("-") && /\s/.test(word));
  if (query < 0 || words.slice(0, query).includes("--")) return [...words];
  return [...words.slice(0, query), ...words.slice(query + 1), "--", words[query] as string];
}

function outputOf({ vertical, json, csv, parquet }: SqlOptions): SqlOutput {
  const chosen = [vertical, json, csv, parquet].filter((option) => option !== undefined);
  if (chosen.length > 1)
    throw new InputError("sql: choose one of --vertical, --json, --csv and --parquet", {
      hint: "Run the query once for each.",
    });
  if (parquet !== undefined) return { format: "parquet", file: parquet };
  return { format: json ? "json" : csv ? "csv" : vertical ? "vertical" : "table" };
}

/** The query, wherever it was given; null for none. */
async function sqlOf(query: string | undefined, { file }: SqlOptions): Promise<string | null> {
  if (query !== undefined && file !== undefined)
    throw new InputError("sql: a query and --file were given", { hint: "Leave one of them out." });
  const { readWrittenText } = await import("../warehouse/written-text.js");
  if (file !== undefined) return readWrittenText(file);
  if (query === "-") return readWrittenText(0);
  if (query !== undefined) return query;
  const { readInput } = await import("../tools/sql/read-input.js");
  const text = await readInput();
  return text === null || text.trim() === "" ? null : text;
}
