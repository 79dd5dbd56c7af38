import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatRounded } from "../../lib/util/rounding.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";

export interface GradesOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Confusion matrix: the judge's grade down, a physician's across, the number of pairs in each cell. */
export function confusionMatrix(
  rows: readonly ReleasedRow<"judge_grades">[],
  { width, words, label }: GradesOptions,
): SVGSVGElement | HTMLElement {
  const values = [...new Set(rows.flatMap((row) => [row.judge_value, row.people_value]))].sort(
    (a, b) => a - b,
  );
  const most = Math.max(...rows.map(({ n_ratings }) => n_ratings), 1);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const size = Math.min(width, 460);
  const text = words.judge.confusion;
  const chart = Plot.plot({
    width: size,
    height: size * 0.86,
    marginLeft: 56,
    marginBottom: 44,
    x: { domain: values, label: `${text.people} →`, labelAnchor: "right", type: "band", padding: 0.04 },
    y: { domain: [...values].reverse(), label: `↑ ${text.judge}`, type: "band", padding: 0.04 },
    color: { range: dark ? ["#17262a", "#8fe3e6"] : ["#f1f6f5", "#07535a"], type: "sqrt", domain: [0, most] },
    marks: [
      Plot.cell(rows, {
        x: "people_value",
        y: "judge_value",
        fill: "n_ratings",
        stroke: (d: ReleasedRow<"judge_grades">) =>
          d.judge_value === d.people_value ? "var(--mb-accent)" : "none",
        strokeWidth: 2,
        className: "mb-stop",
      }),
      Plot.text(rows, {
        x: "people_value",
        y: "judge_value",
        text: (d: ReleasedRow<"judge_grades">) => d.n_ratings.toLocaleString("en"),
        fill: (d: ReleasedRow<"judge_grades">) =>
          Math.sqrt(d.n_ratings / most) > 0.55 ? "var(--theme-background)" : "var(--theme-foreground)",
        fontVariant: "tabular-nums",
      }),
      Plot.tip(
        rows,
        Plot.pointer({
          x: "people_value",
          y: "judge_value",
          title: (d: ReleasedRow<"judge_grades">) =>
            `${text.judge} ${d.judge_value}\n${text.people} ${d.people_value}\n${text.pairs} ${d.n_ratings}`,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

/** Bland-Altman picture of grades on a scale of whole numbers: dots grow with the number of pairs. */
export function blandAltmanPlot(
  rows: readonly ReleasedRow<"judge_grades">[],
  { bias, limit_lower, limit_upper }: Pick<ReleasedRow<"agreement">, "bias" | "limit_lower" | "limit_upper">,
  { width, words, label }: GradesOptions,
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
