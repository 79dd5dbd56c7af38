import { displayWidth, longestPart } from "./display-width.js";

/** A column as the layout sees it. */
export interface ColumnSize {
  readonly title: string;
  /** Width of its widest cell. */
  readonly cells: number;
  /** Numbers are never shortened or broken. */
  readonly isWhole: boolean;
}

/** Narrowest that a column of text may get. */
const leastText = 10;

/** Borders and margins of a table of n columns. */
const frame = (n: number) => 3 * n + 1;

/**
 * Widths of the columns that fit into `width`, from the left; the others have none. Titles are broken first, then the widest
 * texts are narrowed, to the same width; the last columns are left out if that is not enough.
 */
export function columnWidths(columns: readonly ColumnSize[], width: number): number[] {
  for (let n = columns.length; n > 1; n -= 1) {
    const widths = fitted(columns.slice(0, n), width - frame(n));
    if (widths !== null) return widths;
  }
  const [first] = columns;
  if (first === undefined) return [];
  const natural = Math.max(first.cells, displayWidth(first.title));
  return [Math.max(first.isWhole ? first.cells : 1, Math.min(natural, width - frame(1)))];
}

function fitted(columns: readonly ColumnSize[], space: number): number[] | null {
  const natural = columns.map(({ title, cells }) => Math.max(cells, displayWidth(title)));
  if (sum(natural) <= space) return natural;
  const withBrokenTitles = columns.map(({ title, cells }) => Math.max(cells, longestPart(title)));
  if (sum(withBrokenTitles) <= space) return widened(withBrokenTitles, natural, space);
  const isText = columns.map(({ isWhole }) => !isWhole);
  const capped = (cap: number) =>
    withBrokenTitles.map((each, index) => (isText[index] ? Math.min(each, cap) : each));
  if (sum(capped(leastText)) > space) return null;
  let cap = leastText;
  while (sum(capped(cap + 1)) <= space) cap += 1;
  return widened(capped(cap), withBrokenTitles, space);
}

/** Gives what is left of the space to the columns from the left, up to the widths that they want. */
function widened(widths: readonly number[], wanted: readonly number[], space: number): number[] {
  let left = space - sum(widths);
  return widths.map((width, index) => {
    const more = Math.min(left, (wanted[index] ?? width) - width);
    left -= more;
    return width + more;
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
