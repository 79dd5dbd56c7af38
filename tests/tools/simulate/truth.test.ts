import { describe, expect, it } from "vitest";
import { type SimulatedFile, simulatedFiles } from "../../../pipelines/tools/simulate/datasets.js";
import { criteria, scale } from "../../../pipelines/tools/simulate/grades.js";
import { judgeResponse } from "../../../pipelines/tools/simulate/judging.js";
import { createPopulation } from "../../../pipelines/tools/simulate/population.js";
import { simulatedSystems } from "../../../pipelines/tools/simulate/system-list.js";
import { runsOf, type SimulatedRun } from "../../../pipelines/tools/simulate/systems.js";
import { expectedScore } from "../../../pipelines/tools/simulate/truth.js";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { catalogueSchema, type ScoringComponent } from "../../../src/lib/catalogue/schema.js";
import { scorerOf, verdictKindOf } from "../../../src/lib/scorers/index.js";
import { readsAnswers } from "../../../src/lib/scorers/scorer.js";

// The law of the simulation: texts that it writes, read and scored by the product's own scorers, have the means that
// its integrals state. Batches of groups give the standard error, so that pooled metrics need no formula of their own.

const files = simulatedFiles(catalogueSchema.parse(catalogueFile));
const runs = runsOf(simulatedSystems);
const batches = 20;
const groupsPerBatch = 60;
const population = createPopulation({ seed: 7, groups: batches * groupsPerBatch, realisticLength: false });
/** The weakest system of each track fails in every way. */
const runOf: Readonly<Record<string, SimulatedRun>> = {
  llm: runs.find(({ id }) => id.startsWith("luming-lite."))!,
  multimodal: runs.find(({ id }) => id.startsWith("beiwei-vl-7b."))!,
  agent: runs.find(({ id }) => id.startsWith("beiwei-react."))!,
};

type Measure = (run: SimulatedRun, file: SimulatedFile, indices: readonly number[]) => number;

function scoredBy({ scorer: name, options = {} }: ScoringComponent): Measure {
  const scorer = scorerOf(name);
  if (!readsAnswers(scorer)) throw new Error(`${name} does not read answers`);
  const settings = scorer.options.parse(options);
  return (run, file, indices) => {
    let [total, tp, fp, fn] = [0, 0, 0, 0];
    for (const index of indices) {
      const item = population.itemAt(file, run.pool, index);
      let group = Number.POSITIVE_INFINITY;
      for (const [variant, { gold, options: choices = null }] of item.item.variants.entries()) {
        const text = population.textOf(run, item, variant, population.response(run, item, variant));
        const result = scorer.score({ text: text ?? "", gold, options: choices }, settings);
        group = Math.min(group, result.status === "ok" ? result.value : 0);
        tp += result.tp ?? 0;
        fp += result.fp ?? 0;
        fn += result.fn ?? 0;
      }
      total += group;
    }
    return scorer.pooling === "micro_f1" ? (2 * tp) / (2 * tp + fp + fn) : total / indices.length;
  };
}

function judgedBy({ scorer }: ScoringComponent): Measure {
  return (run, file, indices) => {
    let [total, failed] = [0, 0];
    for (const index of indices) {
      const item = population.itemAt(file, run.pool, index);
      const planned = population.response(run, item, 0);
      // Empty and missing answers count as wrong; refusals reach the judge.
      if (planned.outcome !== "answered" && planned.outcome !== "refused") continue;
      const [verdict] = judgeResponse(population, run, item, planned);
      const grades = criteria.map((criterion) => verdict!.scores[criterion]);
      if (grades.includes(null)) failed += 1;
      else if (verdictKindOf(scorer) === "scale") {
        total += grades.reduce<number>((sum, grade) => sum + grade!, 0) / criteria.length / scale.max;
      } else total += verdict!.keyPoints.filter((match) => match === 1).length / verdict!.keyPoints.length;
    }
    return total / (indices.length - failed);
  };
}

/** z of the mean over batches against the expected value. */
function deviation(run: SimulatedRun, file: SimulatedFile, measure: Measure, expected: number): number {
  const values = Array.from({ length: batches }, (_, batch) =>
    measure(
      run,
      file,
      Array.from({ length: groupsPerBatch }, (_group, i) => batch * groupsPerBatch + i),
    ),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / batches;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (batches - 1);
  return (mean - expected) / Math.sqrt(variance / batches);
}

describe("answers read and scored by the product have the expected scores that the truth states", () => {
  const byAnswer = files.flatMap((file) =>
    file.components
      .filter(({ scorer }) => verdictKindOf(scorer) === null)
      .map((component) => ({ file, component })),
  );
  it.each(byAnswer.map((one) => ({ ...one, title: `${one.file.file}, ${one.component.metric}` })))(
    "$title",
    ({ file, component }) => {
      const run = runOf[file.track]!;
      const { components } = expectedScore(population, run.system, [file]);
      // 20 components at |z| < 4.2 on 19 degrees of freedom: a false alarm in one seed of a hundred.
      expect(Math.abs(deviation(run, file, scoredBy(component), components[component.metric]!))).toBeLessThan(
        4.2,
      );
    },
  );
});

describe("verdicts of the simulated judge have the expected scores that the truth states", () => {
  it.each(["MedHC.jsonl", "MedOutcome.jsonl", "MedRxCheck_SQ.jsonl", "MedVQA.jsonl", "MedShield.jsonl"])(
    "%s",
    (name) => {
      const file = files.find((one) => one.file === name)!;
      const run = runOf[file.track]!;
      const { components } = expectedScore(population, run.system, [file]);
      for (const component of file.components) {
        if (verdictKindOf(component.scorer) === null) continue;
        expect(
          Math.abs(deviation(run, file, judgedBy(component), components[component.metric]!)),
        ).toBeLessThan(4.2);
      }
    },
  );
});

it("a lenient judge gives higher grades than physicians if answers are average", () => {
  const file = files.find((one) => one.file === "MedVQA.jsonl")!;
  const { expected, expectedByPhysicians } = expectedScore(population, runOf["multimodal"]!.system, [file]);
  expect(expected).toBeGreaterThan(expectedByPhysicians);
});
