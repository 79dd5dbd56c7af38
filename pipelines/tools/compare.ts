import { compositeShares } from "../../src/lib/catalogue/composite-shares.js";
import { InputError } from "../../src/lib/errors.js";
import { checkComparable, type Identity } from "../../src/lib/publication/identity.js";
import { adjustPValues, compositeComparison } from "../../src/lib/stats/index.js";
import { lookUp } from "../../src/lib/util/indexing.js";
import { fileConstants } from "../groups/file-constants.js";
import { identities, identityOf, scoredJudge } from "../groups/identities.js";
import { describeGroups } from "../groups/item-groups.js";
import { type RunRow, runRowColumns } from "../groups/run-row.js";
import { type ScoreSelection, watchedScoreColumns } from "../groups/run-scores.js";
import { groupScores, preparePlace, versionsOf } from "../groups/task-groups.js";
import { catalogueOf } from "../warehouse/catalogue.js";
import { type Engine, withEngine } from "../warehouse/engine.js";
import type { StageRecord } from "../warehouse/stage-record.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables, tableFiles } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";
import {
  type ComparedPart,
  comparedParts,
  type DatasetDifference,
  datasetComparison,
  pairedParts,
} from "./paired-parts.js";

export interface CompareOptions {
  readonly workspace: string;
  /** Run ids, or system ids that have one run. */
  readonly first: string;
  /** Default: the first, under `base`, which needs a `condition`. */
  readonly second?: string | undefined;
  /** Condition of the prompts: of both systems, or of one system that is compared with itself. Default: `base`. */
  readonly condition?: string | undefined;
  /** Identity fields that may differ, because the comparison is about them. */
  readonly except?: readonly (keyof Identity)[];
}

export interface DatasetComparison extends DatasetDifference {
  readonly dataset: string;
  /** Holm-adjusted over the compared datasets. */
  readonly p_holm: number | null;
}

export interface Comparison {
  readonly first: string;
  readonly second: string;
  /** Conditions under which the two answered. */
  readonly conditions: readonly [first: string, second: string];
  /** Difference of the composites (mean of dimensions of datasets); null unless every dataset was compared. */
  readonly overall: {
    readonly difference: number;
    readonly lower: number;
    readonly upper: number;
    readonly p: number;
  } | null;
  readonly datasets: readonly DatasetComparison[];
}

/**
 * Compares two systems on the groups that both have scores for, or one system under `base` and under another condition on the
 * prompts that it answered under both: differences of the task values, pooled as `task_scores` pools them, with intervals over
 * groups, Holm adjustment, and the difference of the composites.
 *
 * @throws InputError naming the field when the scores' identities differ
 */
export async function compareRuns({
  workspace,
  first,
  second,
  condition = "base",
  except = [],
}: CompareOptions): Promise<Comparison> {
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  const scored = version?.manifest.stages["score"] as StageRecord | undefined;
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
      const catalogue = await catalogueOf(version, a.benchmark);
      const versions = versionsOf(catalogue, a.track, (scored.parameters["asOf"] as string | null) ?? null);
      const facts = await identities(engine, scoredJudge(scored));
      const shared = [...versions.keys()];
      for (const dataset of shared)
        checkComparable(
          identityOf(a, dataset, versions.get(dataset), facts),
          identityOf(b, dataset, versions.get(dataset), facts),
          except,
        );
      await describeGroups(engine, a);
      const place = await preparePlace(engine, a, versions);
      const files = await fileConstants(engine, tableFiles(version, "scores"), watchedScoreColumns);
      const selections: readonly ScoreSelection[] = isOneRun
        ? [{ pairedWith: condition }, { condition, pairedWith: "base" }]
        : [{ condition }, { condition }];
      await groupScores(engine, place, [a, b], { files, selections });
      const pairs = await pairedParts(engine);
      const compared = shared.flatMap((dataset) => {
        const parts = comparedParts(pairs.get(dataset) ?? []);
        return parts.length === 0 ? [] : [{ dataset, parts, ...datasetComparison(parts) }];
      });
      const adjusted = adjustPValues(
        compared.map(({ p }) => p),
        "holm",
      );
      const weights = compositeShares(catalogue, a.track).overall;
      return {
        first: a.run_id,
        second: b.run_id,
        conditions: [isOneRun ? "base" : condition, condition],
        overall: overallOf(compared, weights),
        datasets: compared.map(({ parts: _, ...found }, index) => ({
          ...found,
          p_holm: adjusted[index] ?? null,
        })),
      };
    },
    { workspace },
  );
}

/** @throws InputError naming the conditions of the run, if it has no answer under this one */
async function requireCondition(engine: Engine, runId: string, condition: string): Promise<void> {
  if (condition === "base") return;
  const known = await engine.table("outcome_counts", ["condition"], {
    distinct: true,
    where: "run_id = $runId",
    orderBy: ["condition"],
    parameters: { runId },
  });
  if (known.some((row) => row.condition === condition)) return;
  throw new InputError(`compare: run ${runId} has no answers under condition ${JSON.stringify(condition)}`, {
    hint: `Its conditions: ${known.map((row) => row.condition).join(", ")}. Mappings set them in the column condition.`,
  });
}

async function findRun(engine: Engine, name: string): Promise<RunRow> {
  const found = await engine.table("runs", runRowColumns, {
    where: "run_id = $name OR system = $name",
    orderBy: ["run_id"],
    parameters: { name },
  });
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const known = await engine.table("runs", ["run_id"], { orderBy: ["run_id"], limit: 40 });
  throw new InputError(
    found.length === 0
      ? `compare: no run or system ${JSON.stringify(name)}`
      : `compare: system ${JSON.stringify(name)} has ${found.length} runs`,
    {
      hint: `Name one of: ${(found.length === 0 ? known.map(({ run_id }) => run_id) : found.map(({ run_id }) => run_id)).join(", ")}`,
    },
  );
}

/** The composite's interval, computed from differences of groups instead of scores. */
function overallOf(
  compared: readonly (DatasetDifference & {
    readonly dataset: string;
    readonly parts: readonly ComparedPart[];
  })[],
  weights: ReadonlyMap<string, number>,
): Comparison["overall"] {
  const usable = compared.filter(({ difference, lower }) => difference !== null && lower !== null);
  if (usable.length < weights.size) return null;
  const overall = compositeComparison(
    usable.flatMap(({ dataset, parts }) =>
      parts.map(({ share, comparison }) => ({
        differences: comparison.differences,
        weight: share * lookUp(weights, dataset),
      })),
    ),
  );
  if (overall === null) return null;
  const { estimate, lower, upper, pValue } = overall;
  return { difference: estimate, lower, upper, p: pValue };
}
