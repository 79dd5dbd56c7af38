import { InputError } from "../../src/lib/errors.js";
import { requireKnown } from "../../src/lib/util/known-names.js";
import { type Engine, withEngine } from "../warehouse/engine.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";
import type { PlanFilters } from "./plan.js";
import { loadRubric } from "./rubrics.js";

type Filters = { readonly [Filter in keyof PlanFilters]?: PlanFilters[Filter] | undefined };

/**
 * Checks the names in a command that asks a judge before anything else is looked at, such as its server: whoever mistypes a dataset
 * should not have to correct an address first.
 *
 * @param command how messages begin, such as `judge`
 * @throws InputError if there are no answers, or a rubric, run or dataset is unknown
 */
export async function checkNames(
  workspace: string,
  { rubrics = [], ...filters }: Filters & { readonly rubrics?: readonly string[] | undefined },
  command: string,
): Promise<void> {
  for (const id of rubrics) loadRubric(id);
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`${command}: ${warehouse} contains no answers`, {
      hint: "Run `medbench ingest PATH` first.",
    });
  }
  if ((filters.runs ?? []).length + (filters.datasets ?? []).length === 0) return;
  await withEngine(
    async (engine) => {
      await attachTables(engine, version, ["responses"]);
      await requireAnswered(engine, filters, command);
    },
    { workspace },
  );
}

/**
 * Checks that the runs and datasets that a command is limited to have answers.
 *
 * @param command how messages begin, such as `judge`
 * @throws InputError naming those that have
 */
export async function requireAnswered(
  engine: Engine,
  { runs = [], datasets = [] }: Filters,
  command: string,
): Promise<void> {
  if (runs.length + datasets.length === 0) return;
  const known = await engine.table("responses", ["dataset", "run_id"], {
    distinct: true,
    orderBy: ["dataset", "run_id"],
  });
  const remedy = "Only those with answers count.";
  requireKnown(
    runs,
    known.map(({ run_id }) => run_id),
    { where: `${command} --run`, what: "run", remedy },
  );
  requireKnown(
    datasets,
    known.map(({ dataset }) => dataset),
    { where: `${command} --dataset`, what: "dataset", remedy },
  );
}
