import { setTimeout as wait } from "node:timers/promises";

/** Time as the runner sees it, so that tests of limits and backoff need not wait. */
export interface Clock {
  /** Milliseconds, never going back. */
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
