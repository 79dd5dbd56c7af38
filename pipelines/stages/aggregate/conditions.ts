import { outcomePolicies } from "../../../src/lib/catalogue/outcome-policy.js";
import type { Catalogue } from "../../../src/lib/catalogue/schema.js";
import type { Message } from "../../../src/lib/messages/codes.js";
import { messageColumns } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { at } from "../../../src/lib/util/indexing.js";
import type { FileConstants } from "../../groups/file-constants.js";
import { groupValuesOf } from "../../groups/group-values.js";
import { type RunRow, runColumnsOf } from "../../groups/run-row.js";
import type { ScoreSelection } from "../../groups/run-scores.js";
import { type TaskCell, taskCells } from "../../groups/task-cells.js";
import { type TaskDifference, taskDifference } from "../../groups/task-difference.js";
import { groupScores, type Place, type Versions } from "../../groups/task-groups.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery } from "../../warehouse/sql-files.js";
import type { RunScores } from "./composites.js";
import { emptyLedger, type Ledgers, ledgersOf } from "./ledgers.js";
import { meanColumns } from "./mean-columns.js";
import { statusOf } from "./tasks.js";

type ConditionRow = Row<"condition_scores">;

/** The conditions under which prompts were asked, other than `base`, and what was asked. */
export interface Conditions {
  readonly names: readonly string[];
  /** Items and groups by run, then by condition, then by dataset. */
  readonly sizes: ReadonlyMap<
    string,
    ReadonlyMap<string, ReadonlyMap<string, Pick<ConditionRow, "n_items" | "n_groups">>>
  >;
  /** Ledgers by condition. */
  readonly ledgers: ReadonlyMap<string, Ledgers>;
}

export async function conditionsOf(engine: Engine): Promise<Conditions> {
  const found = await engine.table("outcome_counts", ["condition"], {
    distinct: true,
    where: "condition <> 'base'",
    orderBy: ["condition"],
  });
  const names = found.map(({ condition }) => condition);
  const ledgers = new Map<string, Ledgers>();
  for (const name of names) ledgers.set(name, await ledgersOf(engine, name));
  const rows =
    names.length === 0
      ? []
      : await engine.rows<Pick<ConditionRow, "run_id" | "dataset" | "condition" | "n_items" | "n_groups">>(
          readQuery(new URL("condition-sizes.sql", import.meta.url)),
        );
  const nested = new Map(
    [...groupBy(rows, ({ run_id }) => run_id)].map(([runId, own]) => [
      runId,
      new Map(
        [...groupBy(own, ({ condition }) => condition)].map(([condition, datasets]) => [
          condition,
          new Map(datasets.map(({ dataset, n_items, n_groups }) => [dataset, { n_items, n_groups }])),
        ]),
      ),
    ]),
  );
  return { names, sizes: nested, ledgers };
}

interface ConditionContext {
  readonly catalogue: Catalogue;
  readonly place: Place;
  readonly versions: Versions;
  readonly files: readonly FileConstants[];
  readonly conditions: Conditions;
  readonly confidence: number;
}

/** Which answers a row needs: all under the condition, and those under it and under `base` to the prompts that have both. */
const selectionsOf = (condition: string): readonly [ScoreSelection, ScoreSelection, ScoreSelection] => [
  { condition },
  { condition, pairedWith: { condition: "base" } },
  { condition: "base", pairedWith: { condition } },
];

/**
 * Scores of some runs of a place under each condition, and how far they drop from `base`. The drop is over the prompts that were
 * answered under both conditions: base minus condition, with the error of the paired difference over groups. Uses
 * the temporary tables of `groupScores`.
 */
export async function conditionRows(
  engine: Engine,
  runs: readonly RunRow[],
  scores: readonly RunScores[],
  context: ConditionContext,
): Promise<ConditionRow[]> {
  const rows: ConditionRow[] = [];
  for (const [index, run] of runs.entries()) {
    const asked = context.conditions.sizes.get(run.run_id);
    const tasks = (scores[index] as RunScores).tasks.filter(({ metric }) => metric === "task");
    for (const condition of context.conditions.names) {
      const sizes = asked?.get(condition);
      if (sizes === undefined) continue;
      await groupScores(engine, context.place, [run, run, run], {
        files: context.files,
        selections: selectionsOf(condition),
      });
      const cells = await taskCells(engine, context.versions);
      const groups = [await groupValuesOf(engine, 1), await groupValuesOf(engine, 2)] as const;
      for (const task of tasks) {
        const size = sizes.get(task.dataset);
        if (size === undefined) continue;
        const ledger = context.conditions.ledgers.get(condition)?.get(run.run_id)?.get(task.dataset);
        const counts = ledger ?? emptyLedger();
        const version = context.versions.get(task.dataset);
        const status = statusOf(counts, version, outcomePolicies(context.catalogue, run.board));
        const own = [0, 1, 2].map((runNo) => cells.get(runNo)?.get(task.dataset) ?? []);
        const under = { cells: at(own, 1), groups: groups[0] };
        const base = { cells: at(own, 2), groups: groups[1] };
        const isComparable = status === "complete" && task.status === "complete";
        rows.push({
          ...runColumnsOf(run),
          ...{ dataset: task.dataset, dimension: task.dimension, condition },
          ...(status === "complete"
            ? scoreOf(at(own, 0), context.confidence)
            : scoreOf([], context.confidence)),
          ...size,
          n_expected: counts.expected,
          n_scored: counts.of("scored"),
          ...dropColumns(isComparable ? taskDifference(task.dataset, [base, under], context) : null),
          status,
          identity: task.identity,
        });
      }
    }
  }
  return rows;
}

function scoreOf(cells: readonly TaskCell[], confidence: number) {
  return meanColumns(cells.length === 0 ? null : groupMean(cells, { confidence }));
}

const noReason: Message<"constant-difference"> | null = null;

/** The difference of a dataset's scores under `base` and under the condition, as columns. */
function dropColumns(found: TaskDifference | null) {
  if (found === null)
    return {
      base_estimate: null,
      drop: null,
      drop_lower: null,
      drop_upper: null,
      drop_standard_error: null,
      n_paired_groups: 0,
      ...messageColumns("reason", noReason),
    };
  return {
    base_estimate: found.scores[0],
    drop: found.difference,
    drop_lower: found.lower,
    drop_upper: found.upper,
    drop_standard_error: found.standardError,
    n_paired_groups: found.nShared,
    ...messageColumns("reason", found.reason),
  };
}
