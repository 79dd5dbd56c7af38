import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatKappa } from "../judge-headline.js";
import type { Names } from "../names.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

export interface ValidityMapOptions {
  readonly width: number;
  readonly words: Words;
  readonly names: Names;
  readonly label: string;
}

interface Cell extends ReleasedRow<"validity"> {
  readonly x: number;
  readonly x1: number | null;
  readonly x2: number | null;
}

/** The kappa that decides a slice's status: its own, or the pooled one where it borrows. */
export function shownKappa(
  row: ReleasedRow<"validity">,
): readonly [number | null, number | null, number | null] {
  return row.status === "borrowed"
    ? [row.pooled, row.pooled_lower, row.pooled_upper]
    : [row.kappa, row.kappa_lower, row.kappa_upper];
}

/** Where the judge may stand in for people, one row a specialty, worst first; status by shape, not by color alone. */
export function validityMapChart(
  rows: readonly ReleasedRow<"validity">[],
  { width, words, names, label }: ValidityMapOptions,
): SVGSVGElement | HTMLElement {
  const cells = rows
    .flatMap((row): Cell[] => {
      const [x, x1, x2] = shownKappa(row);
      return x === null ? [] : [{ ...row, x, x1, x2 }];
    })
    .sort((a, b) => a.x - b.x);
  const text = words.judge.validity;
  const title = ({ slice, n_groups }: ReleasedRow<"validity">) =>
    `${slice === "" ? words.specialties.noSpecialty : names.specialty(slice)} (${n_groups})`;
  const labels = new Map(cells.map((cell) => [cell.slice, title(cell)]));
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(labels, width);
  const target = rows[0]?.target ?? 0.8;
  const color = ({ status }: ReleasedRow<"validity">) =>
    status === "not validated" ? "var(--mb-warm)" : "var(--mb-accent)";
  const chart = Plot.plot({
    width,
    height: cells.length * (stacked ? 38 : 24) + 64,
    marginLeft,
    marginRight: 44,
    marginTop: 22,
    marginBottom: 44,
    x: {
      domain: [Math.min(0, ...cells.map(({ x, x1 }) => x1 ?? x)), 1],
      label: `${text.kappa} →`,
      labelAnchor: "right",
      ticks: Math.max(4, Math.round(width / 140)),
    },
    y: { domain: cells.map(({ slice }) => slice), label: null, axis: null, ...insets, padding: 0.2 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.ruleX([target], { stroke: "var(--mb-context)", strokeDasharray: "4 3" }),
      Plot.text([target], {
        x: (value: number) => value,
        text: (value: number) => text.target(formatKappa(value)),
        frameAnchor: "top",
        dy: -12,
        fill: "var(--theme-foreground-muted)",
      }),
      Plot.ruleY(
        cells.filter(({ x1, x2 }) => x1 !== null && x2 !== null),
        { x1: "x1", x2: "x2", y: "slice", stroke: color, strokeWidth: 2, strokeOpacity: 0.55, dy },
      ),
      Plot.dot(cells, {
        x: "x",
        y: "slice",
        r: 4.5,
        symbol: (d: Cell) => (d.status === "not validated" ? "times" : "circle"),
        fill: (d: Cell) => (d.status === "validated" ? "var(--mb-accent)" : "var(--theme-background)"),
        stroke: color,
        strokeWidth: 2,
        dy,
        className: "mb-stop",
      }),
      Plot.text(cells, {
        y: "slice",
        text: (d: Cell) => formatKappa(d.x),
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        dy,
        fontVariant: "tabular-nums",
      }),
      mark,
      Plot.tip(
        cells,
        Plot.pointer({
          x: "x",
          y: "slice",
          dy,
          maxRadius: 60,
          title: (d: Cell) =>
            [
              title(d),
              text.statuses[d.status],
              `${text.own} ${formatKappa(d.kappa)}`,
              `${text.pooled} ${formatKappa(d.pooled)}`,
              `${text.action}${words.language.colon}${text.actions[d.action]}`,
            ].join("\n"),
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
