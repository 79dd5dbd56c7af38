import { compositeShares } from "../../../src/lib/catalogue/composite-shares.js";
import { rollUp } from "../../../src/lib/catalogue/roll-up.js";
import type { Catalogue } from "../../../src/lib/catalogue/schema.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { compositeBounds } from "../../../src/lib/stats/outcome-bounds.js";
import { stratifiedCompositesBootstrap } from "../../../src/lib/stats/stratified-bootstrap.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { at, lookUp } from "../../../src/lib/util/indexing.js";
import { mean } from "../../../src/lib/util/sum.js";
import { stratumKey } from "../../groups/group-values.js";
import { identityHash } from "../../groups/identities.js";
import { type RunRow, runColumnsOf } from "../../groups/run-row.js";
import type { TaskCell } from "../../groups/task-cells.js";
import {
  type CompositeRatings,
  type CorrectionContext,
  correctedColumns,
  ratingsOfComposite,
} from "./judge-corrections.js";
import { meanColumns } from "./mean-columns.js";
import type { TaskRow } from "./tasks.js";

export interface RunScores {
  readonly tasks: readonly TaskRow[];
  readonly dimensions: readonly Row<"dimension_scores">[];
  readonly overall: Row<"overall_scores">;
  readonly composites: readonly ScoredComposite[];
}

/** The parts of a composite that comparisons of runs use. */
export interface ScoredComposite {
  readonly scope: "overall" | "dimension";
  /** The dimension; '' for overall. */
  readonly name: string;
  readonly estimate: number | null;
  /** Share of each part of a dataset in the composite, by `stratumKey`. */
  readonly weights: ReadonlyMap<string, number>;
  /** What people's ratings say about it. */
  readonly ratings: CompositeRatings;
}

interface CompositeContext extends CorrectionContext {
  readonly run: RunRow;
  readonly catalogue: Catalogue;
  readonly cells: ReadonlyMap<string, readonly TaskCell[]>;
  readonly tasks: readonly TaskRow[];
  readonly seed: number;
  readonly replicates: number;
}

/** A composite of tasks: the share of each task. Shares sum to 1. */
interface Composite {
  readonly tasks: readonly TaskRow[];
  readonly share: ReadonlyMap<string, number>;
  /** Tasks that the catalogue asks for. */
  readonly nTasks: number;
}

/** Dimensions and overall of one run: board values from rounded tasks, intervals from unrounded ones. */
export function compositesOf(context: CompositeContext): RunScores {
  const { run, catalogue, tasks } = context;
  const main = tasks.filter(({ metric }) => metric === "task");
  const byDataset = new Map(main.map((task) => [task.dataset, task]));
  const shares = compositeShares(catalogue, run.track);
  const dimensionIds = [...shares.dimensions.keys()];
  const composites = [...shares.dimensions.values()].map((share) => compositeOf(share, byDataset));
  const whole = compositeOf(shares.overall, byDataset);
  const board = rollUp(
    catalogue,
    run.track,
    Object.fromEntries(main.map((task) => [task.dataset, task.board_value])),
  );
  const bootstraps = bootstrapOf(context, [...composites, whole]);
  const parts = composites.map((composite, index) => compositeParts(context, composite, bootstraps[index]));
  const dimensions = dimensionIds.map((id, index) => ({
    ...runColumnsOf(run),
    dimension: id,
    ...at(parts, index).row,
    board_value: board.dimensions.find((dimension) => dimension.id === id)?.score ?? null,
  }));
  const submitted = dimensions
    .map((dimension) => dimension.mean_over_submitted)
    .filter((value) => value !== null);
  const { row, ...scored } = compositeParts(context, whole, bootstraps.at(-1));
  const overall = {
    ...runColumnsOf(run),
    ...row,
    mean_over_submitted: submitted.length > 0 ? mean(submitted) : null,
    board_value: board.overall,
    n_dimensions: dimensionIds.length,
  };
  return {
    tasks,
    dimensions,
    overall,
    composites: [
      { scope: "overall", name: "", estimate: overall.estimate, ...scored },
      ...dimensions.map(({ dimension, estimate }, index) => {
        const { weights, ratings } = at(parts, index);
        return { scope: "dimension" as const, name: dimension, estimate, weights, ratings };
      }),
    ],
  };
}

function compositeOf(share: ReadonlyMap<string, number>, tasks: ReadonlyMap<string, TaskRow>): Composite {
  return { tasks: [...share.keys()].flatMap((id) => tasks.get(id) ?? []), share, nTasks: share.size };
}

interface BootstrapBounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The columns of a composite, and what comparisons of runs use. */
function compositeParts(
  context: CompositeContext,
  { tasks, share, nTasks }: Composite,
  bootstrap: BootstrapBounds | undefined,
) {
  const scored = tasks.filter(({ estimate }) => estimate !== null);
  const complete = scored.length === nTasks;
  const total = (value: (task: TaskRow) => number) => tasks.reduce((sum, task) => sum + value(task), 0);
  const interval = complete ? groupMean(strataOf(context, share), { confidence: context.confidence }) : null;
  const weights = weightsOf(context, share);
  const ratings = ratingsOfComposite(interval, { tasks, share, weights }, context);
  const row = {
    ...correctedColumns(ratings),
    ...meanColumns(interval),
    bootstrap_lower: complete ? (bootstrap?.lower ?? null) : null,
    bootstrap_upper: complete ? (bootstrap?.upper ?? null) : null,
    ...compositeBounds(
      tasks.map(({ dataset, worst, best }) => ({ share: lookUp(share, dataset), worst, best })),
    ),
    mean_over_submitted: scored.length > 0 ? mean(scored.flatMap(({ estimate }) => estimate ?? [])) : null,
    n_tasks: nTasks,
    n_tasks_scored: scored.length,
    n_items: total((task) => task.n_items),
    n_groups: total((task) => task.n_groups),
    n_expected: total((task) => task.n_expected),
    n_scored: total((task) => task.n_scored),
    status: complete ? ("complete" as const) : ("incomplete" as const),
    identity: identityHash(tasks.map(({ identity }) => identity)),
  };
  return { row, weights, ratings };
}

/** Strata of a composite with their nested weights multiplied out. */
function strataOf({ cells }: CompositeContext, share: ReadonlyMap<string, number>) {
  return [...share].flatMap(([dataset, part]) => {
    const own = cells.get(dataset) ?? [];
    const total = own.reduce((sum, { weight }) => sum + weight, 0);
    return own.map((cell) => ({ ...cell, weight: (part * cell.weight) / total }));
  });
}

/** The same weights by `stratumKey`. */
function weightsOf(context: CompositeContext, share: Composite["share"]): ReadonlyMap<string, number> {
  return new Map(
    strataOf(context, share).map((cell) => [stratumKey(cell.dataset, cell.stratum), cell.weight]),
  );
}

/** One set of draws for all composites of the run; empty where a run has too many groups to need it. */
function bootstrapOf(
  context: CompositeContext,
  composites: readonly Composite[],
): readonly BootstrapBounds[] {
  const strata = context.groups;
  if (strata === null || strata.size === 0) return [];
  const keys = [...strata.keys()];
  const complete = composites.map(
    ({ tasks, nTasks }) => tasks.filter(({ estimate }) => estimate !== null).length === nTasks,
  );
  const weightings = composites.map(({ share }) => {
    const weights = weightsOf(context, share);
    return keys.map((key) => weights.get(key) ?? 0);
  });
  const usable = weightings.filter((_, index) => complete[index]);
  if (usable.length === 0) return [];
  const { replicates, seed, confidence } = context;
  const drawn = stratifiedCompositesBootstrap([...strata.values()], usable, { replicates, seed, confidence });
  let next = 0;
  return composites.map((_, index) => {
    if (!complete[index]) return { lower: null, upper: null };
    const bounds = drawn[next] as BootstrapBounds;
    next += 1;
    // Where groups do not vary, every resample is the same: that shows nothing about the truth.
    if (bounds.lower === bounds.upper) return { lower: null, upper: null };
    return { lower: clip(bounds.lower), upper: clip(bounds.upper) };
  });
}

/** Linearized values of composed tasks may fall slightly outside the scale. */
function clip(value: number | null): number | null {
  return value === null ? null : clamp(value);
}
