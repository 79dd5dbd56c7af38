import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";

interface ConfusionMatrixOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Confusion matrix: the judge's grade down, a physician's across, the number of pairs in each cell. */
export function confusionMatrix(
  rows: readonly ReleasedRow<"judge_grades">[],
  { width, words, label }: ConfusionMatrixOptions,
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
