import type { CallFailure, ModelCallError } from "./call-error.js";

/** Calls that a run makes to a server that has not replied yet, by how they fail. */
const callsAtStart: Readonly<Record<Exclude<CallFailure, "other">, number>> = {
  unreachable: 3,
  timeout: 2,
  not_api: 2,
};

/** Attempts to reach a server again that had replied before: about 90 seconds with the pauses between them. */
const attemptsAfterReplies = 9;
const longestPauseMs = 30_000;

/** Calls of one request that may end in a timeout, and how much more than another failure each such request counts. */
const mostTimeouts = 3;
const timeoutWeight = 4;

/** Requests without a single readable reply after which the others are not sent. */
const mostUnreadable = 20;

/**
 * Decides from the calls of a run whether its server still works. A server that has not replied yet gets few calls: a wrong address
 * shows within seconds. One that has replied may restart or be overloaded for a while.
 */
export class ServerHealth {
  readonly #maxCalls: number;
  readonly #backoffMs: number;
  /** Sum of the weights of requests given up in a row, above which the run stops. */
  readonly #mostGivenUp: number;
  #hasReplied = false;
  #hasReadable = false;
  #nUnreadable = 0;
  #givenUp = 0;
  #attempts = 0;
  /** When the newest attempt to reach the server failed. Calls sent before belong to that attempt. */
  #failedAt = Number.NEGATIVE_INFINITY;
  #pauseEnds = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly maxCalls: number;
    readonly backoffMs: number;
    readonly concurrency: number;
  }) {
    this.#maxCalls = options.maxCalls;
    this.#backoffMs = options.backoffMs;
    this.#mostGivenUp = 4 * Math.max(2, options.concurrency);
  }

  get hasReplied(): boolean {
    return this.#hasReplied;
  }

  get hasReadable(): boolean {
    return this.#hasReadable;
  }

  replied({ isReadable }: { readonly isReadable: boolean }): void {
    this.#hasReplied = true;
    this.#hasReadable ||= isReadable;
    this.#givenUp = 0;
    this.#attempts = 0;
  }

  /** Attempts to reach the server since its last reply. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Calls without a reply after which a request is given up. */
  mostCalls(failure: CallFailure): number {
    if (failure === "other" || failure === "unreachable") return this.#maxCalls;
    if (!this.#hasReplied) return Math.min(this.#maxCalls, callsAtStart[failure]);
    return failure === "timeout" ? Math.min(this.#maxCalls, mostTimeouts) : this.#maxCalls;
  }

  /**
   * A call could not reach the server. Requests that fail at the same time count as one attempt.
   *
   * @returns milliseconds until the next attempt; null if there should be none
   */
  unreachable(sentAt: number, now: number): number | null {
    if (sentAt <= this.#failedAt) return Math.max(0, this.#pauseEnds - now);
    this.#failedAt = now;
    this.#attempts += 1;
    const most = this.#hasReplied ? attemptsAfterReplies : callsAtStart.unreachable;
    if (this.#attempts >= most) return null;
    const pause = Math.min(longestPauseMs, this.#backoffMs * 2 ** (this.#attempts - 1));
    this.#pauseEnds = now + pause;
    return pause;
  }

  /** A request got no reply and is left to the next run. @returns whether the run should stop */
  gaveUp({ scope, failure }: ModelCallError): boolean {
    // A refused request says nothing about the others until many are refused.
    if (!this.#hasReplied && scope === "retry") return true;
    this.#givenUp += failure === "timeout" ? timeoutWeight : 1;
    return this.#givenUp >= this.#mostGivenUp;
  }

  /** Every reply to a request was unreadable. @returns whether the run should stop */
  gaveUpReading(): boolean {
    this.#nUnreadable += 1;
    return !this.#hasReadable && this.#nUnreadable >= mostUnreadable;
  }
}
