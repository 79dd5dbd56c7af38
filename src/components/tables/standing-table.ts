import { formatInterval, formatPercent, formatScore } from "../figures.js";
import { isWithheld } from "../gates.js";
import type { Standing } from "../standings.js";
import type { Words } from "../words.js";
import type { TableColumn } from "./data-table.js";

/** What the leaderboard tells of a system, in the order of interest. */
export function standingColumns(words: Words): TableColumn<Standing>[] {
  const { common, judge } = words;
  return [
    { label: common.system, text: ({ row }) => row.system, sort: ({ row }) => row.system },
    {
      label: common.rankRange,
      text: ({ rank }) =>
        rank === null ? "–" : rank.from === rank.to ? `${rank.from}` : `${rank.from}–${rank.to}`,
      sort: ({ rank }) => rank?.from ?? null,
      numeric: true,
    },
    {
      label: common.score,
      text: ({ row }) => (isWithheld(row) ? judge.gates.withheld : formatScore(row.estimate)),
      sort: ({ row }) => row.estimate,
      numeric: true,
    },
    { label: common.interval, text: ({ row }) => formatInterval(row, words), numeric: true },
    {
      label: judge.gates.corrected,
      text: ({ row }) =>
        row.corrected === null
          ? "–"
          : `${formatScore(row.corrected)} (${formatInterval({ lower: row.corrected_lower, upper: row.corrected_upper }, words)}; ${judge.corrected.raters[row.corrected_raters ?? "these raters"]})`,
      sort: ({ row }) => row.corrected,
      numeric: true,
    },
    {
      label: judge.gates.restsOnJudge,
      text: ({ gate }) => formatPercent(gate?.judge_share),
      sort: ({ gate }) => gate?.judge_share ?? null,
      numeric: true,
    },
    {
      label: judge.gates.unvalidated,
      text: ({ gate }) => formatPercent(gate?.unvalidated_share),
      sort: ({ gate }) => gate?.unvalidated_share ?? null,
      numeric: true,
    },
    {
      label: judge.gates.column,
      text: ({ gate }) => (gate === undefined ? "–" : judge.gates.decisions[gate.decision]),
      sort: ({ gate }) => gate?.decision ?? null,
    },
    {
      label: common.boardValue,
      text: ({ row }) => (row.board_value === null ? "–" : row.board_value.toFixed(1)),
      sort: ({ row }) => row.board_value,
      numeric: true,
    },
    {
      label: common.bounds,
      text: ({ row }) => formatInterval({ lower: row.worst, upper: row.best }, words),
      numeric: true,
    },
    {
      label: common.scoredOf,
      text: ({ row }) => `${row.n_scored.toLocaleString("en")} / ${row.n_expected.toLocaleString("en")}`,
      sort: ({ row }) => row.n_scored / row.n_expected,
      numeric: true,
    },
    {
      label: common.groups,
      text: ({ row }) => {
        const groups = row.n_groups.toLocaleString("en");
        return row.few_groups ? `${groups} (${common.fewGroups})` : groups;
      },
      sort: ({ row }) => row.n_groups,
      numeric: true,
    },
    {
      label: common.organisation,
      text: ({ system }) => system?.organisation ?? "–",
      sort: ({ system }) => system?.organisation ?? null,
    },
    {
      label: common.access,
      text: ({ system }) => (system?.access ? (common.accessKinds[system.access] ?? system.access) : "–"),
      sort: ({ system }) => system?.access ?? null,
    },
    {
      label: common.status,
      text: ({ row, otherSettings }) =>
        [
          row.estimate === null && !isWithheld(row)
            ? `${common.statuses[row.status]} (${common.tasksOf(row.n_tasks_scored, row.n_tasks)})`
            : common.statuses[row.status],
          ...(otherSettings ? [common.otherSettings] : []),
        ].join(words.language.semicolon),
    },
  ];
}
