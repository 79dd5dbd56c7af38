import { csvFormatRows, csvParseRows } from "d3-dsv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSheet } from "../../../pipelines/formats/csv/sheet.js";
import { decodeSmallText } from "../../../pipelines/formats/text-encoding/small-text.js";

const parse = (content: string | Buffer) => {
  const bytes = Buffer.from(content as string);
  const text = decodeSmallText(bytes);
  if (text === null) throw new Error("the test's content is text");
  const sheet = parseSheet(text, "code");
  return { ...sheet, rows: sheet.records.map(({ cells }) => cells), bytes };
};

describe("parseSheet", () => {
  it.each([
    [",", "code,safety\na,4\n"],
    [";", "code;safety\na;4\n"],
    ["\t", "code\tsafety\na\t4\n"],
    ["；", "code；safety\na；4\n"],
    [";", "sep=;\r\ncode;safety\r\na;4\r\n"],
    [";", "question, with commas, many;code;safety\nx;a;4\n"],
    [",", "code,safety\ra,4\r"],
  ])("recognizes the delimiter %j in %j", (delimiter, content) => {
    const found = parse(content);
    expect(found.delimiter).toBe(delimiter);
    expect(found.rows.at(-1)?.slice(-2)).toEqual(["a", "4"]);
  });

  it("keeps line ends, delimiters and doubled quotation marks inside a quoted cell, and counts its lines", () => {
    const found = parse('code,answer\r\na,"one\r\ntwo, ""three"""\r\n\r\nb,x\r\n');
    expect(found.rows).toEqual([
      ["code", "answer"],
      ["a", 'one\r\ntwo, "three"'],
      ["b", "x"],
    ]);
    expect(found.records.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it("reads a quotation mark inside an unquoted cell as itself", () => {
    expect(parse('code,answer\na,5" wide\nb,x\n').rows.slice(1)).toEqual([
      ["a", '5" wide'],
      ["b", "x"],
    ]);
  });

  it("gives up one line, and not the rest of the file, for a quotation mark that is never closed", () => {
    const { records } = parse('code,answer\na,"open\nb,x\nc,y\n');
    expect(records.map(({ fault }) => fault)).toEqual([null, "an open quotation mark", null, null]);
    expect(records.at(-1)?.cells).toEqual(["c", "y"]);
  });

  it("says where each record is in the file's bytes", () => {
    for (const bytes of [
      Buffer.from("\ufeffcode,answer\r\na,评分\r\nb,x"),
      Buffer.from("\ufeffcode,answer\r\na,评分\r\nb,x", "utf16le"),
    ]) {
      const text = decodeSmallText(bytes);
      if (text === null) throw new Error("the test's bytes are text");
      const [, second, last] = parseSheet(text, "code").records;
      const at = (record = second) =>
        bytes.subarray(record?.offset, (record?.offset ?? 0) + (record?.length ?? 0));
      const encoding = text.encoding === "utf-8" ? "utf8" : "utf16le";
      expect(at().toString(encoding)).toBe("a,评分");
      expect(at(last).toString(encoding)).toBe("b,x");
    }
  });

  it("reads what another CSV writer wrote", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", ";", "评", " ") });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), (body) => {
        const written = csvFormatRows([["code", "x"], ...body]);
        expect(parse(written).rows).toEqual(csvParseRows(written));
      }),
    );
  });
});
