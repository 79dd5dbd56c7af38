import { type OutcomePolicies, outcomePolicies } from "../../../src/lib/catalogue/outcome-policy.js";
import type { Catalogue, MetricVersion } from "../../../src/lib/catalogue/schema.js";
import { outcomes, type Row } from "../../../src/lib/records/tables.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { taskBounds } from "../../../src/lib/stats/outcome-bounds.js";
import { roundHalfUp } from "../../../src/lib/util/rounding.js";
import { type IdentityFacts, identityHash, identityOf } from "../../groups/identities.js";
import { type RunRow, runColumnsOf } from "../../groups/run-row.js";
import type { TaskCell } from "../../groups/task-cells.js";
import type { Place, Versions } from "../../groups/task-groups.js";
import type { Companion } from "./companion.js";
import { emptyLedger, type Ledger, type Ledgers } from "./ledgers.js";
import { meanColumns } from "./mean-columns.js";

export type TaskRow = Row<"task_scores">;
type TaskStatus = TaskRow["status"];

interface TaskContext {
  readonly run: RunRow;
  readonly catalogue: Catalogue;
  readonly versions: Versions;
  readonly facts: IdentityFacts;
  readonly ledgers: Ledgers;
  readonly sizes: Place["sizes"];
  readonly cells: ReadonlyMap<string, readonly TaskCell[]>;
  /** Companion metrics, by dataset. */
  readonly companions: ReadonlyMap<string, readonly Companion[]>;
  readonly confidence: number;
}

/** Rows of `task_scores` for one run: the task itself and its companion metrics. */
export function taskRows(context: TaskContext): TaskRow[] {
  const { run, catalogue, versions, facts, ledgers, sizes, companions } = context;
  const ledger = ledgers.get(run.run_id) ?? new Map<string, Ledger>();
  return catalogue.datasets
    .filter((dataset) => dataset.track === run.track && (ledger.has(dataset.id) || sizes.has(dataset.id)))
    .flatMap((dataset) => {
      const version = versions.get(dataset.id);
      const identity = identityOf(run, dataset.id, version, facts);
      const counts = ledger.get(dataset.id) ?? emptyLedger();
      const status = statusOf(counts, version, outcomePolicies(catalogue, run.board));
      const shared = {
        ...runColumnsOf(run),
        dataset: dataset.id,
        dimension: dataset.dimension,
        ...(sizes.get(dataset.id) ?? { n_items: 0, n_groups: 0 }),
        n_expected: counts.expected,
        n_scored: counts.of("scored"),
        ...outcomeColumns(counts),
        status,
        identity: identityHash(identity),
        metric_version: identity.metricVersion,
        judge: identity.judge,
        judge_prompt: identity.judgePrompt,
        gold_version: identity.goldVersion,
        settings: identity.settings,
      };
      const task = taskEstimate(context, dataset.id, status, counts, shared.n_groups);
      const further = status === "complete" ? (companions.get(dataset.id) ?? []) : [];
      return [
        { ...shared, metric: "task", ...task },
        ...further.map((companion) => ({ ...shared, ...noEstimate, ...companion })),
      ];
    });
}

type OutcomeColumns = Row<"task_scores", `n_${Exclude<(typeof outcomes)[number], "scored">}`>;

function outcomeColumns(counts: Ledger): OutcomeColumns {
  const lost = outcomes.filter((outcome) => outcome !== "scored");
  return Object.fromEntries(lost.map((outcome) => [`n_${outcome}`, counts.of(outcome)])) as OutcomeColumns;
}

const noEstimate = { ...meanColumns(null), board_value: null, worst: null, best: null };

/** Estimate, interval, board value and bounds of a dataset. */
function taskEstimate(
  context: TaskContext,
  dataset: string,
  status: TaskStatus,
  counts: Ledger,
  nGroups: number,
) {
  const cells = context.cells.get(dataset) ?? [];
  const waiting = {
    ...noEstimate,
    worst: cells.length === 0 ? 0 : null,
    best: cells.length === 0 ? 1 : null,
  };
  if (status !== "complete" || cells.length === 0 || counts.expected === 0) return waiting;
  const found = groupMean(cells, { confidence: context.confidence });
  const { estimate } = found;
  const strata = cells.map(({ weight, nGroups: nClusters, sumMean, sumBest }) => ({
    ...{ weight, nClusters, sumMean, sumBest },
  }));
  return {
    ...meanColumns(found),
    board_value:
      estimate === null ? null : roundHalfUp(estimate * 100, context.catalogue.composite.boardDecimals),
    ...taskBounds(strata, nGroups, estimate),
  };
}

/**
 * Whether the answers of a dataset can be summed up in a score. What waits for gold or a judge keeps the score open if that is its
 * policy, and where nothing else was scored.
 */
export function statusOf(
  counts: Ledger,
  version: MetricVersion | undefined,
  policies: OutcomePolicies,
): TaskStatus {
  if (counts.expected === 0) return "not_submitted";
  if (counts.unsubmitted > 0 && counts.unsubmitted + counts.of("excluded") === counts.expected)
    return "not_submitted";
  if ((version?.components ?? null) === null) return "not_computed";
  if (counts.of("excluded") === counts.expected) return "not_submitted";
  for (const outcome of ["awaiting_gold", "awaiting_judgment"] as const) {
    const isOpen = policies[outcome] === "pending" || counts.of("scored") === 0;
    if (counts.of(outcome) > 0 && isOpen) return outcome;
  }
  return "complete";
}
