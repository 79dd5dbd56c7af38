import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { groupsIn, underConditions, worldOf } from "./conditions.js";
import { simulatedFiles } from "./datasets.js";
import type { HardCondition } from "./hard-conditions.js";
import { createPopulation, type PlannedOutcome, plannedOutcomes } from "./population.js";
import { ratingSample } from "./rating-sample.js";
import { cycleSize, responsesPerGroup } from "./size.js";
import { simulatedSystems } from "./system-list.js";
import { pools, runsOf, type SimulatedRun, type SimulatedSystem } from "./systems.js";
import { truthDocument } from "./truth-file.js";
import { type AnswerLedger, apiLines, filesOf, writeUpload } from "./write/answers.js";
import { apiMapping, cycleYaml, judgmentsMapping, ratingsMapping, studyYaml } from "./write/cycle-files.js";
import { judgmentLines, ratingRows } from "./write/evidence.js";
import {
  crosswalkHeader,
  crosswalkRows,
  goldLines,
  itemsOf,
  questionLines,
  systemRows,
} from "./write/packs.js";
import { writeText } from "./write/text-file.js";

export interface SimulateOptions {
  /** Folder to write; must be empty or absent, or contain an earlier simulation if `force` is set. */
  readonly out: string;
  /** `tiny`, `small`, `medium` or `responses=N`. Default `tiny`. */
  readonly size?: string;
  /** Default 1. */
  readonly seed?: number;
  /** Use only the first N of the 15 systems. Default: all. */
  readonly systems?: number;
  /** Conditions under which inference is hard; see `conditions.ts`. Default: none. */
  readonly hard?: readonly HardCondition[];
  /** Uploads only, all as plain folders, without API log, judgments and ratings: large input for ingest benchmarks. Default: false. */
  readonly onlyAnswers?: boolean;
  readonly force?: boolean;
  /** Called with the number of responses written so far. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SimulatedCycle {
  readonly out: string;
  readonly runs: number;
  readonly groups: number;
  readonly responses: number;
  readonly plantedBadLines: number;
}

/**
 * Writes a complete benchmark cycle with known truth, in the formats of real cycles: question and gold packs,
 * uploads as folders, zips and single files, an API log, judge verdicts, physicians' ratings, and `truth/truth.json`.
 *
 * The same seed and size give the same files; every part depends only on its own name, so memory stays flat at any
 * size. `cycle.yaml` is written last, so a folder without it is incomplete.
 *
 * @throws InputError if `out` contains something else, or size, seed or systems are out of range
 */
export async function simulateCycle({
  out: folder,
  size = "tiny",
  seed = 1,
  systems = simulatedSystems.length,
  hard = [],
  onlyAnswers = false,
  force = false,
  onProgress = () => {},
}: SimulateOptions): Promise<SimulatedCycle> {
  if (!Number.isSafeInteger(seed)) throw new InputError(`simulate: seed is ${seed}, expected an integer`);
  if (!(Number.isInteger(systems) && systems >= 1 && systems <= simulatedSystems.length)) {
    throw new InputError(
      `simulate: systems is ${systems}, expected an integer from 1 to ${simulatedSystems.length}`,
    );
  }
  const out = resolve(folder);
  const catalogue = catalogueSchema.parse(catalogueFile);
  const chosen = simulatedSystems
    .slice(0, systems)
    .map((system) => (onlyAnswers ? asFolder(system) : system));
  const runs = runsOf(chosen);
  const tracks = new Set(chosen.map(({ track }) => track));
  const world = worldOf(hard, seed);
  const ownFiles = simulatedFiles(catalogue).filter(({ track }) => tracks.has(track));
  const files = underConditions(ownFiles, world, catalogue.safetyDimensions);
  const { groups: groupsOfSize, realisticLength } = cycleSize(size, runs, files);
  const groups = groupsIn(world, groupsOfSize);
  const population = createPopulation({ seed, groups, realisticLength, world });
  const total = groups * responsesPerGroup(runs, files);
  const { ledger, counted } = startLedger((done) => onProgress(done, total));

  await makeRoom(out, force);
  const write = (name: string, pieces: Iterable<string>) => writeText(join(out, name), pieces);

  for (const board of ["upload", "api"] as const) {
    const answered = new Set(runs.filter((run) => run.board === board).flatMap((run) => filesOf(run, files)));
    for (const file of answered) {
      await write(`questions/${board}/${file.file}`, questionLines(itemsOf(population, file, pools[board])));
      await write(`gold/${board}/${file.file}`, goldLines(itemsOf(population, file, pools[board])));
    }
  }
  const crosswalk = function* () {
    yield crosswalkHeader;
    for (const [board, pool] of Object.entries(pools)) {
      const answered = new Set(
        runs.filter((run) => run.board === board).flatMap((run) => filesOf(run, files)),
      );
      for (const file of answered) yield* crosswalkRows(itemsOf(population, file, pool));
    }
  };
  await write("specialties.csv", crosswalk());
  await write("systems.csv", systemRows(chosen));

  const onBoard = (board: SimulatedRun["board"]) => runs.filter((run) => run.board === board);
  for (const run of onBoard("upload")) await writeUpload(out, population, run, files, ledger);
  if (onBoard("api").length > 0) {
    await write("api/api.jsonl", apiLines(population, onBoard("api"), files, ledger));
    await write("mappings/api-runs.yaml", [apiMapping()]);
  }
  if (!onlyAnswers) {
    await write("judgments.jsonl.gz", judgmentLines(population, runs, files));
    await write("mappings/judgments.yaml", [judgmentsMapping()]);
    await write("ratings.csv", ratingRows(ratingSample(population, runs, files)));
    await write("mappings/ratings.yaml", [ratingsMapping()]);
    await write("study.yaml", [studyYaml(world)]);
  }
  const truth = truthDocument({ seed, size, groups }, population, catalogue, runs, files, ledger);
  await write("truth/truth.json", [`${JSON.stringify(truth, null, 1)}\n`]);
  const parts = {
    upload: onBoard("upload").length > 0,
    api: onBoard("api").length > 0,
    evidence: !onlyAnswers,
  };
  await write("cycle.yaml", [cycleYaml(parts)]);
  return { out, runs: runs.length, groups, responses: counted(), plantedBadLines: ledger.planted.length };
}

const asFolder = (system: SimulatedSystem): SimulatedSystem => ({ ...system, upload: "folder", api: false });

function startLedger(onProgress: (done: number) => void): { ledger: AnswerLedger; counted: () => number } {
  let responses = 0;
  const outcomes: AnswerLedger["outcomes"] = new Map();
  const count: AnswerLedger["count"] = ({ id }, outcome) => {
    const none = Object.fromEntries(plannedOutcomes.map((name) => [name, 0])) as Record<
      PlannedOutcome,
      number
    >;
    const counts = outcomes.get(id) ?? none;
    outcomes.set(id, counts);
    counts[outcome] += 1;
    responses += 1;
    if (responses % 1000 === 0) onProgress(responses);
  };
  return { ledger: { outcomes, planted: [], count }, counted: () => responses };
}

/** Removes only files that an earlier simulation wrote. */
async function makeRoom(out: string, force: boolean): Promise<void> {
  if (!existsSync(out) || readdirSync(out).length === 0) return;
  if (!existsSync(join(out, "truth", "truth.json"))) {
    throw new InputError(`simulate: ${out} is not empty and does not contain an earlier simulation`, {
      hint: "Give --out a new folder.",
    });
  }
  if (!force) {
    throw new InputError(`simulate: ${out} already contains a simulated cycle`, {
      hint: "Give --out a new folder, or --force to replace it.",
    });
  }
  await rm(out, { recursive: true });
}
