import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { underConditions, worldOf } from "../../../pipelines/tools/simulate/conditions.js";
import { simulatedFiles } from "../../../pipelines/tools/simulate/datasets.js";
import { criteria, scale } from "../../../pipelines/tools/simulate/grades.js";
import {
  chosenConditions,
  type HardCondition,
  hardConditions,
} from "../../../pipelines/tools/simulate/hard-conditions.js";
import { judgeResponse } from "../../../pipelines/tools/simulate/judging.js";
import { createPopulation } from "../../../pipelines/tools/simulate/population.js";
import { ratingSample } from "../../../pipelines/tools/simulate/rating-sample.js";
import { simulateCycle } from "../../../pipelines/tools/simulate/simulate.js";
import { simulatedSystems } from "../../../pipelines/tools/simulate/system-list.js";
import { runsOf } from "../../../pipelines/tools/simulate/systems.js";
import { expectedScore } from "../../../pipelines/tools/simulate/truth.js";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { verdictKindOf } from "../../../src/lib/scorers/index.js";
import { mean } from "../../../src/lib/util/sum.js";

const catalogue = catalogueSchema.parse(catalogueFile);
const runs = runsOf(simulatedSystems);
const [run] = runs as [(typeof runs)[number]];

/** The simulation under these conditions, with `groups` questions per file. */
function hardWorld(conditions: readonly HardCondition[], groups = 400, seed = 5) {
  const world = worldOf(conditions, seed);
  const files = underConditions(simulatedFiles(catalogue), world, catalogue.safetyDimensions);
  const population = createPopulation({ seed, groups, realisticLength: false, world });
  return { world, files, population };
}

/** Grades of the judge for the first answers of a file, and how far their mean is from the truth in standard errors. */
function gradesOf(conditions: readonly HardCondition[], name: string) {
  const { files, population } = hardWorld(conditions);
  const file = files.find((each) => each.file === name)!;
  const scores = Array.from({ length: population.groups }, (_, index) => {
    const item = population.itemAt(file, run.pool, index);
    const planned = population.response(run, item, 0);
    if (planned.outcome !== "answered" && planned.outcome !== "refused") return [0];
    const [verdict] = judgeResponse(population, run, item, planned);
    return criteria.flatMap((criterion) => verdict!.scores[criterion] ?? []);
  }).filter((grades) => grades.length > 0);
  const means = scores.map((grades) => mean(grades) / scale.max);
  const center = mean(means);
  const error = Math.sqrt(mean(means.map((value) => (value - center) ** 2)) / means.length);
  const metric = file.components.find(({ scorer }) => verdictKindOf(scorer) === "scale")!.metric;
  const truth = expectedScore(population, run.system, [file]).components[metric] as number;
  return { grades: scores.flat(), z: (center - truth) / error, truth };
}

describe("the names after --hard", () => {
  it("are read in the order of the list, and all are meant where there is none", () => {
    expect(chosenConditions("few-ratings, perfect-safety")).toEqual(["perfect-safety", "few-ratings"]);
    expect(chosenConditions(true)).toEqual(Object.keys(hardConditions));
    expect(chosenConditions(undefined)).toEqual([]);
  });

  it("are refused where there is no such condition, with the nearest one", () => {
    expect(() => chosenConditions("few-rating")).toThrow(/simulate --hard.*few-rating/);
  });
});

describe("a hard condition", () => {
  it("skewed-grades puts about four fifths of all grades at the top, and the truth follows", () => {
    const { grades, z } = gradesOf(["skewed-grades"], "MedHC.jsonl");
    const top = mean(grades.map((grade) => (grade === scale.max ? 1 : 0)));
    expect(top).toBeGreaterThan(0.7);
    expect(top).toBeLessThan(0.9);
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it("lenient-dimension raises the judge's grades in one dimension of a track by most of a grade, and the truth follows", () => {
    const { files } = hardWorld(["lenient-dimension"]);
    const lenient = files.filter(({ hard }) => hard.judgeBias > 0);
    const dimensions = new Set(lenient.map(({ track, dimension }) => `${track}/${dimension}`));
    expect(dimensions.size).toBe(3);
    const own = lenient.find(
      ({ track, components }) =>
        track === run.system.track && components.some(({ scorer }) => verdictKindOf(scorer) === "scale"),
    )!;
    const hard = gradesOf(["lenient-dimension"], own.file);
    const plain = gradesOf([], own.file);
    // One grade of five is 0.2; grades already at the top cannot rise.
    expect(hard.truth - plain.truth).toBeGreaterThan(0.08);
    expect(hard.truth - plain.truth).toBeLessThan(0.2);
    expect(Math.abs(hard.z)).toBeLessThan(4);
    expect(Math.abs(plain.z)).toBeLessThan(4);
  });

  it("perfect-safety leaves less than five in a hundred safety questions wrong, but some", () => {
    const { files, population } = hardWorld(["perfect-safety"]);
    for (const name of ["MedSafety", "MedEthics"]) {
      const { expected } = expectedScore(
        population,
        run.system,
        files.filter(({ dataset }) => dataset === name),
      );
      expect(expected).toBeGreaterThan(0.95);
      expect(expected).toBeLessThan(0.9999);
    }
  });

  it("random-raters draws other strictness with another seed, of which the truth for raters like them is independent", () => {
    const biases = [1, 2].map((seed) => worldOf(["random-raters"], seed).raters.map(({ bias }) => bias));
    expect(biases[0]).not.toEqual(biases[1]);
    const scores = [1, 2].map((seed) => {
      const { population, files } = hardWorld(["random-raters"], 1, 5);
      const world = worldOf(["random-raters"], seed);
      const file = files.filter(({ file: name }) => name === "MedHC.jsonl");
      return expectedScore({ ...population, world }, run.system, file);
    });
    expect(scores[0]!.correctedForRatersLikeThem).toBe(scores[1]!.correctedForRatersLikeThem);
    expect(scores[0]!.corrected).not.toBe(scores[1]!.corrected);
  });

  it("low-grades-rated rates no answer to which the judge gave more than 3 on average", () => {
    const { files, population } = hardWorld(["low-grades-rated", "few-ratings"], 60);
    const sample = [...ratingSample(population, runs, files)];
    expect(sample.length).toBeGreaterThan(20);
    for (const { run: rated, item } of sample) {
      const [verdict] = judgeResponse(population, rated, item, population.response(rated, item, 0));
      const given = Object.values(verdict?.scores ?? {}).filter((grade) => grade !== null);
      expect(given.length === 0 ? 0 : mean(given)).toBeLessThanOrEqual(3);
    }
  });

  it("few-ratings rates about forty answers in all", () => {
    const { files, population } = hardWorld(["few-ratings"], 60);
    const { length } = [...ratingSample(population, runs, files)];
    expect(length).toBeGreaterThan(35);
    expect(length).toBeLessThanOrEqual(40);
  });
});

describe("a cycle with every condition", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "medbench-hard-"));
    await simulateCycle({
      out: join(folder, "cycle"),
      size: "small",
      systems: 2,
      hard: chosenConditions(true),
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has twelve questions in a file, of which four belong to the first case and the others to cases of two", async () => {
    const text = await readFile(join(folder, "cycle", "questions", "upload", "MedHC.jsonl"), "utf8");
    const cases = text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { group?: string }).group);
    const counts = [...new Set(cases)].map((name) => cases.filter((each) => each === name).length);
    expect(counts).toEqual([4, 2, 2, 2, 2]);
  });

  it("states the conditions and the corrected composites in its truth; an ordinary cycle does not", async () => {
    const truth = JSON.parse(await readFile(join(folder, "cycle", "truth", "truth.json"), "utf8"));
    expect(Object.keys(truth.hard.conditions)).toEqual(Object.keys(hardConditions));
    expect(truth.runs[0].corrected.overall).toBeTypeOf("number");
    expect(truth.runs[0].correctedForRatersLikeThem.overall).toBeTypeOf("number");
    const sample = join(import.meta.dirname, "..", "..", "..", "data", "sample", "truth", "truth.json");
    const ordinary = JSON.parse(await readFile(sample, "utf8"));
    expect(ordinary.hard).toBeUndefined();
    expect(ordinary.runs[0].corrected).toBeUndefined();
  });
});
