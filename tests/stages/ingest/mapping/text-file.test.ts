import { describe, expect, test } from "vitest";
import { readAs, refused } from "./input.js";

const csv = "评分人,题号,安全性,备注\n医师甲,q1,4,虚构的备注，不是真的\n医师乙,q2,5,同意\n";
const json = '{"评分人":"医师甲","备注":"虚构"}\n{"评分人":"医师乙","备注":"同意"}\n';

/** The sheet above in GB18030. */
const gb18030 = Buffer.from(
  "c6c0b7d6c8cb2ccce2bac52cb0b2c8abd0d42cb1b8d7a20ad2bdcaa6bcd72c71312c342cd0e9b9b9b5c4b1b8d7a2a3acb2bbcac7d5e6b5c40ad2bdcaa6d2d22c71322c352ccdacd2e20a",
  "hex",
);

const utf16 = (text: string, mark: string): Buffer => Buffer.from(mark + text, "utf16le");

async function read(file: string, content: Buffer, options: Record<string, unknown> = {}) {
  const query = 'SELECT "评分人" AS rater, "备注" AS note FROM raw';
  const { rows, ledger } = await readAs<Record<string, unknown>>({ [file]: content }, query, { options });
  return { rows, refused: refused(ledger), notes: ledger.notes.join("\n") };
}

describe("a text file is decoded once", () => {
  test.each([
    ["UTF-8 with a mark", Buffer.from(`\ufeff${csv}`)],
    ["UTF-16, little-endian, with a mark", utf16(csv, "\ufeff")],
    ["UTF-16, big-endian, with a mark", utf16(csv, "\ufeff").swap16()],
    ["UTF-16, little-endian", utf16(csv, "")],
    ["UTF-16, big-endian", utf16(csv, "").swap16()],
    ["GB18030", gb18030],
  ])("from %s", async (_, content) => {
    const { rows, refused } = await read("a.csv", content);
    expect(rows).toEqual([
      { rater: "医师甲", note: "虚构的备注，不是真的" },
      { rater: "医师乙", note: "同意" },
    ]);
    expect(refused).toEqual([]);
  });

  test.each([
    ["a.jsonl", json],
    ["a.json", `[${json.trim().replace("\n", ",")}]`],
  ])("also JSON: %s", async (file, content) => {
    for (const bytes of [
      utf16(content, "\ufeff"),
      utf16(content, "").swap16(),
      Buffer.from(`\ufeff${content}`),
    ])
      expect((await read(file, bytes)).rows).toHaveLength(2);
  });

  test("and the encoding is stated", async () => {
    expect((await read("a.csv", gb18030)).notes).toContain("read as CSV in GB18030");
    expect((await read("a.jsonl", utf16(json, "\ufeff"))).notes).toContain("UTF-16");
  });

  test("from the encoding that the mapping names", async () => {
    const { rows } = await readAs(
      { "a.csv": Buffer.from("id,answer\n1,ção\n2,ões\n3,é\n", "latin1") },
      "SELECT id, answer FROM raw",
      { options: { encoding: "windows-1252" } },
    );
    expect(rows).toMatchObject([{ answer: "ção" }, { answer: "ões" }, { answer: "é" }]);
    await expect(read("a.csv", gb18030, { encoding: "gb-18030-x" })).rejects.toThrow(/is not known/);
  });
});

describe("bytes that are not text", () => {
  test("in UTF-8 cost their record", async () => {
    const content = Buffer.from(csv);
    content[content.indexOf("虚构")] = 0xff;
    expect(await read("a.csv", content)).toMatchObject({
      rows: [{ rater: "医师乙" }],
      refused: ["a.csv:2 invalid_utf8"],
    });
  });

  test("in an encoding that cannot be told cost the file, with the line", async () => {
    const content = Buffer.from("a,b\né,à\nõ,ç x\n", "latin1");
    await expect(read("a.csv", content)).rejects.toThrow(/invalid_utf8 \(line 2 is neither UTF-8/);
  });

  test("in UTF-16 cost the file, with the line", async () => {
    const content = Buffer.concat([
      utf16("评分人,备注\na,b\n", "\ufeff"),
      Buffer.from([0x00, 0xd8, 0x41, 0x00]),
    ]);
    await expect(read("a.csv", content)).rejects.toThrow(/line 3 is not text in UTF-16/);
  });
});
