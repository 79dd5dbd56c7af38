import { logisticRegression } from "../../../stats/logistic-regression.js";
import { adjustPValues } from "../../../stats/p-adjust.js";
import { normalTwoSided } from "../../../util/special.js";
import type { ResponseMatrix } from "../responses.js";
import {
  type DifferentialFunctioning,
  type DifferentialOptions,
  type DifferentialSize,
  groupsOf,
  purify,
  type ScoredPerson,
  sizeOf,
  untested,
} from "./matching.js";

/** Options of `logisticDif`. */
export interface LogisticDifOptions extends DifferentialOptions {
  /** Fewest persons in each group. Default 10: with fewer, the likelihood ratio is far from chi-square. */
  readonly smallestGroup?: number;
}

/** A likelihood-ratio test. */
export interface LikelihoodRatio {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  readonly adjustedP: number;
}

/** What `logisticDif` finds for one item. */
export interface LogisticItem {
  readonly item: number;
  /** A difference at equal scores, the same at all scores. */
  readonly uniform: LikelihoodRatio | null;
  /** A difference that depends on the score. */
  readonly nonUniform: LikelihoodRatio | null;
  /** Both together, on two degrees of freedom. */
  readonly both: LikelihoodRatio | null;
  /** What the group adds to Nagelkerke's R^2, and its size: A below 0.035, B below 0.07, C from there on (Jodoin and Gierl). */
  readonly r2Change: number | null;
  readonly size: DifferentialSize | null;
  readonly reason: string | null;
}

/**
 * Differential item functioning by logistic regression on matching score, group and their product: likelihood-ratio tests of the
 * group (uniform), the product (non-uniform) and both. Purification looks at both. Same arguments as `mantelHaenszelDif`.
 *
 * @returns no items, with a reason, if a group has fewer than `smallestGroup` rows
 * @throws InputError if `focal` has another length than the matrix has rows
 * @see Swaminathan & Rogers (1990), doi:10.1111/j.1745-3984.1990.tb00754.x; Jodoin & Gierl (2001), doi:10.1207/S15324818AME1404_2
 * @see oracle: difR `difLogistic` on the data verbal, tests/lib/ranking/irt/differential/logistic.test.ts
 * @example logisticDif(parseResponseRows(["10", "01"]), [true, false]).reason // "too few rows: 1 focal and 1 reference; needs 10 of each"
 */
export function logisticDif(
  matrix: ResponseMatrix,
  focal: readonly boolean[],
  { smallestGroup = 10, adjustment = "benjamini-hochberg", ...options }: LogisticDifOptions = {},
): DifferentialFunctioning<LogisticItem> {
  const { data, sizes, reason } = groupsOf("logisticDif", matrix, focal, smallestGroup);
  if (reason !== null) return { ...sizes, ...untested, reason };
  const { purified, ...ended } = purify(
    data,
    (matching) => Array.from({ length: data.nItems }, (_, item) => logisticItem(matching.of(item), item)),
    ({ both }) => both?.p ?? null,
    options,
  );
  const kinds = ["uniform", "nonUniform", "both"] as const;
  const adjusted = kinds.map((kind) =>
    adjustPValues(
      purified.map((item) => item[kind]?.p ?? null),
      adjustment,
    ),
  );
  const items = purified.map((item, i) => {
    const [uniform, nonUniform, both] = kinds.map((kind, at) => {
      const tested = item[kind];
      return tested === null ? null : { ...tested, adjustedP: adjusted[at]?.[i] as number };
    });
    return { ...item, uniform: uniform ?? null, nonUniform: nonUniform ?? null, both: both ?? null };
  });
  return { ...sizes, ...ended, items, reason: null };
}

interface UnadjustedLogistic extends Omit<LogisticItem, "uniform" | "nonUniform" | "both"> {
  readonly uniform: Omit<LikelihoodRatio, "adjustedP"> | null;
  readonly nonUniform: Omit<LikelihoodRatio, "adjustedP"> | null;
  readonly both: Omit<LikelihoodRatio, "adjustedP"> | null;
}

function logisticItem(persons: readonly ScoredPerson[], item: number): UnadjustedLogistic {
  const answers = persons.map(({ right }) => right);
  const refused = (reason: string) => ({
    ...{ item, uniform: null, nonUniform: null, both: null, r2Change: null, size: null },
    reason,
  });
  if (new Set(answers).size < 2) return refused("all answers are alike");
  for (const isFocal of [true, false]) {
    const scores = new Set(persons.filter((person) => person.isFocal === isFocal).map(({ score }) => score));
    if (scores.size < 2) return refused("all persons of a group have the same score");
  }
  const fitted = (columns: (person: ScoredPerson) => number[]) =>
    logisticRegression(persons.map(columns), answers);
  const group = ({ isFocal }: ScoredPerson) => (isFocal ? 1 : 0);
  const score = fitted((person) => [1, person.score]);
  const main = fitted((person) => [1, person.score, group(person)]);
  const full = fitted((person) => [1, person.score, group(person), person.score * group(person)]);
  const n = persons.length;
  const nagelkerke = ({ deviance, nullDeviance }: typeof full) =>
    (1 - Math.exp((deviance - nullDeviance) / n)) / (1 - Math.exp(-nullDeviance / n));
  const r2Change = nagelkerke(full) - nagelkerke(score);
  return {
    item,
    uniform: likelihoodRatio(score.deviance - main.deviance, 1),
    nonUniform: likelihoodRatio(main.deviance - full.deviance, 1),
    both: likelihoodRatio(score.deviance - full.deviance, 2),
    r2Change,
    size: sizeOf(r2Change, 0.035, 0.07),
    reason: null,
  };
}

function likelihoodRatio(difference: number, df: 1 | 2) {
  const statistic = Math.max(0, difference);
  // Tails in closed form keep the digits of small p-values.
  const p = df === 1 ? normalTwoSided(Math.sqrt(statistic)) : Math.exp(-statistic / 2);
  return { statistic, df, p };
}
