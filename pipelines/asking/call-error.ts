import { WorkbenchError, type WorkbenchErrorOptions } from "../../src/lib/errors.js";

export interface ModelCallErrorOptions extends WorkbenchErrorOptions {
  /** `retry`: may work later; `item`: this request will never work; `all`: no request will. */
  readonly scope: "retry" | "item" | "all";
  /** The server may have done the work and billed it. */
  readonly mayBePaid: boolean;
  /** What the server asked for by Retry-After. */
  readonly retryAfterMs?: number;
}

/** A call to a model that brought no reply. */
export class ModelCallError extends WorkbenchError {
  readonly scope: ModelCallErrorOptions["scope"];
  readonly mayBePaid: boolean;
  readonly retryAfterMs: number | null;

  constructor(message: string, { scope, mayBePaid, retryAfterMs, ...options }: ModelCallErrorOptions) {
    super(message, options);
    this.scope = scope;
    this.mayBePaid = mayBePaid;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}
