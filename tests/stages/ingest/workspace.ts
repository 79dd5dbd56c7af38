import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { type IngestOptions, runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import type { SourceRequest } from "../../../pipelines/stages/ingest/source.js";
import { type PlainRow, withEngine } from "../../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../../pipelines/warehouse/views.js";

const folders: string[] = [];

/** A folder that is gone after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "medbench-ingest-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes files, given by path, below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

interface LineFields extends Readonly<Record<string, unknown>> {
  readonly source?: string;
  readonly question?: string;
}

/** One line of a question or answer file. */
export function line(
  id: number | string,
  answer: string | null = "",
  { source = "MedHC_V4", question = `Q${id}`, ...more }: LineFields = {},
): string {
  return `${JSON.stringify({ question, answer, other: { id, source }, ...more })}\n`;
}

export async function ingest(
  workspace: string,
  sources: readonly SourceRequest[],
  options: Partial<IngestOptions> = {},
) {
  return runIngest({ workspace, sources, ...options });
}

export async function query<T extends PlainRow>(workspace: string, sql: string): Promise<T[]> {
  const version = await currentVersion(join(workspace, "warehouse"));
  return withEngine(async (engine) => {
    await attachTables(engine, version);
    return engine.rows<T>(sql);
  });
}

export interface QuarantineRow extends PlainRow {
  readonly source: string;
  readonly file: string;
  readonly line: number;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly reason: string;
  readonly detail: string;
  readonly excerpt_hash: string;
}

export function quarantine(workspace: string): Promise<QuarantineRow[]> {
  return query<QuarantineRow>(workspace, "SELECT * FROM quarantine ORDER BY source, file, line, reason");
}

/** Ingests ten questions of MedHC and one answer file, and returns what became of the answers. */
export async function ingestAnswerFile(content: string | Buffer, name = "MedHC.jsonl") {
  const [result] = await ingestAnswerFiles([content], name);
  return result as NonNullable<typeof result>;
}

/** Ingests ten questions of MedHC and answer files of as many systems, and returns what became of the answers of each. */
export async function ingestAnswerFiles(contents: readonly (string | Buffer)[], name = "MedHC.jsonl") {
  const workspace = temporaryFolder();
  const questions = Array.from({ length: 10 }, (_, index) => line(index + 1)).join("");
  const systems = contents.map((_, index) => `system-${index}`);
  const folder = writeFiles(temporaryFolder(), {
    "questions/MedHC.jsonl": questions,
    "questions/MedPopular.jsonl": line(1, "", { source: "MedPopular", question: "other" }),
    ...Object.fromEntries(contents.map((content, index) => [`${systems[index]}/${name}`, content])),
  });
  const outcome = await ingest(workspace, [
    { path: join(folder, "questions"), role: "questions", pool: "p" },
    ...systems.map((system) => ({ path: join(folder, system), role: "answers" as const, pool: "p" })),
  ]);
  const files = await query<{
    source: string;
    rows_in: number;
    rows_out: number;
    rows_quarantined: number;
    path: string;
    role: string;
  }>(workspace, "SELECT * FROM source_files");
  const responses = await query<{
    source: string;
    item_id: string;
    raw: string | null;
    source_line: number;
    dataset: string;
  }>(
    workspace,
    `SELECT system AS source, item_id, raw, source_line, dataset
     FROM responses JOIN (SELECT run_id, system FROM runs) USING (run_id) ORDER BY source_line`,
  );
  const quarantined = await quarantine(workspace);
  const notes = outcome.counts["notes"] as string[];
  return systems.map((system) => {
    const isOwn = ({ source }: { readonly source: string }) => source === system;
    return {
      ...{ workspace, notes, file: files.find(isOwn) },
      responses: responses.filter(isOwn),
      quarantine: quarantined.filter(isOwn),
    };
  });
}
