import type { Command } from "commander";
import { wholeNumber } from "../terminal/arguments.js";
import { printOutcome, type StageFlags, stageCommand } from "./stage-command.js";

interface AggregateFlags extends StageFlags {
  readonly seed: number;
  readonly replicates: number;
}

export function registerAggregate(program: Command): void {
  stageCommand(program, "aggregate", {
    summary: "combine scores into tasks, dimensions, overall scores and specialties",
    description:
      "Combine scores into tasks, dimensions, overall scores and specialties, with confidence intervals.",
  })
    .option("--seed <n>", "seed of the random draws of the bootstrap", wholeNumber(), 20240101)
    .option("--replicates <n>", "number of bootstrap draws", wholeNumber(100), 1000)
    .addHelpText("after", "\nExample:\n  $ medbench aggregate --replicates 2000")
    .action(async (flags: AggregateFlags) => {
      const { runAggregate } = await import("../stages/aggregate/aggregate.js");
      await printOutcome(await runAggregate(flags), flags);
    });
}
