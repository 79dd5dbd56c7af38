import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { startProgress } from "../../pipelines/terminal/progress.js";

const linesOf = (quietMs: number): string[] => {
  const stream = new PassThrough();
  const progress = startProgress("ingest", {
    ...{ unit: "files", total: 30, quietMs },
    stream: stream as unknown as NodeJS.WriteStream,
  });
  for (let done = 1; done <= 30; done += 1) {
    progress.step(done);
    if (done === 4) progress.say("judgments from the 47,082,933 rows of judgments.jsonl.gz");
  }
  progress.end();
  return String(stream.read()).trimEnd().split("\n");
};

describe("progress on a stream that is not a terminal", () => {
  const said = "ingest: judgments from the 47,082,933 rows of judgments.jsonl.gz";

  it("shows each tenth once, and each slow step", () => {
    const tenths = [6, 9, 12, 15, 18, 21, 24, 27].map((done) => `ingest: ${done} of 30 files`);
    expect(linesOf(0)).toEqual(["ingest: 3 of 30 files", said, ...tenths]);
  });

  it("is hidden for work that is done at once", () => {
    expect(linesOf(60_000)).toEqual([said]);
  });
});
