import type { ReleasedRow } from "../../lib/records/released-tables.js";
import type { OutcomeShare } from "../charts/outcome-bars.js";
import { formatCount, formatPercent } from "../figures.js";
import type { Words } from "../words.js";
import type { TableColumn } from "./data-table.js";

export function outcomeColumns({ common, quality }: Words): TableColumn<OutcomeShare>[] {
  return [
    { label: common.system, text: ({ system }) => system, sort: ({ system }) => system },
    {
      label: quality.outcome,
      text: ({ outcome }) => common.outcomes[outcome],
      sort: ({ outcome }) => outcome,
    },
    { label: quality.responses, text: ({ n }) => formatCount(n), sort: ({ n }) => n, numeric: true },
    {
      label: quality.expected,
      text: ({ expected }) => formatCount(expected),
      sort: ({ expected }) => expected,
      numeric: true,
    },
    {
      label: quality.share,
      text: ({ share }) => formatPercent(share),
      sort: ({ share }) => share,
      numeric: true,
    },
    {
      label: quality.policy,
      text: ({ policy }) => common.policies[policy],
      sort: ({ policy }) => policy,
    },
  ];
}

export function readingColumns({ common, quality }: Words): TableColumn<ReleasedRow<"reading_accuracy">>[] {
  return [
    { label: common.system, text: ({ system }) => system, sort: ({ system }) => system },
    { label: common.dataset, text: ({ dataset }) => dataset, sort: ({ dataset }) => dataset },
    {
      label: quality.sourceReading,
      text: (row) => formatPercent(row.source_accuracy),
      sort: (row) => row.source_accuracy,
      numeric: true,
    },
    {
      label: quality.ourReading,
      text: (row) => formatPercent(row.our_accuracy),
      sort: (row) => row.our_accuracy,
      numeric: true,
    },
    {
      label: quality.difference,
      text: (row) => signed(row.our_accuracy - row.source_accuracy),
      sort: (row) => row.our_accuracy - row.source_accuracy,
      numeric: true,
    },
    {
      label: quality.differ,
      text: (row) => `${formatCount(row.n_differ)} / ${formatCount(row.n_responses)}`,
      sort: (row) => row.n_differ,
      numeric: true,
    },
  ];
}

export function fileColumns({ quality }: Words): TableColumn<ReleasedRow<"source_files">>[] {
  return [
    { label: quality.file, text: ({ file }) => file, sort: ({ file }) => file },
    { label: quality.source, text: ({ source }) => source, sort: ({ source }) => source },
    { label: quality.role, text: ({ role }) => quality.roles[role], sort: ({ role }) => role },
    {
      label: quality.rowsIn,
      text: (row) => formatCount(row.rows_in),
      sort: (row) => row.rows_in,
      numeric: true,
    },
    {
      label: quality.rowsOut,
      text: (row) => formatCount(row.rows_out),
      sort: (row) => row.rows_out,
      numeric: true,
    },
    {
      label: quality.rowsQuarantined,
      text: (row) => formatCount(row.rows_quarantined),
      sort: (row) => row.rows_quarantined,
      numeric: true,
    },
  ];
}

export function quarantineColumns({ quality }: Words): TableColumn<ReleasedRow<"quarantine_counts">>[] {
  return [
    { label: quality.file, text: ({ file }) => file, sort: ({ file }) => file },
    { label: quality.source, text: ({ source }) => source, sort: ({ source }) => source },
    {
      label: quality.reason,
      text: ({ reason }) => quality.reasons[reason],
      sort: ({ reason }) => reason,
    },
    { label: quality.rowsQuarantined, text: ({ n }) => formatCount(n), sort: ({ n }) => n, numeric: true },
  ];
}

/** A difference of shares in points, with its sign. */
function signed(value: number): string {
  const text = formatPercent(Math.abs(value));
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text;
}
