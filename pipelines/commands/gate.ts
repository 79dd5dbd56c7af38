import type { Command } from "commander";
import type { GatePolicy } from "../../src/lib/publication/gate.js";
import type { StageOutcome } from "../stages/stage.js";
import { gatePolicyOption } from "./gate-policy-option.js";
import { printOutcome, type StageFlags, stageCommand } from "./stage-command.js";

export interface GateFlags extends StageFlags {
  readonly gatePolicy?: string;
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
  $ medbench sql "select system, scope, name, measured, threshold, slices, lift, lift_items from gates where decision = 'withhold'"`,
    )
    .action(async (flags: GateFlags) => {
      const { policy, outcome } = await decide(flags);
      const details = flags.json ? "" : await withheldText(flags.workspace, policy, outcome);
      await printOutcome(outcome, flags, details);
    });
}

/** Runs the gate with the policy that the flags name, or else with the one that it last ran with. */
export async function decide({ workspace, force = false, gatePolicy }: GateFlags) {
  const [{ runGate }, { readGatePolicy }, { keptGatePolicy }] = await Promise.all([
    import("../stages/gate/gate.js"),
    import("../stages/gate/policy-file.js"),
    import("../stages/kept-settings.js"),
  ]);
  const policy =
    gatePolicy === undefined ? await keptGatePolicy(workspace) : await readGatePolicy(gatePolicy);
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
  const head = `${policyText(policy)}\n`;
  if (counts["withhold"] === 0) return head;
  return `${head}\n${counts["withhold"]} of ${counts["figures"]} figures are withheld:\n${formatTable(await withheldTable(workspace))}\n`;
}

/** The settings of a policy in words. */
function policyText(policy: GatePolicy): string {
  const { unearned, unvalidatedLimit, borrowed, recalibrate, unratedKeyPoints, driftAlarm } = policy;
  const counts = (isSupport: boolean) => (isSupport ? "counts as support" : "does not count as support");
  const done = { withhold: "withheld", warn: "published with a caveat" } as const;
  return [
    `Policy: a figure is ${done[unearned]} if more than ${unvalidatedLimit * 100} % of it depends on grades that physicians' ratings do not support.`,
    `Support that only other specialties or datasets give ${counts(borrowed === "accept")}; a kappa below its target ${counts(recalibrate === "accept")}.`,
    `Key points matched without ratings are treated ${unratedKeyPoints === "as_graded" ? "like the same judge's grades" : "as unsupported"}. With a drift alarm, figures are ${done[driftAlarm]}.`,
  ].join("\n");
}
