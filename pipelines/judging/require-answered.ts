import { requireKnown } from "../../src/lib/util/known-names.js";
import type { Engine } from "../warehouse/engine.js";
import type { PlanFilters } from "./plan.js";

/**
 * Checks that the runs and datasets that a command is limited to have answers.
 *
 * @param command how messages begin, such as `judge`
 * @throws InputError naming those that have
 */
export async function requireAnswered(
  engine: Engine,
  { runs = [], datasets = [] }: { readonly [Filter in keyof PlanFilters]?: PlanFilters[Filter] | undefined },
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
