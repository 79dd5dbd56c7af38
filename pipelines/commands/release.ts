import type { Command } from "commander";
import { wholeNumber } from "../terminal/arguments.js";
import { printOutcome, type StageFlags, stageCommand } from "../terminal/stage-command.js";

export function registerRelease(program: Command): void {
  stageCommand(program, "release", "Write the public subset of the warehouse, as JSON, CSV and Parquet.")
    .option(
      "--minimum-groups <n>",
      "withhold specialty cells with fewer independent groups",
      wholeNumber("--minimum-groups"),
      5,
    )
    .addHelpText("after", "\nExample:\n  $ medbench release --minimum-groups 10\n")
    .action(async (flags: StageFlags & { minimumGroups: number }) => {
      const { runRelease } = await import("../release.js");
      printOutcome(await runRelease(flags), flags);
    });
}
