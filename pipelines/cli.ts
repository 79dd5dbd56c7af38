import { createProgram } from "./commands/program.js";
import { reportError } from "./terminal/report-error.js";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `medbench sql ... | head` closes the pipe early; that is not a failure.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

// Streams and timers report errors to nobody who awaits them.
process.on("uncaughtException", (error) => process.exit(reportError(error)));

try {
  const program = createProgram();
  if (process.argv.length > 2) await program.parseAsync();
  else program.outputHelp();
} catch (error) {
  process.exitCode = reportError(error);
}
