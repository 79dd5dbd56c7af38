import { type Command, InvalidArgumentError } from "commander";
import { share, wholeNumber } from "../terminal/arguments.js";
import { commandLine } from "../terminal/command-line.js";
import type {
  AssumedDisagreements,
  PlannedDisagreements,
} from "../tools/rating-packet/pilot-disagreements.js";
import { type Raters, readRaters } from "../tools/rating-packet/raters.js";
import type { PacketOutcome } from "../tools/rating-packet/rating-packet.js";
import type { PlanRow } from "../tools/rating-packet/rating-plan.js";
import { nextLines, ownNext } from "./next.js";

interface PacketFlags {
  readonly workspace: string;
  readonly out: string;
  readonly packet: string;
  readonly size: number;
  readonly seed: number;
  readonly raters: Raters;
  readonly overlap?: number;
  readonly rubric: string;
  readonly dataset?: readonly string[];
  readonly run?: readonly string[];
  readonly ungraded?: true;
  readonly plan?: boolean;
  readonly criterion?: string;
  readonly kappa: number;
  readonly halfWidth: number;
  readonly disagreements?: AssumedDisagreements;
  readonly json?: boolean;
}

export function registerRatingPacket(program: Command): void {
  program
    .command("rating-packet")
    .summary("draw answers for physicians to rate")
    .description(
      "Draw answers for physicians to rate: blinded sheets, and a form that works offline; `ingest` reads both back. No judge is needed.",
    )
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--out <dir>", "folder for the packet", "rating-packet")
    .option("--packet <name>", "name of the rating round", "round-1")
    .option("--size <n>", "answers to draw", wholeNumber(1), 200)
    .option(
      "--raters <names>",
      "number of raters, such as 3, or their pseudonyms, such as li,wang",
      readRaters,
      3,
    )
    .option(
      "--overlap <share>",
      "share of answers that two raters rate (default: 0.5, or 0 with one rater)",
      share(),
    )
    .option("--dataset <id...>", "draw from these datasets (default: those that a judge grades)")
    .option("--run <id...>", "draw from these runs")
    .option("--ungraded", "draw also answers without a verdict where a judge has graded others")
    .option("--seed <n>", "seed of the draw", wholeNumber(), 1)
    .option("--rubric <id>", "built-in rubric or rubric file", "clinical-5")
    .option("--plan", "only print how many more answers each specialty needs")
    .option("--criterion <name>", "criterion to plan for (default: the only one that was rated, or safety)")
    .option("--kappa <value>", "kappa to plan with", share({ one: false }), 0.8)
    .option("--half-width <value>", "desired half-width of the interval", share({ zero: false }), 0.1)
    .option(
      "--disagreements <kind>",
      "how far apart unequal grades are: pilot (as in the ratings so far), normal (two raters with normal errors), or shares of 1, 2, ... grades apart, such as 0.9,0.1 (default: pilot with at least 30 unequal pairs, else normal)",
      readDisagreements,
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Give a rater who takes part in several rounds the same name in all of them; without names, the
raters of each packet count as different people. The forms and sheets contain questions and
reference answers: give them to the raters only.

Example:
  $ medbench rating-packet --size 150 --raters 3 --out packet
  (put the files that physicians return, forms' ratings-*.jsonl or sheets as CSV, into packet/returned)
  $ medbench ingest packet`,
    )
    .action(async (flags: PacketFlags) => {
      const [{ makeRatingPacket, planRatings }, { formatTable }] = await Promise.all([
        import("../tools/rating-packet/rating-packet.js"),
        import("../terminal/table.js"),
      ]);
      if (flags.plan) {
        const { rows, disagreements } = await planRatings(flags.workspace, {
          ...(flags.criterion === undefined ? {} : { criterion: flags.criterion }),
          ...(flags.disagreements === undefined ? {} : { disagreements: flags.disagreements }),
          kappa: flags.kappa,
          halfWidth: flags.halfWidth,
        });
        const { specialtyNames } = await import("../warehouse/taxonomy.js");
        const nameOf = await specialtyNames();
        const table = rows.map(({ specialty, rated_items, wanted_items, more }) => ({
          specialty: nameOf(specialty),
          "rated items": rated_items,
          "items wanted": wanted_items,
          "still to rate": more,
        }));
        process.stdout.write(
          flags.json
            ? `${JSON.stringify(rows)}\n`
            : `${formatTable(table)}\n\n${planInWords(flags, disagreements)}${await afterPlan(rows, flags.workspace)}`,
        );
        return;
      }
      const { dataset, run, ...others } = flags;
      const outcome = await makeRatingPacket({
        ...others,
        ...(dataset === undefined ? {} : { datasets: dataset }),
        ...(run === undefined ? {} : { runs: run }),
      });
      process.stdout.write(flags.json ? `${JSON.stringify(outcome)}\n` : inWords(outcome, flags));
    });
}

async function afterPlan(rows: readonly PlanRow[], workspace: string): Promise<string> {
  const more = rows.reduce((sum, row) => sum + (row.more ?? 0), 0);
  if (more === 0) return nextLines({ workspace }, "rating-packet");
  return ownNext({
    why: `${more.toLocaleString("en-US")} more answers need a rating. This draws answers from all specialties; --dataset and --run limit the draw, and --packet names the new round.`,
    command: commandLine(["rating-packet", "--size", String(more), "--packet", "NAME", "--out", "FOLDER"], {
      workspace,
    }),
  });
}

/** What a plan assumes. */
function planInWords(
  { kappa, halfWidth }: PacketFlags,
  { shares, source, pairs }: PlannedDisagreements,
): string {
  const apart = (shares ?? [])
    .map((share, i) => `${Math.round(100 * share)} % ${i + 1} apart`)
    .filter((text) => !text.startsWith("0 %"))
    .join(", ");
  const sources = {
    pilot: `as in the ${pairs} unequal pairs of a verdict and a rating so far (${apart})`,
    normal: "as with two raters who see the same quality with normal errors",
    given: `as given (${apart})`,
  };
  return `Items for a kappa of ${kappa} with an interval of +-${halfWidth}, one physician each; unequal grades are apart ${sources[source]}.\n`;
}

/** @throws InvalidArgumentError if it is neither a known kind nor a list of shares that sum to 1 */
function readDisagreements(text: string): AssumedDisagreements {
  if (text === "pilot" || text === "normal") return text;
  const shares = text.split(",").map(Number);
  if (shares.every((share) => share >= 0) && Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-6)
    return shares;
  throw new InvalidArgumentError("It must be pilot, normal, or shares that sum to 1, such as 0.9,0.1.");
}

function inWords(outcome: PacketOutcome, { out, workspace }: PacketFlags): string {
  const { answers, ratings, raters, notes } = outcome;
  const second = ratings - answers;
  return [
    `rating-packet: ${answers} answers for ${raters.join(", ")}; ${second === 0 ? "one rater each" : `${second} of them with a second rater, so ${ratings} to rate`}`,
    ...notes.map((note) => `  note: ${note}`),
    `Give each rater the file ${out}/form-NAME.html or ${out}/sheet-NAME.csv, and keep ${out}/key.csv.`,
    `Put what comes back into ${out}/returned/, then:  ${commandLine(["ingest", out], { workspace }, "medbench")}`,
    "",
  ].join("\n");
}
