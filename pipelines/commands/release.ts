import type { Command } from "commander";
import { wholeNumber } from "../terminal/arguments.js";
import { decide, type GateFlags, withheldText } from "./gate.js";
import { keptGatePolicyOption } from "./gate-policy-option.js";
import { printOutcome, stageCommand } from "./stage-command.js";

export function registerRelease(program: Command): void {
  stageCommand(program, "release", {
    summary: "write the figures that may be published as JSON, CSV and Parquet",
    description: "Write the figures that may be published as JSON, CSV and Parquet.",
  })
    .option(
      "--minimum-groups <n>",
      "leave out specialty cells with fewer independent groups than this",
      wholeNumber(),
      5,
    )
    .option(...keptGatePolicyOption)
    .addHelpText(
      "after",
      "\nExamples:\n  $ medbench release --minimum-groups 10\n  $ medbench release --gate-policy warn",
    )
    .action(async (flags: GateFlags & { readonly minimumGroups: number }) => {
      const { runRelease } = await import("../stages/release/release.js");
      const { policy, outcome } = await decide(flags);
      const released = await runRelease(flags);
      const details = flags.json ? "" : await withheldText(flags.workspace, policy, outcome);
      await printOutcome(released, flags, details);
    });
}
