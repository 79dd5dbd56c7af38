import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { packageRoot } from "../warehouse/package-root.js";
import { registerAggregate } from "./aggregate.js";
import { registerCalibrate } from "./calibrate.js";
import { registerCompare } from "./compare.js";
import { registerGate } from "./gate.js";
import { registerIngest } from "./ingest.js";
import { registerJudge } from "./judge.js";
import { registerJudgeServer } from "./judge-server.js";
import { registerOracles } from "./oracles.js";
import { registerPublish } from "./publish.js";
import { registerRatingPacket } from "./rating-packet.js";
import { registerRead } from "./read.js";
import { registerRelease } from "./release.js";
import { registerRollUp } from "./roll-up.js";
import { registerRun } from "./run.js";
import { registerScore } from "./score.js";
import { registerSimulate } from "./simulate.js";
import { registerSql } from "./sql.js";
import { registerStressJudge } from "./stress-judge.js";
import { registerVerify } from "./verify.js";

const registers = [
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
];

/**
 * The command `medbench` with all its commands. It throws a CommanderError instead of ending the process. The command line,
 * the reference pages and shell completion all read this one definition.
 */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const program = new Command("medbench")
    .description(
      "Turn the raw outputs of a medical AI benchmark into scores with confidence intervals and a report that can be published.",
    )
    .version(version);
  for (const register of registers) register(program);
  for (const command of [program, ...program.commands])
    command.exitOverride().showHelpAfterError("(add --help for options and an example)");
  return program;
}
