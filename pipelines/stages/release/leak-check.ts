import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GatedName } from "../../../src/lib/records/released-tables.js";
import type { Engine } from "../../warehouse/engine.js";
import { identifier } from "../../warehouse/sql.js";
import type { Version } from "../../warehouse/versioned-folder.js";
import { gatedFigure, gatedNames } from "./withhold.js";

/** Reads the published files of a release in each format and looks for figures that its own gates withhold. */
export async function leakCheck(engine: Engine, release: Version) {
  const file = (table: string, extension: string) => join(release.folder, "tables", `${table}.${extension}`);
  const tables = gatedNames.filter((table) => existsSync(file(table, "parquet")));
  const leaks: string[] = [];
  for (const table of tables) {
    const parquet = engine.files.read("read_parquet", file(table, "parquet"));
    const columns = await engine.rows<{ column_name: string }>(`DESCRIBE FROM ${parquet}`);
    // As text, because an empty file or column gives the reader nothing to infer a type from.
    const texts = columns.map(({ column_name }) => `${identifier(column_name)}: 'VARCHAR'`).join(", ");
    const formats = {
      parquet,
      csv: engine.files.read("read_csv", file(table, "csv"), {
        header: "true",
        auto_detect: "false",
        delim: "','",
        quote: "'\"'",
        escape: "'\"'",
        columns: `{${texts}}`,
      }),
      json: engine.files.read("read_json", file(table, "json"), {
        format: "'array'",
        columns: `{${texts}}`,
      }),
    };
    for (const [format, source] of Object.entries(formats)) {
      const { n } = await engine.row<{ n: number }>(
        leaksIn(table, source, engine.files.read("read_parquet", file("gates", "parquet"))),
      );
      if (n > 0) leaks.push(`${n} rows of ${table}.${format}`);
    }
  }
  return {
    check: "no withheld figure is in the release",
    ok: tables.length > 0 && leaks.length === 0,
    detail: leaks.length > 0 ? leaks.join(", ") : `${tables.length} tables in three formats`,
  };
}

/** Rows that have a value although their figure is withheld, or has no gate at all. */
function leaksIn(table: GatedName, source: string, gates: string): string {
  const { scope, name, values } = gatedFigure(table);
  const present =
    values.length === 0 ? "TRUE" : values.map((column) => `t.${identifier(column)} IS NOT NULL`).join(" OR ");
  // CSV does not distinguish an empty text from NULL.
  return `SELECT count(*) AS n
    FROM (SELECT *, coalesce(${scope}, '') AS figure_scope, coalesce(${name}, '') AS figure_name FROM ${source}) AS t
    LEFT JOIN ${gates} AS g ON (g.run_id, g.scope, g.name) = (t.run_id, t.figure_scope, t.figure_name)
    WHERE (${present}) AND coalesce(g.decision, 'withhold') = 'withhold'`;
}
