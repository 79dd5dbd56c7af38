import type { Catalogue } from "../../../src/lib/catalogue/schema.js";
import { itemSd, responseSd } from "./ability.js";
import type { World } from "./conditions.js";
import type { SimulatedFile } from "./datasets.js";
import { judge } from "./grades.js";
import { hardConditions } from "./hard-conditions.js";
import { plantedAgreement } from "./planted-agreement.js";
import type { Population } from "./population.js";
import { judgeBlindSpots, specialtyEffects } from "./specialties.js";
import type { SimulatedRun } from "./systems.js";
import { type ExpectedScore, expectedScore } from "./truth.js";
import type { AnswerLedger } from "./write/answers.js";

export interface SimulationRecord {
  readonly seed: number;
  readonly size: string;
  readonly groups: number;
}

/** The true values of a simulated cycle, as the JSON document `truth/truth.json`. */
export function truthDocument(
  record: SimulationRecord,
  population: Population,
  catalogue: Catalogue,
  runs: readonly SimulatedRun[],
  files: readonly SimulatedFile[],
  ledger: AnswerLedger,
) {
  return {
    schema: "medbench-truth/1",
    ...record,
    note: "Expected values over items and answers; shares from 0 to 1. Unusable answers count as wrong; a judge grades refusals 1.",
    spread: { itemSd, responseSd },
    specialtyEffects,
    judge: { ...judge, blindSpots: judgeBlindSpots },
    raters: population.world.raters,
    ...hard(population.world, files),
    agreement: plantedAgreement(population, runs, files).map((entry) => roundAll(entry)),
    runs: runs.map((run) => runTruth(population, catalogue, run, files, ledger)),
    quarantine: ledger.planted,
  };
}

/** What the hard conditions planted; nothing in an ordinary cycle. */
function hard({ conditions, raterSd, ratedResponses }: World, files: readonly SimulatedFile[]) {
  if (conditions.length === 0) return {};
  const lenient = files.filter((file) => file.hard.judgeBias !== 0);
  return {
    hard: {
      conditions: Object.fromEntries(conditions.map((name) => [name, hardConditions[name]])),
      ratedResponses,
      ...(raterSd !== null && { raterSd }),
      ...(lenient.length > 0 && {
        lenientDimensions: [...new Set(lenient.map(({ dimension }) => dimension))],
        leniency: lenient[0]?.hard.judgeBias,
      }),
      note: "corrected: composites if these physicians graded and the judge still matched key points; correctedForRatersLikeThem: the same for the physicians of whom they are a sample.",
    },
  };
}

function runTruth(
  population: Population,
  catalogue: Catalogue,
  { id, system, board, pool }: SimulatedRun,
  files: readonly SimulatedFile[],
  ledger: AnswerLedger,
) {
  const scores = new Map<string, ExpectedScore>();
  const own = catalogue.datasets.filter(({ track }) => track === system.track);
  for (const dataset of own) {
    if (system.withheld.includes(dataset.id)) continue;
    const parts = files.filter((file) => file.dataset === dataset.id);
    scores.set(dataset.id, roundAll(expectedScore(population, system, parts)));
  }
  const dimensionsBy = (part: "expected" | "corrected" | "correctedForRatersLikeThem") =>
    Object.fromEntries(
      catalogue.dimensions
        .filter(({ track }) => track === system.track)
        .map(({ id: dimension }) => {
          const tasks = own.filter((dataset) => dataset.dimension === dimension);
          return [dimension, meanOrNull(tasks.map((task) => scores.get(task.id)?.[part] ?? null))];
        }),
    );
  const composites = (part: "corrected" | "correctedForRatersLikeThem") => {
    const dimensions = dimensionsBy(part);
    return { overall: meanOrNull(Object.values(dimensions)), dimensions };
  };
  const dimensions = dimensionsBy("expected");
  const { conditions, raterSd } = population.world;
  const datasets = Object.fromEntries(
    [...scores].map(([dataset, { expected, expectedByPhysicians, components }]) => [
      dataset,
      { expected, expectedByPhysicians, components },
    ]),
  );
  return {
    run_id: id,
    system: system.id,
    track: system.track,
    board,
    pool,
    ability: system.ability,
    // Null if a dataset is missing: the board gives no composite either.
    overall: meanOrNull(Object.values(dimensions)),
    dimensions,
    datasets,
    ...(conditions.length > 0 && { corrected: composites("corrected") }),
    ...(raterSd !== null && { correctedForRatersLikeThem: composites("correctedForRatersLikeThem") }),
    withheld: system.withheld,
    outcomes: ledger.outcomes.get(id) ?? {},
  };
}

function meanOrNull(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : rounded(sum / values.length);
}

const rounded = (value: number) => Number(value.toFixed(6));

/** Rounds numbers to six decimals: below any Monte Carlo error, and short in a committed file. */
function roundAll<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === "number" ? rounded(inner) : inner)),
  ) as T;
}
