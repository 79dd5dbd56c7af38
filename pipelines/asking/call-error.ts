import { WorkbenchError, type WorkbenchErrorOptions } from "../../src/lib/errors.js";

/**
 * How a call failed: `unreachable`: no connection, so the request never arrived; `timeout`: no reply in time; `not_api`: a reply
 * that does not come from a model API, such as a web page; `other`: everything else.
 */
export type CallFailure = "unreachable" | "timeout" | "not_api" | "other";

export interface ModelCallErrorOptions extends WorkbenchErrorOptions {
  /** `retry`: may work later; `item`: this request will never work; `all`: no request will work. */
  readonly scope: "retry" | "item" | "all";
  /** Default `other`. */
  readonly failure?: CallFailure;
  /** The server may have done the work and billed it. */
  readonly mayBePaid: boolean;
  /** The pause that the server requested with Retry-After. */
  readonly retryAfterMs?: number;
}

/** A call to a model that returned no reply. */
export class ModelCallError extends WorkbenchError {
  readonly scope: ModelCallErrorOptions["scope"];
  readonly failure: CallFailure;
  readonly mayBePaid: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    { scope, failure = "other", mayBePaid, retryAfterMs, ...options }: ModelCallErrorOptions,
  ) {
    super(message, options);
    this.scope = scope;
    this.failure = failure;
    this.mayBePaid = mayBePaid;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}
