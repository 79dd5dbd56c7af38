import { randomInteger } from "../../../src/lib/util/random.js";
import { mean } from "../../../src/lib/util/sum.js";
import type { World } from "./conditions.js";
import type { SimulatedFile } from "./datasets.js";
import { judgeResponse, type PhysicianRating, rateResponse } from "./judging.js";
import { pick } from "./keyed-random.js";
import type { PlannedItem, PlannedResponse, Population } from "./population.js";
import { judgeBlindSpots, specialtyDistribution } from "./specialties.js";
import type { SimulatedRun } from "./systems.js";

export interface RatedResponse {
  readonly run: SimulatedRun;
  readonly item: PlannedItem;
  readonly stratum: string;
  readonly ratings: readonly PhysicianRating[];
}

/** Share of the rated responses in each specialty where the judge is blind: enough to detect it. */
const shareInBlindSpot = 0.1;

/** Rated responses in each such specialty. */
export function ratedInBlindSpot({ ratedResponses }: World): number {
  return Math.round(shareInBlindSpot * ratedResponses);
}

/**
 * The calibration sample: answered responses of judged datasets, half rated by all three physicians and half by two, stratified by primary specialty, each equally likely
 * within its stratum. Drawn by rejection, so that no list of all responses is needed.
 */
export function* ratingSample(
  population: Population,
  runs: readonly SimulatedRun[],
  files: readonly SimulatedFile[],
): Generator<RatedResponse> {
  const random = population.key("rating-sample");
  const judged = files.filter(({ kind }) => kind.judged);
  const { ratedResponses, highestRatedGrade } = population.world;
  const open = quotas(population.world);
  const seen = new Set<string>();
  const tries = 400 * ratedResponses;
  for (let i = 0, taken = 0; i < tries && open.size > 0; i += 1) {
    const run = pick(runs, random);
    const own = judged.filter(
      ({ track, dataset }) => track === run.system.track && !run.system.withheld.includes(dataset),
    );
    if (own.length === 0) continue;
    const item = population.itemAt(pick(own, random), run.pool, randomInteger(random, population.groups));
    const stratum = item.specialty?.primary ?? "";
    const left = open.get(stratum) ?? 0;
    const name = `${run.id}/${item.file.file}/${item.index}`;
    if (left === 0 || seen.has(name)) continue;
    const planned = population.response(run, item, 0);
    if (planned.outcome !== "answered") continue;
    if (judgesMean(population, run, item, planned) > highestRatedGrade) continue;
    seen.add(name);
    if (left === 1) open.delete(stratum);
    else open.set(stratum, left - 1);
    taken += 1;
    yield {
      run,
      item,
      stratum,
      ratings: rateResponse(population, run, item, planned, taken % 2 === 0 ? 3 : 2),
    };
  }
}

/** Responses to rate per stratum: the blind spots' share first, the rest evenly. */
function quotas(world: World): Map<string, number> {
  const inBlindSpot = ratedInBlindSpot(world);
  const strata = specialtyDistribution.map(({ code }) => code ?? "");
  const others = strata.filter((stratum) => !judgeBlindSpots.includes(stratum));
  const even = (world.ratedResponses - inBlindSpot * judgeBlindSpots.length) / others.length;
  return new Map([
    ...judgeBlindSpots.map((stratum) => [stratum, inBlindSpot] as const),
    // Rounding up and down in turn keeps the total.
    ...others.map((stratum, i) => [stratum, Math.floor((i + 1) * even) - Math.floor(i * even)] as const),
  ]);
}

/** The judge's mean grade over the criteria; below every limit if it gave none. */
function judgesMean(
  population: Population,
  run: SimulatedRun,
  item: PlannedItem,
  planned: PlannedResponse,
): number {
  if (population.world.highestRatedGrade === Number.POSITIVE_INFINITY) return 0;
  const [verdict] = judgeResponse(population, run, item, planned);
  const given = Object.values(verdict?.scores ?? {}).filter((grade) => grade !== null);
  return given.length === 0 ? 0 : mean(given);
}
