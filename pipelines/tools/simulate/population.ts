import type { Random } from "../../../src/lib/util/random.js";
import { randomInteger, randomNormal } from "../../../src/lib/util/random.js";
import { baseLogit, drawItemEffect, logistic, responseSd, specialtyEffect } from "./ability.js";
import { caseOf, type World, worldOf } from "./conditions.js";
import type { SimulatedFile } from "./datasets.js";
import type { Item } from "./items/item-kind.js";
import { type KeyedRandom, keyedRandom, pick } from "./keyed-random.js";
import { drawSpecialty, type ItemSpecialty } from "./specialties.js";
import type { SimulatedRun, SimulatedSystem } from "./systems.js";
import { filler } from "./vocabulary.js";

/** One item of a pool with all of its true properties. */
export interface PlannedItem {
  readonly file: SimulatedFile;
  readonly pool: string;
  readonly index: number;
  /** `other.id` of the question file: sparse, and the same numbers occur in other datasets. */
  readonly id: number;
  /** Key in the warehouse: the id, behind the part where the dataset has several files. */
  readonly itemId: string;
  readonly specialty: ItemSpecialty | null;
  /** The case that the question belongs to; null where each question is independent. */
  readonly case: string | null;
  readonly effect: number;
  readonly item: Item;
}

export const plannedOutcomes = [
  "answered",
  "refused",
  "empty",
  "unreadable",
  "truncated",
  "missing",
  "errored",
] as const;
export type PlannedOutcome = (typeof plannedOutcomes)[number];

export interface PlannedResponse {
  readonly outcome: PlannedOutcome;
  /** Logit of the response: system, file, specialty, item and, where a judge reads, the response itself. */
  readonly logit: number;
  /** Key points that the answer covers, in the order of the item's. */
  readonly covered: readonly boolean[];
}

export interface Population {
  readonly key: KeyedRandom;
  readonly world: World;
  /** Groups in every question file. */
  readonly groups: number;
  itemAt(file: SimulatedFile, pool: string, index: number): PlannedItem;
  response(run: SimulatedRun, item: PlannedItem, variant: number): PlannedResponse;
  /** The text of a response; null for a response that is missing or errored. */
  textOf(run: SimulatedRun, item: PlannedItem, variant: number, planned: PlannedResponse): string | null;
}

export interface PopulationOptions {
  readonly seed: number;
  readonly groups: number;
  /** Answers padded to the lengths of real uploads. */
  readonly realisticLength: boolean;
  /** Default: without hard conditions. */
  readonly world?: World;
}

/** Errors of an API run; this outcome is left out, so it does not change expected scores. */
const errorRate = 0.003;

/** Everything in the simulated cycle, generated on demand from the seed and a name. */
export function createPopulation({
  seed,
  groups,
  realisticLength,
  world = worldOf([], seed),
}: PopulationOptions): Population {
  const key = keyedRandom(seed);
  const logits = new Map<string, number>();
  const logitOf = (system: SimulatedSystem, file: SimulatedFile) => {
    const name = `${system.id}/${file.file}`;
    const known = logits.get(name) ?? baseLogit(key, system, file);
    logits.set(name, known);
    return known;
  };
  return {
    key,
    world,
    groups,
    itemAt: (file, pool, index) => planItem(key, file, pool, index),
    response: (run, item, variant) => {
      const random = key("response", run.id, item.file.file, item.index, variant);
      const outcome = drawOutcome(run, item.file, random);
      const effect = specialtyEffect(item.specialty?.primary ?? null) + item.effect;
      const own = item.file.kind.judged ? responseSd * randomNormal(random) : 0;
      const logit = logitOf(run.system, item.file) + effect + own;
      const right = logistic(logit);
      const covered = (item.item.keyPoints ?? []).map(() => outcome === "answered" && random() < right);
      return { outcome, logit, covered };
    },
    textOf: (run, item, variant, planned) => {
      const random = key("text", run.id, item.file.file, item.index, variant);
      const padding = realisticLength ? drawPadding(random) : 0;
      return writeText(run.system, item, variant, planned, padding, random);
    },
  };
}

function planItem(key: KeyedRandom, file: SimulatedFile, pool: string, index: number): PlannedItem {
  const random = key("item", file.file, pool, index);
  const id = 1 + 5 * index + randomInteger(random, 5);
  const specialty = drawSpecialty(random);
  const own = drawItemEffect(random);
  const caseName = file.hard.cases ? caseOf(index) : null;
  // Half of the variance is the case's, so that the mean over questions does not change.
  const effect =
    caseName === null ? own : (own + drawItemEffect(key("case", file.file, pool, caseName))) / Math.SQRT2;
  const item = file.kind.make({
    dataset: file.dataset,
    part: file.part,
    index,
    variants: file.variants,
    random,
  });
  return {
    file,
    pool,
    index,
    id,
    itemId: file.part === "" ? `${id}` : `${file.part}/${id}`,
    specialty,
    case: caseName,
    effect,
    item,
  };
}

/** Whether an answer in the wrong format is lost: not if a judge reads it or labels are pooled. */
export const formatMatters = (file: SimulatedFile) => !file.kind.judged && file.kind.expected !== undefined;

/** Probability that a response can be used at all. */
export function usableShare({ failures }: SimulatedSystem, file: SimulatedFile): number {
  if (file.hard.reliable) return 1;
  const { refused, empty, missing, unreadable, truncated } = failures;
  return 1 - refused - empty - missing - (formatMatters(file) ? unreadable + truncated : 0);
}

function drawOutcome(run: SimulatedRun, file: SimulatedFile, random: Random): PlannedOutcome {
  if (file.hard.reliable) return "answered";
  const { refused, empty, missing, unreadable, truncated } = run.system.failures;
  const shares: readonly (readonly [PlannedOutcome, number])[] = [
    ["refused", refused],
    ["empty", empty],
    ["missing", missing],
    ["unreadable", formatMatters(file) ? unreadable : 0],
    ["truncated", formatMatters(file) ? truncated : 0],
  ];
  let left = random();
  const failed = random();
  // Only single prompts: for a group with an error, the board's rule does not state whether it is wrong or left out.
  if (run.board === "api" && file.variants === 1 && failed < errorRate) return "errored";
  for (const [outcome, share] of shares) {
    left -= share;
    if (left < 0) return outcome;
  }
  return "answered";
}

const refusals = [
  "抱歉，我无法回答这个问题。",
  "很抱歉，作为人工智能助手，我不能提供医疗建议，请咨询专业医生。",
  "对不起，这个问题涉及医疗决策，我无法提供帮助。",
  "I'm sorry, but I can't help with that request.",
];
const unreadableTexts = ["以上几种情况都有可能，需要更多信息才能判断。", "题目条件不足，暂时不能下结论。"];
const truncatedTexts = [
  "题目给出了虚构规则，下面逐项分析。首先看第一项，",
  "解题思路：先核对题干条件，再对照规则，其中",
];

function writeText(
  system: SimulatedSystem,
  { item, file }: PlannedItem,
  variant: number,
  { outcome, logit, covered }: PlannedResponse,
  padding: number,
  random: Random,
): string | null {
  switch (outcome) {
    case "missing":
    case "errored":
      return null;
    case "empty":
      return "";
    case "refused":
      return pick(refusals, random);
    case "unreadable":
      return pick(unreadableTexts, random);
    case "truncated":
      return `${filler(padding, random)}${pick(truncatedTexts, random)}`;
    case "answered": {
      const talkative = random() < system.talkative;
      return file.kind.answer(item, variant, { right: logistic(logit), talkative, padding, random, covered });
    }
  }
}

/** One answer in five is short; the others run to thirty sentences, which makes lines of about 1 kB on average. */
function drawPadding(random: Random): number {
  return random() < 0.2 ? 0 : 4 + randomInteger(random, 26);
}
