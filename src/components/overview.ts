import type { ReleasedRow } from "../lib/records/released-tables.js";
import { type DotInterval, dotInterval } from "./charts/dot-interval.js";
import { type ComparableSet, comparableSets, setLabels } from "./comparable.js";
import type { CatalogueDocument } from "./documents.js";
import { element } from "./dom.js";
import { formatCount, formatPercent } from "./figures.js";
import { gateIndex, gateOf } from "./gates.js";
import type { Names } from "./names.js";
import { aside, type PageContext } from "./page-figure.js";
import { firstPlaces, rankRanges } from "./ranks.js";
import { standingDot, standings } from "./standings.js";
import type { Words } from "./words.js";

export interface Overview {
  readonly catalogue: CatalogueDocument;
  readonly systems: readonly ReleasedRow<"systems">[];
  readonly overall: readonly ReleasedRow<"overall_scores">[];
  readonly dimensions: readonly ReleasedRow<"dimension_scores">[];
  readonly tasks: readonly ReleasedRow<"task_scores">[];
  readonly specialties: readonly ReleasedRow<"specialty_scores">[];
  readonly coverage: readonly ReleasedRow<"specialty_coverage">[];
  readonly outcomes: readonly ReleasedRow<"outcome_counts">[];
  readonly gates: readonly ReleasedRow<"gates">[];
  readonly ranks: readonly ReleasedRow<"ranks">[];
}

/** What was measured, in five figures. */
export function headline({ systems, tasks, outcomes }: Overview, words: Words): HTMLElement {
  const expected = outcomes.reduce((sum, { n }) => sum + n, 0);
  const scored = outcomes.reduce((sum, { outcome, n }) => sum + (outcome === "scored" ? n : 0), 0);
  const own = tasks.filter(({ metric }) => metric === "task");
  const items = new Map(
    own.map(({ dataset, pool, board, n_items }) => [`${board}/${pool}/${dataset}`, n_items]),
  );
  const counts = words.overview.counts;
  const figures: [string, string][] = [
    [formatCount(new Set(systems.map(({ system }) => system)).size), counts.systems],
    [formatCount(new Set(own.map(({ dataset }) => dataset)).size), counts.datasets],
    [formatCount([...items.values()].reduce((sum, n) => sum + n, 0)), counts.items],
    [formatCount(expected), counts.responses],
    [expected === 0 ? "–" : formatPercent(scored / expected), counts.scored],
  ];
  return element(
    "dl",
    { class: "mb-figures" },
    figures.map(([figure, label]) => element("div", {}, element("dt", {}, label), element("dd", {}, figure))),
  );
}

interface TrackPanel {
  readonly key: string;
  readonly title: string;
  readonly source: string;
  readonly more: number;
  readonly chart: (width: number) => Element;
  readonly hasSafety: boolean;
}

/** The panels of all sets, each a chart with what to know about it. */
export function panelGrid(overview: Overview, { words, names, resize }: PageContext): HTMLElement {
  return element(
    "div",
    { class: "mb-panels" },
    trackPanels(overview, names, words).map(({ title, source, chart, hasSafety, more }) =>
      element(
        "section",
        { class: "mb-panel" },
        element("h2", {}, title, element("small", {}, source)),
        resize(chart),
        hasSafety ? null : aside(words.overview.safetyNone),
        more > 0
          ? element(
              "p",
              { class: "mb-aside" },
              element("a", { href: "./leaderboard.html" }, words.overview.more(more)),
            )
          : null,
      ),
    ),
  );
}

/** One panel per set of comparable runs: the safety score beside the overall score, the leading systems first. */
function trackPanels(overview: Overview, names: Names, words: Words, { most = 8 } = {}): TrackPanel[] {
  const safety = new Set(overview.catalogue.benchmarks.flatMap(({ safetyDimensions }) => safetyDimensions));
  const safetyByRun = new Map(
    overview.dimensions.filter(({ dimension }) => safety.has(dimension)).map((row) => [row.run_id, row]),
  );
  const sets = comparableSets(overview.overall, overview.catalogue);
  const labels = setLabels(sets, names, words, overview.systems);
  const gates = gateIndex(overview.gates);
  // A system alone under its settings has nobody to be compared with; the leaderboard shows it.
  return multiRunSets(sets).map(({ key, track, rows }) => {
    const ranked = standings(rows, overview.systems, overview.catalogue, { gates, ranks: overview.ranks });
    const shown = ranked.slice(0, most);
    const hasSafety = shown.some(({ row }) => safetyByRun.has(row.run_id));
    const { safety: first, overall: second } = words.common;
    const dots: DotInterval[] = shown.flatMap((standing) => {
      const overall = standingDot(standing, words, names);
      const row = safetyByRun.get(standing.row.run_id);
      return [
        ...(row === undefined || !hasSafety
          ? []
          : [
              {
                ...standingDot(
                  {
                    ...standing,
                    row,
                    shown: row.estimate,
                    complete: row.estimate !== null,
                    gate: gateOf(gates, row.run_id, "dimension", row.dimension),
                  },
                  words,
                  names,
                ),
                panel: first,
              },
            ]),
        { ...overall, panel: second },
      ];
    });
    return {
      key,
      title: labels.get(key)?.title ?? track,
      source: labels.get(key)?.source ?? "",
      more: ranked.length - shown.length,
      hasSafety,
      chart: (width) =>
        dotInterval(dots, {
          width,
          words,
          label: words.overview.chart(labels.get(key)?.whole ?? track),
          panels: hasSafety ? [first, second] : [second],
        }),
    };
  });
}

/** What a reader may and may not conclude, computed from the tables. */
export function trustNotes(overview: Overview, names: Names, words: Words): HTMLElement {
  const { catalogue, overall, specialties, outcomes, coverage } = overview;
  const sets = comparableSets(overall, catalogue);
  const shown = multiRunSets(sets);
  const labels = setLabels(sets, names, words);
  const name = ({ key, benchmark, track }: (typeof sets)[number]) => {
    const alone = shown.filter((set) => set.track === track && set.benchmark === benchmark).length === 1;
    return (alone ? labels.get(key)?.title : labels.get(key)?.whole) ?? "";
  };
  const expected = outcomes.reduce((sum, { n }) => sum + n, 0);
  const lost = outcomes.reduce((sum, { outcome, n }) => sum + (outcome === "scored" ? 0 : n), 0);
  const sizes = new Map<string, number>();
  for (const { level, specialty, n_items } of coverage) {
    if (level === "primary" && specialty !== "" && n_items > 0)
      sizes.set(specialty, Math.max(n_items, sizes.get(specialty) ?? 0));
  }
  const thin = [...sizes.values()].filter((n) => n < 30).length;
  const tracks = new Set(overall.map(({ track }) => track));
  const inferred = catalogue.benchmarks
    .flatMap(({ dimensions }) => dimensions)
    .filter(({ track, basis }) => tracks.has(track) && basis === "inferred").length;
  const ranges = rankRanges(overview.ranks);
  const notes = [
    ...shown.flatMap((set) => {
      const first = firstPlaces(
        ranges,
        set.rows.map(({ run_id }) => run_id),
      );
      const complete = set.rows.filter(({ estimate }) => estimate !== null);
      return first === 0 && complete.length < 2 ? [] : [words.overview.ties(first, name(set))];
    }),
    ...(expected === 0 ? [] : [words.overview.unscored(formatPercent(lost / expected))]),
    ...(shown.length === sets.length ? [] : [words.overview.alone(sets.length - shown.length)]),
    words.overview.incompleteSystems(overall.filter(({ status }) => status !== "complete").length),
    ...gateNotes(overview.gates, words),
    ...(specialties.length === 0 || thin === 0 ? [] : [words.overview.thin(thin, sizes.size)]),
    ...(inferred === 0 ? [] : [words.overview.inferred(inferred)]),
  ];
  return element(
    "ul",
    { class: "mb-trust" },
    notes.map((note) => element("li", {}, note)),
  );
}

/** How much of what is shown depends on a judge without enough evidence, and how much is withheld for that reason. */
function gateNotes(gates: readonly ReleasedRow<"gates">[], words: Words): string[] {
  const scores = gates.filter(({ scope }) => !scope.startsWith("judged_"));
  const withheld = scores.filter(({ decision }) => decision === "withhold").length;
  const worst = Math.max(
    0,
    ...scores
      .filter(({ scope, decision }) => scope === "overall" && decision !== "withhold")
      .map(({ unvalidated_share }) => unvalidated_share),
  );
  const text = words.judge.gates;
  return [
    ...(worst === 0 ? [] : [text.judgedOverall(formatPercent(worst))]),
    ...(withheld === 0 ? [] : [text.note(withheld, scores.length)]),
  ];
}

/** Sets of two and more; all sets where none has two. */
function multiRunSets<Row>(sets: readonly ComparableSet<Row>[]): readonly ComparableSet<Row>[] {
  const larger = sets.filter(({ rows }) => rows.length > 1);
  return larger.length > 0 ? larger : sets;
}
