import type { Command } from "commander";
import { integer } from "../terminal/arguments.js";
import { commandLine } from "../terminal/command-line.js";
import { isQuiet } from "../terminal/quiet.js";
import { chosenConditions, hardConditions } from "../tools/simulate/hard-conditions.js";
import { linesOf } from "./next.js";

interface Options {
  readonly out: string;
  readonly size: string;
  readonly seed: number;
  readonly systems?: number;
  readonly hard?: string | true;
  readonly onlyAnswers?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function registerSimulate(program: Command): void {
  program
    .command("simulate")
    .summary("write an invented benchmark with known true scores, to try things out")
    .description(
      "Write a complete simulated benchmark cycle, with invented items and answers and known true scores.",
    )
    .requiredOption("--out <dir>", "folder to write to; must be empty or new")
    .option("--size <size>", "tiny (12 groups per file), small (30), medium (200) or responses=N", "tiny")
    .option("--seed <integer>", "the same seed gives the same files", integer, 1)
    .option("--systems <n>", "use only the first n of the 15 systems", integer)
    .option(
      "--hard [conditions]",
      "plant conditions under which inference is hard: names separated by commas, or all of them (listed below)",
    )
    .option("--only-answers", "write only answers, as plain folders: bulk data for measuring ingest")
    .option("--force", "replace an earlier simulation in the folder")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Conditions of --hard:
${Object.entries(hardConditions)
  .map(([name, what]) => `  ${name.padEnd(19)}${what}`)
  .join("\n")}

Examples:
  $ medbench simulate --out data/raw/sample
  $ medbench simulate --out data/raw/hard --hard perfect-safety,random-raters --size small
  $ medbench simulate --out data/raw/bulk --size responses=1000000 --only-answers --systems 4

The expected scores, the judge's bias and the bad lines are listed in <dir>/truth/truth.json.`,
    )
    .action(async ({ json, hard, ...options }: Options) => {
      const [{ simulateCycle }, { startProgress }] = await Promise.all([
        import("../tools/simulate/simulate.js"),
        import("../terminal/progress.js"),
      ]);
      let progress: ReturnType<typeof startProgress> | undefined;
      const onProgress = (done: number, total: number) => {
        progress ??= startProgress("simulate", { unit: "responses", total });
        progress.step(done);
      };
      const cycle = await simulateCycle({
        ...options,
        hard: chosenConditions(hard),
        onProgress,
      }).finally(() => progress?.end());
      process.stdout.write(
        json
          ? `${JSON.stringify(cycle)}\n`
          : `${cycle.out}: ${cycle.runs} runs, ${cycle.groups} groups per file, ${cycle.responses} responses, ${cycle.plantedBadLines} bad lines planted\n${options.onlyAnswers ? "" : runNext(cycle.out)}`,
      );
    });
}

function runNext(out: string): string {
  if (isQuiet()) return "";
  const places = { workspace: `${out}-workspace`, out: `${out}-report` };
  const command = commandLine(["run", "--source", out], places);
  return linesOf([{ why: "This scores the simulated cycle and builds its report.", command }]);
}
