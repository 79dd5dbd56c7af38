import type { ReleasedRow } from "../lib/records/released-tables.js";
import { dotInterval } from "./charts/dot-interval.js";
import { comparableSets, setLabels } from "./comparable.js";
import { searchControl, selectControl } from "./controls.js";
import type { CatalogueDocument } from "./documents.js";
import { element } from "./dom.js";
import { gateIndex, withheldNote } from "./gates.js";
import { aside, type PageContext, pageFigure } from "./page-figure.js";
import { pairsAmong } from "./ranks.js";
import { type Standing, type StandingFigures, standingDot, standings } from "./standings.js";
import { dataTable } from "./tables/data-table.js";
import { pairColumns, pairMatrix } from "./tables/pair-matrix.js";
import { standingColumns } from "./tables/standing-table.js";

export interface LeaderboardData {
  readonly catalogue: CatalogueDocument;
  readonly systems: readonly ReleasedRow<"systems">[];
  readonly overall: readonly ReleasedRow<"overall_scores">[];
  readonly dimensions: readonly ReleasedRow<"dimension_scores">[];
  readonly gates: readonly ReleasedRow<"gates">[];
  readonly ranks: readonly ReleasedRow<"ranks">[];
  readonly comparisons: readonly ReleasedRow<"comparisons">[];
}

export interface LeaderboardFilters {
  /** How the system can be used; null = all. */
  readonly access: string | null;
  /** Part of a system's or organisation's name, in lower case. */
  readonly search: string;
}

/** The controls of the leaderboard, and its figures for what they choose. */
export function leaderboard(data: LeaderboardData, context: PageContext) {
  const { words, names } = context;
  const sets = comparableSets(data.overall, data.catalogue);
  const labels = setLabels(sets, names, words, data.systems);
  const nameOf = (key: string) => labels.get(key)?.whole ?? "";
  const accesses = [...new Set(data.systems.flatMap(({ access }) => access ?? []))]
    .filter((access) => access !== "")
    .sort();
  const index = { gates: gateIndex(data.gates), ranks: data.ranks };
  return {
    setControl: selectControl(
      sets.map(({ key, track }) => ({ label: nameOf(key), value: key, group: names.track(track) })),
      { label: words.controls.set },
    ),
    accessControl: selectControl<string | null>(
      [
        { label: words.common.all, value: null },
        ...accesses.map((value) => ({ label: words.common.accessKinds[value] ?? value, value })),
      ],
      { label: words.common.access },
    ),
    searchControl: searchControl({ label: words.controls.search, hint: words.controls.searchHint }),
    choose: (setKey: string, filters: LeaderboardFilters) => {
      const set = sets.find(({ key }) => key === setKey);
      const ranked = (rows: Parameters<typeof standings>[0], figures: StandingFigures): readonly Standing[] =>
        standings(rows, data.systems, data.catalogue, figures).filter((standing) =>
          isWanted(standing, filters),
        );
      const runs = new Set(set?.rows.map(({ run_id }) => run_id));
      const dimensions = data.catalogue.benchmarks
        .filter(({ id }) => id === set?.benchmark)
        .flatMap(({ dimensions }) => dimensions)
        .filter(({ track }) => track === set?.track)
        .map((dimension) => ({
          dimension,
          standings: ranked(
            data.dimensions.filter((row) => row.dimension === dimension.id && runs.has(row.run_id)),
            { ...index, dimension: dimension.id },
          ),
        }));
      return { name: nameOf(setKey), overall: ranked(set?.rows ?? [], index), dimensions };
    },
  };
}

type Chosen = ReturnType<ReturnType<typeof leaderboard>["choose"]>;

const isWanted = ({ row, system }: Standing, { access, search }: LeaderboardFilters) =>
  (access === null || system?.access === access) &&
  `${row.system} ${system?.organisation ?? ""}`.toLowerCase().includes(search);

const dotsOf = (ranked: readonly Standing[], caption: string, { words, names, resize }: PageContext) =>
  resize((width) =>
    dotInterval(
      ranked.map((standing) => standingDot(standing, words, names)),
      { width, words, label: caption },
    ),
  );

const withheldAmong = (ranked: readonly Standing[], { words, names }: PageContext) =>
  withheldNote(
    ranked.flatMap(({ gate }) => gate ?? []),
    words,
    names,
  );

export function overallFigure({ name, overall }: Chosen, context: PageContext): HTMLElement {
  const { words } = context;
  const caption = words.leaderboard.overallCaption(name);
  return element(
    "figure",
    { class: "mb-figure" },
    element("figcaption", {}, caption),
    dotsOf(overall, caption, context),
    overall.some(({ complete }) => !complete) ? aside(words.leaderboard.hollow) : null,
    withheldAmong(overall, context),
    dataTable(overall, standingColumns(words), { caption, words }),
  );
}

/** Every pair of the systems shown. */
export function pairsFigure(
  { name, overall }: Chosen,
  { comparisons }: LeaderboardData,
  { words }: PageContext,
): HTMLElement {
  const compared = overall.filter(({ complete }) => complete).map(({ row }) => row);
  const pairs = pairsAmong(
    comparisons,
    compared.map(({ run_id }) => run_id),
  );
  const text = words.leaderboard.pairs;
  if (pairs.length === 0) return aside(text.none);
  const caption = text.caption(name);
  return pageFigure(
    {
      caption,
      chart: pairMatrix(compared, pairs, { caption, words }),
      rows: pairs,
      columns: pairColumns(words),
      tableCaption: text.tableCaption(name),
    },
    words,
  );
}

export function dimensionFigures({ name, dimensions }: Chosen, context: PageContext): HTMLElement[] {
  const { words, names } = context;
  return dimensions
    .filter(({ standings }) => standings.length > 0)
    .map(({ dimension, standings }) => {
      const title = names.dimension(dimension.id);
      const caption = words.leaderboard.dimensionCaption(title, name);
      return pageFigure(
        {
          title,
          caption,
          above: [dimension.basis === "inferred" ? aside(words.leaderboard.inferredDimension) : null],
          chart: dotsOf(standings, caption, context),
          below: [withheldAmong(standings, context)],
          rows: standings,
          columns: standingColumns(words),
        },
        words,
      );
    });
}
