import { shortDuration } from "../../src/lib/util/duration.js";
import type { RunCounts } from "./run-options.js";

export interface RunProgress {
  readonly show: (counts: RunCounts, spentUsd: number) => void;
  /** Prints a sentence above the progress. */
  readonly say: (text: string) => void;
  readonly end: () => void;
}

/** Milliseconds between two lines. */
const interval = { terminal: 200, plain: 10_000 } as const;

/** Shows progress, cost and time left of a run: one line that is updated on a terminal, a new line every ten seconds elsewhere. */
export function startRunProgress(
  label: string,
  total: number,
  {
    stream = process.stderr,
    now = () => performance.now(),
  }: { stream?: NodeJS.WriteStream; now?: () => number } = {},
): RunProgress {
  if (process.env["MEDBENCH_QUIET"] === "1") return { show: () => {}, say: () => {}, end: () => {} };
  const started = now();
  let lastPrinted = stream.isTTY ? Number.NEGATIVE_INFINITY : started;
  return {
    show: (counts, spentUsd) => {
      const time = now();
      if (time - lastPrinted < (stream.isTTY ? interval.terminal : interval.plain)) return;
      lastPrinted = time;
      const line = progressLine(label, total, counts, spentUsd, time - started);
      stream.write(stream.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
    },
    say: (text) => stream.write(`${stream.isTTY ? "\r\u001b[K" : ""}${label}: ${text}\n`),
    end: () => {
      if (stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}

/** @example progressLine("judge", 100, counts, 0.5, 10_000) // "judge: 20 of 100 requests, 0.50 USD, 40 s left" */
export function progressLine(
  label: string,
  total: number,
  { known, answered, unreadable, unanswered, calls }: RunCounts,
  spentUsd: number,
  elapsedMs: number,
): string {
  const here = answered + unreadable + unanswered;
  const left = Math.max(0, total - known - here);
  const seconds = here === 0 ? null : Math.round((left * elapsedMs) / here / 1000);
  const parts = [
    `${label}: ${known + here} of ${total} requests`,
    ...(spentUsd > 0 ? [`${spentUsd.toFixed(2)} USD`] : []),
    ...(calls > here ? [`${calls - here} calls repeated or open`] : []),
    ...(seconds === null ? [] : [`${shortDuration(seconds)} left`]),
  ];
  return parts.join(", ");
}
