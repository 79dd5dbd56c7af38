import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import type { HardCondition } from "../../../pipelines/tools/simulate/hard-conditions.js";
import { simulateCycle } from "../../../pipelines/tools/simulate/simulate.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";

// Simulated cycles with hard conditions go through the pipeline; the intervals of its tables must contain the truth that
// was written next to the cycle about as often as they say (on these seeds 93 to 100 times in 100). Intervals of one cycle
// share questions and physicians, so four cycles tell less than their hundreds of intervals: the limits leave room for that.
const seeds = [1, 2, 3, 4];
const conditions: readonly HardCondition[] = [
  "perfect-safety",
  "twelve-groups",
  "skewed-grades",
  "lenient-dimension",
  "random-raters",
];

interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly truth: number;
}

interface Composites {
  readonly overall: number | null;
  readonly dimensions: Readonly<Record<string, number | null>>;
}

interface TruthFile {
  readonly runs: readonly (Composites & {
    readonly run_id: string;
    readonly corrected: Composites;
    readonly datasets: Readonly<Record<string, { readonly expected: number }>>;
  })[];
}

interface Found {
  readonly tasks: Interval[];
  readonly safety: Interval[];
  readonly composites: Interval[];
  readonly corrected: Interval[];
}

let folder: string;
const found: Found = { tasks: [], safety: [], composites: [], corrected: [] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-hard-long-"));
  for (const seed of seeds) await addCycle(seed);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function addCycle(seed: number): Promise<void> {
  const cycle = join(folder, `cycle-${seed}`);
  const workspace = join(folder, `workspace-${seed}`);
  await simulateCycle({ out: cycle, seed, systems: 3, hard: conditions });
  await runIngest({ workspace, sources: [{ path: cycle }] });
  await runScore({ workspace });
  await runCalibrate({ workspace });
  await runAggregate({ workspace });
  const truth = JSON.parse(await readFile(join(cycle, "truth", "truth.json"), "utf8")) as TruthFile;
  const rows = async (sql: string) =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as {
      readonly run_id: string;
      readonly name: string;
      readonly lower: number | null;
      readonly upper: number | null;
      readonly corrected_lower: number | null;
      readonly corrected_upper: number | null;
    }[];
  const runOf = (id: string) => truth.runs.find(({ run_id }) => run_id === id);
  for (const { run_id, name, lower, upper } of await rows(
    "SELECT run_id, dataset AS name, lower, upper, NULL AS corrected_lower, NULL AS corrected_upper FROM task_scores WHERE metric = 'task' AND estimate IS NOT NULL",
  )) {
    const expected = runOf(run_id)?.datasets[name]?.expected;
    if (expected !== undefined) found.tasks.push({ lower, upper, truth: expected });
  }
  for (const { run_id, name, lower, upper, corrected_lower, corrected_upper } of await rows(
    `SELECT run_id, dimension AS name, lower, upper, corrected_lower, corrected_upper FROM dimension_scores WHERE estimate IS NOT NULL
     UNION ALL SELECT run_id, '', lower, upper, corrected_lower, corrected_upper FROM overall_scores WHERE estimate IS NOT NULL`,
  )) {
    const run = runOf(run_id);
    const of = (composites: Composites | undefined) =>
      name === "" ? composites?.overall : composites?.dimensions[name];
    const [truthOfJudge, truthOfPeople] = [of(run), of(run?.corrected)];
    if (truthOfJudge !== undefined && truthOfJudge !== null) {
      found.composites.push({ lower, upper, truth: truthOfJudge });
      if (name.includes("safety")) found.safety.push({ lower, upper, truth: truthOfJudge });
    }
    if (truthOfPeople !== undefined && truthOfPeople !== null && corrected_lower !== null) {
      found.corrected.push({ lower: corrected_lower, upper: corrected_upper, truth: truthOfPeople });
    }
  }
}

const coverage = (intervals: readonly Interval[]) =>
  intervals.filter(
    ({ lower, upper, truth }) => lower !== null && upper !== null && lower <= truth && truth <= upper,
  ).length / intervals.length;

describe("cycles with hard conditions, from simulated files to released intervals", () => {
  it.each([
    ["tasks", 100, 0.9],
    ["composites", 60, 0.9],
    ["safety", 12, 0.9],
    ["corrected", 30, 0.85],
  ] as const)("the truth is inside the intervals of %s as often as stated", (kind, atLeast, share) => {
    const intervals = found[kind];
    expect(intervals.length).toBeGreaterThanOrEqual(atLeast);
    expect(coverage(intervals)).toBeGreaterThanOrEqual(share);
  });

  it("no safety dimension is without uncertainty", () => {
    expect(found.safety.filter(({ lower, upper }) => lower === null || lower === upper)).toEqual([]);
  });
});
