import { describe, expect, it } from "vitest";
import { decodeSmallText } from "../../../pipelines/formats/text-encoding/small-text.js";

const utf16 = (text: string, mark = true) => Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");

describe("decodeSmallText", () => {
  it.each([
    ["UTF-8", Buffer.from("评分,4"), "utf-8"],
    ["UTF-8 with a mark", Buffer.from("\ufeff评分,4"), "utf-8"],
    ["UTF-16 with a mark", utf16("评分,4"), "utf-16le"],
    ["big-endian UTF-16 with a mark", utf16("评分,4").swap16(), "utf-16be"],
    [
      "UTF-16 without a mark, recognized by the zero of its first ASCII character",
      utf16("4,评分", false),
      "utf-16le",
    ],
    // GB 18030: 评 = C6 C0, 分 = B7 D6.
    ["GB18030", Buffer.from([0xc6, 0xc0, 0xb7, 0xd6, 0x2c, 0x34]), "gb18030"],
  ] as const)("reads %s", (_, bytes, encoding) => {
    const found = decodeSmallText(bytes);
    expect(found?.encoding).toBe(encoding);
    expect([...(found?.text ?? "")].sort()).toEqual([..."评分,4"].sort());
  });

  it("knows how many bytes a piece takes in the file: two or four for a character in GB18030", () => {
    // U+1F600 is 94 39 FC 36 in GB 18030, 评 is C6 C0 and 分 is B7 D6.
    const bytes = Buffer.from([0x34, 0xc6, 0xc0, 0xb7, 0xd6, 0x94, 0x39, 0xfc, 0x36]);
    const found = decodeSmallText(bytes);
    expect(found?.text).toBe("4评分😀");
    expect(found?.byteLength("4评分😀")).toBe(bytes.length);
  });

  it("gives bytes of an unknown encoding in Windows-1252, so that what is ASCII can be read", () => {
    // "é," is E9 2C in Windows-1252 and Latin-1, which is neither UTF-8 nor GB 18030.
    const found = decodeSmallText(Buffer.from([0x61, 0xe9, 0x2c, 0x34]));
    expect(found).toMatchObject({ text: "aé,4", encoding: "windows-1252" });
    expect(found?.byteLength("aé")).toBe(2);
  });

  it("refuses bytes that are no text: zeros, and half of a UTF-16 character", () => {
    expect(decodeSmallText(Buffer.from("ab\0c"))).toBeNull();
    expect(decodeSmallText(Buffer.from([0xff, 0xfe, 0x61]))).toBeNull();
  });

  it("keeps a second byte-order mark as part of the text", () => {
    expect(decodeSmallText(Buffer.from("\ufeff\ufeffa"))?.text).toBe("\ufeffa");
  });
});
