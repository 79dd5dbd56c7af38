import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatRounded } from "../../lib/util/rounding.js";
import { formatCount, formatInterval, formatPercent, formatScore } from "../figures.js";
import { formatKappa } from "../judge-headline.js";
import type { Names } from "../names.js";
import type { Words } from "../words.js";
import type { TableColumn } from "./data-table.js";

const range = (lower: number | null, upper: number | null, words: Words) =>
  lower === null || upper === null ? "–" : words.common.to(formatRounded(lower, 2), formatRounded(upper, 2));

/** Agreement per criterion: every statistic that a methodologist asks for beside kappa. */
export function agreementColumns(words: Words): TableColumn<ReleasedRow<"agreement">>[] {
  const { judge, common } = words;
  const numeric = (
    label: string,
    value: (row: ReleasedRow<"agreement">) => number | null,
  ): TableColumn<ReleasedRow<"agreement">> => ({
    label,
    text: (row) => formatKappa(value(row)),
    sort: value,
    numeric: true,
  });
  return [
    {
      label: judge.criterion,
      text: (row) => judge.criteria[row.criterion] ?? row.criterion,
      sort: (row) => row.criterion,
    },
    { label: "n", text: (row) => formatCount(row.n_ratings), sort: (row) => row.n_ratings, numeric: true },
    numeric("κ", (row) => row.kappa),
    { label: common.interval, text: (row) => range(row.kappa_lower, row.kappa_upper, words), numeric: true },
    numeric(judge.headline.ceiling, (row) => row.ceiling),
    numeric("p₀", (row) => row.raw_agreement),
    numeric("AC", (row) => row.ac),
    numeric("α", (row) => row.alpha),
    numeric("ICC", (row) => row.icc),
    numeric(judge.blandAltman.difference, (row) => row.bias),
    {
      label: judge.blandAltman.limits,
      text: (row) => range(row.limit_lower, row.limit_upper, words),
      numeric: true,
    },
  ];
}

export function gradeColumns(words: Words): TableColumn<ReleasedRow<"judge_grades">>[] {
  const { confusion } = words.judge;
  return [
    {
      label: confusion.judge,
      text: (row) => String(row.judge_value),
      sort: (row) => row.judge_value,
      numeric: true,
    },
    {
      label: confusion.people,
      text: (row) => String(row.people_value),
      sort: (row) => row.people_value,
      numeric: true,
    },
    {
      label: confusion.pairs,
      text: (row) => formatCount(row.n_ratings),
      sort: (row) => row.n_ratings,
      numeric: true,
    },
  ];
}

export function validityColumns(words: Words, names: Names): TableColumn<ReleasedRow<"validity">>[] {
  const { validity, items } = words.judge;
  return [
    {
      label: words.common.specialty,
      text: ({ slice }) => (slice === "" ? words.specialties.noSpecialty : names.specialty(slice)),
      sort: ({ slice }) => slice,
    },
    {
      label: words.common.status,
      text: ({ status }) => validity.statuses[status],
      sort: ({ status }) => status,
    },
    {
      label: validity.action,
      text: ({ action }) => validity.actions[action],
      sort: ({ action }) => action,
    },
    { label: items, text: (row) => formatCount(row.n_groups), sort: (row) => row.n_groups, numeric: true },
    { label: validity.own, text: (row) => formatKappa(row.kappa), sort: (row) => row.kappa, numeric: true },
    {
      label: words.common.interval,
      text: (row) => range(row.kappa_lower, row.kappa_upper, words),
      numeric: true,
    },
    {
      label: validity.pooled,
      text: (row) => formatKappa(row.pooled),
      sort: (row) => row.pooled,
      numeric: true,
    },
    {
      label: validity.borrowed,
      text: (row) => formatPercent(row.borrowed),
      sort: (row) => row.borrowed,
      numeric: true,
    },
  ];
}

export function driftColumns(words: Words): TableColumn<ReleasedRow<"drift">>[] {
  const { drift, criteria, criterion, items } = words.judge;
  return [
    {
      label: criterion,
      text: (row) => criteria[row.criterion] ?? row.criterion,
      sort: (row) => row.criterion,
    },
    { label: drift.period, text: (row) => row.period, sort: (row) => row.period },
    { label: drift.baseline, text: (row) => row.baseline },
    {
      label: drift.change,
      text: (row) => formatRounded(row.change, 2),
      sort: (row) => row.change,
      numeric: true,
    },
    { label: drift.limit, text: (row) => `±${formatRounded(row.control_limit, 2)}`, numeric: true },
    { label: drift.alarm, text: (row) => (row.alarm === null ? "–" : row.alarm ? drift.yes : drift.no) },
    { label: items, text: (row) => formatCount(row.n_groups), sort: (row) => row.n_groups, numeric: true },
  ];
}

export function correctedColumns(words: Words): TableColumn<ReleasedRow<"corrected_scores">>[] {
  const { corrected } = words.judge;
  return [
    { label: words.common.system, text: ({ system }) => system, sort: ({ system }) => system },
    {
      label: corrected.judge,
      text: (row) => formatScore(row.judge_estimate),
      sort: (row) => row.judge_estimate,
      numeric: true,
    },
    {
      label: corrected.corrected,
      text: (row) => formatScore(row.estimate),
      sort: (row) => row.estimate,
      numeric: true,
    },
    { label: words.common.interval, text: (row) => formatInterval(row, words), numeric: true },
    {
      label: corrected.about,
      text: (row) => (row.estimate === null ? "–" : corrected.raters[row.raters]),
    },
    {
      label: corrected.rated,
      text: (row) => `${formatCount(row.n_rated)} / ${formatCount(row.n_judged)}`,
      sort: (row) => row.n_rated,
      numeric: true,
    },
    { label: corrected.refused, text: (row) => words.common.message(row.reason, row.reason_parameters) },
  ];
}

export function effectColumns(words: Words): TableColumn<ReleasedRow<"judge_effects">>[] {
  const { effects, items } = words.judge;
  return [
    {
      label: effects.effect,
      text: (row) => effects.names[row.effect],
      sort: (row) => row.effect,
    },
    {
      label: effects.subject,
      text: (row) => words.common.message(row.subject, row.subject_parameters),
      sort: (row) => words.common.message(row.subject, row.subject_parameters),
    },
    {
      label: effects.estimate,
      text: (row) => formatRounded(row.estimate, 2),
      sort: (row) => row.estimate,
      numeric: true,
    },
    { label: words.common.interval, text: (row) => range(row.lower, row.upper, words), numeric: true },
    { label: items, text: (row) => formatCount(row.n_groups), sort: (row) => row.n_groups, numeric: true },
    { label: effects.note, text: (row) => words.common.message(row.reason, row.reason_parameters) },
  ];
}
