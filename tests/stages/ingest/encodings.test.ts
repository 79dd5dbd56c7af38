import { describe, expect, test } from "vitest";
import { ingestAnswerFile, line } from "./workspace.js";

/** Text in UTF-16 with the high byte first. */
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

/** A line of "问题1：答案是的，A" in GB18030, which Node reads but does not write. */
const chinese: Readonly<Record<string, readonly number[]>> = {
  问题: [0xce, 0xca, 0xcc, 0xe2],
  答案是的: [0xb4, 0xf0, 0xb0, 0xb8, 0xca, 0xc7, 0xb5, 0xc4],
  "，": [0xa3, 0xac],
};
function gb18030(text: string): Buffer {
  const pieces = text.split(new RegExp(`(${Object.keys(chinese).join("|")})`));
  return Buffer.concat(pieces.map((piece) => Buffer.from(chinese[piece] ?? Buffer.from(piece))));
}

const answers = [1, 2, 3].map((id) => line(id, `答案是的，${id}`, { question: `问题${id}` }));
const text = answers.join("");
const raws = ["答案是的，1", "答案是的，2", "答案是的，3"];

describe("a file of lines in another encoding is read exactly, and a note says so", () => {
  test.each([
    ["UTF-16LE", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16BE", utf16be(`\ufeff${text}`)],
    ["UTF-16LE", Buffer.from(text, "utf16le")],
    ["UTF-16BE", utf16be(text)],
    ["GB18030", gb18030(text)],
  ])("%s", async (name, content) => {
    const { responses, quarantine, notes } = await ingestAnswerFile(content);
    expect(responses.map(({ raw }) => raw)).toEqual(raws);
    expect(quarantine).toEqual([]);
    expect(notes).toContainEqual(expect.stringContaining(`is in ${name} and was decoded`));
  });

  test("UTF-8 with a mark", async () => {
    const { responses, notes } = await ingestAnswerFile(`\ufeff${text}`);
    expect(responses.map(({ raw }) => raw)).toEqual(raws);
    expect(notes).toContainEqual(expect.stringContaining("byte-order mark"));
  });
});

describe("what is wrongly encoded is refused with its place", () => {
  test("one line in GB18030 in a file in UTF-8 costs itself", async () => {
    const [first = "", second = "", third = ""] = answers;
    const content = Buffer.concat([Buffer.from(first), gb18030(second), Buffer.from(third)]);
    const { responses, quarantine } = await ingestAnswerFile(content);
    expect(responses.map(({ raw }) => raw)).toEqual([raws[0], raws[2]]);
    expect(quarantine).toMatchObject([
      { line: 2, reason: "invalid_utf8", byte_offset: Buffer.byteLength(first) },
    ]);
  });

  test("a file in Latin-1 is not taken for Chinese", async () => {
    const latin = line(1, "A respiração não é avaliação: será então opção D.", { question: "Questão" });
    const { responses, quarantine } = await ingestAnswerFile(Buffer.from(latin + line(2, "x"), "latin1"));
    expect(responses.map(({ raw }) => raw)).toEqual(["x"]);
    expect(quarantine).toMatchObject([{ line: 1, reason: "invalid_utf8" }]);
    expect(quarantine[0]?.detail).toContain("(0xe3)");
  });

  test("a file in UTF-16 that is cut inside a character is refused as a whole", async () => {
    const cut = Buffer.from(`\ufeff${text}`, "utf16le").subarray(0, -1);
    const { responses, quarantine } = await ingestAnswerFile(cut);
    expect(responses).toEqual([]);
    expect(quarantine).toMatchObject([{ line: 0, reason: "invalid_utf8" }]);
  });
});

describe("ends of lines", () => {
  test.each([
    ["CR, as on old Macs", text.replaceAll("\n", "\r")],
    ["CR, LF and CRLF mixed", answers.map((one, i) => one.trimEnd() + ["\r", "\r\n", "\n\r"][i]).join("")],
    ["CR twice", text.replaceAll("\n", "\r\r")],
    ["LF, and none at the end", text.trimEnd()],
  ])("may be %s", async (_, content) => {
    const { responses, quarantine } = await ingestAnswerFile(content);
    expect(responses.map(({ raw }) => raw)).toEqual(raws);
    expect(quarantine).toEqual([]);
  });

  test("are counted so that a refused line keeps its number and place", async () => {
    const { quarantine } = await ingestAnswerFile(`${line(1, "a").trimEnd()}\r{oops}\r${line(2, "b")}`);
    expect(quarantine).toMatchObject([
      { line: 2, reason: "not_json", byte_offset: line(1, "a").length, byte_length: 6 },
    ]);
  });
});

test.each(["\ufeffE", "\ufeff", "a\u2028b\u2029c\u0085d", "a\u0000b", " \t\r\n ", "\ud83d\ude00"])(
  "an answer %j is stored as it is on both paths",
  async (answer) => {
    const fast = await ingestAnswerFile(line(1, answer));
    expect(fast.file).toMatchObject({ path: "fast" });
    expect(fast.responses.map(({ raw }) => raw)).toEqual([answer]);
    const slow = await ingestAnswerFile(`${line(1, answer)}\n`);
    expect(slow.file).toMatchObject({ path: "line by line" });
    expect(slow.responses.map(({ raw }) => raw)).toEqual([answer]);
  },
);

test("the markers of a git conflict and the rows that it doubles are listed, and the other rows are taken", async () => {
  const [first = "", second = "", third = ""] = answers;
  const content = `<<<<<<< HEAD\n${first}${second}=======\n${first}${second}>>>>>>> 1a2b3c (new)\n${third}`;
  const { responses, quarantine } = await ingestAnswerFile(content);
  expect(responses.map(({ raw }) => raw)).toEqual(raws);
  expect(quarantine.map((row) => [row.line, row.reason])).toEqual([
    [1, "not_json"],
    [4, "not_json"],
    [5, "duplicate_item"],
    [6, "duplicate_item"],
    [7, "not_json"],
  ]);
  expect(quarantine[0]?.detail).toContain("conflict marker of git");
});

describe("a value that is not a text costs its line even if a nested field has a text of that name", () => {
  test.each([
    ["a number", "5", "wrong_type"],
    ["a list", '["B"]', "wrong_type"],
    ["an object", '{"text":"B"}', "wrong_type"],
    ["a list in 40,000 lists", "[".repeat(40_000) + "]".repeat(40_000), "too_deep"],
  ])("%s", async (_, value, reason) => {
    const bad = `{"question":"Q2","answer":${value},"other":{"id":2,"source":"MedHC_V4","answer":"x"}}\n`;
    const { responses, quarantine } = await ingestAnswerFile(line(1, "a") + bad + line(3, "c"));
    expect(responses.map(({ raw }) => raw)).toEqual(["a", "c"]);
    expect(quarantine).toMatchObject([{ line: 2, reason }]);
  });
});
