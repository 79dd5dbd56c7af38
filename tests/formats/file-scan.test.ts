import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scanFile } from "../../pipelines/formats/file-scan.js";
import { line, temporaryFolder } from "../stages/ingest/workspace.js";

const folder = temporaryFolder();
/** Bytes that are read at a time. */
const piece = 2 ** 20;

function scan(content: string) {
  const path = join(folder, "file.jsonl");
  writeFileSync(path, content);
  expect(scanFile(path)).toMatchObject({
    sha256: createHash("sha256").update(content).digest("hex"),
    bytes: Buffer.byteLength(content),
  });
  return scanFile(path);
}

/** Lines whose first `length` bytes are filled by one long answer. */
const after = (length: number, rest: string): string => {
  const frame = line(1, "").length;
  return line(1, "x".repeat(length - frame)) + rest;
};

test.each(Array.from({ length: 12 }, (_, index) => [index * 6]))(
  "a line that begins %i bytes before the end of a piece is seen whole",
  (bytes) => {
    const start = piece - bytes;
    expect(scan(after(start, line(2, "yes")))).toMatchObject({ lines: 2, isTextOnEachLine: true });
    expect(scan(after(start, line(2, null)))).toMatchObject({ lines: 2, isTextOnEachLine: false });
    expect(scan(after(start, line(2, "yes").slice(0, -1)))).toMatchObject({
      lines: 2,
      isTextOnEachLine: true,
    });
  },
);

test("lines after one that is longer than a chunk are counted, and the file is left to the line reader", () => {
  const content = line(1, "x".repeat(2 * piece)) + line(2, "yes") + line(3, "no").trimEnd();
  expect(scan(content)).toMatchObject({ lines: 3, isTextOnEachLine: false });
});

test("lines are counted where no line has an answer", () => {
  const content = "{}\n".repeat(piece / 2);
  expect(scan(content)).toMatchObject({ lines: piece / 2, isTextOnEachLine: false });
  expect(scan(`${content}{`)).toMatchObject({ lines: piece / 2 + 1 });
});

test("an empty file has no lines, a blank line counts as one, and a byte-order mark is detected", () => {
  expect(scan("")).toMatchObject({ bytes: 0, lines: 0, hasByteOrderMark: false });
  expect(scan("\n")).toMatchObject({ lines: 1, isTextOnEachLine: false });
  expect(scan(`\ufeff${line(1, "x")}`)).toMatchObject({ lines: 1, hasByteOrderMark: true });
});

test("an answer does not count for the line before or after it", () => {
  const twice = line(1, "x").replace('"answer"', '"answer":"y","answer"');
  expect(scan(twice + line(2, null))).toMatchObject({ isTextOnEachLine: false });
  expect(scan(line(2, null) + twice)).toMatchObject({ isTextOnEachLine: false });
});

test("bytes that are not UTF-8 are found wherever a piece ends", () => {
  const emoji = "\u{1f600}";
  for (const back of [0, 1, 2, 3, 4]) {
    const start = "x".repeat(piece - back);
    expect(scan(start + emoji)).toMatchObject({ isUtf8: true });
    const path = join(folder, "bad.jsonl");
    writeFileSync(path, Buffer.concat([Buffer.from(start), Buffer.from(emoji).subarray(0, 3)]));
    expect(scanFile(path)).toMatchObject({ isUtf8: false });
    writeFileSync(path, Buffer.concat([Buffer.from(start), Buffer.from([0xff]), Buffer.from("x")]));
    expect(scanFile(path)).toMatchObject({ isUtf8: false });
  }
});

test.each([
  ['{"answer":"a","question":"q"}', true],
  ['{ "question" : "q", "answer" : "a" }', true],
  ['{"question":"a \\"answer\\":\\"x\\" b","answer":"a"}', true],
  ['{"question":"q","answer":5,"other":{"answer":"x"}}', false],
  ['{"other":{"answer":"x"},"answer":5,"question":"q"}', false],
  ['{"question":"q","\\u0061nswer":5,"other":{"answer":"x"}}', false],
  ['{"question":"q","answer":["a"]}', false],
  ['{"question":"q"}', false],
])("whether %j has both texts beyond doubt: %j", (content, isTextOnEachLine) => {
  expect(scan(`${content}\n`)).toMatchObject({ isTextOnEachLine });
});
