import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { TableName } from "../../src/lib/records/tables.js";
import { type Progress, startProgress } from "../terminal/progress.js";
import type { Engine, EngineOptions } from "../warehouse/engine.js";
import { withEngine } from "../warehouse/engine.js";
import { hashJson } from "../warehouse/hash.js";
import { dependencyPins, packageRoot } from "../warehouse/package-root.js";
import { recordOf, type StageRecord } from "../warehouse/stage-record.js";
import { beginDraft, currentVersion, type Draft, type Version } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";

export interface StageOutcome {
  readonly stage: string;
  readonly skipped: boolean;
  readonly version: string;
  readonly counts: StageRecord["counts"];
  /** What the user should know about this run, as sentences. */
  readonly notes?: readonly string[];
}

export interface StageTools {
  readonly engine: Engine;
  readonly draft: Draft;
  /** The version that the stage reads; null in an empty workspace. */
  readonly base: Version | null;
  /** Starts showing progress; the display ends with the stage. */
  readonly startProgress: (unit: string, total: number) => Progress;
}

export interface Stage {
  readonly name: string;
  /** Tables, or `catalogue` for the benchmarks' definitions that ingest keeps in the warehouse. */
  readonly reads: readonly (TableName | "catalogue")[];
  readonly writes: readonly (TableName | "catalogue")[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Hashes of what the stage reads outside the warehouse, by name. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the stage needs of the engine besides its defaults. */
  readonly engine?: EngineOptions;
  /** Stages whose records are dropped, so that they run again even if nothing else has changed; read after the work. */
  readonly forgets?: readonly string[];
  readonly work: (tools: StageTools) => Promise<StageRecord["counts"]>;
}

/**
 * Runs a stage over a workspace's warehouse: skips it where inputs, code and parameters are those of the last run,
 * else lets it write its tables into a draft and publishes tables and record in one step. Later stages see
 * changed input hashes and run again automatically.
 */
export async function runStage(
  workspace: string,
  stage: Stage,
  { force = false } = {},
): Promise<StageOutcome> {
  const { warehouse } = workspacePaths(workspace);
  const present = await currentVersion(warehouse);
  const done = doneBefore(present, stage.name, fingerprint(stage, present).key);
  if (done !== null && !force) return done;
  const draft = await beginDraft(warehouse);
  let progress: Progress | undefined;
  const start = (unit: string, total: number) => {
    progress = startProgress(stage.name, { unit, total });
    return progress;
  };
  try {
    const { base } = draft;
    const counts = await withEngine(
      async (engine) => {
        await attachTables(
          engine,
          base,
          stage.reads.filter((name) => name !== "catalogue"),
        );
        return stage.work({ engine, draft, base, startProgress: start }).finally(() => progress?.end());
      },
      { ...stage.engine, workspace },
    );
    const record: StageRecord = { ...fingerprint(stage, base), parameters: stage.parameters, counts };
    const others = Object.entries(base?.manifest.stages ?? {}).filter(
      ([name]) => !stage.forgets?.includes(name),
    );
    const version = await draft.commit(
      { ...Object.fromEntries(others), [stage.name]: record },
      (file) => !owns(stage, file),
    );
    return { stage: stage.name, skipped: false, version: version.id, counts };
  } catch (error) {
    await draft.abandon();
    throw error;
  }
}

/** The stage's outcome recorded in a version, if it was made with the same key. */
export function doneBefore(present: Version | null, stage: string, key: string): StageOutcome | null {
  const last = recordOf(present, stage);
  if (present === null || last?.key !== key) return null;
  return { stage, skipped: true, version: present.id, counts: last.counts };
}

/** Parts of a shared table that belong to one stage only: judge runs add verdicts to those that were ingested. */
const ownParts: Readonly<Record<string, string>> = { "judgments/judge-": "judge" };

/** Whether a stage replaces a file of the previous version: all parts of its tables except those of another stage. */
function owns(stage: Stage, file: string): boolean {
  const owner = Object.entries(ownParts).find(([prefix]) => file.startsWith(prefix))?.[1];
  if (owner !== undefined) return owner === stage.name;
  return stage.name !== "judge" && (stage.writes as readonly string[]).includes(file.split("/")[0] as string);
}

function fingerprint(stage: Stage, base: Version | null): Pick<StageRecord, "key" | "inputs"> {
  const inputs = { ...stage.inputs, ...tableHashes(base, stage.reads), code: codeVersion() };
  return { key: hashJson({ stage: stage.name, parameters: stage.parameters, inputs }), inputs };
}

/** Hash of the files of each table: what a stage that read them depends on. */
export function tableHashes(base: Version | null, reads: Stage["reads"]): Record<string, string> {
  return Object.fromEntries(
    reads.map((table) => [
      table,
      hashJson(
        (base?.manifest.files ?? [])
          .filter(({ file }) => file.startsWith(`${table}/`))
          .map(({ file, sha256 }) => [file, sha256]),
      ),
    ]),
  );
}

/** Hash of the code that computes numbers; any change to it reruns every stage. */
export function codeVersion(): string {
  if (cachedCodeVersion === undefined) {
    const hash = createHash("sha256");
    for (const folder of ["pipelines", "src/lib"]) {
      const files = readdirSync(join(packageRoot, folder), { recursive: true, encoding: "utf8" })
        // One hash on every system.
        .map((file) => file.replaceAll(sep, "/"))
        .sort();
      for (const file of files.filter((name) => /\.(ts|sql|json)$/.test(name))) {
        hash.update(`${folder}/${file}\0`).update(readFileSync(join(packageRoot, folder, file)));
      }
    }
    cachedCodeVersion = hash.update(readFileSync(dependencyPins())).digest("hex").slice(0, 16);
  }
  return cachedCodeVersion;
}

let cachedCodeVersion: string | undefined;
