import { WorkbenchError, type WorkbenchErrorOptions } from "../../src/lib/errors.js";

export interface JudgeCallErrorOptions extends WorkbenchErrorOptions {
  /** `retry`: may work later; `item`: this request will never work; `all`: no request will. */
  readonly scope: "retry" | "item" | "all";
  /** The server may have done the work and billed it. */
  readonly mayBePaid: boolean;
  /** What the server asked for by Retry-After. */
  readonly retryAfterMs?: number;
}

/** A call to a judge that brought no reply. */
export class JudgeCallError extends WorkbenchError {
  readonly scope: JudgeCallErrorOptions["scope"];
  readonly mayBePaid: boolean;
  readonly retryAfterMs: number | null;

  constructor(message: string, { scope, mayBePaid, retryAfterMs, ...options }: JudgeCallErrorOptions) {
    super(message, options);
    this.scope = scope;
    this.mayBePaid = mayBePaid;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}
