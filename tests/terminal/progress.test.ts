import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Progress, startProgress } from "../../pipelines/terminal/progress.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** What a task prints that takes `eachMs` for each of 40 files. */
function linesOf(eachMs: number, extra: (progress: Progress, done: number) => void = () => {}): string[] {
  const stream = new PassThrough();
  const progress = startProgress("ingest", {
    ...{ unit: "files", total: 40 },
    stream: stream as unknown as NodeJS.WriteStream,
  });
  for (let done = 1; done <= 40; done += 1) {
    vi.advanceTimersByTime(eachMs);
    progress.step(done);
    extra(progress, done);
  }
  progress.end();
  vi.advanceTimersByTime(60_000);
  return String(stream.read() ?? "")
    .trimEnd()
    .split("\n")
    .filter((line) => line !== "");
}

describe("progress on a stream that is not a terminal", () => {
  it("is a line after 3 seconds and then every 10, with the time left", () => {
    // One file a second: after 3 of 40, 37 seconds are left.
    expect(linesOf(1000)).toEqual([
      "ingest: 3 of 40 files, about 37 s left",
      "ingest: 13 of 40 files, about 27 s left",
      "ingest: 23 of 40 files, about 17 s left",
      "ingest: 33 of 40 files, about 7 s left",
    ]);
  });

  it("is not one line per update, however many there are", () => {
    expect(linesOf(200)).toEqual(["ingest: 15 of 40 files, about 5 s left"]);
  });

  it("continues while one step takes minutes, and ends with the task", () => {
    const lines = linesOf(1, (_, done) => {
      if (done === 20) vi.advanceTimersByTime(20_000);
    });
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^ingest: 20 of 40 files, about \d+ s left$/);
  });

  it("is hidden for work that is done at once, except what a slow step says, without controls", () => {
    const lines = linesOf(1, (progress, done) => {
      if (done === 4) progress.say("rows of \u001b[31m judgments.jsonl.gz");
    });
    expect(lines).toEqual(["ingest: rows of \\x1b[31m judgments.jsonl.gz"]);
  });

  it("is hidden with --quiet", () => {
    vi.stubEnv("MEDBENCH_QUIET", "1");
    expect(linesOf(1000, (progress) => progress.say("slow"))).toEqual([]);
  });
});
