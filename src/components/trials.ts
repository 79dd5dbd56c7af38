import { formatRounded } from "../lib/util/rounding.js";
import { formatTrialValue, methodsOf, trialPlot, trialSymbols, trialWidthPlot } from "./charts/trial-plot.js";
import { element } from "./dom.js";
import { formatCount, formatPercent } from "./figures.js";
import { type PageContext, pageFigure } from "./page-figure.js";
import { dataTable, type TableColumn } from "./tables/data-table.js";
import {
  mainMeasure,
  mainResults,
  type Trial,
  type TrialFile,
  type TrialLimit,
  type TrialMeasure,
  type TrialResult,
} from "./trial-results.js";
import type { Words } from "./words.js";

type Context = Pick<PageContext, "words" | "resize">;

/** One row for each trial: its least favorable setting, and the width of its intervals. */
export function trialSummary({ scenarios }: TrialFile, words: Words): HTMLElement {
  const { trials, language } = words;
  const held = (trial: Trial) => mainResults(trial).filter(({ verdict }) => !isBroken(verdict)).length;
  return dataTable(
    scenarios,
    [
      { label: trials.tried, text: ({ title }) => title[language.code] },
      {
        label: trials.worst,
        text: (trial) => formatTrialValue(worstOf(trial)?.value ?? null, mainMeasure(trial)[1].kind),
        numeric: true,
      },
      {
        label: trials.wanted,
        text: (trial) => formatLimit(worstOf(trial)?.limit ?? null, mainMeasure(trial)[1].kind, words),
      },
      {
        label: trials.held,
        text: (trial) => trials.heldIn(held(trial), mainResults(trial).length),
        sort: (trial) => held(trial) / mainResults(trial).length,
        numeric: true,
      },
      {
        label: trials.widthRatio,
        text: (trial) =>
          formatRange(
            mainResults(trial).map(({ widthRatio }) => widthRatio),
            words,
          ),
        numeric: true,
      },
    ],
    { caption: trials.glance, words },
  );
}

/** Where limits do not hold, and where the method says that the data are too few; a sentence if there is neither. */
export function openTrials({ scenarios }: TrialFile, words: Words): HTMLElement {
  const items = scenarios.flatMap((trial) => [...brokenItems(trial, words), ...withheldItems(trial, words)]);
  if (items.length === 0) return element("p", {}, words.trials.nothingOpen);
  return element(
    "ul",
    {},
    items.map((item) => element("li", {}, item)),
  );
}

/** The chart of each trial on this kind of ground, with the widths beside it and every figure in a table. */
export function trialFigures(
  { scenarios }: TrialFile,
  ground: Trial["ground"],
  { words, resize }: Context,
): HTMLElement[] {
  const { code } = words.language;
  return scenarios
    .filter((trial) => trial.ground === ground)
    .map((trial) => {
      const title = trial.title[code];
      const caption = words.trials.caption(title, trial.runs);
      const widths = mainResults(trial).filter(({ widthRatio }) => widthRatio !== null);
      const wide = words.trials.widthCaption(title);
      const charts = [
        resize((width) => trialPlot(trial, { width, words, label: caption })),
        ...(widths.length === 0
          ? []
          : [resize((width) => trialWidthPlot(widths, { width, words, label: wide }))]),
      ];
      return pageFigure(
        {
          title,
          caption,
          above: [symbolKey(trial, words)],
          chart: element(
            "div",
            { class: "mb-columns" },
            charts.map((chart) => element("div", {}, chart)),
          ),
          rows: trial.results,
          columns: resultColumns(trial, words),
        },
        words,
      );
    });
}

/** Version, seed and how to repeat the trials. */
export function trialNote({ scenarios }: TrialFile, words: Words): HTMLElement {
  const distinct = (values: readonly (string | number)[]) =>
    [...new Set(values)].join(words.language.separator);
  const { made, repeat, list } = words.trials;
  const command = (rest: string) => element("code", {}, `npm run simulate:coverage -- ${rest}`);
  return element(
    "p",
    { class: "mb-aside" },
    made(distinct(scenarios.map(({ version }) => version)), distinct(scenarios.map(({ seed }) => seed))),
    " ",
    repeat,
    " ",
    command("--only NAME --seed N"),
    words.language.semicolon,
    list,
    " ",
    command("--list"),
  );
}

const isBroken = (verdict: TrialResult["verdict"]) => verdict === "open" || verdict === "fails";

/** How far a result lies inside its limit; negative outside. */
function margin({ value, limit }: TrialResult): number {
  if (value === null || limit === null) return Number.POSITIVE_INFINITY;
  return Math.min(
    limit.least === undefined ? Number.POSITIVE_INFINITY : value - limit.least,
    limit.most === undefined ? Number.POSITIVE_INFINITY : limit.most - value,
  );
}

const leastFavorable = (results: readonly TrialResult[]) =>
  [...results].sort((a, b) => margin(a) - margin(b))[0];

const worstOf = (trial: Trial) => leastFavorable(mainResults(trial));

function brokenItems(trial: Trial, words: Words): string[] {
  const { trials, language } = words;
  return Object.entries(trial.measures).flatMap(([name, { label, kind }]) => {
    const all = trial.results.filter(({ measure, setting }) => measure === name && setting !== null);
    const broken = all.filter(({ verdict }) => isBroken(verdict));
    const worst = leastFavorable(broken);
    if (worst?.setting === undefined || worst.setting === null) return [];
    const reason = worst.open?.[language.code];
    return [
      trials.openItem(
        trial.title[language.code],
        label[language.code],
        broken.length,
        all.length,
        formatTrialValue(worst.value, kind),
        worst.setting[language.code],
      ) + (reason === undefined ? "" : trials.because(reason)),
    ];
  });
}

function withheldItems(trial: Trial, { trials, language }: Words): string[] {
  const shy = mainResults(trial)
    .filter(({ withheld }) => withheld >= 0.05)
    .sort((a, b) => b.withheld - a.withheld);
  return shy.map(({ setting, withheld }) =>
    trials.withheldItem(trial.title[language.code], setting?.[language.code] ?? "", formatPercent(withheld)),
  );
}

function symbolKey(trial: Trial, { language }: Words): HTMLElement {
  const marks = { circle: "●", diamond: "◇", square: "□", triangle: "△" };
  return element(
    "ul",
    { class: "mb-swatches" },
    methodsOf(trial).map((name, i) =>
      element(
        "li",
        {},
        element("span", { "aria-hidden": "true" }, marks[trialSymbols[i % trialSymbols.length] ?? "circle"]),
        trial.measures[name]?.label[language.code] ?? name,
      ),
    ),
  );
}

function resultColumns(trial: Trial, words: Words): TableColumn<TrialResult>[] {
  const { trials, language } = words;
  const kindOf = ({ measure }: TrialResult): TrialMeasure["kind"] => trial.measures[measure]?.kind ?? "mean";
  return [
    { label: trials.setting, text: ({ setting }) => setting?.[language.code] ?? trials.average },
    { label: trials.method, text: ({ measure }) => trial.measures[measure]?.label[language.code] ?? measure },
    {
      label: words.examples.value,
      text: (row) => formatTrialValue(row.value, kindOf(row)),
      sort: ({ value }) => value,
      numeric: true,
    },
    { label: trials.error, text: (row) => formatTrialValue(row.error, kindOf(row)), numeric: true },
    { label: trials.wanted, text: (row) => formatLimit(row.limit, kindOf(row), words) },
    {
      label: trials.width,
      text: ({ width }) => (width === null ? "–" : formatRounded(width, 3)),
      sort: ({ width }) => width,
      numeric: true,
    },
    {
      label: trials.widthRatio,
      text: ({ widthRatio }) => (widthRatio === null ? "–" : formatRounded(widthRatio, 2)),
      numeric: true,
    },
    { label: trials.withheld, text: ({ withheld }) => formatPercent(withheld), numeric: true },
    { label: trials.runs, text: ({ runs }) => formatCount(runs), numeric: true },
  ];
}

function formatLimit(limit: TrialLimit | null, kind: TrialMeasure["kind"], { trials }: Words): string {
  if (limit === null) return "–";
  const { least, most } = limit;
  const value = (bound: number) => (kind === "mean" ? formatRounded(bound, 2) : formatPercent(bound));
  if (least !== undefined && most !== undefined) return trials.between(value(least), value(most));
  if (least !== undefined) return trials.atLeast(value(least));
  return most === undefined ? "–" : trials.atMost(value(most));
}

function formatRange(values: readonly (number | null)[], { trials }: Words): string {
  const found = values.filter((value) => value !== null);
  if (found.length === 0) return "–";
  const [low, high] = [formatRounded(Math.min(...found), 2), formatRounded(Math.max(...found), 2)];
  return low === high ? low : trials.between(low, high);
}
