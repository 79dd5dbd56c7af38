import { realpathSync } from "node:fs";
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
  if (!isStarted(url)) return;
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

/** Node resolves links in the address of a module, not in `argv`; on Windows the letter of the drive may differ in case. */
function isStarted(url: string): boolean {
  const [, script] = process.argv;
  if (script === undefined) return false;
  try {
    return pathToFileURL(realpathSync.native(script)).href.toLowerCase() === url.toLowerCase();
  } catch {
    return false;
  }
}

/** Reads the options of a script that is run as `npm run <name> -- ...`, with `--help`. */
export function scriptCommand(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .exitOverride()
    .showHelpAfterError("(add --help for the options)");
}
