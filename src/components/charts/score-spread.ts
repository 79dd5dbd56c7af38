import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatCount } from "../figures.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";

export interface ScoreSpreadOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Groups of one run by score: a bar for each ten points with its count. */
export function scoreHistogram(
  rows: readonly ReleasedRow<"score_distributions">[],
  { width, words, label }: ScoreSpreadOptions,
): SVGSVGElement | HTMLElement {
  const bins = tenPointBins(rows);
  const middle = ({ x1, x2 }: Bin) => (x1 + x2) / 2;
  const chart = Plot.plot({
    width,
    height: 280,
    marginTop: 32,
    marginLeft: 52,
    marginRight: 16,
    marginBottom: 44,
    x: { domain: [0, 100], label: `${words.distributions.axisGroupScore} →`, labelAnchor: "right", ticks: 6 },
    y: { label: `↑ ${words.distributions.axisGroups}`, ticks: 5, tickFormat: ",d", nice: true },
    marks: [
      Plot.gridY({ strokeOpacity: 0.12 }),
      Plot.rectY(bins, {
        x1: "x1",
        x2: "x2",
        y: "n",
        inset: 1,
        fill: "var(--mb-accent)",
        fillOpacity: 0.85,
        className: "mb-stop",
      }),
      Plot.text(
        bins.filter(({ n }) => n > 0),
        { x: middle, y: "n", text: (d: Bin) => formatCount(d.n), dy: -8, fontWeight: 600 },
      ),
      Plot.ruleY([0]),
      Plot.tip(
        bins,
        Plot.pointerX({
          x: middle,
          y: "n",
          lineHeight: 1.3,
          title: (d: Bin) => `${words.common.to(String(d.x1), String(d.x2))}\n${words.common.groupsIn(d.n)}`,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

export interface Bin {
  /** Scores from x1 up to but without x2, 0 to 100; the last bin takes 100 too. */
  readonly x1: number;
  readonly x2: number;
  readonly n: number;
}

export function tenPointBins(rows: readonly ReleasedRow<"score_distributions">[]): Bin[] {
  const counts = new Array<number>(10).fill(0);
  for (const { group_score, n_groups } of rows) {
    // Scores come with four decimals; whole steps keep 0.7, which times ten is 7.000000000000001, where it belongs.
    const index = Math.min(9, Math.floor(Math.round(group_score * 1e4) / 1000));
    counts[index] = (counts[index] ?? 0) + n_groups;
  }
  return counts.map((n, index) => ({ x1: index * 10, x2: index * 10 + 10, n }));
}

/** Share of groups at or below each score; the chosen run in color, the others in gray. */
export function scoreEcdf(
  rows: readonly ReleasedRow<"score_distributions">[],
  chosen: string,
  { width, words, label }: ScoreSpreadOptions,
): SVGSVGElement | HTMLElement {
  const curves = cumulative(rows);
  const mine = curves.filter(({ run_id }) => run_id === chosen);
  const others = curves.filter(({ run_id }) => run_id !== chosen);
  const step = { x: "x", y: "share", curve: "step-after" } as const;
  const chart = Plot.plot({
    width,
    height: 280,
    marginTop: 32,
    marginLeft: 44,
    marginRight: 16,
    marginBottom: 44,
    x: { domain: [0, 100], label: `${words.distributions.axisGroupScore} →`, labelAnchor: "right", ticks: 6 },
    y: { domain: [0, 100], label: `↑ ${words.distributions.axisShare}`, ticks: 5 },
    marks: [
      Plot.gridY({ strokeOpacity: 0.12 }),
      Plot.line(others, {
        ...step,
        z: "run_id",
        stroke: "var(--mb-context)",
        strokeOpacity: 0.6,
        strokeWidth: 1.2,
      }),
      Plot.line(mine, { ...step, stroke: "var(--mb-accent)", strokeWidth: 3 }),
      Plot.dot(mine, { x: "x", y: "share", r: 3, fill: "var(--mb-accent)", className: "mb-stop" }),
      Plot.tip(
        curves,
        Plot.pointer({
          x: "x",
          y: "share",
          lineHeight: 1.3,
          title: (d: CumulativePoint) =>
            `${d.system}\n≤ ${d.x.toFixed(1)}: ${d.share.toFixed(1)} % (n = ${d.n})`,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

export interface CumulativePoint {
  readonly run_id: string;
  readonly system: string;
  /** Score, 0 to 100. */
  readonly x: number;
  /** Percent of the run's groups at or below x. */
  readonly share: number;
  /** Groups of the run. */
  readonly n: number;
}

/** Step points of each run's empirical distribution, from score 0 to score 100. */
export function cumulative(rows: readonly ReleasedRow<"score_distributions">[]): CumulativePoint[] {
  const byRun = new Map<string, ReleasedRow<"score_distributions">[]>();
  for (const row of rows) byRun.set(row.run_id, [...(byRun.get(row.run_id) ?? []), row]);
  return [...byRun].flatMap(([run_id, own]) => {
    const n = own.reduce((sum, { n_groups }) => sum + n_groups, 0);
    const system = own[0]?.system ?? run_id;
    const sorted = [...own].sort((a, b) => a.group_score - b.group_score);
    let below = 0;
    const points = sorted.map(({ group_score, n_groups }) => {
      below += n_groups;
      return { run_id, system, x: group_score * 100, share: (below / n) * 100, n };
    });
    const start = sorted[0]?.group_score === 0 ? [] : [{ run_id, system, x: 0, share: 0, n }];
    const end = sorted.at(-1)?.group_score === 1 ? [] : [{ run_id, system, x: 100, share: 100, n }];
    return [...start, ...points, ...end];
  });
}
