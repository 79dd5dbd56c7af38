import type { Random } from "../../../src/lib/util/random.js";
import { countsKeyPoints } from "./datasets.js";
import { type Criterion, criteria, drawBlindGrade, drawGrade, drawQuality, judge } from "./grades.js";
import { pick } from "./keyed-random.js";
import type { PlannedItem, PlannedResponse, Population } from "./population.js";
import { judgeBlindSpots } from "./specialties.js";
import type { SimulatedRun } from "./systems.js";

/** Verdicts of the judge on one response. */
export interface JudgeVerdict {
  readonly repeat: number;
  /** 1 to 5 per criterion; null where the verdict could not be read. */
  readonly scores: Readonly<Record<Criterion, number | null>>;
  /** 1 = matched, per key point of the item; empty where the dataset has none that count. */
  readonly keyPoints: readonly (0 | 1)[];
}

/** Whether the judge does not understand answers to this item. */
export const isBlindSpot = (item: PlannedItem) =>
  item.specialty !== null && judgeBlindSpots.includes(item.specialty.primary);

/** The judge reads every response that has text, refusals included; a share is graded twice. */
export function judgeResponse(
  { key }: Population,
  run: SimulatedRun,
  item: PlannedItem,
  planned: PlannedResponse,
): JudgeVerdict[] {
  if (!item.file.kind.judged || (planned.outcome !== "answered" && planned.outcome !== "refused")) return [];
  const random = key("judge", run.id, item.file.file, item.index);
  const quality = latentQuality(key, run, item, planned);
  const repeats = random() < judge.repeated ? 2 : 1;
  return Array.from({ length: repeats }, (_, i) => verdict(item, planned, quality, i + 1, random));
}

/** Latent quality of an answer on the criteria: what careful physicians would agree on. */
export function latentQuality(
  key: Population["key"],
  run: SimulatedRun,
  item: PlannedItem,
  { logit }: PlannedResponse,
): Record<Criterion, number> {
  return drawQuality(logit + item.file.hard.gradeShift, key("quality", run.id, item.file.file, item.index));
}

function verdict(
  item: PlannedItem,
  planned: PlannedResponse,
  quality: Record<Criterion, number>,
  repeat: number,
  random: Random,
): JudgeVerdict {
  const failed = random() < judge.failed;
  const blind = isBlindSpot(item);
  const grader = { ...judge, bias: judge.bias + item.file.hard.judgeBias };
  const grade = (criterion: Criterion): number | null => {
    if (failed) return null;
    if (planned.outcome === "refused") return 1;
    return blind ? drawBlindGrade(random) : drawGrade(quality[criterion], grader, random);
  };
  const matched = (covered: boolean): 0 | 1 => {
    const { sensitivity, falsePositive, blindMatch } = judge;
    const chance = blind ? blindMatch : covered ? sensitivity : falsePositive;
    return planned.outcome === "answered" && random() < chance ? 1 : 0;
  };
  return {
    repeat,
    scores: Object.fromEntries(
      criteria.map((criterion) => [criterion, grade(criterion)]),
    ) as JudgeVerdict["scores"],
    keyPoints: countsKeyPoints(item.file.components) ? planned.covered.map(matched) : [],
  };
}

/** One physician's ratings of one response. */
export interface PhysicianRating {
  readonly rater: string;
  /** 1 to 5 per criterion; null where the physician could not rate. */
  readonly scores: Readonly<Record<Criterion, number | null>>;
}

/** Share of ratings left open by a physician. */
const cannotRate = 0.01;

/** Ratings of an answered response by `count` of the physicians. */
export function rateResponse(
  { key, world: { raters } }: Population,
  run: SimulatedRun,
  item: PlannedItem,
  planned: PlannedResponse,
  count: number,
): PhysicianRating[] {
  const random = key("rating", run.id, item.file.file, item.index);
  const quality = latentQuality(key, run, item, planned);
  const absent = count < raters.length ? pick(raters, random) : null;
  return raters
    .filter((rater) => rater !== absent)
    .map((rater) => ({
      rater: rater.id,
      scores: Object.fromEntries(
        criteria.map((criterion) => {
          const grade = drawGrade(quality[criterion], rater, random);
          return [criterion, random() < cannotRate ? null : grade];
        }),
      ) as PhysicianRating["scores"],
    }));
}
