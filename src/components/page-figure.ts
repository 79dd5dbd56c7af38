import { element } from "./dom.js";
import type { Names } from "./names.js";
import type { TableColumn } from "./tables/data-table.js";
import { tableTwin } from "./tables/table-twin.js";
import type { Words } from "./words.js";

/** What a page hands to the functions that make its parts. */
export interface PageContext {
  readonly words: Words;
  readonly names: Names;
  /** Framework's `resize`, which draws anew when the width of the page changes. */
  readonly resize: (draw: (width: number) => Element) => Element;
}

export interface PageFigure<Row> {
  readonly title?: string;
  readonly caption: string;
  /** Between caption and chart. */
  readonly above?: readonly (Element | null)[];
  readonly chart: Element;
  /** Between chart and table. */
  readonly below?: readonly (Element | null)[];
  /** The same numbers as a table. */
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  /** Default: the caption of the figure. */
  readonly tableCaption?: string;
}

/** A chart with its caption, its notes and its table. */
export function pageFigure<Row>(
  { title, caption, above = [], chart, below = [], rows, columns, tableCaption = caption }: PageFigure<Row>,
  words: Words,
): HTMLElement {
  return element(
    "figure",
    { class: "mb-figure" },
    title === undefined ? null : element("h3", {}, title),
    element("figcaption", {}, caption),
    ...above,
    chart,
    ...below,
    tableTwin(rows, columns, { caption: tableCaption, words }),
  );
}

export const aside = (text: string) => element("p", { class: "mb-aside" }, text);
