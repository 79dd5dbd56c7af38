import { setTimeout as wait } from "node:timers/promises";

/** The runner's clock, which tests replace so that limits and backoff need no waiting. */
export interface Clock {
  /** Milliseconds; never decreases. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal ? { signal } : {});
  },
};
