import * as Plot from "@observablehq/plot";
import { formatInterval, formatScore } from "../figures.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

/** Another estimate of a row's score, as shares, with what the tip says about it. */
export interface SecondEstimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly description: readonly string[];
}

export interface DotInterval {
  readonly key: string;
  readonly label: string;
  /** Column of the chart, where it has several. */
  readonly panel?: string;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Counts, as the reader should see them: "scored 118 of 120 · 30 groups". */
  readonly counts: string;
  /** Drawn hollow: not ranked, or resting on few items. */
  readonly hollow?: boolean;
  readonly note?: string;
  /** A second estimate of the same score, drawn as a small square below the dot. */
  readonly second?: SecondEstimate;
  /** What stands in place of a missing estimate. Default: no score yet. */
  readonly absent?: string;
}

export interface DotIntervalOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
  readonly panels?: readonly string[];
}

interface Point extends DotInterval {
  readonly x: number;
  readonly x1: number | null;
  readonly x2: number | null;
}

/** Scores as dots on a common line, each with its 95 % interval; rows come in the order given. */
export function dotInterval(
  rows: readonly DotInterval[],
  { width, words, label, panels }: DotIntervalOptions,
): SVGSVGElement | HTMLElement {
  const points: Point[] = rows.flatMap((row) =>
    row.estimate === null
      ? []
      : [{ ...row, x: row.estimate * 100, x1: scaled(row.lower), x2: scaled(row.upper) }],
  );
  const keys = [...new Set(rows.map(({ key }) => key))];
  const labels = new Map(rows.map((row) => [row.key, row.label]));
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(labels, width, {
    fx: panels?.[0],
    stackBelow: panels === undefined ? 520 : 640,
  });
  const domain = scoreDomain(points);
  const panel = panels === undefined ? {} : { fx: (d: Pick<Point, "panel">) => d.panel ?? "" };
  const seconds = points.flatMap(({ key, panel, second }) =>
    second === undefined
      ? []
      : [{ key, panel, x: second.estimate * 100, x1: second.lower * 100, x2: second.upper * 100 }],
  );
  const below = seconds.length > 0 ? 9 : 0;
  const rowHeight = (stacked ? 38 : panels === undefined ? 26 : 30) + below;
  const panelWidth = width / (panels?.length ?? 1);
  const gridTicks = Math.max(4, Math.round(panelWidth / 110));
  // Narrow panels have room for the two ends only.
  const ticks = panelWidth < 190 ? [...domain] : gridTicks;
  // Beside the interval, on the side that has more room.
  const inUpperHalf = ({ x }: Point) => x > (domain[0] + domain[1]) / 2;
  const value = {
    y: "key",
    text: (d: Point) => formatScore(d.x / 100),
    dy,
    fontSize: 11,
    fontVariant: "tabular-nums",
  } as const;
  const chart = Plot.plot({
    width,
    height: keys.length * rowHeight + (panels === undefined ? 60 : 84) + (stacked ? below : 0),
    marginLeft,
    marginRight: panels === undefined ? 44 : 14,
    marginTop: (panels === undefined ? 8 : 34) + (stacked ? below : 0),
    marginBottom: 44,
    x: {
      domain,
      label: `${words.common.scoreAxis} →`,
      labelAnchor: "right",
      ticks,
      nice: false,
      // Room between the last label of one panel and the first of the next.
      ...(panels === undefined ? {} : { insetLeft: 10, insetRight: 10 }),
    },
    y: { domain: keys, label: null, axis: null, ...insets, padding: 0.2 },
    ...(panels === undefined
      ? {}
      : { fx: { domain: [...panels], label: null, axis: "top" as const, padding: stacked ? 0.14 : 0.08 } }),
    marks: [
      Plot.gridX({ ticks: gridTicks, strokeOpacity: 0.12 }),
      Plot.ruleY(
        points.filter(({ x1 }) => x1 !== null),
        {
          ...panel,
          x1: "x1",
          x2: "x2",
          y: "key",
          stroke: "var(--mb-accent)",
          strokeWidth: 2,
          strokeOpacity: 0.55,
          dy,
        },
      ),
      Plot.ruleY(seconds, {
        ...panel,
        x1: "x1",
        x2: "x2",
        y: "key",
        stroke: "var(--mb-warm)",
        strokeWidth: 1.5,
        dy: dy + below,
      }),
      Plot.dot(seconds, {
        ...panel,
        x: "x",
        y: "key",
        r: 3,
        symbol: "square",
        fill: "var(--mb-warm)",
        dy: dy + below,
      }),
      Plot.dot(points, {
        ...panel,
        x: "x",
        y: "key",
        r: 4.5,
        symbol: (d: Point) => (d.hollow ? "diamond" : "circle"),
        fill: (d: Point) => (d.hollow ? "var(--theme-background)" : "var(--mb-accent)"),
        stroke: "var(--mb-accent)",
        strokeWidth: 1.5,
        dy,
        className: "mb-stop",
      }),
      panels === undefined
        ? Plot.text(points, {
            y: "key",
            text: (d: Point) => formatScore(d.x / 100),
            frameAnchor: "right",
            textAnchor: "start",
            dx: 8,
            dy,
            fontWeight: 600,
            fontVariant: "tabular-nums",
          })
        : [
            Plot.text(points.filter(inUpperHalf), {
              ...panel,
              ...value,
              x: (d: Point) => d.x1 ?? d.x,
              textAnchor: "end",
              dx: -7,
            }),
            Plot.text(
              points.filter((point) => !inUpperHalf(point)),
              { ...panel, ...value, x: (d: Point) => d.x2 ?? d.x, textAnchor: "start", dx: 7 },
            ),
          ],
      mark,
      Plot.text(
        rows.filter(({ estimate }) => estimate === null),
        {
          ...(panels === undefined ? {} : { fx: (row: DotInterval) => row.panel ?? "" }),
          y: "key",
          text: (row: DotInterval) => row.absent ?? words.common.undefinedScore,
          frameAnchor: "left",
          textAnchor: "start",
          dx: 6,
          dy,
          fill: "var(--theme-foreground-muted)",
        },
      ),
      Plot.tip(
        points,
        Plot.pointer({
          ...panel,
          x: "x",
          y: "key",
          dy,
          lineHeight: 1.3,
          title: (d: Point) => describe(d, words),
          maxRadius: 60,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

const scaled = (value: number | null | undefined) =>
  value === null || value === undefined ? null : value * 100;

function describe(point: Point, words: Words): string {
  return [
    point.label,
    ...(point.panel === undefined ? [] : [point.panel]),
    `${words.common.score} ${formatScore(point.estimate)}`,
    ...(point.lower === null ? [] : [`${words.common.interval} ${formatInterval(point, words)}`]),
    point.counts,
    ...(point.second?.description ?? []),
    ...(point.note === undefined ? [] : [point.note]),
  ].join("\n");
}

/** From the lowest to the highest end of an interval, out to whole tens; dots need no zero. */
function scoreDomain(points: readonly Point[]): [number, number] {
  if (points.length === 0) return [0, 100];
  const low = Math.min(...points.map(({ x, x1, second }) => Math.min(x1 ?? x, scaled(second?.lower) ?? x)));
  const high = Math.max(...points.map(({ x, x2, second }) => Math.max(x2 ?? x, scaled(second?.upper) ?? x)));
  return [Math.max(0, Math.floor((low - 1) / 10) * 10), Math.min(100, Math.ceil((high + 1) / 10) * 10)];
}
