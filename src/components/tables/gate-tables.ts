import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { formatCount, formatPercent } from "../figures.js";
import { figureName, gateNote } from "../gates.js";
import type { Names } from "../names.js";
import type { Words } from "../words.js";
import type { TableColumn } from "./data-table.js";

/** Counts of decisions by kind of figure. */
export interface GateCount {
  readonly scope: ReleasedRow<"gates">["scope"];
  readonly counts: Readonly<Record<string, number>>;
}

export function gateCounts(gates: readonly ReleasedRow<"gates">[]): GateCount[] {
  const scopes = [...new Set(gates.map(({ scope }) => scope))];
  return scopes.map((scope) => {
    const counts: Record<string, number> = {};
    for (const { decision } of gates.filter((gate) => gate.scope === scope))
      counts[decision] = (counts[decision] ?? 0) + 1;
    return { scope, counts };
  });
}

export function gateCountColumns(words: Words): TableColumn<GateCount>[] {
  const text = words.judge.gates;
  return [
    { label: text.scope, text: ({ scope }) => text.scopes[scope] },
    ...Object.entries(text.decisions).map(
      ([decision, label]): TableColumn<GateCount> => ({
        label,
        text: ({ counts }) => formatCount(counts[decision] ?? 0),
        sort: ({ counts }) => counts[decision] ?? 0,
        numeric: true,
      }),
    ),
  ];
}

export function withheldColumns(words: Words, names: Names): TableColumn<ReleasedRow<"gates">>[] {
  const { common, judge } = words;
  return [
    { label: common.system, text: ({ system }) => system, sort: ({ system }) => system },
    {
      label: judge.gates.scope,
      text: ({ scope }) => judge.gates.scopes[scope],
      sort: ({ scope }) => scope,
    },
    { label: judge.slice, text: (gate) => figureName(gate, words, names), sort: ({ name }) => name },
    {
      label: judge.gates.unvalidated,
      text: ({ unvalidated_share }) => formatPercent(unvalidated_share),
      sort: ({ unvalidated_share }) => unvalidated_share,
      numeric: true,
    },
    { label: judge.effects.note, text: (gate) => gateNote(gate, words, names) ?? "" },
  ];
}
