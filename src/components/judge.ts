import type { ReleasedRow } from "../lib/records/released-tables.js";
import { groupBy } from "../lib/util/group-by.js";
import { blandAltmanPlot } from "./charts/bland-altman-plot.js";
import { confusionMatrix } from "./charts/confusion-matrix.js";
import { correctedPlot } from "./charts/corrected-plot.js";
import { driftPlot } from "./charts/drift-plot.js";
import { validityMapChart } from "./charts/judge-validity.js";
import { selectControl } from "./controls.js";
import { element } from "./dom.js";
import { formatPercent } from "./figures.js";
import { formatKappa, judgeHeadline, judgeSummary } from "./judge-headline.js";
import { type JudgeVersion, versionKey } from "./judge-version.js";
import { type PageContext, pageFigure } from "./page-figure.js";
import { dataTable } from "./tables/data-table.js";
import { gateCountColumns, gateCounts, withheldColumns } from "./tables/gate-tables.js";
import { grrasEntries, grrasTable } from "./tables/judge-grras.js";
import {
  agreementColumns,
  correctedColumns,
  driftColumns,
  effectColumns,
  gradeColumns,
  validityColumns,
} from "./tables/judge-tables.js";
import { tableTwin } from "./tables/table-twin.js";

export interface JudgeData {
  readonly versions: readonly ReleasedRow<"judge_versions">[];
  readonly agreement: readonly ReleasedRow<"agreement">[];
  readonly grades: readonly ReleasedRow<"judge_grades">[];
  readonly validity: readonly ReleasedRow<"validity">[];
  readonly drift: readonly ReleasedRow<"drift">[];
  readonly corrected: readonly ReleasedRow<"corrected_scores">[];
  readonly effects: readonly ReleasedRow<"judge_effects">[];
  readonly gates: readonly ReleasedRow<"gates">[];
  readonly study: readonly ReleasedRow<"rating_study">[];
}

/** The controls of the page about the judge, and the rows for what they choose. */
export function judgeChoices(data: JudgeData, { words }: PageContext) {
  const wholes = data.agreement.filter(({ slice_kind }) => slice_kind === "overall");
  const ofRecord = new Set(data.versions.filter((row) => row.of_record).map(versionKey));
  // The judge of record comes first, so that the page opens with it.
  const known = [...new Set(wholes.map(versionKey))];
  const versions = [
    ...known.filter((key) => ofRecord.has(key)),
    ...known.filter((key) => !ofRecord.has(key)),
  ];
  const criteria = [...new Set(wholes.map(({ criterion }) => criterion))].sort((a, b) =>
    a === "all" ? -1 : b === "all" ? 1 : a.localeCompare(b),
  );
  const criterionName = (criterion: string) => words.judge.criteria[criterion] ?? criterion;
  const versionControl = selectControl(
    versions.map((value) => ({ label: ofRecord.has(value) ? words.judge.ofRecord(value) : value, value })),
    { label: words.judge.version },
  );
  const criterionControl = selectControl(
    criteria.map((value) => ({ label: criterionName(value), value })),
    { label: words.judge.criterion },
  );
  return {
    versionControl,
    criterionControl,
    controls:
      versions.length === 0
        ? element("p", { class: "mb-aside" }, words.judge.nothing)
        : element(
            "div",
            { class: "mb-controls" },
            versions.length > 1 ? versionControl : null,
            criterionControl,
          ),
    choose: (version: string, criterion: string) => {
      const isVersion = (row: JudgeVersion) => versionKey(row) === version;
      const isChosen = (row: JudgeVersion & { readonly criterion: string }) =>
        isVersion(row) && row.criterion === criterion;
      const ofVersion = wholes.filter(isVersion);
      const overall = wholes.find(isChosen);
      const validity = data.validity.filter(isChosen);
      return {
        criterionName: criterionName(criterion),
        /** All answers together, on every criterion. */
        ofVersion,
        overall,
        safety: ofVersion.find((row) => row.criterion === "safety") ?? overall,
        verdict: validity.find(({ slice_kind }) => slice_kind === "overall"),
        specialties: validity.filter(({ slice_kind }) => slice_kind === "specialty"),
        pairs: data.grades.filter(isChosen),
        drift: data.drift.filter(
          (row) =>
            row.benchmark === overall?.benchmark && row.criterion === criterion && row.control_limit !== null,
        ),
        corrected: data.corrected.filter((row) => isVersion(row) && row.scope === "overall"),
        effects: data.effects.filter(
          (row) =>
            isVersion(row) &&
            (row.criterion === criterion || (row.criterion === "all" && row.effect === "panel")),
        ),
      };
    },
  };
}

type Chosen = ReturnType<ReturnType<typeof judgeChoices>["choose"]>;

export function headlineSection(chosen: Chosen, { words, names }: PageContext): HTMLElement {
  const { overall, safety, verdict, specialties, drift } = chosen;
  if (overall === undefined || safety === undefined) return element("div");
  const data = { overall, validity: verdict, specialties, drift, safety };
  return element("div", {}, judgeHeadline(data, words), judgeSummary(data, { words, names }));
}

/** In which specialties the judge may stand in for physicians. */
export function validitySection(
  { criterionName, specialties }: Chosen,
  { words, names, resize }: PageContext,
): HTMLElement {
  const [first] = specialties;
  if (first === undefined) return element("div");
  const caption = words.judge.validity.caption(
    criterionName,
    formatKappa(first.target),
    formatKappa(first.floor),
    first.minimum_groups,
    formatPercent(first.false_discovery_rate),
  );
  return pageFigure(
    {
      caption,
      chart: resize((width) => validityMapChart(specialties, { width, words, names, label: caption })),
      rows: specialties,
      columns: validityColumns(words, names),
    },
    words,
  );
}

/** What the gate decided on all figures; empty where no figure depends on a judge. */
export function gateSection({ gates }: JudgeData, { words, names }: PageContext): HTMLElement {
  if (gates.every(({ decision }) => decision === "no_judge_involved")) return element("section");
  const text = words.judge.gates;
  const withheld = gates.filter(({ decision }) => decision === "withhold");
  return element(
    "section",
    {},
    element("h2", {}, text.title),
    dataTable(gateCounts(gates), gateCountColumns(words), { caption: text.caption, words }),
    withheld.length === 0
      ? element("p", {}, text.none)
      : tableTwin(withheld, withheldColumns(words, names), { caption: text.withheldCaption, words }),
  );
}

/** Where the judge and physicians give different grades. */
export function gradeSection(
  { criterionName, overall, ofVersion, pairs }: Chosen,
  { words, resize }: PageContext,
): HTMLElement {
  if (overall === undefined) return element("div");
  const confusion = words.judge.confusion.caption(criterionName, overall.n_ratings);
  const differences = words.judge.blandAltman.caption(criterionName);
  return element(
    "div",
    {},
    pageFigure(
      {
        caption: confusion,
        chart: resize((width) => confusionMatrix(pairs, { width, words, label: confusion })),
        rows: pairs,
        columns: gradeColumns(words),
      },
      words,
    ),
    pageFigure(
      {
        caption: differences,
        chart: resize((width) => blandAltmanPlot(pairs, overall, { width, words, label: differences })),
        rows: ofVersion,
        columns: agreementColumns(words),
      },
      words,
    ),
  );
}

export function driftSection({ drift }: Chosen, { words, resize }: PageContext): HTMLElement {
  const [first] = drift;
  if (first === undefined) return element("p", {}, words.judge.drift.none);
  const caption = words.judge.drift.caption(formatPercent(first.false_alarm_rate));
  return pageFigure(
    {
      caption,
      chart: resize((width) => driftPlot(drift, { width, words, label: caption })),
      rows: drift,
      columns: driftColumns(words),
    },
    words,
  );
}

/** What physicians would have given, one figure for each track and pool. */
export function correctedFigures(
  { corrected }: Chosen,
  { words, names, resize }: PageContext,
): HTMLElement[] {
  const sets = groupBy(corrected, ({ track, pool }) => `${names.track(track)}, ${pool}`);
  return [...sets].map(([title, rows]) => {
    const caption = words.judge.corrected.caption(title);
    return pageFigure(
      {
        title,
        caption,
        chart: resize((width) => correctedPlot(rows, { width, words, label: caption })),
        rows,
        columns: correctedColumns(words),
      },
      words,
    );
  });
}

export const effectTable = ({ effects }: Chosen, { words }: PageContext): HTMLElement =>
  dataTable(effects, effectColumns(words), { caption: words.judge.effects.caption, words });

/** The reporting checklist, as far as the records fill it. */
export function checklist(
  { overall, verdict }: Chosen,
  { study }: JudgeData,
  { words, names }: PageContext,
): HTMLElement {
  if (overall === undefined) return element("div");
  const entries = grrasEntries(overall, {
    validity: verdict,
    benchmarkName: names.benchmark(overall.benchmark),
    words,
    study,
  });
  return grrasTable(entries, words);
}
