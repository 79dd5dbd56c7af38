import { CommanderError } from "commander";
import { CheckError, InputError, type WorkbenchError } from "../../src/lib/errors.js";
import { explainError } from "./explain-error.js";
import { printableJson, printableLines } from "./printable.js";

const exitCodes = { done: 0, failed: 1, badInput: 2 } as const;

/**
 * An error as programs read it, the last line of standard error where `--json` was given. `kind` is `input` (the command or its input was
 * wrong), `check` (a check did not pass), `failed` (the work could not be done) or `unexpected` (a mistake in medbench).
 */
export interface ErrorReport {
  readonly kind: "input" | "check" | "failed" | "unexpected";
  readonly message: string;
  /** What to do next. */
  readonly hint: string | null;
  readonly cause: string | null;
  readonly exitCode: number;
}

/** Whether a command line asks for JSON, which then its errors are, too. */
export function wantsJson(words: readonly string[] = process.argv.slice(2)): boolean {
  const end = words.indexOf("--");
  return (end < 0 ? words : words.slice(0, end)).includes("--json");
}

/** Prints an error that ended a command on standard error, and returns the exit code that belongs to it. */
export function reportError(
  error: unknown,
  { asJson = wantsJson() }: { readonly asJson?: boolean } = {},
): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  const report = reportOf(error);
  if (asJson) process.stderr.write(`${printableJson({ error: report })}\n`);
  // Commander has printed its own errors.
  else if (!(error instanceof CommanderError)) process.stderr.write(inWords(report, error));
  return report.exitCode;
}

function reportOf(error: unknown): ErrorReport {
  if (error instanceof CommanderError)
    return {
      kind: "input",
      message: error.message.replace(/^error: /, ""),
      hint: "`--help` after the command shows its options and an example.",
      cause: null,
      exitCode: exitCodes.badInput,
    };
  const known = explainError(error);
  if (known !== null)
    return {
      kind: kindOf(known),
      message: known.message,
      hint: known.hint ?? null,
      cause: causeOf(known),
      exitCode: known instanceof InputError ? exitCodes.badInput : exitCodes.failed,
    };
  return {
    kind: "unexpected",
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    hint: "This is a mistake of medbench: please report it with this message.",
    cause: null,
    exitCode: exitCodes.failed,
  };
}

function kindOf(error: WorkbenchError): ErrorReport["kind"] {
  if (error instanceof InputError) return "input";
  return error instanceof CheckError ? "check" : "failed";
}

/** The first line of what caused an error, where its message does not say it already. */
function causeOf({ message, cause }: WorkbenchError): string | null {
  const text = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "";
  return text === "" || message.includes(text.replace(/^[\w ]+ Error: /, "")) ? null : text;
}

function inWords({ kind, message, hint, cause }: ErrorReport, error: unknown): string {
  if (kind === "unexpected")
    return `medbench: unexpected error, please report it\n${error instanceof Error ? (error.stack ?? message) : message}\n`;
  const lines = [
    `medbench: ${message}`,
    ...(hint === null ? [] : [`  hint: ${hint}`]),
    ...(cause === null ? [] : [`  cause: ${cause}`]),
  ];
  return `${lines.map(printableLines).join("\n")}\n`;
}
