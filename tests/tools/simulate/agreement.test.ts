import { describe, expect, it } from "vitest";
import { simulatedFiles } from "../../../pipelines/tools/simulate/datasets.js";
import { raters } from "../../../pipelines/tools/simulate/grades.js";
import { judgeResponse, rateResponse } from "../../../pipelines/tools/simulate/judging.js";
import { pick } from "../../../pipelines/tools/simulate/keyed-random.js";
import { plantedAgreement } from "../../../pipelines/tools/simulate/planted-agreement.js";
import { createPopulation } from "../../../pipelines/tools/simulate/population.js";
import { ratingSample } from "../../../pipelines/tools/simulate/rating-sample.js";
import { judgeBlindSpots } from "../../../pipelines/tools/simulate/specialties.js";
import { simulatedSystems } from "../../../pipelines/tools/simulate/system-list.js";
import { runsOf } from "../../../pipelines/tools/simulate/systems.js";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { randomInteger } from "../../../src/lib/util/random.js";

const files = simulatedFiles(catalogueSchema.parse(catalogueFile));
const runs = runsOf(simulatedSystems);
const population = createPopulation({ seed: 3, groups: 400, realisticLength: false });
const planted = plantedAgreement(population, runs, files);

/** Quadratic-weighted kappa straight from its definition: 1 - observed over chance disagreement. */
function quadraticKappa(pairs: readonly (readonly [number, number])[]): number {
  let observed = 0;
  let chance = 0;
  const columns = [new Map<number, number>(), new Map<number, number>()] as const;
  for (const [x, y] of pairs) {
    observed += (x - y) ** 2 / pairs.length;
    columns[0].set(x, (columns[0].get(x) ?? 0) + 1 / pairs.length);
    columns[1].set(y, (columns[1].get(y) ?? 0) + 1 / pairs.length);
  }
  for (const [x, p] of columns[0]) for (const [y, q] of columns[1]) chance += p * q * (x - y) ** 2;
  return 1 - observed / chance;
}

/** Grades on correctness of answers in specialties without an effect of their own, sampled as physicians see them. */
function drawPairs(blind: boolean) {
  const random = population.key("test");
  const judged: [number, number][][] = raters.map(() => []);
  const physicians: [number, number][] = [];
  for (let i = 0; i < 60_000; i += 1) {
    const run = pick(runs, random);
    const own = files.filter(
      ({ kind, track, dataset }) =>
        kind.judged && track === run.system.track && !run.system.withheld.includes(dataset),
    );
    const item = population.itemAt(pick(own, random), run.pool, randomInteger(random, 400));
    const code = item.specialty?.primary ?? "";
    if (blind ? !judgeBlindSpots.includes(code) : !["03", "05", "07", "19", "20"].includes(code)) continue;
    const response = population.response(run, item, 0);
    if (response.outcome !== "answered") continue;
    const verdict = judgeResponse(population, run, item, response)[0]?.scores.correctness ?? null;
    const ratings = rateResponse(population, run, item, response, 3).map(({ scores }) => scores.correctness);
    for (const [r, rating] of ratings.entries()) {
      if (verdict !== null && rating !== null) judged[r]!.push([verdict, rating]);
    }
    if (ratings[0] != null && ratings[1] != null) physicians.push([ratings[0], ratings[1]]);
  }
  return { judged, physicians };
}

describe("planted agreement", () => {
  it("matches a large sample of verdicts and ratings where the judge is not blind", () => {
    const { judged } = drawPairs(false);
    const shown = judged.map(quadraticKappa).reduce((sum, kappa) => sum + kappa, 0) / raters.length;
    const stated = planted.find(({ specialty }) => specialty === "03")!.judgeKappa.correctness;
    // About 20,000 pairs: the standard error of kappa is below 0.004.
    expect(Math.abs(shown - stated)).toBeLessThan(0.015);
    expect(stated).toBeGreaterThan(0.8);
  });

  it("is zero in the blind spots, although physicians agree there as elsewhere", () => {
    const { judged, physicians } = drawPairs(true);
    for (const pairs of judged) expect(Math.abs(quadraticKappa(pairs))).toBeLessThan(0.06);
    expect(quadraticKappa(physicians)).toBeGreaterThan(0.75);
    for (const code of judgeBlindSpots) {
      expect(planted.find(({ specialty }) => specialty === code)!.judgeKappa.safety).toBe(0);
    }
  });
});

describe("the rating sample", () => {
  const sample = [...ratingSample(population, runs, files)];

  it("rates 400 different answers a thousand times, by two or three of three physicians", () => {
    expect(sample).toHaveLength(400);
    expect(new Set(sample.map(({ run, item }) => `${run.id}/${item.file.file}/${item.index}`)).size).toBe(
      400,
    );
    expect(sample.reduce((sum, { ratings }) => sum + ratings.length, 0)).toBe(1000);
  });

  it("contains forty answers of each specialty in which the judge is blind", () => {
    for (const code of judgeBlindSpots) {
      expect(sample.filter(({ stratum }) => stratum === code)).toHaveLength(40);
    }
  });
});
