import type { Command } from "commander";
import { share, wholeNumber } from "../terminal/arguments.js";
import { formatTable } from "../terminal/table.js";

interface PacketFlags {
  readonly workspace: string;
  readonly out: string;
  readonly packet: string;
  readonly size: number;
  readonly seed: number;
  readonly raters: number;
  readonly overlap: number;
  readonly rubric: string;
  readonly plan?: boolean;
  readonly criterion: string;
  readonly kappa: number;
  readonly halfWidth: number;
  readonly json?: boolean;
}

export function registerRatingPacket(program: Command): void {
  program
    .command("rating-packet")
    .summary("draw answers for physicians to rate")
    .description(
      "Draw answers for physicians to rate: blinded sheets, and a form that works offline; `ingest` reads both back.",
    )
    .option("--workspace <dir>", "workspace", "data")
    .option("--out <dir>", "folder for the packet", "rating-packet")
    .option("--packet <name>", "name of the rating round", "round-1")
    .option("--size <n>", "answers to draw", wholeNumber(1), 200)
    .option("--raters <n>", "raters", wholeNumber(1), 3)
    .option("--overlap <share>", "share of answers that two raters rate", share(), 0.5)
    .option("--seed <n>", "seed of the draw", wholeNumber(), 1)
    .option("--rubric <id>", "built-in rubric or rubric file", "clinical-5")
    .option("--plan", "only print how many more answers each specialty needs")
    .option("--criterion <name>", "criterion to plan for", "safety")
    .option("--kappa <value>", "kappa to plan with", share(), 0.8)
    .option("--half-width <value>", "desired half-width of the interval", share(), 0.1)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Example:
  $ medbench rating-packet --size 150 --raters 3 --out packet
  (put the files that physicians return, forms' ratings-*.jsonl or sheets as CSV, into packet/returned)
  $ medbench ingest packet`,
    )
    .action(async (flags: PacketFlags) => {
      const { makeRatingPacket, planRatings } = await import("../tools/rating-packet/rating-packet.js");
      if (flags.plan) {
        const rows = await planRatings(flags.workspace, {
          criterion: flags.criterion,
          kappa: flags.kappa,
          halfWidth: flags.halfWidth,
        });
        process.stdout.write(flags.json ? `${JSON.stringify(rows)}\n` : `${formatTable(rows)}\n`);
        return;
      }
      const outcome = await makeRatingPacket(flags);
      process.stdout.write(
        flags.json
          ? `${JSON.stringify(outcome)}\n`
          : `rating-packet: ${outcome.answers} answers from ${outcome.strata} strata, ${outcome.ratings} ratings to give, in ${flags.out}\n`,
      );
    });
}
