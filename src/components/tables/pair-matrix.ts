import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatRounded } from "../../lib/util/rounding.js";
import { element } from "../dom.js";
import { formatInterval } from "../figures.js";
import type { Words } from "../words.js";
import { dataTable, type TableColumn } from "./data-table.js";

interface MatrixSystem {
  readonly run_id: string;
  readonly system: string;
}

/** Systems against each other: a row's lead over each column, with a mark where the data order the two. */
export function pairMatrix(
  systems: readonly MatrixSystem[],
  pairs: readonly ReleasedRow<"comparisons">[],
  { caption, words }: { readonly caption: string; readonly words: Words },
): HTMLElement {
  const known = new Map(pairs.map((pair) => [`${pair.run_id}\0${pair.other_run_id}`, pair]));
  const cell = (row: MatrixSystem, column: MatrixSystem): string | Node => {
    const ahead = known.get(`${row.run_id}\0${column.run_id}`);
    const behind = known.get(`${column.run_id}\0${row.run_id}`);
    const pair = ahead ?? behind;
    if (pair === undefined) return "–";
    const lead = points(ahead === undefined ? -pair.difference : pair.difference);
    if (!pair.is_ordered) return element("span", { class: "mb-open" }, lead);
    return element("strong", {}, `${ahead === undefined ? "▼" : "▲"} ${lead}`);
  };
  const columns: TableColumn<MatrixSystem>[] = [
    { label: words.common.system, text: ({ system }) => system },
    ...systems.map((column) => ({
      label: column.system,
      text: (row: MatrixSystem) => cell(row, column),
      numeric: true,
    })),
  ];
  return dataTable(systems, columns, { caption, words });
}

/** The numbers behind the matrix, a row per pair. */
export function pairColumns(words: Words): TableColumn<ReleasedRow<"comparisons">>[] {
  const { pairs } = words.leaderboard;
  return [
    { label: pairs.higher, text: ({ system }) => system, sort: ({ system }) => system },
    {
      label: pairs.lower,
      text: ({ other_system }) => other_system,
      sort: ({ other_system }) => other_system,
    },
    {
      label: pairs.difference,
      text: ({ difference }) => points(difference),
      sort: ({ difference }) => difference,
      numeric: true,
    },
    { label: words.common.interval, text: (pair) => formatInterval(pair, words), numeric: true },
    { label: pairs.pHolm, text: ({ p_holm }) => pValue(p_holm), sort: ({ p_holm }) => p_holm, numeric: true },
    { label: pairs.ordered, text: ({ is_ordered }) => (is_ordered ? pairs.yes : pairs.no) },
    {
      label: pairs.sharedGroups,
      text: ({ n_shared_groups }) => n_shared_groups.toLocaleString("en"),
      sort: ({ n_shared_groups }) => n_shared_groups,
      numeric: true,
    },
  ];
}

/** A difference of scores in points of 100, with its sign. */
function points(difference: number): string {
  const text = formatRounded(Math.abs(difference) * 100, 1);
  return difference < 0 ? `−${text}` : `+${text}`;
}

function pValue(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}
