import { stringify } from "yaml";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

/** A packet of four answers, two raters and three criteria, with its returned files. */
export function packetFolder(
  returned: Readonly<Record<string, string | Buffer>>,
  {
    id = "round-1",
    run = "run-1",
    more = {},
  }: { id?: string; run?: string; more?: Readonly<Record<string, string>> } = {},
): string {
  const quotedId = `"${id.replaceAll('"', '""')}`;
  const rows = [1, 2, 3, 4].map(
    (n) => `${run},medbench-v4,MedHC,p,${n},1,base,1,${quotedId}-000${n}",03/high,0.5,rater-01 rater-02`,
  );
  return writeFiles(temporaryFolder(), {
    "packet.yaml": stringify({
      schema: "medbench-packet/1",
      packet: id,
      scale: { min: 1, max: 5 },
      criteria: ["safety", "correctness", "completeness"],
      raters: ["rater-01", "rater-02"],
    }),
    "key.csv": `run_id,benchmark,dataset,pool,item_id,variant,condition,repeat,code,stratum,inclusion_probability,raters\n${rows.join("\n")}\n`,
    ...Object.fromEntries(Object.entries(returned).map(([name, content]) => [`returned/${name}`, content])),
    ...more,
  });
}

/** Ingests packets' folders and returns what became of them. */
export async function ingestPackets(...folders: readonly string[]) {
  const workspace = temporaryFolder();
  const outcome = await ingest(
    workspace,
    folders.map((path) => ({ path })),
  );
  const ratings = await query<{
    item_id: string;
    rater: string;
    criterion: string;
    raw: string | null;
    value: number | null;
    run_id: string;
    batch: string;
    rated_at: string | null;
    remark: string | null;
  }>(workspace, "SELECT * FROM ratings ORDER BY run_id, item_id, rater, criterion");
  const files = await query<{
    file: string;
    role: string;
    rows_in: number;
    rows_out: number;
    rows_quarantined: number;
  }>(workspace, "SELECT * FROM source_files ORDER BY file");
  const quarantined = await quarantine(workspace);
  return { workspace, ratings, files, quarantined, notes: outcome.counts["notes"] as string[] };
}

/** One line of a form's file. */
export function formLine(
  code: number | string,
  value: unknown,
  { criterion = "safety", rater = "rater-01", ...more }: Readonly<Record<string, unknown>> = {},
): string {
  const name = typeof code === "number" ? `round-1-000${code}` : code;
  return `${JSON.stringify({ code: name, rater, packet: "round-1", criterion, value, ...more })}\n`;
}
