import type { Names } from "./names.js";
import type { Words } from "./words.js";

interface Identified {
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly identity: string;
}

export interface ComparableSet<Row> {
  readonly key: string;
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly rows: readonly Row[];
}

/**
 * Splits rows into sets that may share a chart: equal track, board, pool and identity. Boards and pools use different
 * items, and an identity changes with metric, judge, gold or settings; scores on two sides of any of these say nothing
 * about each other. Larger sets come first inside a track, tracks in order of appearance.
 */
export function comparableSets<Row extends Identified>(rows: readonly Row[]): ComparableSet<Row>[] {
  const sets = new Map<string, ComparableSet<Row> & { rows: Row[] }>();
  for (const row of rows) {
    const { track, board, pool } = row;
    const key = JSON.stringify([track, board, pool, row.identity]);
    const set = sets.get(key);
    if (set) set.rows.push(row);
    else sets.set(key, { key, track, board, pool, rows: [row] });
  }
  const tracks = [...new Set(rows.map(({ track }) => track))];
  return [...sets.values()].sort(
    (a, b) => tracks.indexOf(a.track) - tracks.indexOf(b.track) || b.rows.length - a.rows.length,
  );
}

/** Names of sets for headings and selectors; sets that differ in their identity only are numbered. */
export function setLabels<Row>(
  sets: readonly ComparableSet<Row>[],
  names: Names,
  words: Words,
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const { key, track, board, pool } of sets) {
    const label = [names.track(track), words.common.boards[board] ?? board, pool].join(" · ");
    const number = (seen.get(label) ?? 0) + 1;
    seen.set(label, number);
    labels.set(key, number === 1 ? label : `${label} (${number})`);
  }
  return labels;
}
