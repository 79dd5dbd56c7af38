import type { Clock } from "./clock.js";

export interface RateLimits {
  /** Requests that may start per minute. Default: no limit. */
  readonly requestsPerMinute?: number;
  /** Tokens of prompts and replies per minute. Default: no limit. */
  readonly tokensPerMinute?: number;
}

/**
 * Starts requests at an even pace, so that no minute exceeds the limits: each start delays the next by its share of a
 * minute. Evenly spaced starts need no allowance for bursts, which servers count differently.
 */
export class RateGate {
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  #nextRequest = Number.NEGATIVE_INFINITY;
  #nextTokens = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(limits: RateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Resolves when a request with this many expected tokens may start. */
  async enter(tokens: number, signal?: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const start = Math.max(now, this.#nextRequest, this.#nextTokens);
    this.#nextRequest = start + minuteShare(1, this.#limits.requestsPerMinute);
    this.#nextTokens = start + minuteShare(tokens, this.#limits.tokensPerMinute);
    if (start > now) await this.#clock.sleep(start - now, signal);
    // The server may have asked for a pause meanwhile, and again during that pause.
    for (
      let rest = this.#pausedUntil - this.#clock.now();
      rest > 0;
      rest = this.#pausedUntil - this.#clock.now()
    )
      await this.#clock.sleep(rest, signal);
  }

  /** Corrects the pace once the actual number of tokens is known. */
  settle(expected: number, used: number): void {
    this.#nextTokens += minuteShare(used - expected, this.#limits.tokensPerMinute);
  }

  /** Starts no request for this long, because the server asked for it. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
  }
}

const minuteShare = (amount: number, perMinute: number | undefined) =>
  perMinute === undefined ? 0 : (amount * 60_000) / perMinute;
