import type { Cell, Notebook } from "@observablehq/notebook-kit";
import { type Engine, type PlainRow, withEngine } from "../pipelines/warehouse/engine.js";
import { currentVersion } from "../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../pipelines/warehouse/views.js";
import { workspacePaths } from "../pipelines/warehouse/workspace.js";
import { InputError } from "../src/lib/errors.js";

/** `database="warehouse"` of a SQL cell. */
const databaseName = "warehouse";

/**
 * Runs the SQL cells that name the warehouse, on its current version, and replaces them by their rows. Queries can use
 * every table by name. Cells that name another database are left to Notebook Kit.
 *
 * @throws InputError if the workspace has no warehouse, or naming the notebook and the cell whose query is wrong
 */
export async function runWarehouseCells(
  notebook: Notebook,
  file: string,
  workspace: string,
): Promise<Notebook> {
  if (!notebook.cells.some(readsWarehouse)) return notebook;
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`${warehouse}: there is no warehouse yet, so ${file} has nothing to show`, {
      hint: "Run `npm start` for the bundled sample, or `medbench ingest` and `medbench score` for your own data; MEDBENCH_WORKSPACE names another workspace.",
    });
  }
  return withEngine(
    async (engine) => {
      await attachTables(engine, version);
      const cells: Cell[] = [];
      for (const cell of notebook.cells) {
        cells.push(readsWarehouse(cell) ? withRows(cell, await query(engine, cell, file)) : cell);
      }
      return { ...notebook, cells };
    },
    { workspace },
  );
}

function readsWarehouse({ mode, database }: Cell): boolean {
  return mode === "sql" && database === databaseName;
}

async function query(engine: Engine, cell: Cell, file: string): Promise<PlainRow[]> {
  try {
    return await engine.rows(cell.value);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    const reason = (cause as Error).message.split("\n").slice(0, 4).join("\n  ");
    throw new InputError(`${file}, SQL cell ${cell.id}: ${reason}`, {
      hint: 'Try the query with `medbench sql "..."`, which also lists the tables.',
      cause,
    });
  }
}

/** The cell as JavaScript that returns the rows, and shows them as a table unless the cell is hidden. */
function withRows(cell: Cell, rows: readonly PlainRow[]): Cell {
  // Answers of models are data: their text must not be able to close the script element that contains it.
  const json = JSON.stringify(rows).replaceAll("<", "\\u003c");
  const value = cell.hidden ? `(${json})` : `Inputs.table(${json})`;
  const { database: _, ...plain } = cell;
  return { ...plain, mode: "js", pinned: false, value };
}
