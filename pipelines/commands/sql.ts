import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { SqlOutput } from "../tools/sql.js";

interface SqlOptions {
  readonly workspace: string;
  readonly json?: true;
  readonly csv?: true;
  readonly parquet?: string;
  readonly allowFiles?: true;
}

export function registerSql(program: Command): void {
  program
    .command("sql")
    .summary("query the tables with SQL")
    .description("Query the tables of the warehouse with SQL.")
    .argument("[query]", "one SQL query; without it, lists the tables")
    .option("--workspace <dir>", "workspace", "data")
    .option("--json", "print rows as a JSON array")
    .option("--csv", "print rows as CSV")
    .option("--parquet <file>", "write rows to a Parquet file")
    .option(
      "--allow-files",
      "let the query read and write other files, and run other statements such as COPY",
    )
    .addHelpText(
      "after",
      '\nExample:\n  $ medbench sql "select system, estimate from overall_scores order by estimate desc"\n\nThe query reads the tables of the workspace and nothing else, unless you give --allow-files.',
    )
    .action(async (query: string | undefined, options: SqlOptions) => {
      const { queryWarehouse, listTables } = await import("../tools/sql.js");
      const chosen = [options.json, options.csv, options.parquet].filter(Boolean);
      if (chosen.length > 1) throw new InputError("sql: choose one of --json, --csv and --parquet");
      const format = options.json ? "json" : options.csv ? "csv" : "table";
      const sql = query ?? listTables();
      const output: SqlOutput =
        options.parquet === undefined ? { format } : { format: "parquet", file: options.parquet };
      const { allowFiles = false } = options;
      process.stdout.write(await queryWarehouse(options.workspace, sql, output, { allowFiles }));
    });
}
