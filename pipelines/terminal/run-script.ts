import { pathToFileURL } from "node:url";
import { CheckError, WorkbenchError } from "../../src/lib/errors.js";

/**
 * Runs `main` if the module at `url` is the program that was started, and does nothing if it was imported. Errors that
 * the workbench throws on purpose become a message with a hint and the exit codes of the CLI (1 a check failed, 2 bad
 * use); any other error is a bug and keeps its stack.
 */
export async function runScript(url: string, main: () => Promise<void>): Promise<void> {
  if (pathToFileURL(process.argv[1] ?? "").href !== url) return;
  try {
    await main();
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
    process.stderr.write(`${error.message}\n${error.hint === undefined ? "" : `${error.hint}\n`}`);
    process.exitCode = error instanceof CheckError ? 1 : 2;
  }
}
