import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { beQuiet } from "../terminal/quiet.js";
import { wantsJson } from "../terminal/report-error.js";
import { packageRoot } from "../warehouse/package-root.js";
import { registerAggregate } from "./aggregate.js";
import { registerAuditItems } from "./audit-items.js";
import { registerCalibrate } from "./calibrate.js";
import { checkArguments } from "./check-arguments.js";
import { registerCompare } from "./compare.js";
import { registerCompletion } from "./completion.js";
import { registerGate } from "./gate.js";
import { registerIngest } from "./ingest.js";
import { registerInit } from "./init.js";
import { registerJudge } from "./judge.js";
import { registerJudgeServer } from "./judge-server.js";
import { registerJudges } from "./judges.js";
import { registerOracles } from "./oracles.js";
import { registerPublish } from "./publish.js";
import { registerRatingPacket } from "./rating-packet.js";
import { registerRead } from "./read.js";
import { registerRelease } from "./release.js";
import { registerRollUp } from "./roll-up.js";
import { registerRun } from "./run.js";
import { registerScore } from "./score.js";
import { registerSimulate } from "./simulate.js";
import { registerSources } from "./sources.js";
import { registerSql } from "./sql.js";
import { registerStressJudge } from "./stress-judge.js";
import { registerVerify } from "./verify.js";

/** The commands as the first screen of help shows them: by what people want to do, in the order of a first day. */
const groups: Readonly<Record<string, readonly ((program: Command) => void)[]>> = {
  "From your files to a report:": [
    registerInit,
    registerIngest,
    registerSources,
    registerRun,
    registerSimulate,
  ],
  "Grade with a judge model, and check the judge:": [
    registerJudge,
    registerJudges,
    registerJudgeServer,
    registerRatingPacket,
    registerCalibrate,
    registerStressJudge,
  ],
  "Publish:": [registerGate, registerRelease, registerPublish],
  "Look at results:": [registerSql, registerCompare, registerAuditItems, registerRead, registerRollUp],
  "Check:": [registerVerify, registerOracles],
  "Single stages (`run` includes them):": [registerScore, registerAggregate],
};

const footer = `
Exit codes: 0 success; 1 the work or a check failed; 2 the command or its input was wrong.
With --json, an error is one line of JSON, the last on standard error: {"error": {"kind", "message", "hint", ...}}.`;

const quietMeaning = "print only results and errors: no progress, notes or next steps";

const firstSteps = `
First steps:
  $ medbench run --source data/sample            the bundled sample, from files to a report
  $ medbench init my-data/                       your own files: recognizes them, and says how to go on
  $ medbench help ingest                         options and examples of one command`;

/**
 * The command `medbench` with all its commands. It throws a CommanderError instead of ending the process. The command line,
 * the reference pages and shell completion all read this one definition.
 *
 * @param options.errorsAsJson leave errors of usage to `reportError`, which prints all errors as JSON
 */
export function createProgram({
  errorsAsJson = wantsJson(),
}: {
  readonly errorsAsJson?: boolean;
} = {}): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const program = new Command("medbench")
    .description(
      "Turn the raw outputs of a medical AI benchmark into scores with confidence intervals and a report that can be published.",
    )
    .version(version, "-V, --version", "print the version")
    .hook("preAction", (_, command) => checkArguments(command))
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput(errorsAsJson ? { outputError: () => {} } : {});
  for (const [heading, registers] of Object.entries(groups)) {
    program.commandsGroup(heading);
    for (const register of registers) register(program);
  }
  for (const command of program.commands) command.option("--quiet", quietMeaning);
  program.hook("preAction", (_, command) => {
    if (command.opts()["quiet"] === true) beQuiet();
    // An option of the command line, not of what the command does.
    command.setOptionValue("quiet", undefined);
  });
  addHelpCommand(program);
  registerCompletion(program);
  program.addHelpText("after", firstSteps).addHelpText("afterAll", footer);
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .helpOption("-h, --help", "print this help")
      .showHelpAfterError(errorsAsJson ? false : "(add --help for options and an example)");
  return program;
}

/** Like commander's own, but a name that does not exist is an error, with a suggestion. */
function addHelpCommand(program: Command): void {
  program.helpCommand(false).commandsGroup("Help:");
  program
    .command("help")
    .summary("show the options and examples of a command")
    .description("Show the options and examples of a command.")
    .argument("[command]", "name of a command")
    .action(async (name?: string) => {
      const found = program.commands.find((command) => command.name() === name);
      if (name === undefined || found !== undefined) (found ?? program).help();
      else await program.parseAsync([name], { from: "user" });
    });
}
