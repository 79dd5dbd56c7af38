import { join } from "node:path";
import type { Command } from "commander";
import { formatRounded } from "../../src/lib/util/rounding.js";
import type { OverallRow } from "../stages/run.js";
import { isQuiet } from "../terminal/quiet.js";
import { keptGatePolicyOption } from "./gate-policy-option.js";
import { nextLines, nextOf } from "./next.js";

interface RunFlags {
  readonly source?: readonly string[];
  readonly workspace: string;
  readonly out: string;
  readonly gatePolicy?: string;
  readonly study?: string;
  readonly force?: true;
  readonly json?: true;
}

export function registerRun(program: Command): void {
  program
    .command("run")
    .summary("run all stages: from files to scores and a report")
    .description(
      "Run all stages, from files to the report: ingest, score, calibrate, aggregate, gate, release, publish. Stages whose inputs have not changed are skipped.",
    )
    .option("--source <path...>", "files to ingest first, in addition to those ingested before")
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--out <dir>", "folder for the report", "dist")
    .option("--study <file>", "record of the rating study (YAML), for the report's checklist")
    .option(...keptGatePolicyOption)
    .option("--force", "run every stage even if nothing changed")
    .option("--json", "print stages and overall scores as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  $ medbench run --source data/sample\n\nKeep each benchmark of yours in a workspace of its own: add --workspace work to every command, and\n--out work/dist to run and publish.",
    )
    .action(async (flags: RunFlags) => {
      const [{ overallTable, runAll }, { readGatePolicy }, { describeOutcome, printNotes }, { formatTable }] =
        await Promise.all([
          import("../stages/run.js"),
          import("../stages/gate/policy-file.js"),
          import("./stage-command.js"),
          import("../terminal/table.js"),
        ]);
      const { gatePolicy, ...settings } = flags;
      if (gatePolicy === undefined) await tellKeptPolicy(flags.workspace);
      const stages = await runAll({
        ...settings,
        sources: flags.source ?? [],
        force: flags.force ?? false,
        ...(gatePolicy === undefined ? {} : { gatePolicy: await readGatePolicy(gatePolicy) }),
        onStage: (outcome) => {
          if (!isQuiet()) process.stderr.write(`${describeOutcome(outcome)}\n`);
          printNotes(outcome);
        },
      });
      const overall = await overallTable(flags.workspace);
      if (flags.json) {
        const next = await nextOf(flags, "run");
        process.stdout.write(`${JSON.stringify({ stages, overall, next }, null, 1)}\n`);
        return;
      }
      const hasPools = new Set(overall.map(({ pool }) => pool)).size > 1;
      const table = formatTable(overall.map((row) => readable(row, hasPools)));
      process.stdout.write(`${table}\n${explained(flags)}${await nextLines(flags, "run")}`);
    });
}

/** A policy other than the usual one should not go unnoticed because somebody chose it months ago. */
async function tellKeptPolicy(workspace: string): Promise<void> {
  const [{ keptGatePolicy }, { gatePolicies }] = await Promise.all([
    import("../stages/kept-settings.js"),
    import("../../src/lib/publication/gate.js"),
  ]);
  const kept = await keptGatePolicy(workspace);
  const changed = Object.entries(kept).filter(
    ([name, value]) => gatePolicies.withhold[name as keyof typeof kept] !== value,
  );
  if (changed.length === 0) return;
  const stated = changed.map(([name, value]) => `${name} ${value}`).join(", ");
  process.stderr.write(
    `run: the gate keeps its policy (${stated}); --gate-policy withhold is the usual one\n`,
  );
}

function readable(row: OverallRow, hasPools: boolean) {
  return {
    track: row.track,
    board: row.board,
    ...(hasPools ? { pool: row.pool } : {}),
    system: row.system,
    overall: formatRounded(row.estimate),
    "95 % interval": row.lower === null ? "–" : `${formatRounded(row.lower)} to ${formatRounded(row.upper)}`,
    "board value": formatRounded(row.board_value),
    scored: `${row.n_scored} of ${row.n_expected}`,
    status: row.status,
    publication: row.decision.replaceAll("_", " "),
  };
}

function explained({ out }: RunFlags): string {
  if (isQuiet()) return "";
  return `
Overall: mean of dimensions, 0 to 100, with its interval over independent groups of items; board value: the same
as the board prints it, from tasks rounded to one decimal.
The report is in ${join(out, "index.html")}.
`;
}
