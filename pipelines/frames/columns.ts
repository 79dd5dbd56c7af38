import { dirname } from "node:path";
import { DuckDBTypeId } from "@duckdb/node-api";
import { InputError } from "../../src/lib/errors.js";
import { type TableName, tableNames } from "../../src/lib/records/tables.js";
import { withEngine } from "../warehouse/engine.js";
import { identifier } from "../warehouse/sql.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";

/** Types of data frame columns; the frame libraries support no others. */
export type ColumnKind = "text" | "integer" | "long" | "number" | "flag" | "date" | "time";

export interface FrameColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** One value per row; null where the warehouse has NULL. Long integers are bigint, dates and times are Date. */
  readonly values: readonly unknown[];
}

const kinds: Readonly<Partial<Record<DuckDBTypeId, ColumnKind>>> = {
  [DuckDBTypeId.VARCHAR]: "text",
  [DuckDBTypeId.TINYINT]: "integer",
  [DuckDBTypeId.SMALLINT]: "integer",
  [DuckDBTypeId.INTEGER]: "integer",
  [DuckDBTypeId.BIGINT]: "long",
  [DuckDBTypeId.FLOAT]: "number",
  [DuckDBTypeId.DOUBLE]: "number",
  [DuckDBTypeId.BOOLEAN]: "flag",
  [DuckDBTypeId.DATE]: "date",
  [DuckDBTypeId.TIMESTAMP]: "time",
};

/**
 * Reads a table or the result of a query from the warehouse at `warehouse`, column by column.
 *
 * @param source name of a table, or one SELECT over the tables
 * @throws InputError if there is no warehouse, the query is wrong, or a column has a type that frames do not support
 */
export async function readColumns(warehouse: string, source: string): Promise<FrameColumn[]> {
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`${warehouse}: there is no warehouse yet`, {
      hint: "Run `medbench ingest` or `npm start` first.",
    });
  }
  const query = tableNames.includes(source as TableName) ? `SELECT * FROM ${identifier(source)}` : source;
  return withEngine(
    async (engine) => {
      await attachTables(engine, version);
      const reader = await engine.reader(query).catch((cause: Error) => {
        if (cause instanceof InputError) throw cause;
        throw new InputError(`frame: ${cause.message.split("\n")[0]}`, {
          hint: `Give one SELECT, or one of: ${tableNames.join(", ")}.`,
          cause,
        });
      });
      const types = reader.columnTypes();
      const values = reader.getColumnsJS();
      return reader.deduplicatedColumnNames().map((name, index) => {
        const type = types[index];
        const kind = type === undefined ? undefined : kinds[type.typeId];
        if (kind === undefined) {
          throw new InputError(
            `frame: column ${JSON.stringify(name)} has type ${String(type)}, which frames do not support`,
            {
              hint: "Cast it in the query: counts and sums to BIGINT or DOUBLE, lists and structures to VARCHAR.",
            },
          );
        }
        return { name, kind, values: values[index] ?? [] };
      });
    },
    { workspace: dirname(warehouse) },
  );
}
