import type { ReleasedRow } from "../lib/records/released-tables.js";
import { coverageBars } from "./charts/coverage-bars.js";
import { dotInterval } from "./charts/dot-interval.js";
import { specialtyHeatMap } from "./charts/heat-map.js";
import { comparableSets, setLabels } from "./comparable.js";
import { type Control, selectControl } from "./controls.js";
import type { CatalogueDocument } from "./documents.js";
import { element } from "./dom.js";
import { gateIndex, gateNote, gateOf, isWithheld, withheldNote } from "./gates.js";
import { aside, type PageContext, pageFigure } from "./page-figure.js";
import { pooledLines } from "./pooled.js";
import { coverageColumns, specialtyColumns } from "./tables/task-table.js";

export interface SpecialtyData {
  readonly catalogue: CatalogueDocument;
  readonly systems: readonly ReleasedRow<"systems">[];
  readonly overall: readonly ReleasedRow<"overall_scores">[];
  readonly scores: readonly ReleasedRow<"specialty_scores">[];
  readonly coverage: readonly ReleasedRow<"specialty_coverage">[];
  readonly gates: readonly ReleasedRow<"gates">[];
}

type Level = ReleasedRow<"specialty_scores">["level"];

export function levelControl({ words }: PageContext): Control<Level | undefined> {
  return selectControl(
    (["primary", "secondary"] as const).map((level) => ({ label: words.controls[level], value: level })),
    { label: words.controls.level },
  );
}

/** The scores in sets that may share a chart. */
export function specialtySets(data: SpecialtyData, { words, names }: PageContext) {
  const sets = comparableSets(data.scores, data.catalogue);
  const labels = setLabels(sets, names, words, data.systems);
  const nameOf = (key: string) => labels.get(key)?.whole ?? "";
  const overallOf = new Map(
    data.overall.map(({ run_id, estimate, mean_over_submitted }) => [
      run_id,
      estimate ?? mean_over_submitted ?? -1,
    ]),
  );
  const gates = gateIndex(data.gates);
  return {
    control: selectControl(
      sets.map(({ key }) => ({ label: nameOf(key), value: key })),
      { label: words.controls.set },
    ),
    /** The chosen set on one level, the runs from the best overall score down. */
    choose: (chosen: string, level: Level) => {
      const set = sets.find(({ key }) => key === chosen);
      const rows = (set?.rows ?? []).filter((row) => row.level === level);
      const runs = [...new Set(rows.map(({ run_id }) => run_id))].sort(
        (a, b) => (overallOf.get(b) ?? -1) - (overallOf.get(a) ?? -1),
      );
      return {
        name: nameOf(chosen),
        levelName: words.controls[level],
        rows,
        runs,
        systems: new Map(rows.map(({ run_id, system }) => [run_id, system])),
        gate: ({ run_id, specialty }: ReleasedRow<"specialty_scores">) =>
          gateOf(gates, run_id, "specialty", `${level}/${specialty}`),
      };
    },
  };
}

export type ChosenSpecialties = ReturnType<ReturnType<typeof specialtySets>["choose"]>;

export function heatMapFigure(
  { name, levelName, rows, runs, gate }: ChosenSpecialties,
  { words, names, resize }: PageContext,
): HTMLElement {
  const caption = words.specialties.heatCaption(name, levelName);
  return pageFigure(
    {
      caption,
      chart:
        rows.length === 0
          ? element("p", {}, words.controls.noRows)
          : element(
              "div",
              { class: "mb-scroll", tabindex: 0, role: "region", "aria-label": caption },
              resize((width) => specialtyHeatMap(rows, { width, words, names, label: caption, runs })),
            ),
      below: [
        withheldNote(
          rows.flatMap((row) => gate(row) ?? []),
          words,
          names,
        ),
      ],
      rows,
      columns: specialtyColumns(words, names),
    },
    words,
  );
}

export function runControl(
  { runs, systems }: ChosenSpecialties,
  { words }: PageContext,
): Control<string | undefined> {
  return selectControl(
    runs.map((run) => ({ label: systems.get(run) ?? run, value: run })),
    { label: words.common.system },
  );
}

/** The specialties of one run, the best first. */
export function runFigure(
  { levelName, rows, systems, gate }: ChosenSpecialties,
  run: string,
  { words, names, resize }: PageContext,
): HTMLElement {
  const own = rows
    .filter(({ run_id }) => run_id === run)
    .sort((a, b) => (b.estimate ?? -1) - (a.estimate ?? -1));
  const caption = words.specialties.detailCaption(systems.get(run) ?? "", levelName);
  const dots = own.map((row) => {
    const notes = [
      row.thin ? words.specialties.thin : null,
      row.few_groups ? words.common.fewGroups : null,
      gateNote(gate(row), words, names),
    ].filter((note) => note !== null);
    return {
      key: row.specialty,
      label: names.specialty(row.specialty),
      estimate: row.estimate,
      lower: row.lower,
      upper: row.upper,
      counts: `${words.common.itemsIn(row.n_items)}, ${words.common.scored(row.n_scored, row.n_expected)}`,
      hollow: row.thin,
      ...(row.pooled === null || row.pooled_lower === null || row.pooled_upper === null
        ? {}
        : {
            second: {
              estimate: row.pooled,
              lower: row.pooled_lower,
              upper: row.pooled_upper,
              description: pooledLines(row, words),
            },
          }),
      ...(isWithheld(row) ? { absent: words.judge.gates.withheld } : {}),
      ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
    };
  });
  return pageFigure(
    {
      caption,
      chart: resize((width) => dotInterval(dots, { width, words, label: caption })),
      rows: own,
      columns: specialtyColumns(words, names),
    },
    words,
  );
}

/** Items per specialty, one figure a pool. */
export function coverageFigures(
  { coverage }: SpecialtyData,
  level: Level,
  { words, names, resize }: PageContext,
): HTMLElement[] {
  return [...new Set(coverage.map(({ pool }) => pool))].map((pool) => {
    const own = coverage.filter((row) => row.pool === pool && row.level === level);
    const total = own.reduce((sum, { n_items }) => sum + n_items, 0);
    const untagged = own.find(({ specialty }) => specialty === "")?.n_items ?? 0;
    const empty = own.filter(({ specialty, n_items }) => specialty !== "" && n_items === 0).length;
    const caption = words.specialties.coverageCaption(pool);
    return pageFigure(
      {
        title: pool,
        caption,
        above: [
          untagged > 0 ? aside(words.specialties.untagged(untagged, total)) : null,
          empty > 0 ? aside(words.specialties.noItems(empty)) : null,
        ],
        chart: resize((width) => coverageBars(own, { width, words, names, label: caption })),
        rows: own,
        columns: coverageColumns(words, names),
      },
      words,
    );
  });
}
