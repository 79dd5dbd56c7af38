import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { startProgress } from "../../pipelines/terminal/progress.js";

it("tells each tenth once on a stream that is no terminal, and what takes long", () => {
  const stream = new PassThrough();
  const progress = startProgress("ingest", {
    ...{ unit: "files", total: 30 },
    stream: stream as unknown as NodeJS.WriteStream,
  });
  for (let done = 1; done <= 30; done += 1) {
    progress.step(done);
    if (done === 4) progress.say("judgments from the 47,082,933 rows of judgments.jsonl.gz");
  }
  progress.end();
  const lines = String(stream.read()).trimEnd().split("\n");
  expect(lines).toEqual([
    "ingest: 3 of 30 files",
    "ingest: judgments from the 47,082,933 rows of judgments.jsonl.gz",
    ...[6, 9, 12, 15, 18, 21, 24, 27].map((done) => `ingest: ${done} of 30 files`),
  ]);
});
