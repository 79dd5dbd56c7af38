import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { CheckError } from "../src/lib/errors.js";
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
import { explainError } from "./terminal/explain-error.js";

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

// Streams and timers report errors to nobody who awaits them.
process.on("uncaughtException", (error) => process.exit(report(error)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
  const known = explainError(error);
  if (known !== null) {
    process.stderr.write(`medbench: ${known.message}\n`);
    if (known.hint !== undefined) process.stderr.write(`  hint: ${known.hint}\n`);
    const cause = known.cause instanceof Error ? (known.cause.message.split("\n")[0] ?? "") : "";
    if (cause !== "" && !known.message.includes(cause.replace(/^[\w ]+ Error: /, "")))
      process.stderr.write(`  cause: ${cause}\n`);
    return known instanceof CheckError ? exitCodes.checkFailed : exitCodes.badInput;
  }
  process.stderr.write(
    `medbench: unexpected error, please report it\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return exitCodes.checkFailed;
}
