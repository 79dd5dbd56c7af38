import type { Engine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import type { FileConstants } from "./file-constants.js";

/** What became of the expected responses of one dataset in one run. */
export interface Ledger {
  readonly expected: number;
  readonly unsubmitted: number;
  of(outcome: string): number;
}

/** Ledgers by run, then by dataset. */
export type Ledgers = ReadonlyMap<string, ReadonlyMap<string, Ledger>>;

export const emptyLedger = (): Ledger => ({ expected: 0, unsubmitted: 0, of: () => 0 });

interface OutcomeCount {
  readonly run_id: string;
  readonly dataset: string;
  readonly outcome: string;
  readonly n: number;
}

/** Outcome counts of every run by dataset, file by file: what is constant in a file is neither compared nor hashed. */
export async function ledgersOf(engine: Engine, files: readonly FileConstants[]): Promise<Ledgers> {
  const ledgers = new Map<string, Map<string, Ledger>>();
  const unsubmitted = await unsubmittedOf(engine);
  const counts: OutcomeCount[] = [];
  for (const file of files) counts.push(...(await countsOf(engine, file)));
  for (const { run_id, dataset, outcome, n } of counts) {
    const ofRun = ledgers.get(run_id) ?? new Map<string, Ledger>();
    const ledger = ofRun.get(dataset) ?? emptyLedger();
    const before = ledger.of(outcome);
    ledgers.set(
      run_id,
      ofRun.set(dataset, {
        expected: ledger.expected + n,
        unsubmitted: unsubmitted.get(JSON.stringify([run_id, dataset])) ?? 0,
        of: (name) => (name === outcome ? before + n : ledger.of(name)),
      }),
    );
  }
  return ledgers;
}

async function countsOf(engine: Engine, { file, constant }: FileConstants): Promise<OutcomeCount[]> {
  const runId = constant["run_id"] === undefined ? "run_id" : literal(constant["run_id"]);
  const rows = await engine.rows(
    `SELECT ${runId} AS run_id, dataset, outcome, count(*) AS n
     FROM read_parquet(${literal(file)}) ${constant["condition"] === "base" ? "" : "WHERE condition = 'base'"}
     GROUP BY ALL`,
  );
  return rows as unknown as OutcomeCount[];
}

/** Responses of datasets that a run did not answer at all, by run and dataset; few parts of the table hold any. */
async function unsubmittedOf(engine: Engine): Promise<ReadonlyMap<string, number>> {
  const rows = await engine.rows<{ run_id: string; dataset: string; n: number }>(
    `SELECT run_id, dataset, count(*) AS n FROM outcomes
     WHERE outcome = 'missing' AND detail = 'dataset not submitted' AND condition = 'base' GROUP BY run_id, dataset`,
  );
  return new Map(rows.map(({ run_id, dataset, n }) => [JSON.stringify([run_id, dataset]), n]));
}
