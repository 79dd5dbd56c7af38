import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatCount, formatInterval, formatPercent, formatScore } from "../figures.js";
import { isWithheld } from "../gates.js";
import type { Names } from "../names.js";
import { pooledInterval, pooledPrior } from "../pooled.js";
import type { Words } from "../words.js";
import type { TableColumn } from "./data-table.js";

type Estimated = ReleasedRow<"task_scores"> | ReleasedRow<"specialty_scores">;

function estimateColumns<Row extends Estimated>(words: Words): TableColumn<Row>[] {
  const { common } = words;
  return [
    {
      label: common.score,
      text: (row) => (isWithheld(row) ? words.judge.gates.withheld : formatScore(row.estimate)),
      sort: (row) => row.estimate,
      numeric: true,
    },
    { label: common.interval, text: (row) => formatInterval(row, words), numeric: true },
    {
      label: common.items,
      text: (row) => formatCount(row.n_items),
      sort: (row) => row.n_items,
      numeric: true,
    },
    {
      label: common.groups,
      text: (row) =>
        row.few_groups ? `${formatCount(row.n_groups)} (${common.fewGroups})` : formatCount(row.n_groups),
      sort: (row) => row.n_groups,
      numeric: true,
    },
    {
      label: common.scoredOf,
      text: (row) => `${formatCount(row.n_scored)} / ${formatCount(row.n_expected)}`,
      sort: (row) => row.n_scored / row.n_expected,
      numeric: true,
    },
    {
      label: common.bounds,
      text: (row) => formatInterval({ lower: row.worst, upper: row.best }, words),
      numeric: true,
    },
  ];
}

export function taskColumns(words: Words): TableColumn<ReleasedRow<"task_scores">>[] {
  return [
    { label: words.common.system, text: ({ system }) => system, sort: ({ system }) => system },
    ...estimateColumns<ReleasedRow<"task_scores">>(words),
    { label: words.common.status, text: ({ status }) => words.common.statuses[status] },
  ];
}

export function distributionColumns({
  common,
  distributions,
}: Words): TableColumn<ReleasedRow<"score_distributions">>[] {
  return [
    { label: common.system, text: ({ system }) => system, sort: ({ system }) => system },
    {
      label: distributions.axisGroupScore,
      text: ({ group_score }) => formatScore(group_score),
      sort: ({ group_score }) => group_score,
      numeric: true,
    },
    {
      label: common.groups,
      text: ({ n_groups }) => formatCount(n_groups),
      sort: ({ n_groups }) => n_groups,
      numeric: true,
    },
  ];
}

export function specialtyColumns(words: Words, names: Names): TableColumn<ReleasedRow<"specialty_scores">>[] {
  return [
    {
      label: words.common.specialty,
      text: ({ specialty }) => names.specialty(specialty),
      sort: ({ specialty }) => specialty,
    },
    { label: words.common.system, text: ({ system }) => system, sort: ({ system }) => system },
    ...estimateColumns<ReleasedRow<"specialty_scores">>(words),
    {
      label: words.specialties.pooled,
      text: (row) => (isWithheld(row) ? words.judge.gates.withheld : formatScore(row.pooled)),
      sort: ({ pooled }) => pooled,
      numeric: true,
    },
    {
      label: words.specialties.pooledInterval,
      text: (row) => pooledInterval(row, words),
      numeric: true,
    },
    {
      label: words.specialties.prior,
      text: pooledPrior,
      sort: ({ prior_mean }) => prior_mean,
      numeric: true,
    },
    {
      label: words.specialties.shrinkage,
      text: ({ shrinkage }) => formatPercent(shrinkage),
      sort: ({ shrinkage }) => shrinkage,
      numeric: true,
    },
    {
      label: words.specialties.thinColumn,
      text: ({ thin }) => (thin ? words.specialties.thin : ""),
      sort: ({ thin }) => Number(thin),
    },
  ];
}

export function coverageColumns(
  words: Words,
  names: Names,
): TableColumn<ReleasedRow<"specialty_coverage">>[] {
  return [
    {
      label: words.common.specialty,
      text: ({ specialty }) =>
        specialty === "" ? words.specialties.noSpecialty : names.specialty(specialty),
      sort: ({ specialty }) => specialty,
    },
    {
      label: words.common.items,
      text: ({ n_items }) => formatCount(n_items),
      sort: ({ n_items }) => n_items,
      numeric: true,
    },
    {
      label: words.common.groups,
      text: ({ n_groups }) => formatCount(n_groups),
      sort: ({ n_groups }) => n_groups,
      numeric: true,
    },
    {
      label: words.specialties.datasets,
      text: ({ n_datasets }) => formatCount(n_datasets),
      sort: ({ n_datasets }) => n_datasets,
      numeric: true,
    },
  ];
}
