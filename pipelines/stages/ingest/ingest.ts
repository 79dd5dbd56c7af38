import { statSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { expandGlob } from "../../formats/glob.js";
import { cataloguePath } from "../../warehouse/catalogue.js";
import { sortedJson } from "../../warehouse/hash.js";
import { recordOf, type StageRecord } from "../../warehouse/stage-record.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { runStage, type Stage, type StageOutcome, type StageTools } from "../stage.js";
import { ingestAnswers } from "./answers.js";
import { checkGold } from "./check-gold.js";
import type { IngestContext } from "./context.js";
import { cycleJudges } from "./cycle-judges.js";
import { EnginePool } from "./engine-pool.js";
import { ingestGold } from "./gold.js";
import { GoldOrigins } from "./gold-origins.js";
import { ingestedSources, judgeSources } from "./ingested-source.js";
import { ItemBook } from "./item-book.js";
import { itemRowColumns } from "./item-rows.js";
import { JsonRows } from "./json-rows.js";
import { Ledger, shownPath } from "./ledger.js";
import { ingestLists, noteUnmatchedRows } from "./lists.js";
import { mergeItems, mergeOthers, mergeResponses } from "./mapping/merge.js";
import { type MappedRows, runMapping } from "./mapping/run.js";
import { dropOrphanVerdicts, orphanNote } from "./orphan-verdicts.js";
import { runPacket } from "./packet/run.js";
import { ingestQuestions } from "./questions.js";
import type { Source, SourceRequest } from "./source.js";
import { FileScans, filesBelow, unreadable } from "./source-files.js";
import { findSources } from "./sources.js";
import { refusedCounts } from "./summary.js";
import { writeIngestTables } from "./write-tables.js";

export interface IngestOptions {
  readonly workspace: string;
  /** What to add, with paths relative to the current folder. None: ingest the known sources again, as they are now. */
  readonly sources: readonly SourceRequest[];
  /** Forget what was ingested before. Default: add to it. */
  readonly replace?: boolean;
  /** Run even if nothing has changed. */
  readonly force?: boolean;
}

/**
 * Ingests sources into a workspace's warehouse. The tables depend only on the sources ever added, as they are
 * now: neither the order in which they were added nor earlier contents matter.
 *
 * @throws InputError when a source does not exist or contains nothing usable
 */
export async function runIngest(options: IngestOptions): Promise<StageOutcome> {
  const { root, warehouse } = workspacePaths(options.workspace);
  const last = recordOf(await currentVersion(warehouse), "ingest");
  const before = options.replace ? [] : ((last?.parameters["sources"] ?? []) as SourceRequest[]);
  const requests = mergeRequests(
    before,
    options.sources.map((request) => relativeTo(root, request)),
  );
  if (requests.length === 0) {
    throw new InputError(`workspace ${options.workspace} has no sources yet`, {
      hint: "Name a cycle folder or files: `medbench ingest PATH`, or `medbench run --source PATH`.",
    });
  }
  return ingestRequests(options.workspace, requests, { force: options.force ?? false });
}

export interface IngestRequestsOptions {
  readonly force: boolean;
  /** Leave out verdicts that were asked for here on answers that are gone, and say so. Default: keep them. */
  readonly dropOrphanVerdicts?: { readonly say: (text: string) => void };
}

/** Ingests exactly these sources, whose paths are relative to the workspace; nothing if neither they nor the code have changed. */
export async function ingestRequests(
  workspace: string,
  requests: readonly SourceRequest[],
  { force, dropOrphanVerdicts: orphans }: IngestRequestsOptions,
): Promise<StageOutcome> {
  const { root, warehouse } = workspacePaths(workspace);
  const last = recordOf(await currentVersion(warehouse), "ingest");
  const found = await findSources(requests, root);
  const scans = new FileScans();
  const inputs: Record<string, string> = {};
  // With no earlier version to compare with, files are scanned while the engine works on others.
  const canSkip = last !== undefined && !force;
  if (canSkip) Object.assign(inputs, hashInputs(found, scans));
  const forgets: string[] = [];
  const stage: Stage = {
    name: "ingest",
    reads: [],
    writes: [
      "catalogue",
      "items",
      "items_private",
      "runs",
      "responses",
      "ratings",
      "judgments",
      "quarantine",
      "source_files",
    ],
    parameters: { sources: requests },
    inputs,
    forgets,
    work: async (tools) => {
      const counts = await ingest(found.sources, scans, tools);
      Object.assign(inputs, hashInputs(found, scans));
      if (orphans !== undefined) {
        const dropped = await dropOrphanVerdicts(tools.engine, tools.draft);
        // Without its record, the stage writes the verdicts again when the answers come back.
        if (dropped.size > 0) forgets.push("judge");
        for (const [judge, n] of dropped) orphans.say(orphanNote(judge, n));
      }
      return { ...counts, sources: ingestedSources(found.sources, root) };
    },
  };
  return runStage(workspace, stage, { force });
}

function relativeTo(root: string, request: SourceRequest): SourceRequest {
  const move = (path: string): string => relative(root, resolve(path)).split(sep).join("/") || ".";
  const entries = Object.entries(request).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(entries) as SourceRequest),
    path: move(request.path),
    ...(request.mapping === undefined ? {} : { mapping: move(request.mapping) }),
    ...(request.catalogue === undefined ? {} : { catalogue: move(request.catalogue) }),
  };
}

/** A request for the same source replaces the earlier one. */
function mergeRequests(before: readonly SourceRequest[], added: readonly SourceRequest[]): SourceRequest[] {
  const requests = new Map<string, SourceRequest>();
  for (const request of [...before, ...added])
    requests.set(sortedJson([request.path, request.role ?? null, request.mapping ?? null]), request);
  return [...requests.values()];
}

function hashInputs(
  { sources, settings }: { sources: readonly Source[]; settings: readonly string[] },
  scans: FileScans,
): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const file of settings) hashes[`setting ${file.split(/[\\/]/).at(-1)}`] = scans.of(file).sha256;
  for (const { name, path } of sources)
    for (const inner of filesBelow(path)) {
      const file = resolve(path, inner);
      // Links to folders and pipes are not read.
      hashes[`${name}/${inner}`] = inputHash(file, scans);
    }
  return hashes;
}

/** The hash of a file, or why it was not read. */
function inputHash(file: string, scans: FileScans): string {
  try {
    return statSync(file).isFile() ? scans.of(file).sha256 : "not a file";
  } catch (error) {
    const reason = unreadable(error, file);
    if (reason === null) throw error;
    return reason;
  }
}

async function ingest(
  sources: readonly Source[],
  scans: FileScans,
  { engine, draft, startProgress }: StageTools,
): Promise<StageRecord["counts"]> {
  const scratch = draft.path(".scratch");
  await mkdir(scratch, { recursive: true });
  const files = new Set(sources.flatMap(filesToRead));
  const progress = startProgress("files", files.size);
  const done = new Set<string>();
  const ledger = new Ledger();
  const context: IngestContext = {
    engine,
    scratch,
    ledger,
    scans,
    book: new ItemBook(),
    goldOrigins: new GoldOrigins(),
    itemRows: new JsonRows(`${scratch}/items.jsonl`, itemRowColumns),
    fileDone: (path) => {
      // Two sources may read one file.
      if (files.has(path)) progress.step(done.add(path).size);
    },
    say: progress.say,
  };
  const ofRole = (role: string): Source[] =>
    sources.filter(({ task }) => "role" in task && task.role === role);
  const pool = await EnginePool.open(engine.workspace);
  try {
    for (const source of ofRole("questions")) await ingestQuestions(source, context);
    await context.itemRows.appendTo(engine, "item_rows");
    const mapped: MappedRows[] = [];
    for (const source of sources) {
      if ("mapping" in source.task) mapped.push(...(await runMapping(source, source.task, context)));
      if ("packet" in source.task) mapped.push(...(await runPacket(source, source.task, context)));
    }
    await mergeItems(mapped, context);
    await mkdir(draft.path("responses"), { recursive: true });
    const answers = await ingestAnswers(ofRole("answers"), draft, pool, context);
    const parts = await mergeResponses(mapped, draft.path("responses"), answers.parts, context);
    await mergeOthers(mapped, parts, context);
    await ingestGold(ofRole("gold"), context);
    await ingestLists(sources, context);
    await checkGold(sources, context);
    await noteUnmatchedRows(sources, context);
    const rows = await writeIngestTables(context, draft, { ...answers, parts });
    requireUsableInput(ledger, rows);
    for (const { index } of sources) {
      const file = draft.path(...cataloguePath(index.benchmark).split("/"));
      await mkdir(resolve(file, ".."), { recursive: true });
      await writeFile(file, `${JSON.stringify(index.catalogue, null, 1)}\n`);
    }
    const withoutCatalogue = benchmarksWithoutCatalogue(sources);
    return {
      ...{ ...rows, ...refusedCounts(ledger), files: files.size, notes: ledger.notes },
      cycle_judges: cycleJudges(sources),
      ...(withoutCatalogue.length === 0 ? {} : { without_catalogue: withoutCatalogue }),
      judge_sources: await judgeSources(mapped, engine),
    };
  } finally {
    await pool.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Benchmarks that mappings name and no source has a catalogue of. */
function benchmarksWithoutCatalogue(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ index }) => index.benchmark));
  const named = sources.flatMap(({ task }) =>
    "mapping" in task && task.mapping.benchmark !== undefined ? [task.mapping.benchmark] : [],
  );
  return [...new Set(named)].filter((benchmark) => !known.has(benchmark));
}

/** Paths of a source's files on disk, archives as one; a mapping reads only what its inputs name. */
function filesToRead({ path, task }: Source): string[] {
  const inputs = "mapping" in task ? [task.mapping.input].flat() : [];
  const named = inputs.length > 0 && statSync(path).isDirectory();
  const files = named
    ? inputs.flatMap((input) => (input.files ?? []).flatMap((pattern) => expandGlob(path, pattern)))
    : filesBelow(path);
  return files.map((file) => resolve(path, file));
}

function requireUsableInput(ledger: Ledger, rows: Readonly<Record<string, number>>): void {
  const usable = ["items", "responses", "ratings", "judgments", "runs"].some(
    (table) => (rows[table] ?? 0) > 0,
  );
  if (usable) return;
  throw new InputError(`nothing usable in the sources: ${lookedAt(ledger)}`, {
    hint: "MedBench files are .jsonl, folders or .zip of them; anything else needs --mapping FILE.",
  });
}

/** What was found instead of data: the first refusals, or the file names if nothing was refused. */
function lookedAt({ files, quarantine }: Ledger): string {
  if (quarantine.length > 0) {
    const shown = quarantine.slice(0, 3).map(({ line, reason, detail, ...where }) => {
      const place = `${shownPath(where)}${line === 0 ? "" : ` line ${line}`}`;
      return `${place}: ${reason} (${detail})`;
    });
    return `everything was refused: ${shown.join("; ")}${andMore(quarantine.length - shown.length)}`;
  }
  const names = files.slice(0, 3).map((file) => `${shownPath(file)} (${file.bytes} bytes)`);
  const more = andMore(files.length - names.length);
  return `none of the ${files.length} file(s) contains rows of a known kind: ${names.join(", ")}${more}`;
}

const andMore = (n: number) => (n > 0 ? ` and ${n} more` : "");
