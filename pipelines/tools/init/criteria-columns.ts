import { cellOf } from "./cell-numbers.js";
import type { Column } from "./column.js";
import { areScores } from "./content.js";

/** All columns with grades on the scale of the main one, without sums and means. */
export function criteriaColumns(main: Column | undefined, others: readonly Column[]): Column[] {
  const further = others.filter(
    (column) =>
      column.keys.length === 1 &&
      areScores(column) &&
      new Set(column.values).size <= 101 &&
      !/total|overall|sum|mean|average|avg|总|平均|合计|second|minute|token|time|id$|index|year|length/i.test(
        column.name,
      ),
  );
  if (main === undefined) return further;
  const isTotal = /total|overall|sum|mean|average|总|平均|合计/i.test(main.name);
  const range = Math.max(highest(main), 1);
  const alike = further.filter((column) => highest(column) <= range * 1.5);
  return isTotal && alike.length > 0 ? alike : [main, ...alike];
}

/** The highest number of a column. */
function highest({ values }: Column): number {
  let most = 0;
  for (const value of values) {
    const cell = cellOf(value);
    if (cell.kind === "number" && cell.value > most) most = cell.value;
  }
  return most;
}
