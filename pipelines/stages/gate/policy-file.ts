import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../../src/lib/errors.js";
import { type GatePolicy, gatePolicies } from "../../../src/lib/publication/gate.js";
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
  let text: string;
  try {
    text = readWrittenText(given);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `gate policy ${JSON.stringify(given)} is neither ${Object.keys(gatePolicies).join(", ")} nor a file that can be read`,
      { cause },
    );
  }
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
