import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { CheckError, InputError, WorkbenchError } from "../src/lib/errors.js";
import { registerAggregate } from "./commands/aggregate.js";
import { registerCalibrate } from "./commands/calibrate.js";
import { registerCompare } from "./commands/compare.js";
import { registerGate } from "./commands/gate.js";
import { registerIngest } from "./commands/ingest.js";
import { registerJudge } from "./commands/judge.js";
import { registerJudgeServer } from "./commands/judge-server.js";
import { registerOracles } from "./commands/oracles.js";
import { registerPublish } from "./commands/publish.js";
import { registerRatingPacket } from "./commands/rating-packet.js";
import { registerRead } from "./commands/read.js";
import { registerRelease } from "./commands/release.js";
import { registerRollUp } from "./commands/roll-up.js";
import { registerRun } from "./commands/run.js";
import { registerScore } from "./commands/score.js";
import { registerSimulate } from "./commands/simulate.js";
import { registerSql } from "./commands/sql.js";
import { registerStressJudge } from "./commands/stress-judge.js";
import { registerVerify } from "./commands/verify.js";

const exitCodes = { done: 0, checkFailed: 1, badInput: 2 } as const;

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
  version: string;
};

const program = new Command("medbench")
  .description(
    "Turn the raw outputs of a medical AI benchmark into scores with confidence intervals and a report that can be published.",
  )
  .version(version)
  .showHelpAfterError("(add --help for options and an example)")
  .exitOverride();

for (const register of [
  registerRun,
  registerIngest,
  registerScore,
  registerAggregate,
  registerJudge,
  registerJudgeServer,
  registerCalibrate,
  registerRatingPacket,
  registerStressJudge,
  registerGate,
  registerRelease,
  registerPublish,
  registerCompare,
  registerVerify,
  registerSql,
  registerRead,
  registerRollUp,
  registerSimulate,
  registerOracles,
]) {
  register(program);
}
for (const command of program.commands)
  command.exitOverride().showHelpAfterError("(add --help for options and an example)");

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `medbench sql ... | head` closes the pipe early; that is not a failure.
  if (error.code === "EPIPE") process.exit(exitCodes.done);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
  if (error instanceof WorkbenchError) {
    process.stderr.write(`medbench: ${error.message}\n`);
    if (error.hint !== undefined) process.stderr.write(`  hint: ${error.hint}\n`);
    if (error.cause instanceof Error) process.stderr.write(`  cause: ${error.cause.message}\n`);
    return error instanceof CheckError ? exitCodes.checkFailed : exitCodes.badInput;
  }
  process.stderr.write(
    `medbench: unexpected error, please report it\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return error instanceof InputError ? exitCodes.badInput : exitCodes.checkFailed;
}
