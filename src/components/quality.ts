import type { ReleasedRow } from "../lib/records/released-tables.js";
import { groupBy } from "../lib/util/group-by.js";
import { outcomeBars, outcomeLegend, outcomeShares } from "./charts/outcome-bars.js";
import { readingDumbbell } from "./charts/reading-dumbbell.js";
import { comparableSets, setLabels } from "./comparable.js";
import { selectControl } from "./controls.js";
import type { CatalogueDocument } from "./documents.js";
import { element } from "./dom.js";
import { type PageContext, pageFigure } from "./page-figure.js";
import { dataTable } from "./tables/data-table.js";
import { fileColumns, outcomeColumns, quarantineColumns, readingColumns } from "./tables/quality-table.js";

export interface QualityData {
  readonly catalogue: CatalogueDocument;
  readonly systems: readonly ReleasedRow<"systems">[];
  readonly outcomes: readonly ReleasedRow<"outcome_counts">[];
  readonly readings: readonly ReleasedRow<"reading_accuracy">[];
  readonly files: readonly ReleasedRow<"source_files">[];
  readonly quarantine: readonly ReleasedRow<"quarantine_counts">[];
}

/** The controls of the ledger, and its figure for what they choose. */
export function outcomeLedger(
  { catalogue, systems, outcomes }: QualityData,
  { words, names, resize }: PageContext,
) {
  // Outcomes are counted whatever they are scored by: runs of one place may share a chart.
  const sets = comparableSets(
    systems.map((system) => ({ ...system, identity: "" })),
    catalogue,
  );
  const labels = setLabels(sets, names, words, systems);
  const nameOf = (key: string) => labels.get(key)?.whole ?? "";
  const known = new Set(outcomes.map(({ dataset }) => dataset));
  const datasets = catalogue.benchmarks.flatMap(({ datasets }) => datasets).filter(({ id }) => known.has(id));
  return {
    setControl: selectControl(
      sets.map(({ key }) => ({ label: nameOf(key), value: key })),
      { label: words.controls.set },
    ),
    datasetControl: selectControl<string | null>(
      [
        { label: words.common.all, value: null },
        ...datasets.map(({ id, dimension }) => ({ label: id, value: id, group: names.dimension(dimension) })),
      ],
      { label: words.common.dataset },
    ),
    partControl: selectControl(
      [
        { label: words.quality.onlyLost, value: "lost" },
        { label: words.quality.everything, value: "all" },
      ],
      { label: words.controls.view },
    ),
    figure: (setKey: string, dataset: string | null, part: "lost" | "all") => {
      const runs = sets.find(({ key }) => key === setKey)?.rows ?? [];
      const shares = outcomeShares(outcomes, runs, dataset);
      const shown = part === "lost" ? shares.filter(({ outcome }) => outcome !== "scored") : shares;
      const whole = words.quality.ledgerFullCaption(nameOf(setKey));
      const caption = part === "lost" ? words.quality.ledgerCaption(nameOf(setKey)) : whole;
      return pageFigure(
        {
          caption,
          above: [outcomeLegend(shown, words)],
          chart:
            shown.length === 0
              ? element("p", {}, shares.length === 0 ? words.controls.noRows : words.quality.nothingLost)
              : resize((width) => outcomeBars(shown, runs, { width, words, label: caption })),
          rows: shares,
          columns: outcomeColumns(words),
          tableCaption: whole,
        },
        words,
      );
    },
  };
}

/** Accuracies by the source's reading and by ours, one figure for each dataset, pool and board. */
export function readingFigures(
  { readings }: QualityData,
  { words, names, resize }: PageContext,
): HTMLElement[] {
  if (readings.length === 0) return [element("p", {}, words.quality.noReadings)];
  // Another pool holds other items, so each has a chart of its own.
  const sets = groupBy(readings, ({ benchmark, dataset, pool, board }) =>
    JSON.stringify([benchmark, dataset, pool, board]),
  );
  return [...sets.values()].map((rows) => {
    const title = rows
      .slice(0, 1)
      .flatMap(({ benchmark, dataset, pool }) => [names.benchmark(benchmark), dataset, pool])
      .join(" · ");
    const label = `${title}: ${words.quality.readingCaption}`;
    return pageFigure(
      {
        title,
        caption: words.quality.readingCaption,
        chart: resize((width) => readingDumbbell(rows, { width, words, label })),
        rows,
        columns: readingColumns(words),
        tableCaption: label,
      },
      words,
    );
  });
}

/** The balance of rows over all files, the files, and what is in quarantine. */
export function fileTables({ files, quarantine }: QualityData, { words }: PageContext): HTMLElement[] {
  const sum = (rows: (file: ReleasedRow<"source_files">) => number) =>
    files.reduce((total, file) => total + rows(file), 0);
  const balance = words.quality.balance(
    sum(({ rows_in }) => rows_in),
    sum(({ rows_out }) => rows_out),
    sum(({ rows_quarantined }) => rows_quarantined),
  );
  const worstFirst = [...files].sort((a, b) => b.rows_quarantined - a.rows_quarantined);
  return [
    element("p", {}, balance),
    dataTable(worstFirst, fileColumns(words), { caption: words.quality.filesCaption, words, limit: 20 }),
    quarantine.length === 0
      ? element("p", {}, words.quality.noQuarantine)
      : dataTable(quarantine, quarantineColumns(words), {
          caption: words.quality.quarantineCaption,
          words,
          limit: 20,
        }),
  ];
}
