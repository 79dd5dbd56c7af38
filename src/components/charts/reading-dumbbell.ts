import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatCount, formatPercent } from "../figures.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

export interface ReadingOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** The same responses, read by the source (hollow) and by the workbench (filled); largest change first. */
export function readingDumbbell(
  rows: readonly ReleasedRow<"reading_accuracy">[],
  { width, words, label }: ReadingOptions,
): SVGSVGElement | HTMLElement {
  const change = (row: ReleasedRow<"reading_accuracy">) => Math.abs(row.our_accuracy - row.source_accuracy);
  const points = [...rows]
    .sort((a, b) => change(b) - change(a))
    .map((row) => ({ ...row, x1: row.source_accuracy * 100, x2: row.our_accuracy * 100 }));
  const names = new Map(points.map(({ run_id, system }) => [run_id, system]));
  const keys = [...names.keys()];
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(names, width);
  const chart = Plot.plot({
    width,
    height: keys.length * (stacked ? 40 : 26) + 56,
    marginLeft,
    marginRight: 20,
    marginBottom: 44,
    x: {
      label: `${words.common.scoreAxis} →`,
      labelAnchor: "right",
      nice: true,
      ticks: Math.max(4, Math.round(width / 110)),
    },
    y: { domain: keys, label: null, axis: null, ...insets, padding: 0.2 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.ruleY(points, { x1: "x1", x2: "x2", y: "run_id", stroke: "var(--mb-warm)", strokeWidth: 2, dy }),
      Plot.dot(points, {
        x: "x1",
        y: "run_id",
        r: 4.5,
        fill: "var(--theme-background)",
        stroke: "var(--mb-warm)",
        strokeWidth: 1.6,
        dy,
      }),
      Plot.dot(points, { x: "x2", y: "run_id", r: 4.5, fill: "var(--mb-accent)", dy, className: "mb-stop" }),
      mark,
      Plot.tip(
        points,
        Plot.pointerY({
          x: "x2",
          y: "run_id",
          dy,
          lineHeight: 1.3,
          title: (d: ReleasedRow<"reading_accuracy">) =>
            [
              d.system,
              `${words.quality.sourceReading} ${formatPercent(d.source_accuracy)}`,
              `${words.quality.ourReading} ${formatPercent(d.our_accuracy)}`,
              `${words.quality.differ}${words.language.colon}${formatCount(d.n_differ)} / ${formatCount(d.n_responses)}`,
            ].join("\n"),
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
