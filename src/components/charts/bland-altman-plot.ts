import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatRounded } from "../../lib/util/rounding.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";

interface BlandAltmanOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Bland-Altman picture of grades on a scale of whole numbers: dots grow with the number of pairs. */
export function blandAltmanPlot(
  rows: readonly ReleasedRow<"judge_grades">[],
  { bias, limit_lower, limit_upper }: Pick<ReleasedRow<"agreement">, "bias" | "limit_lower" | "limit_upper">,
  { width, words, label }: BlandAltmanOptions,
): SVGSVGElement | HTMLElement {
  const merged = new Map<string, { mean: number; difference: number; n: number }>();
  for (const { judge_value, people_value, n_ratings } of rows) {
    const mean = (judge_value + people_value) / 2;
    const difference = judge_value - people_value;
    const dot = merged.get(`${mean}/${difference}`) ?? { mean, difference, n: 0 };
    dot.n += n_ratings;
    merged.set(`${mean}/${difference}`, dot);
  }
  const dots = [...merged.values()];
  const text = words.judge.blandAltman;
  const lines = [limit_lower, limit_upper].filter((value) => value !== null);
  const note = (value: number) => (value > 0 ? "+" : "") + formatRounded(value, 2);
  const chart = Plot.plot({
    width: Math.min(width, 620),
    height: 320,
    marginLeft: 46,
    marginRight: 48,
    marginBottom: 44,
    x: { label: `${text.mean} →`, labelAnchor: "right", ticks: 5, inset: 18 },
    y: { label: `↑ ${text.difference}`, inset: 16, ticks: 7 },
    r: { range: [0, 20] },
    marks: [
      Plot.ruleY([0], { strokeOpacity: 0.2 }),
      Plot.dot(dots, {
        x: "mean",
        y: "difference",
        r: "n",
        fill: "var(--mb-accent)",
        fillOpacity: 0.35,
        stroke: "var(--mb-accent)",
        className: "mb-stop",
      }),
      Plot.ruleY(lines, { stroke: "var(--mb-warm)", strokeDasharray: "5 4", strokeWidth: 1.5 }),
      Plot.ruleY(bias === null ? [] : [bias], { stroke: "var(--mb-warm)", strokeWidth: 2 }),
      Plot.text([...lines, ...(bias === null ? [] : [bias])], {
        y: (value: number) => value,
        text: note,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 6,
        fill: "var(--mb-warm)",
      }),
      Plot.tip(
        dots,
        Plot.pointer({
          x: "mean",
          y: "difference",
          title: (d: (typeof dots)[number]) =>
            `${text.mean} ${d.mean}\n${text.difference} ${note(d.difference)}\n${words.judge.confusion.pairs} ${d.n}`,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
