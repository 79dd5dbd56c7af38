/** What an error may carry besides its message. */
export interface WorkbenchErrorOptions {
  /** What the reader can do next, as a sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Root of every error that the workbench throws on purpose: work that failed (exit code 1). Only `pipelines/cli.ts` prints one and exits. */
export class WorkbenchError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, { hint, cause }: WorkbenchErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** Bad use or bad input (exit code 2): the message says where, what was found and what would be right. */
export class InputError extends WorkbenchError {}

/** A check that ran and did not hold (exit code 1). */
export class CheckError extends WorkbenchError {}
