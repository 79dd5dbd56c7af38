import * as Plot from "@observablehq/plot";
import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { element } from "../dom.js";
import { formatCount, formatPercent } from "../figures.js";
import type { Words } from "../words.js";
import { frameChart } from "./chart-frame.js";
import { rowLabels } from "./row-labels.js";

/** Colors that stay apart for the color-blind (Okabe and Ito), waiting states in grays. */
const colors: Readonly<Record<ReleasedRow<"outcome_counts">["outcome"], string>> = {
  scored: "var(--mb-accent)",
  refused: "#d55e00",
  unparsed: "#e69f00",
  conflict: "#8c510a",
  empty: "#f0e442",
  truncated: "#cc79a7",
  judge_failed: "#56b4e9",
  errored: "#0072b2",
  missing: "#7b6a58",
  awaiting_gold: "#b3bec3",
  awaiting_judgment: "#84939a",
  excluded: "#55606a",
};

export interface OutcomeShare {
  readonly run_id: string;
  readonly system: string;
  readonly outcome: ReleasedRow<"outcome_counts">["outcome"];
  readonly policy: ReleasedRow<"outcome_counts">["policy"];
  readonly n: number;
  readonly expected: number;
  readonly share: number;
}

/** Outcomes of runs as shares of what was expected, over all datasets or one. */
export function outcomeShares(
  rows: readonly ReleasedRow<"outcome_counts">[],
  systems: readonly ReleasedRow<"systems">[],
  dataset: string | null = null,
): OutcomeShare[] {
  const names = new Map(systems.map(({ run_id, system }) => [run_id, system]));
  const own = rows.filter((row) => names.has(row.run_id) && (dataset === null || row.dataset === dataset));
  const expected = new Map<string, number>();
  for (const { run_id, n } of own) expected.set(run_id, (expected.get(run_id) ?? 0) + n);
  const sums = new Map<string, OutcomeShare>();
  for (const { run_id, outcome, policy, n } of own) {
    const key = JSON.stringify([run_id, outcome, policy]);
    const total = expected.get(run_id) ?? 0;
    const sum = (sums.get(key)?.n ?? 0) + n;
    sums.set(key, {
      run_id,
      system: names.get(run_id) ?? run_id,
      outcome,
      policy,
      n: sum,
      expected: total,
      share: total === 0 ? 0 : sum / total,
    });
  }
  return [...sums.values()];
}

export interface OutcomeBarsOptions {
  readonly width: number;
  readonly words: Words;
  readonly label: string;
}

/** Outcomes as stacked bars, systems with the largest loss first. Callers leave out `scored` to see the losses large. */
export function outcomeBars(
  shares: readonly OutcomeShare[],
  systems: readonly ReleasedRow<"systems">[],
  { width, words, label }: OutcomeBarsOptions,
): SVGSVGElement | HTMLElement {
  const lost = new Map<string, number>();
  for (const { run_id, outcome, share } of shares)
    lost.set(run_id, (lost.get(run_id) ?? 0) + (outcome === "scored" ? 0 : share));
  const names = new Map(systems.map(({ run_id, system }) => [run_id, system]));
  const keys = [...names.keys()].sort((a, b) => (lost.get(b) ?? 0) - (lost.get(a) ?? 0));
  const sorted = new Map(keys.map((key) => [key, names.get(key) ?? key]));
  const bars = shares.map((row) => ({ ...row, percent: row.share * 100 }));
  const { stacked, marginLeft, dy, insets, mark } = rowLabels(sorted, width);
  const order = Object.keys(colors);
  const stack = { x: "percent", y: "run_id", order: (d: OutcomeShare) => order.indexOf(d.outcome) } as const;
  const chart = Plot.plot({
    width,
    height: keys.length * (stacked ? 46 : 28) + 56,
    marginLeft,
    marginRight: 20,
    marginBottom: 44,
    x: {
      label: `${words.quality.lossAxis} →`,
      labelAnchor: "right",
      ticks: Math.max(4, Math.round(width / 110)),
      nice: true,
    },
    y: { domain: keys, label: null, axis: null, ...insets, padding: stacked ? 0.62 : 0.25 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.barX(
        bars,
        Plot.stackX(stack, {
          x: "percent",
          y: "run_id",
          fill: (d: OutcomeShare) => colors[d.outcome],
          stroke: "var(--theme-background)",
          strokeWidth: 0.6,
          dy,
          className: "mb-stop",
        }),
      ),
      mark,
      Plot.ruleX([0]),
      Plot.tip(
        bars,
        Plot.pointer(
          Plot.stackX(stack, {
            x: "percent",
            y: "run_id",
            maxRadius: 30,
            lineHeight: 1.3,
            title: (d: OutcomeShare) =>
              [
                d.system,
                `${words.common.outcomes[d.outcome]}${words.language.colon}${formatCount(d.n)} / ${formatCount(d.expected)} (${formatPercent(d.share)})`,
                words.common.policies[d.policy],
              ].join("\n"),
          }),
        ),
      ),
    ],
  });
  return frameChart(chart, { label, stops: ".mb-stop > *", words });
}

/** The colors that occur, with their names. */
export function outcomeLegend(shares: readonly OutcomeShare[], words: Words): HTMLElement {
  const present = new Set(shares.map(({ outcome }) => outcome));
  return element(
    "ul",
    { class: "mb-swatches" },
    (Object.keys(colors) as (keyof typeof colors)[])
      .filter((outcome) => present.has(outcome))
      .map((outcome) =>
        element(
          "li",
          {},
          element("i", { style: `background:${colors[outcome]}` }),
          words.common.outcomes[outcome],
        ),
      ),
  );
}
