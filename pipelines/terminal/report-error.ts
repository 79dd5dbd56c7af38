import { CommanderError } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { explainError } from "./explain-error.js";
import { printableLines } from "./printable.js";

const exitCodes = { done: 0, failed: 1, badInput: 2 } as const;

/** Prints an error that ended a command on standard error, and returns the exit code that belongs to it. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
  const known = explainError(error);
  if (known !== null) {
    process.stderr.write(`medbench: ${printableLines(known.message)}\n`);
    if (known.hint !== undefined) process.stderr.write(`  hint: ${printableLines(known.hint)}\n`);
    const cause = known.cause instanceof Error ? (known.cause.message.split("\n")[0] ?? "") : "";
    if (cause !== "" && !known.message.includes(cause.replace(/^[\w ]+ Error: /, "")))
      process.stderr.write(`  cause: ${printableLines(cause)}
`);
    return known instanceof InputError ? exitCodes.badInput : exitCodes.failed;
  }
  process.stderr.write(
    `medbench: unexpected error, please report it\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return exitCodes.failed;
}
