import { correctionVariance, raterContrast } from "../../../src/lib/calibration/judge-error.js";
import type { RaterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import type { Message, RankReason } from "../../../src/lib/messages/codes.js";
import { message, messageColumns } from "../../../src/lib/messages/message.js";
import {
  type StratumCovariance,
  stratumCovariance,
  type WeightedCovariance,
} from "../../../src/lib/ranking/composite-covariance.js";
import { compositeRankSets, type RankedPair } from "../../../src/lib/ranking/composite-ranks.js";
import type { RankSet } from "../../../src/lib/ranking/rank-sets.js";
import type { Row } from "../../../src/lib/records/tables.js";
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
  const { scope, name, basis, strata, compositeOf, confidence } = context;
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
  // A severe rater lowers all whose answers they rated, so only unequal shares of the raters count in a difference.
  const raterVariance = (a: Contender, b: Contender) =>
    raterContrast(a.severity ?? b.severity, a.raterShares, b.raterShares, { confidence });
  const drawn =
    reason !== null || among === null
      ? null
      : compositeRankSets(
          contenders.map(({ entry }) => entry.run.run_id),
          estimates,
          among,
          {
            confidence,
            ownVariance,
            pairVariance: (a, b) => raterVariance(at(contenders, a), at(contenders, b)),
          },
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
  return { ranks, comparisons: drawn === null ? [] : comparisonsOf(contenders, drawn.pairs, label) };
}

function reasonOf(n: number, isPaired: boolean): Message<RankReason> | null {
  if (n < 2) return message("no-comparable-run");
  return isPaired ? null : message("too-many-groups");
}

/** A run without a score, or without ratings to correct it, is not ranked. */
function absence({ estimate }: ScoredComposite): Message<RankReason> {
  return message(estimate === null ? "incomplete-score" : "too-few-rated-answers");
}

function comparisonsOf(
  contenders: readonly Contender[],
  pairs: readonly RankedPair[],
  label: Row<"comparisons", "scope" | "name" | "basis">,
): Row<"comparisons">[] {
  return pairs.map((pair) => {
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
      p_holm: pair.pHolm,
      is_ordered: pair.isOrdered,
      n_shared_groups: pair.nShared,
      n_pairs: pairs.length,
      ...messageColumns("reason", pair.reason),
      identity: scores.overall.identity,
    };
  });
}

function select(
  { covariance, nShared, onlyRight = [], degreesOfFreedom }: StratumCovariance,
  places: readonly number[],
): StratumCovariance {
  const part = (matrix: readonly ArrayLike<number>[]) =>
    places.map((row) => places.map((column) => cell(matrix, row, column)));
  return {
    ...{ covariance: part(covariance), nShared: part(nShared), onlyRight: part(onlyRight) },
    ...(degreesOfFreedom === undefined
      ? {}
      : { degreesOfFreedom: places.map((place) => at(degreesOfFreedom, place)) }),
  };
}
