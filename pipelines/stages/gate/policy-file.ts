import { existsSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../../src/lib/errors.js";
import { type GatePolicy, gatePolicies } from "../../../src/lib/publication/gate.js";
import { unknownName } from "../../../src/lib/util/known-names.js";
import { requireFile } from "../../warehouse/given-path.js";
import { parseRecord } from "../../warehouse/written-record.js";
import { readWrittenText } from "../../warehouse/written-text.js";

const policyFile = z.strictObject({
  schema: z.literal("medbench-gate-policy/1"),
  /** Named policy whose values apply where the file gives none. */
  base: z.enum(["withhold", "strict", "warn"]).default("withhold"),
  unearned: z.enum(["withhold", "warn"]).optional(),
  unvalidatedLimit: z.number().min(0).max(1).optional(),
  borrowed: z.enum(["accept", "refuse"]).optional(),
  recalibrate: z.enum(["accept", "refuse"]).optional(),
  unratedKeyPoints: z.enum(["as_graded", "refuse"]).optional(),
  driftAlarm: z.enum(["withhold", "warn"]).optional(),
});

/**
 * A policy by name, or from a YAML or JSON file.
 *
 * @throws InputError naming the file and the field
 */
export async function readGatePolicy(given: string): Promise<GatePolicy> {
  if (given in gatePolicies) return gatePolicies[given as keyof typeof gatePolicies];
  if (!existsSync(given))
    throw unknownName(given, Object.keys(gatePolicies), {
      ...{ where: "--gate-policy", what: "policy or file", plural: "policies" },
      remedy: "A policy of your own is a YAML file; docs/calibration.md lists its fields.",
    });
  requireFile(given, "--gate-policy");
  const text = readWrittenText(given);
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new InputError(`${given} is neither YAML nor JSON`, { cause });
  }
  const { schema: _schema, base, ...own } = parseRecord(policyFile, value, given);
  const stated = Object.fromEntries(Object.entries(own).filter(([, setting]) => setting !== undefined));
  return { ...gatePolicies[base], ...stated };
}
