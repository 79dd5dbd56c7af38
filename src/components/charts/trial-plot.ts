import * as Plot from "@observablehq/plot";
import { formatRounded } from "../../lib/util/rounding.js";
import { formatPercent } from "../figures.js";
import { mainMeasure, mainResults, type Trial, type TrialResult } from "../trial-results.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

export interface TrialPlotOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Filled: the method of the tables. Other methods are drawn hollow, in the order of the trial. */
export const trialSymbols = ["circle", "diamond", "square", "triangle"] as const;

interface Point {
  readonly key: string;
  readonly x: number;
  readonly method: number;
  readonly title: string;
}

/** How often the statements of each method are right, by setting; the wanted range is shaded. */
export function trialPlot(
  trial: Trial,
  { width, words, label }: TrialPlotOptions,
): SVGSVGElement | HTMLElement {
  const language = words.language.code;
  const [, { kind }] = mainMeasure(trial);
  const scale = kind === "mean" ? 1 : 100;
  // Methods of another kind have another axis; the table has them all.
  const methods = methodsOf(trial);
  const points = trial.results.flatMap(({ setting, measure, value, ...rest }): Point[] => {
    const method = methods.indexOf(measure);
    if (setting === null || value === null || method < 0) return [];
    const title = [
      setting[language],
      `${trial.measures[measure]?.label[language]}${words.language.colon}${formatTrialValue(value, kind)}`,
      ...(rest.widthRatio === null
        ? []
        : [`${words.trials.widthRatio}: ${formatRounded(rest.widthRatio, 2)}`]),
    ].join("\n");
    return [{ key: setting.en, x: scale * value, method, title }];
  });
  const main = mainResults(trial);
  const names = new Map(main.map(({ setting }) => [setting?.en ?? "", setting?.[language] ?? ""]));
  const keys = [...names.keys()];
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(names, width, { stackBelow: 640 });
  const band = main.flatMap(({ setting, limit }) => {
    if (setting === null || limit === null) return [];
    return [{ key: setting.en, x1: limit.least, x2: limit.most }];
  });
  const domain = domainOf(points, band, kind);
  const chart = Plot.plot({
    width,
    height: keys.length * (stacked ? 38 : 24) + 58,
    marginLeft,
    marginRight: 22,
    marginBottom: 44,
    x: {
      domain,
      label: `${axisOf(kind, words)} →`,
      labelAnchor: "right",
      ticks: Math.max(4, Math.round(width / 130)),
    },
    y: { type: "band", domain: keys, label: null, axis: null, ...insets, padding: 0.2 },
    marks: [
      Plot.barX(band, {
        x1: ({ x1 }: (typeof band)[number]) => Math.max(domain[0], x1 === undefined ? domain[0] : scale * x1),
        x2: ({ x2 }: (typeof band)[number]) => Math.min(domain[1], x2 === undefined ? domain[1] : scale * x2),
        y: "key",
        dy,
        fill: "var(--mb-band)",
        insetTop: -2,
        insetBottom: -2,
      }),
      Plot.gridX({ strokeOpacity: 0.12 }),
      kind === "coverage" ? Plot.ruleX([95], { stroke: "var(--mb-warm)", strokeDasharray: "3 3" }) : null,
      Plot.dot(
        // The method of the tables lies on top.
        [...points].sort((a, b) => b.method - a.method),
        {
          x: "x",
          y: "key",
          dy,
          r: 4.5,
          symbol: (d: Point) => trialSymbols[d.method % trialSymbols.length] ?? "circle",
          fill: (d: Point) => (d.method === 0 ? "var(--mb-accent)" : "var(--theme-background)"),
          stroke: (d: Point) => (d.method === 0 ? "var(--mb-accent)" : "var(--mb-context)"),
          strokeWidth: 1.6,
          className: "mb-stop",
        },
      ),
      mark,
      Plot.tip(
        points,
        Plot.pointer({ x: "x", y: "key", dy, lineHeight: 1.3, title: "title", maxRadius: 60 }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

/** Measures that share the axis of the main one, main first. */
export function methodsOf(trial: Trial): string[] {
  const [, { kind }] = mainMeasure(trial);
  return Object.entries(trial.measures).flatMap(([name, measure]) => (measure.kind === kind ? [name] : []));
}

/** A coverage or a rate in percent, another number with three digits. */
export function formatTrialValue(value: number | null, kind: "coverage" | "rate" | "mean"): string {
  if (value === null) return "–";
  return kind === "mean" ? formatRounded(value, 3) : formatPercent(value);
}

function axisOf(kind: "coverage" | "rate" | "mean", { trials }: Words): string {
  return { coverage: trials.coverageAxis, rate: trials.rateAxis, mean: trials.meanAxis }[kind];
}

function domainOf(
  points: readonly Point[],
  band: readonly { readonly x1?: number | undefined; readonly x2?: number | undefined }[],
  kind: "coverage" | "rate" | "mean",
): [number, number] {
  const xs = points.map(({ x }) => x);
  const bounds = band.flatMap(({ x1, x2 }) => [x1 ?? [], x2 ?? []].flat());
  if (kind === "coverage") return [Math.min(80, Math.floor(Math.min(...xs) / 10) * 10), 100];
  if (kind === "rate") return [0, Math.min(100, Math.ceil(Math.max(10, ...xs) / 10) * 10)];
  const [low, high] = [Math.min(...xs, ...bounds), Math.max(...xs, ...bounds)];
  const room = 0.08 * (high - low || 1);
  return [low - room, high + room];
}

/** Mean width of the intervals as a multiple of the earlier rule's, by setting. */
export function trialWidthPlot(
  results: readonly TrialResult[],
  { width, words, label }: TrialPlotOptions,
): SVGSVGElement | HTMLElement {
  const language = words.language.code;
  const points = results.flatMap(({ setting, widthRatio }) =>
    setting === null || widthRatio === null
      ? []
      : [{ key: setting.en, name: setting[language], x: widthRatio }],
  );
  const names = new Map(points.map(({ key, name }) => [key, name]));
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(names, width, { stackBelow: 640 });
  const xs = points.map(({ x }) => x);
  const chart = Plot.plot({
    width,
    height: points.length * (stacked ? 38 : 24) + 58,
    marginLeft,
    marginRight: 22,
    marginBottom: 44,
    x: {
      domain: [Math.min(0.9, ...xs.map((x) => x - 0.05)), Math.max(1.1, ...xs.map((x) => x + 0.05))],
      label: `${words.trials.widthAxis} →`,
      labelAnchor: "right",
      ticks: Math.max(4, Math.round(width / 130)),
    },
    y: { type: "band", domain: [...names.keys()], label: null, axis: null, ...insets, padding: 0.2 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.ruleX([1], { stroke: "var(--mb-warm)", strokeDasharray: "3 3" }),
      Plot.ruleY(points, {
        x1: 1,
        x2: "x",
        y: "key",
        stroke: "var(--mb-accent)",
        strokeOpacity: 0.55,
        strokeWidth: 2,
        dy,
      }),
      Plot.dot(points, { x: "x", y: "key", r: 4.5, fill: "var(--mb-accent)", dy, className: "mb-stop" }),
      mark,
      Plot.tip(
        points,
        Plot.pointer({
          x: "x",
          y: "key",
          dy,
          lineHeight: 1.3,
          title: ({ name, x }: (typeof points)[number]) => `${name}\n${formatRounded(x, 2)}`,
          maxRadius: 60,
        }),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}
