import { correctionVariance, raterContrast } from "../../../src/lib/calibration/judge-error.js";
import type { RaterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import type { Message, RankReason } from "../../../src/lib/messages/codes.js";
import { message, messageColumns } from "../../../src/lib/messages/message.js";
import {
  compositeCovariance,
  compositeDifference,
  type StratumCovariance,
  stratumCovariance,
  type WeightedCovariance,
} from "../../../src/lib/ranking/composite-covariance.js";
import { type RankSet, rankSets } from "../../../src/lib/ranking/rank-sets.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { adjustPValues } from "../../../src/lib/stats/p-adjust.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { at, cell } from "../../../src/lib/util/indexing.js";
import type { GroupValues } from "../../groups/group-values.js";
import { type RunRow, runColumnsOf } from "../../groups/run-row.js";
import type { RunScores, ScoredComposite } from "./composites.js";

/** A run with everything that its rank depends on. */
export interface RankedRun {
  readonly run: RunRow;
  readonly scores: RunScores;
  /** Null where there are too many groups to keep one by one. */
  readonly groups: GroupValues | null;
}

export interface RankTables {
  readonly ranks: readonly Row<"ranks">[];
  readonly comparisons: readonly Row<"comparisons">[];
}

/** Whether scores use the judge's grades unchanged, or corrected by people's ratings of the same answers. */
type Basis = Row<"ranks">["basis"];

interface Contender {
  readonly entry: RankedRun;
  readonly estimate: number;
  /** What the correction by ratings adds to the variance. */
  readonly ownVariance: number;
  /** What each rater's grades contribute to the correction. */
  readonly raterShares: ReadonlyMap<string, number>;
  readonly severity: RaterSeverity | null;
}

interface RankOptions {
  readonly confidence: number;
  readonly seed: number;
}

const noShares: ReadonlyMap<string, number> = new Map();

/**
 * Ranks and paired comparisons among the runs of one place, for the overall score and each dimension. Only runs with the same
 * board and identity are compared. Errors are those of the composites, with the covariance that systems share through common
 * groups; on the basis `corrected`, the error of each run's ratings is added (see `correctionVariance`), and that of the choice of raters
 * as far as they rated unequal parts of two runs (see `raterContrast`).
 */
export function rankTables(entries: readonly RankedRun[], options: RankOptions): RankTables {
  const sets = groupBy(entries, ({ run, scores }) => JSON.stringify([run.board, scores.overall.identity]));
  const tables = [...sets.values()].flatMap((set) => {
    const strata = covariancesOf(set);
    return (set[0]?.scores.composites ?? []).flatMap(({ scope, name }, index) => {
      const compositeOf = ({ scores }: RankedRun) => scores.composites[index] as ScoredComposite;
      const isCorrected = set.some((entry) => isCorrectable(compositeOf(entry)));
      const bases: readonly Basis[] = isCorrected ? ["as_scored", "corrected"] : ["as_scored"];
      return bases.map((basis) => rankSet(set, { scope, name, basis, strata, compositeOf, ...options }));
    });
  });
  return {
    ranks: tables.flatMap(({ ranks }) => ranks),
    comparisons: tables.flatMap(({ comparisons }) => comparisons),
  };
}

/** Covariance of each part of a dataset between all runs of a set; null where groups were not kept. */
function covariancesOf(set: readonly RankedRun[]) {
  if (set.some(({ groups }) => groups === null)) return null;
  const keys = [...new Set(set.flatMap(({ groups }) => [...(groups as GroupValues).keys()]))].sort();
  return new Map(keys.map((key) => [key, stratumCovariance(set.map(({ groups }) => groups?.get(key)))]));
}

const isCorrectable = ({ ratings }: ScoredComposite) => ratings.corrected !== null;

interface SetContext extends RankOptions {
  readonly scope: Row<"ranks">["scope"];
  readonly name: string;
  readonly basis: Basis;
  readonly strata: ReturnType<typeof covariancesOf>;
  readonly compositeOf: (entry: RankedRun) => ScoredComposite;
}

function rankSet(set: readonly RankedRun[], context: SetContext): RankTables {
  const { scope, name, basis, strata, compositeOf, confidence, seed } = context;
  const contenders = set.flatMap((entry): Contender[] => {
    const { estimate, ratings } = compositeOf(entry);
    if (estimate === null) return [];
    if (basis === "as_scored" || ratings.judged === 0)
      return [{ entry, estimate, ownVariance: 0, raterShares: noShares, severity: null }];
    const { corrected, correction, severity } = ratings;
    if (corrected === null || correction === null) return [];
    const ownVariance = correctionVariance(correction, { confidence });
    const { raterShares } = correction;
    return [{ entry, estimate: corrected.estimate, ownVariance, raterShares, severity }];
  });
  const places = contenders.map(({ entry }) => set.indexOf(entry));
  const weights = contenders[0] === undefined ? [] : [...compositeOf(contenders[0].entry).weights];
  const among =
    strata === null
      ? null
      : weights.flatMap(([key, weight]): WeightedCovariance[] => {
          const stratum = strata.get(key);
          return stratum === undefined || weight === 0 ? [] : [{ weight, ...select(stratum, places) }];
        });
  const reason = reasonOf(contenders.length, among !== null);
  const estimates = contenders.map(({ estimate }) => estimate);
  const ownVariance = contenders.map((contender) => contender.ownVariance);
  const drawn =
    reason !== null || among === null
      ? null
      : rankSets(
          contenders.map(({ entry }) => entry.run.run_id),
          estimates,
          withRaters(compositeCovariance(among, ownVariance), contenders, confidence),
          { confidence, seed },
        );
  const label = { scope, name, basis };
  const ranks = set.map((entry) => {
    const index = contenders.findIndex((contender) => contender.entry === entry);
    const own = drawn?.sets[index] as RankSet | undefined;
    return {
      ...runColumnsOf(entry.run),
      ...label,
      estimate: contenders[index]?.estimate ?? null,
      rank: own?.rank ?? null,
      rank_best: own?.best ?? null,
      rank_worst: own?.worst ?? null,
      n_ranked: contenders.length,
      rank_method: drawn === null ? null : (`${drawn.coverage}-rank-sets` as const),
      ...messageColumns("reason", index < 0 ? absence(compositeOf(entry)) : reason),
      identity: entry.scores.overall.identity,
    };
  });
  if (drawn === null || among === null) return { ranks, comparisons: [] };
  return {
    ranks,
    comparisons: comparisonsOf(contenders, among, drawn.better, {
      label,
      estimates,
      ownVariance,
      confidence,
    }),
  };
}

/** A covariance of contenders with what the choice of raters adds: a severe rater lowers all whose answers they rated. */
function withRaters(
  covariance: readonly (readonly number[])[],
  contenders: readonly Contender[],
  confidence: number,
): number[][] {
  const between = (a: Contender, b: Contender | null) =>
    raterContrast(a.severity ?? b?.severity ?? null, a.raterShares, b?.raterShares ?? noShares, {
      confidence,
    });
  const alone = contenders.map((contender) => between(contender, null));
  return covariance.map((row, i) =>
    // The covariance of two sums, from the variances of both and of their difference.
    row.map(
      (value, j) => value + (at(alone, i) + at(alone, j) - between(at(contenders, i), at(contenders, j))) / 2,
    ),
  );
}

function reasonOf(n: number, isPaired: boolean): Message<RankReason> | null {
  if (n < 2) return message("no-comparable-run");
  return isPaired ? null : message("too-many-groups");
}

/** A run without a score, or without ratings to correct it, is not ranked. */
function absence({ estimate }: ScoredComposite): Message<RankReason> {
  return message(estimate === null ? "incomplete-score" : "too-few-rated-answers");
}

/** Each pair once, the higher estimate first. */
function comparisonsOf(
  contenders: readonly Contender[],
  strata: readonly WeightedCovariance[],
  better: readonly (readonly boolean[])[],
  {
    label,
    estimates,
    ownVariance,
    confidence,
  }: {
    readonly label: Row<"comparisons", "scope" | "name" | "basis">;
    readonly estimates: readonly number[];
    readonly ownVariance: readonly number[];
    readonly confidence: number;
  },
): Row<"comparisons">[] {
  const order = contenders
    .map((_, index) => index)
    .sort((a, b) => at(estimates, b) - at(estimates, a) || a - b);
  const ofRaters = (a: Contender, b: Contender) =>
    raterContrast(a.severity ?? b.severity, a.raterShares, b.raterShares, { confidence });
  const pairs = order.flatMap((a, place) =>
    order.slice(place + 1).map((b) => ({
      a,
      b,
      ...compositeDifference(estimates, strata, a, b, {
        confidence,
        ownVariance: ownVariance.with(a, at(ownVariance, a) + ofRaters(at(contenders, a), at(contenders, b))),
      }),
    })),
  );
  const adjusted = adjustPValues(
    pairs.map(({ p }) => p),
    "holm",
  );
  return pairs.map((pair, index) => {
    const { run: first } = at(contenders, pair.a).entry;
    const { run: second, scores } = at(contenders, pair.b).entry;
    return {
      ...runColumnsOf(first),
      other_run_id: second.run_id,
      other_system: second.system,
      ...label,
      difference: pair.difference,
      lower: pair.lower,
      upper: pair.upper,
      standard_error: pair.standardError,
      p: pair.p,
      p_holm: adjusted[index] ?? null,
      is_ordered: better[pair.a]?.[pair.b] ?? false,
      n_shared_groups: pair.nShared,
      n_pairs: pairs.length,
      ...messageColumns("reason", pair.reason),
      identity: scores.overall.identity,
    };
  });
}

function select(
  { covariance, nShared, onlyRight = [] }: StratumCovariance,
  places: readonly number[],
): StratumCovariance {
  const part = (matrix: readonly ArrayLike<number>[]) =>
    places.map((row) => places.map((column) => cell(matrix, row, column)));
  return { covariance: part(covariance), nShared: part(nShared), onlyRight: part(onlyRight) };
}
