import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatInterval, formatScore } from "../figures.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

export interface GroupDotsOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Every system on one dataset: dots sized by the number of groups, the mean as a tick with its interval. */
export function groupDots(
  rows: readonly ReleasedRow<"score_distributions">[],
  tasks: readonly ReleasedRow<"task_scores">[],
  { width, words, label }: GroupDotsOptions,
): SVGSVGElement | HTMLElement {
  const means = tasks
    .flatMap((task) =>
      task.estimate === null
        ? []
        : [
            {
              ...task,
              x: task.estimate * 100,
              x1: (task.lower ?? task.estimate) * 100,
              x2: (task.upper ?? task.estimate) * 100,
            },
          ],
    )
    .sort((a, b) => b.x - a.x);
  const keys = means.map(({ run_id }) => run_id);
  const names = new Map(means.map(({ run_id, system }) => [run_id, system]));
  const dots = rows
    .filter(({ run_id }) => names.has(run_id))
    .map((row) => ({ ...row, x: row.group_score * 100 }));
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(names, width);
  const largest = stacked ? 10 : 12;
  const chart = Plot.plot({
    width,
    height: keys.length * (stacked ? 46 : 34) + 56,
    marginLeft,
    marginRight: 20,
    marginBottom: 44,
    x: {
      domain: [0, 100],
      // Half of the dots at 0 would lie under the names.
      inset: largest + 1,
      label: `${words.distributions.axisGroupScore} →`,
      labelAnchor: "right",
      ticks: Math.max(5, Math.round(width / 110)),
    },
    y: { domain: keys, label: null, axis: null, ...insets, padding: 0.15 },
    r: { range: [0, largest] },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.dot(dots, {
        x: "x",
        y: "run_id",
        r: "n_groups",
        fill: "var(--mb-accent)",
        fillOpacity: 0.28,
        stroke: "var(--mb-accent)",
        strokeOpacity: 0.6,
        dy,
        className: "mb-stop",
      }),
      Plot.ruleY(means, {
        x1: "x1",
        x2: "x2",
        y: "run_id",
        stroke: "var(--mb-warm)",
        strokeWidth: 2.5,
        dy,
      }),
      Plot.dot(means, {
        x: "x",
        y: "run_id",
        symbol: "diamond2",
        r: 4.5,
        fill: "var(--mb-warm)",
        stroke: "var(--theme-background)",
        dy,
      }),
      mark,
      Plot.tip(
        dots,
        Plot.pointer({
          x: "x",
          y: "run_id",
          dy,
          lineHeight: 1.3,
          title: (d: (typeof dots)[number]) =>
            [
              d.system,
              `${formatScore(d.group_score)}${words.language.colon}${words.common.groupsIn(d.n_groups)}`,
              ...means.filter(({ run_id }) => run_id === d.run_id).map((mean) => meanLine(mean, words)),
            ].join("\n"),
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

function meanLine(task: ReleasedRow<"task_scores">, words: Words): string {
  const { common, distributions } = words;
  return `${distributions.mean} ${formatScore(task.estimate)} (${formatInterval(task, words)}), ${common.groupsIn(task.n_groups)}`;
}
