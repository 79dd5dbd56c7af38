interface Ranked {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface RankRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The ranks that intervals leave open: a system is behind only those whose whole interval lies above its own, and ahead
 * only of those whose whole interval lies below. Cautious for a pair (two 95 % intervals may touch although the
 * difference is clear), not adjusted for the number of pairs.
 *
 * @returns one range per row, null for a row without an interval; such rows take no rank
 */
export function rankRanges(rows: readonly Ranked[]): (RankRange | null)[] {
  const known = rows.filter(hasInterval);
  return rows.map((row) => {
    if (!hasInterval(row)) return null;
    const above = known.filter((other) => other.lower > row.upper).length;
    const below = known.filter((other) => other.upper < row.lower).length;
    return { from: above + 1, to: known.length - below };
  });
}

/** How many rows, the leader included, have an interval that reaches the leader's. */
export function tiedWithLeader(rows: readonly Ranked[]): number {
  const known = rows.filter(hasInterval).sort((a, b) => b.estimate - a.estimate);
  const leader = known[0];
  return leader === undefined ? 0 : known.filter(({ upper }) => upper >= leader.lower).length;
}

function hasInterval<Row extends Ranked>(
  row: Row,
): row is Row & { readonly estimate: number; readonly lower: number; readonly upper: number } {
  return row.estimate !== null && row.lower !== null && row.upper !== null;
}
