import type { Command } from "commander";
import { commandLine } from "../terminal/command-line.js";
import { printedScores, taskScores } from "../tools/roll-up-forms.js";
import { ownNext } from "./next.js";

export function registerRollUp(program: Command): void {
  program
    .command("roll-up")
    .summary("combine task scores into dimension and overall scores")
    .description(
      "Combine task scores (0 to 100) into dimension and overall scores, as the board does. From printed dimensions, give the range of possible overall scores. Prints JSON.",
    )
    .argument("<file>", `JSON ${taskScores} or ${printedScores}; "-" reads standard input`)
    .option("--catalogue <file>", "catalogue file of another benchmark (default: MedBench v4)")
    .option("--json", "print JSON (always on: this option changes nothing)")
    .addHelpText("after", "\nExample:\n  $ medbench roll-up scores.json")
    .action(async (file: string, options: { catalogue?: string; json?: true }) => {
      const [{ rollUp }, { printedOverall }, { builtInCatalogue, readCatalogue }, { readScores }] =
        await Promise.all([
          import("../../src/lib/catalogue/roll-up.js"),
          import("../../src/lib/catalogue/printed-overall.js"),
          import("../warehouse/catalogue.js"),
          import("../tools/roll-up-input.js"),
        ]);
      const { track, scores, dimensions } = readScores(file);
      const catalogue =
        options.catalogue === undefined ? await builtInCatalogue() : await readCatalogue(options.catalogue);
      const rolled =
        dimensions === undefined
          ? rollUp(catalogue, track, scores ?? {})
          : printedOverall(catalogue, track, dimensions);
      process.stdout.write(`${JSON.stringify(rolled, null, 2)}\n`);
      if (options.json) return;
      process.stderr.write(
        ownNext({
          why: "Printed scores have no intervals; those come from the answers themselves.",
          command: commandLine(["ingest", "ANSWERS"]),
        }),
      );
    });
}
