import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatScore } from "../figures.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

interface CorrectedPlotOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

interface CorrectedDot extends ReleasedRow<"corrected_scores"> {
  readonly judgeX: number;
  readonly x: number | null;
  readonly x1: number | null;
  readonly x2: number | null;
}

/** What the judge gave and what physicians would have given, one row a system. */
export function correctedPlot(
  rows: readonly ReleasedRow<"corrected_scores">[],
  { width, words, label }: CorrectedPlotOptions,
): SVGSVGElement | HTMLElement {
  const hundred = (value: number | null) => (value === null ? null : value * 100);
  const dots = rows
    .flatMap((row): CorrectedDot[] =>
      row.judge_estimate === null
        ? []
        : [
            {
              ...row,
              judgeX: row.judge_estimate * 100,
              x: hundred(row.estimate),
              x1: hundred(row.lower),
              x2: hundred(row.upper),
            },
          ],
    )
    .sort((a, b) => (b.x ?? b.judgeX) - (a.x ?? a.judgeX));
  const known = dots.filter(({ x }) => x !== null);
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(
    new Map(dots.map(({ run_id, system }) => [run_id, system])),
    width,
  );
  const text = words.judge.corrected;
  const chart = Plot.plot({
    width,
    height: dots.length * (stacked ? 38 : 26) + 56,
    marginLeft,
    marginRight: 20,
    marginBottom: 44,
    x: {
      label: `${words.common.scoreAxis} →`,
      labelAnchor: "right",
      nice: true,
      ticks: Math.max(4, width / 140),
    },
    y: { domain: dots.map(({ run_id }) => run_id), label: null, axis: null, ...insets, padding: 0.2 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.ruleY(known, {
        x1: "x1",
        x2: "x2",
        y: "run_id",
        stroke: "var(--mb-accent)",
        strokeWidth: 2,
        strokeOpacity: 0.55,
        dy,
      }),
      Plot.dot(dots, {
        x: "judgeX",
        y: "run_id",
        r: 4.5,
        fill: "var(--theme-background)",
        stroke: "var(--mb-warm)",
        strokeWidth: 1.5,
        dy,
      }),
      Plot.dot(known, { x: "x", y: "run_id", r: 4.5, fill: "var(--mb-accent)", dy, className: "mb-stop" }),
      mark,
      Plot.tip(
        known,
        Plot.pointer({
          x: "x",
          y: "run_id",
          dy,
          title: (d: CorrectedDot) =>
            [
              d.system,
              `${text.corrected} ${formatScore(d.estimate)} (${words.common.to(formatScore(d.lower), formatScore(d.upper))})`,
              `${text.judge} ${formatScore(d.judge_estimate)}`,
              `${text.rated} ${d.n_rated} / ${d.n_judged}`,
            ].join("\n"),
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
