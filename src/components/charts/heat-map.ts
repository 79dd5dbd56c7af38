import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatInterval, formatScore } from "../figures.js";
import { isWithheld, withheldMark } from "../gates.js";
import type { Names } from "../names.js";
import { pooledLines } from "../pooled.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { hatchFill } from "./hatch.js";
import { fitLabel, labelWidth } from "./label-width.js";

export interface HeatMapOptions {
  readonly width: number;
  readonly words: Words;
  readonly names: Names;
  readonly label: string;
  /** Runs from left to right. */
  readonly runs: readonly string[];
}

/** Specialties down, systems across; n and interval in the tip, cells with few items hatched. */
export function specialtyHeatMap(
  rows: readonly ReleasedRow<"specialty_scores">[],
  { width, words, names, label, runs }: HeatMapOptions,
): SVGSVGElement | HTMLElement {
  const cells = rows.flatMap((row) => (row.estimate === null ? [] : [{ ...row, score: row.estimate * 100 }]));
  const withheld = rows.filter(isWithheld);
  const sizes = new Map(rows.map(({ specialty, n_items }) => [specialty, n_items]));
  const order = [...sizes.keys()].sort((a, b) => a.localeCompare(b));
  const title = (code: string) => `${names.specialty(code)} (${sizes.get(code) ?? 0})`;
  const margin = Math.min(
    width < 520 ? 150 : 290,
    Math.max(...order.map((code) => labelWidth(title(code))), 80) + 14,
  );
  const systems = new Map(rows.map(({ run_id, system }) => [run_id, system]));
  const top = Math.min(
    130,
    Math.max(...runs.map((run) => labelWidth(systems.get(run) ?? run)), 40) * 0.72 + 24,
  );
  // Cells stay wide enough to read and to touch; the box around the chart scrolls where the page is narrower.
  const fullWidth = Math.max(width, margin + runs.length * 42 + 70);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const range = dark ? ["#17262a", "#2a6a70", "#8fe3e6"] : ["#f1f6f5", "#79b9bb", "#07535a"];
  const [low, high] = extent(cells.map(({ score }) => score));
  const strong = (d: { score: number }) => (d.score - low) / (high - low || 1) > 0.74;
  const hatch = hatchFill();
  const chart = Plot.plot({
    width: fullWidth,
    height: order.length * 24 + top + 16,
    marginLeft: margin,
    marginTop: top,
    marginRight: 70,
    marginBottom: 8,
    style: { maxWidth: "none" },
    x: {
      domain: [...runs],
      axis: "top",
      label: null,
      tickRotate: -35,
      tickSize: 0,
      tickFormat: (run: string) => fitLabel(systems.get(run) ?? run, 130),
      padding: 0.04,
    },
    y: {
      domain: order,
      label: null,
      tickSize: 0,
      tickFormat: (code: string) => fitLabel(title(code), margin - 12),
      padding: 0.04,
    },
    color: { type: "linear", domain: [low, (low + high) / 2, high], range },
    marks: [
      Plot.cell(cells, { x: "run_id", y: "specialty", fill: "score", className: "mb-stop", rx: 2 }),
      Plot.cell(
        cells.filter(({ thin }) => thin),
        { x: "run_id", y: "specialty", fill: hatch.fill, fillOpacity: 0.35, rx: 2 },
      ),
      Plot.text(cells, {
        x: "run_id",
        y: "specialty",
        text: (d: (typeof cells)[number]) => formatScore(d.estimate),
        fill: (d: (typeof cells)[number]) =>
          strong(d) && !dark ? "#ffffff" : strong(d) || !dark ? "#0b1a1f" : "#eef5f6",
        fontSize: 12,
        fontWeight: 500,
        fontVariant: "tabular-nums",
      }),
      Plot.text(withheld, {
        x: "run_id",
        y: "specialty",
        text: () => withheldMark,
        fill: "var(--theme-foreground-muted)",
        className: "mb-withheld",
        title: (d: ReleasedRow<"specialty_scores">) =>
          `${d.system}${words.language.colon}${names.specialty(d.specialty)}\n${words.judge.gates.withheld}`,
      }),
      Plot.tip(
        cells,
        Plot.pointer({
          x: "run_id",
          y: "specialty",
          maxRadius: 30,
          lineHeight: 1.3,
          title: (d: (typeof cells)[number]) =>
            [
              `${d.system}${words.language.colon}${names.specialty(d.specialty)}`,
              `${words.common.score} ${formatScore(d.estimate)}`,
              `${words.common.interval} ${formatInterval(d, words)}`,
              `${words.common.itemsIn(d.n_items)}, ${words.common.groupsIn(d.n_groups)}, ${words.common.scored(d.n_scored, d.n_expected)}`,
              ...pooledLines(d, words),
              ...(d.thin ? [words.specialties.thin] : []),
              ...(d.few_groups ? [words.common.fewGroups] : []),
            ].join("\n"),
        }),
      ),
    ],
  });
  hatch.addTo(chart);
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

function extent(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 100] : [Math.min(...values), Math.max(...values)];
}
