import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { gunzipTo } from "../../pipelines/formats/gunzip.js";
import { defaultLimits } from "../../pipelines/formats/unpack.js";
import { temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const [one, two] = [gzipSync("one\n"), gzipSync("two\n")] as const;

async function extract(bytes: Buffer, limits = defaultLimits) {
  const folder = writeFiles(temporaryFolder(), { "a.gz": bytes });
  const refused = await gunzipTo(join(folder, "a.gz"), join(folder, "out", "a"), bytes.length, limits);
  return refused ?? readFileSync(join(folder, "out", "a"), "utf8");
}

function changed(at: number): Buffer {
  const bytes = Buffer.from(one);
  bytes[at < 0 ? bytes.length + at : at] = 0x55;
  return bytes;
}

test.each([
  ["of one member", one, "one\n"],
  ["of several members", Buffer.concat([one, two]), "one\ntwo\n"],
  ["padded with zero bytes", Buffer.concat([one, Buffer.alloc(512)]), "one\n"],
])("a file %s is extracted whole", async (_, bytes, text) => {
  expect(await extract(bytes)).toBe(text);
});

test.each([
  ["is cut off", one.subarray(0, -9), /cut off/],
  ["lost its last byte", one.subarray(0, -1), /cut off/],
  ["has a cut second member", Buffer.concat([one, two.subarray(0, 12)]), /cut off/],
  ["has other data after its end", Buffer.concat([one, Buffer.from("lost?")]), /not gzip/],
  ["has other data after padding", Buffer.concat([one, Buffer.alloc(3), Buffer.from("lost?")]), /not gzip/],
  ["differs from its checksum", changed(-8), /checksum differs/],
  ["differs from its stated length", changed(-4), /length differs/],
  ["is not gzip", Buffer.from("plain text"), /not gzip/],
  ["is empty", Buffer.alloc(0), /cut off/],
])("a file that %s is refused", async (_, bytes, detail) => {
  expect(await extract(bytes)).toEqual({ reason: "gzip_damaged", detail: expect.stringMatching(detail) });
});

test("a file that extracts to more than its limit is refused", async () => {
  expect(await extract(gzipSync(Buffer.alloc(100)), { ...defaultLimits, maxFileBytes: 10 })).toMatchObject({
    reason: "gzip_bomb",
  });
});
