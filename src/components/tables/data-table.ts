import { element } from "../dom.js";
import type { Words } from "../words.js";

export interface TableColumn<Row> {
  readonly label: string;
  readonly text: (row: Row) => string | Node;
  /** Given, the column can be sorted; rows whose value is null stay last. */
  readonly sort?: (row: Row) => number | string | null;
  readonly numeric?: boolean;
}

export interface TableOptions {
  readonly caption: string;
  readonly words: Words;
  /** Rows shown before a button asks for all. Default 100. */
  readonly limit?: number;
}

/** A table with a caption, row headers and sortable columns; it scrolls inside its own box on narrow screens. */
export function dataTable<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  { caption, words, limit = 100 }: TableOptions,
): HTMLElement {
  let order = rows;
  let sorted: { column: number; descending: boolean } | null = null;
  let shown = limit;
  const body = element("tbody");
  const headers = columns.map((column, index) => {
    const header = element("th", { scope: "col", class: column.numeric ? "mb-numeric" : null });
    if (column.sort === undefined) header.append(column.label);
    else {
      header.append(
        element(
          "button",
          { type: "button", "aria-label": words.controls.sortBy(column.label), onclick: () => sortBy(index) },
          column.label,
        ),
      );
    }
    return header;
  });
  const more = element("button", { type: "button", class: "mb-more", onclick: showAll });
  const box = element(
    "div",
    { class: "mb-table", role: "region", tabindex: 0, "aria-label": caption },
    element(
      "table",
      {},
      element("caption", {}, element("span", {}, caption)),
      element("thead", {}, element("tr", {}, headers)),
      body,
    ),
  );
  const whole = element("div", {}, box);
  render();
  return whole;

  function sortBy(index: number): void {
    const { sort, numeric = false } = columns[index] as TableColumn<Row>;
    if (sort === undefined) return;
    // Numbers start with the largest, words with the first letter.
    const descending: boolean = sorted?.column === index ? !sorted.descending : numeric;
    sorted = { column: index, descending };
    order = [...rows].sort((a, b) => compare(sort(a), sort(b), descending));
    headers.forEach((header, at) => {
      if (at === index) header.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    });
    render();
  }

  function showAll(): void {
    shown = Number.POSITIVE_INFINITY;
    render();
  }

  function render(): void {
    body.replaceChildren(...order.slice(0, shown).map((row) => tableRow(row, columns)));
    if (order.length === 0)
      body.append(element("tr", {}, element("td", { colspan: columns.length }, words.controls.noRows)));
    if (order.length > shown) {
      more.textContent = words.controls.showAll(order.length);
      whole.append(more);
    } else more.remove();
  }
}

function tableRow<Row>(row: Row, columns: readonly TableColumn<Row>[]): HTMLElement {
  return element(
    "tr",
    {},
    columns.map((column, index) =>
      element(
        index === 0 ? "th" : "td",
        { scope: index === 0 ? "row" : null, class: column.numeric ? "mb-numeric" : null },
        column.text(row),
      ),
    ),
  );
}

function compare(a: number | string | null, b: number | string | null, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === "string" ? a.localeCompare(String(b)) : a - Number(b);
  return descending ? -order : order;
}
