import type { Names } from "./names.js";
import type { Words } from "./words.js";

interface Identified {
  readonly benchmark: string;
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly identity: string;
}

export interface ComparableSet<Row> {
  readonly key: string;
  readonly benchmark: string;
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly rows: readonly Row[];
}

/**
 * Splits rows into sets that may share a chart: equal benchmark, track, board, pool and identity. Boards and pools use different
 * items, and an identity changes with metric, judge, gold or settings; scores on two sides of any of these say nothing
 * about each other. Larger sets come first inside a track, tracks in order of appearance.
 */
export function comparableSets<Row extends Identified>(rows: readonly Row[]): ComparableSet<Row>[] {
  const sets = new Map<string, ComparableSet<Row> & { rows: Row[] }>();
  for (const row of rows) {
    const { benchmark, track, board, pool } = row;
    const key = JSON.stringify([benchmark, track, board, pool, row.identity]);
    const set = sets.get(key);
    if (set) set.rows.push(row);
    else sets.set(key, { key, benchmark, track, board, pool, rows: [row] });
  }
  const place = ({ benchmark, track }: Identified | ComparableSet<Row>) => `${benchmark}/${track}`;
  const places = [...new Set(rows.map(place))];
  return [...sets.values()].sort(
    (a, b) => places.indexOf(place(a)) - places.indexOf(place(b)) || b.rows.length - a.rows.length,
  );
}

export interface SetLabel {
  /** Benchmark, where there are several, and track. */
  readonly title: string;
  readonly source: string;
  readonly whole: string;
}

/** Names of sets for headings and selectors; sets that differ in their identity only are numbered. */
export function setLabels<Row>(
  sets: readonly ComparableSet<Row>[],
  names: Names,
  words: Words,
): ReadonlyMap<string, SetLabel> {
  const several = new Set(sets.map(({ benchmark }) => benchmark)).size > 1;
  const seen = new Map<string, number>();
  return new Map(
    sets.map(({ key, benchmark, track, board, pool }) => {
      const title = several ? `${names.benchmark(benchmark)}: ${names.track(track)}` : names.track(track);
      const plain = `${words.common.boards[board] ?? board} · ${pool}`;
      const number = (seen.get(`${title} ${plain}`) ?? 0) + 1;
      seen.set(`${title} ${plain}`, number);
      const source = number === 1 ? plain : `${plain} (${number})`;
      return [key, { title, source, whole: `${title} · ${source}` }];
    }),
  );
}
