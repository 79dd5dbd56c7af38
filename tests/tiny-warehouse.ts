import { type Engine, withEngine } from "../pipelines/warehouse/engine.js";
import { identifier, literal } from "../pipelines/warehouse/sql.js";
import { beginDraft } from "../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../pipelines/warehouse/workspace.js";
import { writeTable } from "../pipelines/warehouse/writer.js";
import { type Table, type TableName, tables } from "../src/lib/records/tables.js";

export type Cells = Readonly<Record<string, string | number | boolean | null>>;

/** Publishes a warehouse that holds the rows given; required columns that a row leaves out get a value that is allowed. */
export async function writeTinyWarehouse(
  workspace: string,
  content: Readonly<Partial<Record<TableName, readonly Cells[]>>>,
): Promise<void> {
  const draft = await beginDraft(workspacePaths(workspace).warehouse);
  await withEngine(async (engine: Engine) => {
    for (const [name, rows] of Object.entries(content) as [TableName, readonly Cells[]][]) {
      const select = rows.map((row) => selectRow(tables[name], row)).join(" UNION ALL ");
      await writeTable(engine, name, select, draft.path(name, "part-0.parquet"));
    }
  });
  await draft.commit({});
}

function selectRow(table: Table, row: Cells): string {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const value =
      row[name] ?? (column.required ? (column.oneOf?.[0] ?? (column.type === "VARCHAR" ? name : 0)) : null);
    return `CAST(${literal(value)} AS ${column.type}) AS ${identifier(name)}`;
  });
  return `SELECT ${columns.join(", ")}`;
}
