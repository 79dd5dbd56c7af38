import type { ReleasedRow } from "../lib/records/released-tables.js";
import { groupDots } from "./charts/group-dots.js";
import { scoreEcdf, scoreHistogram } from "./charts/score-spread.js";
import { comparableSets, setLabels } from "./comparable.js";
import { type Control, selectControl } from "./controls.js";
import type { CatalogueDocument } from "./documents.js";
import { element } from "./dom.js";
import { isWithheld, withheldNote } from "./gates.js";
import { type PageContext, pageFigure } from "./page-figure.js";
import { distributionColumns, taskColumns } from "./tables/task-table.js";

export interface DistributionData {
  readonly catalogue: CatalogueDocument;
  readonly systems: readonly ReleasedRow<"systems">[];
  readonly tasks: readonly ReleasedRow<"task_scores">[];
  readonly distributions: readonly ReleasedRow<"score_distributions">[];
  readonly gates: readonly ReleasedRow<"gates">[];
}

/** Tasks that the page can show: those with a distribution, and those whose distribution is withheld. */
function shownTasks({ tasks, distributions }: DistributionData) {
  const known = new Set(distributions.map(({ run_id, dataset }) => JSON.stringify([run_id, dataset])));
  return tasks.filter(
    (row) =>
      row.metric === "task" && (known.has(JSON.stringify([row.run_id, row.dataset])) || isWithheld(row)),
  );
}

export function datasetControl(
  data: DistributionData,
  { words, names }: PageContext,
): Control<string | undefined> {
  const scored = new Set(shownTasks(data).map(({ dataset }) => dataset));
  const datasets = data.catalogue.benchmarks
    .flatMap(({ datasets }) => datasets)
    .filter(({ id }) => scored.has(id));
  return selectControl(
    datasets.map(({ id, dimension }) => ({ label: id, value: id, group: names.dimension(dimension) })),
    { label: words.common.dataset },
  );
}

/** The runs on one dataset, in sets that may share a chart. */
export function datasetSets(data: DistributionData, dataset: string, { words, names }: PageContext) {
  const sets = comparableSets(
    shownTasks(data).filter((row) => row.dataset === dataset),
    data.catalogue,
  );
  const labels = setLabels(sets, names, words, data.systems);
  const nameOf = (key: string) => labels.get(key)?.whole ?? "";
  return {
    count: sets.length,
    control: selectControl(
      sets.map(({ key }) => ({ label: nameOf(key), value: key })),
      { label: words.controls.set },
    ),
    /** The chosen set, best mean first; the first set where none is chosen. */
    choose: (chosen: string) => {
      const set = sets.find(({ key }) => key === chosen) ?? sets[0];
      const tasks = [...(set?.rows ?? [])].sort((a, b) => (b.estimate ?? -1) - (a.estimate ?? -1));
      const runs = new Set(tasks.map(({ run_id }) => run_id));
      return {
        dataset,
        name: set === undefined ? "" : nameOf(set.key),
        tasks,
        rows: data.distributions.filter((row) => row.dataset === dataset && runs.has(row.run_id)),
        gates: data.gates.filter(
          ({ scope, name, run_id }) => scope === "task" && name === dataset && runs.has(run_id),
        ),
      };
    },
  };
}

export type ChosenSet = ReturnType<ReturnType<typeof datasetSets>["choose"]>;

export function allSystemsFigure(
  { dataset, name, tasks, rows, gates }: ChosenSet,
  { words, names, resize }: PageContext,
): HTMLElement {
  const caption = words.distributions.allCaption(dataset, name);
  return pageFigure(
    {
      caption,
      chart: resize((width) => groupDots(rows, tasks, { width, words, label: caption })),
      below: [withheldNote(gates, words, names)],
      rows: tasks,
      columns: taskColumns(words),
    },
    words,
  );
}

export function systemControl({ tasks }: ChosenSet, { words }: PageContext): Control<string | undefined> {
  return selectControl(
    tasks.filter((row) => !isWithheld(row)).map(({ run_id, system }) => ({ label: system, value: run_id })),
    { label: words.common.system },
  );
}

/** Histogram and cumulative curve of one run. */
export function systemFigures(
  { dataset, tasks, rows }: ChosenSet,
  run: string,
  { words, resize }: PageContext,
): HTMLElement {
  const own = rows.filter(({ run_id }) => run_id === run);
  if (own.length === 0) return element("p", {}, words.distributions.nothing);
  const system = tasks.find(({ run_id }) => run_id === run)?.system ?? "";
  const n = own.reduce((sum, { n_groups }) => sum + n_groups, 0);
  const bars = words.distributions.barsCaption(system, dataset, n);
  const curve = words.distributions.ecdfCaption(system, n);
  const columns = distributionColumns(words);
  return element(
    "div",
    { class: "mb-columns" },
    pageFigure(
      {
        caption: bars,
        chart: resize((width) => scoreHistogram(own, { width, words, label: bars })),
        rows: own,
        columns,
      },
      words,
    ),
    pageFigure(
      {
        caption: curve,
        chart: resize((width) => scoreEcdf(rows, run, { width, words, label: curve })),
        rows,
        columns,
      },
      words,
    ),
  );
}
