import { InputError } from "../../../src/lib/errors.js";
import { type Identity, identityFields } from "../../../src/lib/publication/identity.js";
import { unknownName } from "../../../src/lib/util/known-names.js";
import { type RunRow, runRowColumns } from "../../groups/run-row.js";
import type { Engine } from "../../warehouse/engine.js";

/** Fields of an identity in which compared scores may differ, if the user says so; two datasets are never compared. */
export const fieldsThatMayDiffer = identityFields.filter((field) => field !== "dataset");

/**
 * The identity fields that the user named, in either spelling: `goldVersion` or `gold_version`.
 *
 * @throws InputError naming the fields if one does not exist
 */
export function exceptedFields(names: readonly string[]): (keyof Identity)[] {
  const bare = (name: string) => name.replace(/[_-]/g, "").toLowerCase();
  return names.map((name) => {
    const field = fieldsThatMayDiffer.find((known) => bare(known) === bare(name));
    if (field !== undefined) return field;
    throw unknownName(name, fieldsThatMayDiffer, { where: "compare --except", what: "identity field" });
  });
}

/** @throws InputError naming the conditions of the run, if it has no answer under this one */
export async function requireCondition(engine: Engine, runId: string, condition: string): Promise<void> {
  if (condition === "base") return;
  const rows = await engine.table("outcome_counts", ["condition"], {
    distinct: true,
    where: "run_id = $runId",
    orderBy: ["condition"],
    parameters: { runId },
  });
  const known = rows.map((row) => row.condition);
  if (known.includes(condition)) return;
  const { hint = "" } = unknownName(condition, known, { where: "compare", what: "condition" });
  throw new InputError(`compare: run ${runId} has no answers under condition ${JSON.stringify(condition)}`, {
    hint: `${hint} Mappings set them in the column condition.`,
  });
}

/** The run of this id, or the only run of the system of this id. */
export async function findRun(engine: Engine, name: string): Promise<RunRow> {
  const found = await engine.table("runs", runRowColumns, {
    where: "run_id = $name OR system = $name",
    orderBy: ["run_id"],
    parameters: { name },
  });
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first !== undefined) {
    throw new InputError(`compare: system ${JSON.stringify(name)} has ${found.length} runs`, {
      hint: `Name one of: ${found.map(({ run_id }) => run_id).join(", ")}`,
    });
  }
  const known = await engine.table("runs", ["run_id", "system"], { orderBy: ["run_id"] });
  // A typed system is meant more often than a typed run.
  const names = [...new Set(known.map(({ system }) => system)), ...known.map(({ run_id }) => run_id)];
  throw unknownName(name, names, { where: "compare", what: "run or system", plural: "systems and runs" });
}
