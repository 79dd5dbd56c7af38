import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { withEngine } from "../../warehouse/engine.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { currentVersion, type Version } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { type Freshness, freshness } from "./freshness.js";

/** What a workspace contains, as far as it decides what to do next. */
export interface WorkspaceState {
  readonly items: number;
  readonly responses: number;
  readonly ratings: number;
  readonly hasJudgments: boolean;
  readonly quarantined: number;
  /** Benchmarks of mapped items that no catalogue describes. */
  readonly withoutCatalogue: readonly string[];
  /** Whether some benchmark with answers has a catalogue, so that a run has something to score. */
  readonly canScore: boolean;
  readonly stages: Readonly<Record<"score" | "calibrate" | "aggregate" | "gate" | "release", Freshness>>;
  /** Expected responses by outcome, as the score stage counted them. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly expected: number;
  /** Pools with answers that await gold. */
  readonly poolsAwaitingGold: readonly string[];
  readonly figures: number;
  readonly withheld: number;
  /** Whether a site was built from the release. */
  readonly site: Freshness;
}

/** Reads the state from the records of the stages. Null if nothing was ingested. */
export async function workspaceState(workspace: string, out: string): Promise<WorkspaceState | null> {
  const paths = workspacePaths(workspace);
  const version = await currentVersion(paths.warehouse);
  if (version === null || recordOf(version, "ingest") === undefined) return null;
  const released = await currentVersion(paths.release);
  const [ingest, score, gate] = ["ingest", "score", "gate"].map((stage) => countsOf(version, stage));
  const of = (name: string) => ingest?.[name] ?? 0;
  const { expected = 0, runs: _, ...outcomes } = score ?? {};
  const withoutCatalogue = (recordOf(version, "ingest")?.counts["without_catalogue"] ??
    []) as unknown as readonly string[];
  return {
    items: of("items"),
    responses: of("responses"),
    ratings: of("ratings"),
    hasJudgments: of("judgments") > 0 || recordOf(version, "judge") !== undefined,
    quarantined: of("quarantine"),
    withoutCatalogue,
    canScore: withoutCatalogue.length === 0 || (await hasOthers(workspace, version, withoutCatalogue)),
    stages: {
      score: freshness(version, "score"),
      calibrate: freshness(version, "calibrate"),
      aggregate: freshness(version, "aggregate"),
      gate: freshness(version, "gate"),
      release: releaseFreshness(released, version),
    },
    outcomes,
    expected,
    poolsAwaitingGold:
      (outcomes["awaiting_gold"] ?? 0) > 0 ? await poolsAwaitingGold(workspace, version) : [],
    figures: gate?.["figures"] ?? 0,
    withheld: gate?.["withhold"] ?? 0,
    site: await siteFreshness(out, released),
  };
}

/** The counts of a stage that are numbers. */
function countsOf(version: Version, stage: string): Record<string, number> {
  const counts = Object.entries(recordOf(version, stage)?.counts ?? {});
  return Object.fromEntries(
    counts.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

function releaseFreshness(released: Version | null, version: Version): Freshness {
  const record = recordOf(released, "release");
  if (record === undefined) return "missing";
  return record.inputs["warehouse"] === version.id ? "current" : "stale";
}

async function siteFreshness(out: string, released: Version | null): Promise<Freshness> {
  try {
    const { release } = JSON.parse(await readFile(join(resolve(out), "site.json"), "utf8")) as {
      release?: string;
    };
    return released !== null && release === released.id ? "current" : "stale";
  } catch {
    return "missing";
  }
}

/** Whether there are runs of other benchmarks than these. */
async function hasOthers(
  workspace: string,
  version: Version,
  benchmarks: readonly string[],
): Promise<boolean> {
  return withEngine(
    async (engine) => {
      await attachTables(engine, version, ["runs"]);
      const runs = await engine.table("runs", ["benchmark"], { distinct: true });
      return runs.some(({ benchmark }) => !benchmarks.includes(benchmark));
    },
    { workspace },
  );
}

async function poolsAwaitingGold(workspace: string, version: Version): Promise<string[]> {
  return withEngine(
    async (engine) => {
      await attachTables(engine, version, ["outcome_counts", "runs"]);
      const rows = await engine.rows<{ pool: string }>(
        "SELECT DISTINCT pool FROM outcome_counts JOIN runs USING (run_id) WHERE outcome = 'awaiting_gold' ORDER BY pool",
      );
      return rows.map(({ pool }) => pool);
    },
    { workspace },
  );
}
