import { InputError } from "../../errors.js";
import { choleskyFactor, choleskyInverse } from "../../util/linear-algebra.js";
import { isStronglyConnected } from "../../util/strong-components.js";
import { conditionalMoments } from "./conditional-moments.js";
import {
  type DroppedItem,
  degenerateItems,
  type PackedResponses,
  packResponses,
  type ResponseMatrix,
  sampleSizeWarnings,
} from "./responses.js";

/** Result of `fitRasch`. */
export interface RaschFit {
  readonly status: "ok" | "no_finite_mle";
  readonly reason: string | null;
  /** Item difficulties with sum zero over the fitted items; null for dropped ones. */
  readonly difficulty: readonly (number | null)[];
  readonly se: readonly (number | null)[];
  readonly conditionalLogLikelihood: number | null;
  readonly droppedItems: readonly DroppedItem[];
  /** Persons with neither all correct nor all wrong answers; only these inform the fit. */
  readonly nInformative: number;
  readonly warnings: readonly string[];
}

/**
 * Rasch difficulties by conditional maximum likelihood: given each person's number of correct answers, the ability
 * drops out, so nothing is assumed about how abilities are distributed. Each system is conditioned on the items that it
 * answered.
 *
 * The cost grows with items^3 x distinct scores: use it for up to about 300 items, and `fit1pl` for longer tests.
 *
 * @param matrix rows are systems, columns items: 1 correct, 0 wrong, null missing
 * @returns items answered the same way by all informative persons are dropped; if the rest has no finite maximum, nulls
 *   with a reason
 * @throws InputError on ragged rows or other values
 * @see Andersen (1972), doi:10.1111/j.2517-6161.1972.tb00887.x; existence: Fischer (1981), doi:10.1007/BF02293919
 * @see oracle: eRm RM(sum0 = TRUE), 09-irt.json
 * @example fitRasch(parseResponseRows(["10", "10", "10", "01"])).difficulty[1] // Math.log(3) / 2
 */
export function fitRasch(matrix: ResponseMatrix): RaschFit {
  if (matrix.length === 0) throw new InputError("fitRasch: needs at least one row of answers");
  const nAll = matrix[0]!.length;
  const { kept, droppedItems, data, persons } = informativePart(matrix);
  const warnings = sampleSizeWarnings(persons.length, kept.length, 0);
  const shared = { droppedItems, nInformative: persons.length, warnings };
  const fit =
    kept.length > 1 && isStronglyConnected(rightOver(data, persons)) ? maximize(data, persons) : null;
  if (fit === null) {
    const nulls = Array.from({ length: nAll }, () => null);
    const reason =
      "no finite maximum: fewer than two items, or no chain of correct and wrong answers links all of them";
    return {
      ...shared,
      status: "no_finite_mle",
      reason,
      difficulty: nulls,
      se: nulls,
      conditionalLogLikelihood: null,
    };
  }
  const difficulty: (number | null)[] = Array.from({ length: nAll }, () => null);
  const se: (number | null)[] = Array.from({ length: nAll }, () => null);
  kept.forEach((item, column) => {
    difficulty[item] = fit.difficulty[column]!;
    se[item] = fit.se[column]!;
  });
  return {
    ...shared,
    status: "ok",
    reason: null,
    difficulty,
    se,
    conditionalLogLikelihood: fit.logLikelihood,
  };
}

/**
 * Drops items without a finite difficulty until none is left: each removal can make persons, and therefore items,
 * extreme.
 */
function informativePart(matrix: ResponseMatrix) {
  const droppedItems: DroppedItem[] = [];
  let kept = Array.from({ length: matrix[0]!.length }, (_, item) => item);
  for (;;) {
    const data = packResponses("fitRasch", matrix, kept);
    const persons = informativePersons(data);
    const extreme = degenerateItems(data, persons);
    if (extreme.length === 0 || kept.length === 0) {
      droppedItems.sort((left, right) => left.item - right.item);
      return { kept, droppedItems, data, persons };
    }
    for (const { item, reason } of extreme) droppedItems.push({ item: kept[item]!, reason });
    const gone = new Set(extreme.map(({ item }) => item));
    kept = kept.filter((_, column) => !gone.has(column));
  }
}

function informativePersons({ nPersons, nItems, at }: PackedResponses): number[] {
  return Array.from({ length: nPersons }, (_, person) => person).filter((person) => {
    const row = at.subarray(person * nItems, (person + 1) * nItems);
    return row.includes(1) && row.includes(0);
  });
}

/** Edges from an item to those that some person got wrong while getting it right. */
function rightOver({ nItems, at }: PackedResponses, persons: readonly number[]): number[][] {
  const over = Array.from({ length: nItems }, () => new Set<number>());
  for (const person of persons) {
    const row = at.subarray(person * nItems, (person + 1) * nItems);
    row.forEach((right, i) => {
      if (right === 1) for (let j = 0; j < nItems; j += 1) if (row[j] === 0) over[i]!.add(j);
    });
  }
  return over.map((targets) => [...targets]);
}

interface ScoreGroup {
  /** Items answered, the same for all persons of the group. */
  readonly items: readonly number[];
  readonly score: number;
  count: number;
}

/** Persons who answered the same items with the same number correct share their conditional distribution. */
function scoreGroups({ nItems, at }: PackedResponses, persons: readonly number[]): ScoreGroup[] {
  const groups = new Map<string, ScoreGroup>();
  for (const person of persons) {
    const row = at.subarray(person * nItems, (person + 1) * nItems);
    const items = Array.from({ length: nItems }, (_, item) => item).filter((item) => row[item] !== -1);
    const score = items.filter((item) => row[item] === 1).length;
    const key = `${score}:${items.join()}`;
    const group = groups.get(key) ?? { items, score, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function maximize(data: PackedResponses, persons: readonly number[]) {
  const { nItems: k, at } = data;
  const groups = scoreGroups(data, persons);
  const right = Array.from(
    { length: k },
    (_, item) => persons.filter((person) => at[person * k + item] === 1).length,
  );
  let difficulty = right.map(() => 0);
  let best = derivatives(groups, right, difficulty);
  for (let iteration = 0; iteration < 100; iteration += 1) {
    const factor = choleskyFactor(best.information, 0);
    if (factor === null) return null;
    const inverse = choleskyInverse(factor);
    const step = inverse.map((row) => row.reduce((total, value, j) => total + value * best.gradient[j]!, 0));
    if (Math.max(...step.map(Math.abs)) < 1e-11) {
      const se = inverse.map((row, i) => Math.sqrt(row[i]! - 1 / (k * k)));
      return { difficulty, se, logLikelihood: best.logLikelihood };
    }
    let scale = 1;
    let next = best;
    let moved = difficulty;
    for (; scale > 1e-9; scale /= 2) {
      moved = difficulty.map((value, i) => value + scale * step[i]!);
      next = derivatives(groups, right, moved);
      if (next.logLikelihood >= best.logLikelihood - 1e-10 * Math.abs(best.logLikelihood)) break;
    }
    difficulty = moved;
    best = next;
  }
  return null;
}

/**
 * Conditional log-likelihood, its gradient in the difficulties, and the information. Adding a matrix of ones to the
 * information makes the difficulties sum to zero, as in `bradleyTerry`.
 */
function derivatives(groups: readonly ScoreGroup[], right: readonly number[], difficulty: readonly number[]) {
  const gradient = right.map((count) => -count);
  const information = right.map(() => right.map(() => 1));
  let logLikelihood = right.reduce((total, count, i) => total - count * difficulty[i]!, 0);
  for (const { items, score, count } of groups) {
    const moments = conditionalMoments(
      items.map((item) => -difficulty[item]!),
      score,
    );
    logLikelihood -= count * moments.logSymmetric;
    items.forEach((item, i) => {
      gradient[item]! += count * moments.mean[i]!;
      items.forEach((other, j) => {
        information[item]![other]! += count * (moments.joint[i]![j]! - moments.mean[i]! * moments.mean[j]!);
      });
    });
  }
  return { gradient, information, logLikelihood };
}
