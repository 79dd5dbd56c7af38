import type { Command } from "commander";
import { printOutcome, type StageFlags, stageCommand } from "./stage-command.js";

export function registerScore(program: Command): void {
  stageCommand(program, "score", {
    summary: "score every answer, or say why it has no score",
    description:
      "Decide what became of every answer that was expected (scored, refused, empty, missing, ...), and score it by the metric of its dataset.",
  })
    .option(
      "--judge <model>",
      "judge whose verdicts count (default: the one pinned or named by the cycle, else the first that is no stub)",
    )
    .option("--as-of <month>", "use the metric versions that were valid in a month, for example 2025-03")
    .addHelpText("after", "\nExample:\n  $ medbench score --as-of 2025-03")
    .action(async (flags: StageFlags & { judge?: string; asOf?: string }) => {
      const { runScore } = await import("../stages/score/score.js");
      const { judge, asOf } = flags;
      await printOutcome(
        await runScore({ ...flags, ...(judge ? { judge } : {}), ...(asOf === undefined ? {} : { asOf }) }),
        flags,
      );
    });
}
