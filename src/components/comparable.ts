import type { ReleasedRow } from "../lib/records/released-tables.js";
import type { CatalogueDocument } from "./documents.js";
import type { Names } from "./names.js";
import { settingsText } from "./settings.js";
import type { Words } from "./words.js";

interface Identified {
  readonly benchmark: string;
  readonly track: string;
  readonly board: ReleasedRow<"systems">["board"];
  readonly pool: string;
  readonly identity: string;
}

export interface ComparableSet<Row> {
  readonly key: string;
  readonly benchmark: string;
  readonly track: string;
  readonly board: ReleasedRow<"systems">["board"];
  readonly pool: string;
  readonly rows: readonly Row[];
}

/**
 * Splits rows into sets that may share a chart: equal benchmark, track, board, pool and identity. Boards and pools use different
 * items, and an identity changes with metric, judge, gold or settings; scores on two sides of any of these say nothing
 * about each other. Tracks come in the order of the catalogue, larger sets first inside a track.
 */
export function comparableSets<Row extends Identified>(
  rows: readonly Row[],
  { benchmarks }: CatalogueDocument,
): ComparableSet<Row>[] {
  const sets = new Map<string, ComparableSet<Row> & { rows: Row[] }>();
  for (const row of rows) {
    const { benchmark, track, board, pool } = row;
    const key = JSON.stringify([benchmark, track, board, pool, row.identity]);
    const set = sets.get(key);
    if (set) set.rows.push(row);
    else sets.set(key, { key, benchmark, track, board, pool, rows: [row] });
  }
  const places = benchmarks.flatMap(({ id, tracks }) => tracks.map((track) => `${id}/${track.id}`));
  const place = ({ benchmark, track }: ComparableSet<Row>) => {
    const index = places.indexOf(`${benchmark}/${track}`);
    return index < 0 ? places.length : index;
  };
  return [...sets.values()].sort((a, b) => place(a) - place(b) || b.rows.length - a.rows.length);
}

export interface SetLabel {
  /** Benchmark, where there are several, and track. */
  readonly title: string;
  readonly source: string;
  readonly whole: string;
}

/**
 * Names of sets for headings and selectors. Sets of one track, board and pool differ in their identity: they are told
 * apart by the decoding settings of their runs, or by a number where these are equal.
 */
export function setLabels<Row extends { readonly run_id: string }>(
  sets: readonly ComparableSet<Row>[],
  names: Names,
  words: Words,
  systems: readonly ReleasedRow<"systems">[] = [],
): ReadonlyMap<string, SetLabel> {
  const several = new Set(sets.map(({ benchmark }) => benchmark)).size > 1;
  const settings = new Map(systems.map((system) => [system.run_id, settingsText(system, words)]));
  const seen = new Set<string>();
  return new Map(
    sets.map(({ key, benchmark, track, board, pool, rows }) => {
      const title = several ? `${names.benchmark(benchmark)}: ${names.track(track)}` : names.track(track);
      const plain = `${words.common.boards[board]} · ${pool}`;
      const stated = settings.get(rows[0]?.run_id ?? "") ?? "";
      const candidates = [plain, ...(stated === "" ? [] : [`${plain} · ${stated}`])];
      let source = candidates.find((text) => !seen.has(`${title} · ${text}`));
      for (let number = 2; source === undefined; number += 1) {
        const numbered = `${plain} (${number})`;
        if (!seen.has(`${title} · ${numbered}`)) source = numbered;
      }
      const whole = `${title} · ${source}`;
      seen.add(whole);
      return [key, { title, source, whole }];
    }),
  );
}
