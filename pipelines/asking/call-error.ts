import { WorkbenchError, type WorkbenchErrorOptions } from "../../src/lib/errors.js";

export interface ModelCallErrorOptions extends WorkbenchErrorOptions {
  /** `retry`: may work later; `item`: this request will never work; `all`: no request will work. */
  readonly scope: "retry" | "item" | "all";
  /** The server may have done the work and billed it. */
  readonly mayBePaid: boolean;
  /** The pause that the server requested with Retry-After. */
  readonly retryAfterMs?: number;
}

/** A call to a model that returned no reply. */
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
