import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatRounded } from "../../lib/util/rounding.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

interface DriftPlotOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

interface DriftDot extends ReleasedRow<"drift"> {
  readonly key: string;
  readonly x: number;
  readonly limit: number;
}

/** Control chart: each change as a dot inside or outside the limits that chance would leave. */
export function driftPlot(
  rows: readonly ReleasedRow<"drift">[],
  { width, words, label }: DriftPlotOptions,
): SVGSVGElement | HTMLElement {
  const name = ({ criterion, period }: ReleasedRow<"drift">) =>
    `${words.judge.criteria[criterion] ?? criterion}, ${period}`;
  const dots = rows.flatMap((row): DriftDot[] =>
    row.change === null || row.control_limit === null
      ? []
      : [
          {
            ...row,
            key: `${row.criterion}/${row.baseline}/${row.period}`,
            x: row.change,
            limit: row.control_limit,
          },
        ],
  );
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(
    new Map(dots.map((dot) => [dot.key, name(dot)])),
    width,
  );
  const chart = Plot.plot({
    width,
    height: dots.length * (stacked ? 40 : 28) + 56,
    marginLeft,
    marginRight: 20,
    marginBottom: 44,
    x: {
      label: `${words.judge.drift.change} →`,
      labelAnchor: "right",
      nice: true,
      ticks: Math.max(4, width / 140),
    },
    y: { domain: dots.map(({ key }) => key), label: null, axis: null, ...insets, padding: 0.3 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.ruleX([0], { strokeOpacity: 0.4 }),
      Plot.ruleY(dots, {
        x1: (d: DriftDot) => -d.limit,
        x2: "limit",
        y: "key",
        stroke: "var(--mb-context)",
        strokeWidth: 8,
        strokeOpacity: 0.3,
        dy,
      }),
      Plot.dot(dots, {
        x: "x",
        y: "key",
        r: 5,
        symbol: (d: DriftDot) => (d.alarm ? "times" : "circle"),
        fill: (d: DriftDot) => (d.alarm ? "none" : "var(--mb-accent)"),
        stroke: (d: DriftDot) => (d.alarm ? "var(--mb-warm)" : "var(--mb-accent)"),
        strokeWidth: 2,
        dy,
        className: "mb-stop",
      }),
      mark,
      Plot.tip(
        dots,
        Plot.pointer({
          x: "x",
          y: "key",
          dy,
          title: (d: DriftDot) =>
            `${name(d)}\n${words.judge.drift.change} ${formatRounded(d.x, 2)}\n${words.judge.drift.limit} ±${formatRounded(d.limit, 2)}`,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
