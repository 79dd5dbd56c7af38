import type { ReleasedRow } from "../lib/records/released-tables.js";
import type { DotInterval } from "./charts/dot-interval.js";
import type { CatalogueDocument } from "./documents.js";
import { type GateIndex, gateNote, gateOf, isWithheld } from "./gates.js";
import type { Names } from "./names.js";
import { type RankRange, rankRanges } from "./ranks.js";
import { hasOtherSettings } from "./settings.js";
import type { Words } from "./words.js";

type CompositeRow = ReleasedRow<"overall_scores"> | ReleasedRow<"dimension_scores">;

/** A composite score of a run, ready to show. */
export interface Standing {
  readonly row: CompositeRow;
  readonly system: ReleasedRow<"systems"> | undefined;
  readonly rank: RankRange | null;
  /** The score, or for an incomplete system the mean over what was submitted. */
  readonly shown: number | null;
  readonly complete: boolean;
  readonly otherSettings: boolean;
  /** Absent where the release holds no gates. */
  readonly gate: ReleasedRow<"gates"> | undefined;
}

/** Which figure a list of composites shows: the overall score, or a dimension. */
export interface StandingFigures {
  readonly gates: GateIndex;
  readonly ranks: readonly ReleasedRow<"ranks">[];
  readonly dimension?: string;
}

/** Complete systems by score, then incomplete ones: these take no rank, as their mean is over other tasks. */
export function standings(
  rows: readonly CompositeRow[],
  systems: readonly ReleasedRow<"systems">[],
  catalogue: CatalogueDocument,
  { gates, ranks, dimension }: StandingFigures = { gates: new Map(), ranks: [] },
): Standing[] {
  const byRun = new Map(systems.map((system) => [system.run_id, system]));
  const ranges = rankRanges(ranks, dimension === undefined ? {} : { dimension });
  return rows
    .map((row) => {
      const system = byRun.get(row.run_id);
      return {
        row,
        system,
        rank: ranges.get(row.run_id) ?? null,
        shown: row.estimate ?? row.mean_over_submitted,
        complete: row.estimate !== null,
        gate:
          dimension === undefined
            ? gateOf(gates, row.run_id, "overall", "")
            : gateOf(gates, row.run_id, "dimension", dimension),
        otherSettings: system !== undefined && hasOtherSettings(system, catalogue),
      };
    })
    .sort((a, b) => Number(b.complete) - Number(a.complete) || (b.shown ?? -1) - (a.shown ?? -1));
}

export function standingDot(
  { row, shown, complete, otherSettings, gate }: Standing,
  words: Words,
  names: Names,
): DotInterval {
  const withheld = isWithheld(row);
  const reason = gateNote(gate, words, names);
  const notes = [
    ...(complete || withheld ? [] : [words.common.incomplete(row.n_tasks_scored, row.n_tasks)]),
    ...(otherSettings ? [words.common.otherSettings] : []),
    ...(row.few_groups ? [words.common.fewGroups] : []),
    ...(reason === null ? [] : [reason]),
  ];
  return {
    key: row.run_id,
    label: row.system,
    estimate: shown,
    lower: row.lower,
    upper: row.upper,
    counts: `${words.common.scored(row.n_scored, row.n_expected)} · ${words.common.groupsIn(row.n_groups)}`,
    hollow: !complete,
    ...(withheld ? { absent: words.judge.gates.withheld } : {}),
    ...(notes.length === 0 ? {} : { note: notes.join(words.language.semicolon) }),
  };
}
