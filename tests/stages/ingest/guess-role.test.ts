import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { guessRole } from "../../../pipelines/stages/ingest/guess-role.js";
import { temporaryFolder } from "./workspace.js";

function file(name: string, content: string | Buffer): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const line = (answer: unknown) =>
  `${JSON.stringify({ question: "Q", answer, other: { id: 1, source: "MedExam" } })}\n`;

test("one file of lines with an answer is an upload, however it is named", () => {
  expect(guessRole(file("MedExam.jsonl", line("B")))).toBe("answers");
  expect(guessRole(file("x.JSONL", line("B")))).toBe("answers");
  expect(guessRole(file("x.jsonl.gz", gzipSync(line("B"))))).toBe("answers");
});

test("a later answer decides where the first lines are blank or no JSON", () => {
  expect(guessRole(file("x.jsonl", `<<<<<<< HEAD\n${line("")}${line(null)}${line("B")}`))).toBe("answers");
});

test("an answer of the wrong type is an answer", () => {
  for (const answer of [1, ["B"], { letter: "B" }, false])
    expect(guessRole(file("x.jsonl", line(answer)))).toBe("answers");
});

test("lines whose answers are all blank are questions", () => {
  expect(guessRole(file("x.jsonl", line("") + line("")))).toBe("questions");
  expect(guessRole(file("x.jsonl", '{"question": "Q", "other": {"id": 1}}'))).toBe("questions");
});

test("answers in UTF-16 and GB18030 are answers", () => {
  expect(guessRole(file("x.jsonl", Buffer.from(`\ufeff${line("B")}`, "utf16le")))).toBe("answers");
  // The second character of the answer is D6 5C in GB18030: its second byte is a backslash in ASCII.
  const gb18030 = Buffer.concat([
    Buffer.from('{"question": "'),
    Buffer.from([0xce, 0xca, 0xd6, 0x5c]),
    Buffer.from('", "answer": "B"}\n'),
  ]);
  expect(guessRole(file("x.jsonl", gb18030))).toBe("answers");
});

test("a folder is an upload if any of its files has an answer, or if it holds archives", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "a.jsonl"), line(""));
  expect(guessRole(folder)).toBe("questions");
  writeFileSync(join(folder, "inner", "b.jsonl"), line("B"));
  expect(guessRole(folder)).toBe("answers");
  const archives = temporaryFolder();
  writeFileSync(join(archives, "system.zip"), "");
  expect(guessRole(archives)).toBe("answers");
});

test("files in which no line is a record need a role", () => {
  expect(() => guessRole(file("x.jsonl", "no JSON\n"))).toThrow(/no line shows/);
  expect(() => guessRole(file("x.csv", "a,b\n"))).toThrow(/not clear from its name/);
});

test("a JSON list and a compressed file under the name of lines are named as what they are", () => {
  expect(() => guessRole(file("x.jsonl", `[${line("B")}]`))).toThrow(/x\.jsonl: the file is one JSON list/);
  expect(() => guessRole(file("x.jsonl", gzipSync(line("B"))))).toThrow(
    /x\.jsonl: the file is compressed with gzip/,
  );
});
