import { join } from "node:path";
import { expandGlob } from "../../formats/glob.js";
import { isJudgePart } from "../../judging/judge-files.js";
import type { Engine } from "../../warehouse/engine.js";
import type { Draft } from "../../warehouse/versioned-folder.js";
import { writeTable } from "../../warehouse/writer.js";

export const orphanNote = (judge: string, n: number): string =>
  `${n} verdicts of ${judge} were on answers that are gone, and left the table. They stay in its journal: if the answers come back, run the same medbench judge again; it asks nothing twice`;

const answer = "run_id, benchmark, dataset, pool, item_id, variant, condition, repeat";

/**
 * Writes the verdicts that were asked for here again without those on answers that are gone. They stay in the journals of their
 * judges, so `medbench judge` brings them back if the answers come back.
 *
 * @returns verdicts left out, by the name of their judge
 */
export async function dropOrphanVerdicts(engine: Engine, draft: Draft): Promise<ReadonlyMap<string, number>> {
  const dropped = new Map<string, number>();
  const { base } = draft;
  if (base === null) return dropped;
  const responses = expandGlob(draft.path("responses"), "*.parquet").map((file) =>
    draft.path("responses", file),
  );
  const kept =
    responses.length === 0
      ? "FALSE"
      : `(${answer}) IN (SELECT (${answer}) FROM ${engine.files.read("read_parquet", responses)})`;
  for (const { file } of base.manifest.files.filter((record) => isJudgePart(record.file))) {
    const part = engine.files.read("read_parquet", join(base.folder, ...file.split("/")));
    const rows = await engine.rows<{ judge: string; n: number }>(
      `SELECT judge, count(*) AS n FROM ${part} WHERE NOT (${kept}) GROUP BY judge`,
    );
    if (rows.length === 0) continue;
    for (const { judge, n } of rows) dropped.set(judge, (dropped.get(judge) ?? 0) + n);
    await writeTable(
      engine,
      "judgments",
      `SELECT * FROM ${part} WHERE ${kept}`,
      draft.path(...file.split("/")),
    );
  }
  return dropped;
}
