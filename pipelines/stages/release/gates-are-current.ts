import { InputError } from "../../../src/lib/errors.js";
import { type TableName, tableNames } from "../../../src/lib/records/tables.js";
import { recordOf } from "../../warehouse/stage-record.js";
import type { Version } from "../../warehouse/versioned-folder.js";
import { tableHashes } from "../stage.js";

/**
 * Stops a release whose gates were decided before the warehouse's scores or ratings changed.
 *
 * @throws InputError naming the tables that changed since
 */
export function checkGatesAreCurrent(warehouse: Version): void {
  const record = recordOf(warehouse, "gate");
  const hint = "Run `medbench gate`; `medbench release` and `medbench run` do this automatically.";
  if (record === undefined)
    throw new InputError("release: no gate has decided which figures may be published", { hint });
  const names = tableNames.filter((name) => name in record.inputs);
  const now = tableHashes(warehouse, names);
  const changed = names.filter((name: TableName) => now[name] !== record.inputs[name]);
  if (changed.length === 0) return;
  throw new InputError(
    `release: ${changed.join(", ")} changed after the gate decided what may be published`,
    {
      hint,
    },
  );
}
