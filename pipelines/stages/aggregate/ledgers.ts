import type { Row } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Engine } from "../../warehouse/engine.js";

/** What became of the expected responses of one dataset in one run. */
export interface Ledger {
  readonly expected: number;
  readonly unsubmitted: number;
  of(outcome: Row<"outcomes">["outcome"]): number;
}

/** Ledgers by run, then by dataset. */
export type Ledgers = ReadonlyMap<string, ReadonlyMap<string, Ledger>>;

export const emptyLedger = (): Ledger => ({ expected: 0, unsubmitted: 0, of: () => 0 });

/** Ledgers of every run under one condition; only `base`, the prompts as published, enters the scores of tasks. */
export async function ledgersOf(engine: Engine, condition = "base"): Promise<Ledgers> {
  const rows = await engine.rows<
    Row<"outcome_counts", "run_id" | "dataset" | "outcome" | "n" | "n_unsubmitted">
  >(
    `SELECT run_id, dataset, outcome, sum(n)::BIGINT AS n, sum(n_unsubmitted)::BIGINT AS n_unsubmitted
     FROM outcome_counts WHERE condition = $condition GROUP BY run_id, dataset, outcome ORDER BY ALL`,
    { condition },
  );
  const runs = groupBy(rows, ({ run_id }) => run_id);
  return new Map(
    [...runs].map(([runId, own]) => [
      runId,
      new Map(
        [...groupBy(own, ({ dataset }) => dataset)].map(([dataset, counts]) => [dataset, ledgerOf(counts)]),
      ),
    ]),
  );
}

function ledgerOf(counts: readonly Row<"outcome_counts", "outcome" | "n" | "n_unsubmitted">[]): Ledger {
  const byOutcome = new Map(counts.map(({ outcome, n }) => [outcome, n]));
  return {
    expected: counts.reduce((total, { n }) => total + n, 0),
    unsubmitted: counts.reduce((total, { n_unsubmitted }) => total + n_unsubmitted, 0),
    of: (outcome) => byOutcome.get(outcome) ?? 0,
  };
}
