import type { ReleasedRow } from "../lib/records/released-tables.js";

/** Which composite is ranked: overall, or a dimension. */
export interface RankedFigure {
  readonly dimension?: string;
}

/** The ranks that the data leave open. */
export interface RankRange {
  readonly from: number;
  readonly to: number;
}

/** Rank sets of the scores as they stand, by run; runs without a rank are not in it. */
export function rankRanges(
  ranks: readonly ReleasedRow<"ranks">[],
  { dimension }: RankedFigure = {},
): ReadonlyMap<string, RankRange> {
  return new Map(
    ranks
      .filter((row) => isOf(row, dimension))
      .flatMap(({ run_id, rank_best, rank_worst }) =>
        rank_best === null || rank_worst === null
          ? []
          : [[run_id, { from: rank_best, to: rank_worst }] as const],
      ),
  );
}

/** How many of the runs may be first. */
export function firstPlaces(ranges: ReadonlyMap<string, RankRange>, runs: readonly string[]): number {
  return runs.filter((run) => ranges.get(run)?.from === 1).length;
}

/** Comparisons of the scores as they stand, between runs of a list. */
export function pairsAmong(
  comparisons: readonly ReleasedRow<"comparisons">[],
  runs: readonly string[],
  { dimension }: RankedFigure = {},
): ReleasedRow<"comparisons">[] {
  const among = new Set(runs);
  return comparisons.filter(
    (row) => isOf(row, dimension) && among.has(row.run_id) && among.has(row.other_run_id),
  );
}

function isOf(
  { scope, name, basis }: Pick<ReleasedRow<"ranks">, "scope" | "name" | "basis">,
  dimension?: string,
): boolean {
  return (
    basis === "as_scored" &&
    (dimension === undefined ? scope === "overall" : scope === "dimension" && name === dimension)
  );
}
