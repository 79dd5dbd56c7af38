import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import type { Names } from "../names.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { hatchFill } from "./hatch.js";
import { fitLabel, labelWidth } from "./label-width.js";

export interface CoverageOptions {
  readonly width: number;
  readonly words: Words;
  readonly names: Names;
  readonly label: string;
}

/** Items per specialty, most first; bars below 30 items are hatched, as are the cells computed from them. */
export function coverageBars(
  rows: readonly ReleasedRow<"specialty_coverage">[],
  { width, words, names, label }: CoverageOptions,
): SVGSVGElement | HTMLElement {
  const bars = rows
    .filter(({ specialty, n_items }) => specialty !== "" && n_items > 0)
    .sort((a, b) => b.n_items - a.n_items);
  const hatch = hatchFill();
  const margin = Math.min(
    width < 520 ? 150 : 290,
    Math.max(80, ...bars.map(({ specialty }) => labelWidth(names.specialty(specialty)))) + 14,
  );
  const chart = Plot.plot({
    width,
    height: bars.length * 22 + 60,
    marginLeft: margin,
    marginRight: 40,
    marginBottom: 44,
    x: {
      label: `${words.specialties.itemsAxis} →`,
      labelAnchor: "right",
      ticks: Math.max(3, Math.round(width / 120)),
      nice: true,
    },
    y: {
      domain: bars.map(({ specialty }) => specialty),
      label: null,
      tickSize: 0,
      tickFormat: (code: string) => fitLabel(names.specialty(code), margin - 12),
    },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.barX(bars, {
        x: "n_items",
        y: "specialty",
        fill: (d: ReleasedRow<"specialty_coverage">) => (d.n_items < 30 ? hatch.fill : "var(--mb-accent)"),
        stroke: "var(--mb-accent)",
        className: "mb-stop",
        rx: 2,
      }),
      Plot.text(bars, {
        x: "n_items",
        y: "specialty",
        text: (d: ReleasedRow<"specialty_coverage">) => d.n_items.toLocaleString("en"),
        textAnchor: "start",
        dx: 5,
      }),
      Plot.ruleX([30], { stroke: "var(--mb-warm)", strokeDasharray: "3 3" }),
      Plot.tip(
        bars,
        Plot.pointerY({
          x: "n_items",
          y: "specialty",
          lineHeight: 1.3,
          title: (d: ReleasedRow<"specialty_coverage">) =>
            [
              names.specialty(d.specialty),
              `${words.common.itemsIn(d.n_items)}, ${words.common.groupsIn(d.n_groups)}`,
              `${words.specialties.datasets}${words.language.colon}${d.n_datasets}`,
              ...(d.n_items < 30 ? [words.specialties.thin] : []),
            ].join("\n"),
        }),
      ),
    ],
  });
  hatch.addTo(chart);
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
