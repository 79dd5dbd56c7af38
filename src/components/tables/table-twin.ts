import { element } from "../dom.js";
import { dataTable, type TableColumn, type TableOptions } from "./data-table.js";

/** The values of a chart as a table, folded away under it: the same rows, for those who read or copy numbers. */
export function tableTwin<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  options: TableOptions,
): HTMLElement {
  return element(
    "details",
    { class: "mb-twin" },
    element("summary", {}, options.words.controls.tableOf(rows.length)),
    dataTable(rows, columns, options),
  );
}
