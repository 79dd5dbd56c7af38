import { pathToFileURL } from "node:url";
import { Command, CommanderError } from "commander";
import { CheckError } from "../../src/lib/errors.js";
import { explainError } from "./explain-error.js";

/**
 * Runs `main` if the module at `url` is the program that was started, and does nothing if it was imported. Errors that
 * `explainError` knows become a message with a hint and the CLI's exit codes (1: a check failed, 2: wrong use); any other
 * error is a bug and keeps its stack.
 */
export async function runScript(url: string, main: () => Promise<void>): Promise<void> {
  if (pathToFileURL(process.argv[1] ?? "").href !== url) return;
  try {
    await main();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help, or the problem with the options, has already been printed.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const known = explainError(error);
    if (known === null) throw error;
    process.stderr.write(`${known.message}\n${known.hint === undefined ? "" : `${known.hint}\n`}`);
    process.exitCode = known instanceof CheckError ? 1 : 2;
  }
}

/** Reads the options of a script that is run as `npm run <name> -- ...`, with `--help`. */
export function scriptCommand(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .exitOverride()
    .showHelpAfterError("(add --help for the options)");
}
