import { compositeShares } from "../../../src/lib/catalogue/composite-shares.js";
import type { MetricVersion } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { checkComparable } from "../../../src/lib/publication/identity.js";
import { compositeDifference, discordantGroups } from "../../../src/lib/ranking/composite-covariance.js";
import { adjustPValues } from "../../../src/lib/stats/index.js";
import { lookUp } from "../../../src/lib/util/indexing.js";
import { sum } from "../../../src/lib/util/sum.js";
import { fileConstants } from "../../groups/file-constants.js";
import { groupValuesOf } from "../../groups/group-values.js";
import { identities, identityOf } from "../../groups/identities.js";
import { describeGroups } from "../../groups/item-groups.js";
import { scoredJudges } from "../../groups/judge-of-record.js";
import { placeKey, type RunRow } from "../../groups/run-row.js";
import { type ScoreSelection, watchedScoreColumns } from "../../groups/run-scores.js";
import { taskCells } from "../../groups/task-cells.js";
import { type TaskDifference, taskDifference } from "../../groups/task-difference.js";
import { groupScores, preparePlace, type Versions, versionsOf } from "../../groups/task-groups.js";
import { catalogueOf } from "../../warehouse/catalogue.js";
import { type Engine, withEngine } from "../../warehouse/engine.js";
import { hashJson } from "../../warehouse/hash.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables, tableFiles } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { findSharedItems, type SharedItems, samePrompts } from "./shared-items.js";
import { exceptedFields, findRun, requireCondition } from "./sides.js";

export interface CompareOptions {
  readonly workspace: string;
  /** Run ids, or system ids that have one run. */
  readonly first: string;
  /** Default: the first, under `base`, which needs a `condition`. */
  readonly second?: string | undefined;
  /** Condition of the prompts: of both systems, or of one system that is compared with itself. Default: `base`. */
  readonly condition?: string | undefined;
  /** Identity fields that may differ, because the comparison is about them: `goldVersion` or `gold_version`. */
  readonly except?: readonly string[];
}

/** A difference, first minus second, in [-1, 1], with its 95 % interval and test. */
interface Difference {
  readonly difference: number;
  /** Null where the difference is the same in every group. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly p: number | null;
}

export interface DatasetComparison extends Difference {
  readonly dataset: string;
  /** Scores of the two on the prompts that both answered, in [0, 1]. */
  readonly first_score: number;
  readonly second_score: number;
  readonly n_groups: number;
  /** Groups that only one of the two got right, if every group is right or wrong. */
  readonly only_first: number | null;
  readonly only_second: number | null;
  /** Holm-adjusted over the compared datasets. */
  readonly p_holm: number | null;
}

export interface Comparison {
  readonly first: string;
  readonly second: string;
  /** Conditions under which the two answered. */
  readonly conditions: readonly [first: string, second: string];
  /** What the pools of the two have in common; null if they are the same. */
  readonly items: SharedItems | null;
  /** Difference of the composites (mean of dimensions of datasets); null unless every dataset was compared. */
  readonly overall: Difference | null;
  readonly datasets: readonly DatasetComparison[];
}

const confidence = 0.95;

/**
 * Compares two systems on the prompts that both have scores for, or one system under `base` and under another condition on the
 * prompts that it answered under both: differences of the task values, pooled as `task_scores` pools them, with intervals over
 * groups, Holm adjustment, and the difference of the composites. Runs of two pools are compared on the items that both pools
 * contain unchanged; see `findSharedItems`.
 *
 * @throws InputError naming the field when the scores' identities differ, and where the two have nothing in common
 */
export async function compareRuns({
  workspace,
  first,
  second,
  condition = "base",
  except = [],
}: CompareOptions): Promise<Comparison> {
  const excepted = exceptedFields(except);
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  const scored = recordOf(version, "score");
  if (version === null || scored === undefined)
    throw new InputError(`${warehouse}: nothing was scored yet`, { hint: "Run `medbench run` first." });
  return withEngine(
    async (engine) => {
      await attachTables(engine, version);
      const [a, b] = [await findRun(engine, first), await findRun(engine, second ?? first)];
      const isOneRun = a.run_id === b.run_id;
      if (isOneRun && condition === "base")
        throw new InputError(`compare: both sides are run ${a.run_id}`, {
          hint: "Name another run, or add --condition to compare a run with itself under another condition.",
        });
      for (const { run_id } of isOneRun ? [a] : [a, b]) await requireCondition(engine, run_id, condition);
      const asOf = (scored.parameters["asOf"] as string | null) ?? null;
      const catalogue = await catalogueOf(version, a.benchmark);
      const versions = versionsOf(catalogue, a.track, asOf);
      const others = versionsOf(await catalogueOf(version, b.benchmark), b.track, asOf);
      const facts = await identities(engine, scoredJudges(scored));
      const shared = [...versions.keys()].filter((dataset) => others.has(dataset));
      for (const dataset of shared)
        checkComparable(
          identityOf(a, dataset, versions.get(dataset), facts),
          identityOf(b, dataset, others.get(dataset), facts),
          excepted,
        );
      requireSameMetrics(shared, versions, others);
      await describeGroups(engine, a);
      const place = await preparePlace(engine, a, versions);
      const items = placeKey(a) === placeKey(b) ? null : await findSharedItems(engine, a, b);
      const files = await fileConstants(engine, tableFiles(version, "scores"), watchedScoreColumns);
      await groupScores(engine, place, [a, b], {
        files,
        selections: selectionsOf(a, b, condition, items !== null),
      });
      const found = await datasetDifferences(engine, shared, versions);
      if (found.length === 0)
        throw new InputError(
          `compare: ${a.run_id} and ${isOneRun ? `its answers under ${condition}` : b.run_id} have no scored prompt in common`,
          {
            hint: "See what is scored: medbench sql \"select run_id, dataset, status, n_scored from task_scores where metric = 'task'\"",
          },
        );
      return {
        first: a.run_id,
        second: b.run_id,
        conditions: [isOneRun ? "base" : condition, condition],
        items,
        overall: overallOf(found, compositeShares(catalogue, a.track).overall),
        datasets: datasetRows(found),
      };
    },
    { workspace },
  );
}

/** Both sides answered the same prompts. */
function selectionsOf(
  a: RunRow,
  b: RunRow,
  condition: string,
  isAcrossPools: boolean,
): readonly [ScoreSelection, ScoreSelection] {
  if (a.run_id === b.run_id)
    return [{ pairedWith: { condition } }, { condition, pairedWith: { condition: "base" } }];
  const shared = { condition, ...(isAcrossPools ? { prompts: samePrompts } : {}) };
  return [
    { ...shared, pairedWith: { runId: b.run_id, condition } },
    { ...shared, pairedWith: { runId: a.run_id, condition } },
  ];
}

/** Scores of two metrics have no difference, whatever the user excepts. */
function requireSameMetrics(datasets: readonly string[], first: Versions, second: Versions): void {
  const rules = (version: MetricVersion | undefined) => hashJson(version?.components ?? null);
  const odd = datasets.find((dataset) => rules(first.get(dataset)) !== rules(second.get(dataset)));
  if (odd === undefined) return;
  throw new InputError(`compare: the two benchmarks score dataset ${odd} by different rules`, {
    hint: "Compare runs of one benchmark, or give both catalogues the same components for the dataset.",
  });
}

type FoundDifference = TaskDifference & { readonly dataset: string };

async function datasetDifferences(
  engine: Engine,
  datasets: readonly string[],
  versions: Versions,
): Promise<readonly FoundDifference[]> {
  const cells = await taskCells(engine, versions);
  const groups = [await groupValuesOf(engine, 0), await groupValuesOf(engine, 1)] as const;
  return datasets.flatMap((dataset) => {
    const side = (runNo: 0 | 1) => ({
      cells: cells.get(runNo)?.get(dataset) ?? [],
      groups: groups[runNo],
    });
    const found = taskDifference(dataset, [side(0), side(1)], { confidence });
    return found === null ? [] : [{ dataset, ...found }];
  });
}

function datasetRows(found: readonly FoundDifference[]): DatasetComparison[] {
  const adjusted = adjustPValues(
    found.map(({ p }) => p),
    "holm",
  );
  return found.map(({ dataset, scores, strata, difference, lower, upper, p, nShared }, index) => {
    const { onlyFirst, onlySecond } = discordantGroups(strata, 0, 1);
    return {
      ...{ dataset, first_score: scores[0], second_score: scores[1], difference, lower, upper },
      ...{ n_groups: nShared, only_first: onlyFirst, only_second: onlySecond },
      ...{ p, p_holm: adjusted[index] ?? null },
    };
  });
}

/** The composite's difference, from the same parts. */
function overallOf(
  found: readonly FoundDifference[],
  weights: ReadonlyMap<string, number>,
): Difference | null {
  if (found.length < weights.size) return null;
  const score = (side: 0 | 1) =>
    sum(found.map(({ dataset, scores }) => lookUp(weights, dataset) * scores[side]));
  const strata = found.flatMap((task) =>
    task.strata.map((part) => ({ ...part, weight: part.weight * lookUp(weights, task.dataset) })),
  );
  const { difference, lower, upper, p } = compositeDifference(
    [score(0), score(1)],
    strata.filter(({ weight }) => weight > 0),
    0,
    1,
    { confidence },
  );
  return { difference, lower, upper, p };
}
