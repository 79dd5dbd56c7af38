import type { Command } from "commander";
import type { GatePolicy } from "../../src/lib/publication/gate.js";
import type { StageOutcome } from "../stages/stage.js";
import { gatePolicyOption } from "./gate-policy-option.js";
import { printOutcome, type StageFlags, stageCommand } from "./stage-command.js";

export interface GateFlags extends StageFlags {
  readonly gatePolicy: string;
}

export function registerGate(program: Command): void {
  stageCommand(program, "gate", {
    summary: "decide which figures may be published, and say what the others lack",
    description:
      "Decide which figures may be published, and say what the others lack. The release stage does this automatically.",
  })
    .option(...gatePolicyOption)
    .addHelpText(
      "after",
      `
Examples:
  $ medbench gate --gate-policy strict
  $ medbench sql "select system, name, rule, measured, threshold, slices, lift, lift_items from gates where decision = 'withhold' and scope = 'dimension'"`,
    )
    .action(async (flags: GateFlags) => {
      const { policy, outcome } = await decide(flags);
      const details = flags.json ? "" : await withheldText(flags.workspace, policy, outcome);
      await printOutcome(outcome, flags, details);
    });
}

/** Runs the gate with the policy that the flags name. */
export async function decide({ workspace, force = false, gatePolicy }: GateFlags) {
  const [{ runGate }, { readGatePolicy }] = await Promise.all([
    import("../stages/gate/gate.js"),
    import("../stages/gate/policy-file.js"),
  ]);
  const policy = await readGatePolicy(gatePolicy);
  return { policy, outcome: await runGate({ workspace, force, policy }) };
}

/** The current policy, and how many figures it withholds for each reason. */
export async function withheldText(
  workspace: string,
  policy: GatePolicy,
  { counts }: StageOutcome,
): Promise<string> {
  const [{ withheldTable }, { formatTable }] = await Promise.all([
    import("../stages/gate/withheld-table.js"),
    import("../terminal/table.js"),
  ]);
  const stated = Object.entries(policy).map(([name, value]) => `${name} ${value}`);
  const head = `gate policy: ${stated.join(", ")}\n`;
  if (counts["withhold"] === 0) return head;
  return `${head}${counts["withhold"]} of ${counts["figures"]} figures withheld:\n${formatTable(await withheldTable(workspace))}\n`;
}
