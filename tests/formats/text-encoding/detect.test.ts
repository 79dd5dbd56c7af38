import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectEncoding } from "../../../pipelines/formats/text-encoding/detect.js";
import { encode } from "./encoder.js";

const utf16 = (text: string) => Buffer.from(text, "utf16le");
const chinese = "患者男，五十六岁，反复胸痛三天。心电图示下壁导联抬高，应首先考虑急性心肌梗死。\n";

describe("UTF-16 without a mark is recognized", () => {
  test.each([
    ["a sheet", "评分人,题号\n医师甲,1\n"],
    ["a text with 一 (4E 00), whose zero is on the other side", "编号,一级\n1,一般\n2,一致\n"],
    ["a line with little ASCII", `{"a":"${chinese.trim().repeat(60)}"}\n`],
    ["English", "id,answer\n1,B\n"],
  ])("%s", (_, text) => {
    expect(detectEncoding(utf16(text))).toMatchObject({ encoding: "utf-16le", markLength: 0 });
    expect(detectEncoding(utf16(text).swap16())).toMatchObject({ encoding: "utf-16be", markLength: 0 });
  });

  test.each([
    ["a zero byte behind the first character", "a\0 plain,table\n"],
    ["zero bytes in a table", "ab\0c,de\0f\n"],
  ])("and not taken for it is UTF-8 with %s", (_, text) => {
    expect(detectEncoding(Buffer.from(text)).encoding).toBe("utf-8");
  });

  test("and UTF-32 is unknown, with a mark and without", () => {
    const utf32 = (text: string) =>
      Buffer.concat([...text].map((one) => Buffer.concat([utf16(one), Buffer.alloc(2)])));
    expect(detectEncoding(utf32("\ufeffid,题\n1,2\n"))).toMatchObject({ isUnknown: true, faultyLine: 1 });
    expect(detectEncoding(utf32("id,题\n1,2\n"))).toMatchObject({ isUnknown: true, faultyLine: 1 });
  });
});

describe("GB18030 is", () => {
  test.each([
    ["text", chinese],
    ["a long text", chinese.repeat(15_000)],
    ["a long text without a line end or ASCII", chinese.trim().repeat(15_000)],
    ["a sheet whose only Chinese is a header of one word", "id,评分\n1,4\n2,5\n"],
    ["names without punctuation", "姓名\n张伟\n王芳\n李娜\n刘洋\n陈静\n杨帆\n"],
    ["text in which a line is UTF-8 by chance (联通)", `${chinese}联通\n${chinese}`],
    ["traditional characters with common ones", "患者主訴頭痛，無發熱，應首先考慮何種診斷？的是在不了\n"],
  ])("%s", (_, text) => {
    expect(detectEncoding(encode(text, "gb18030"))).toMatchObject({ encoding: "gb18030", isUnknown: false });
  });

  // cspell:disable
  test.each([
    ["windows-1252", "A respiração não é avaliação: será então a opção D.\n"],
    ["windows-1252", "Le modèle a répondu à côté de la question posée.\n"],
    ["windows-1252", "AVALIAÇÃO DA QUESTÃO: NÃO É A OPÇÃO\n"],
    ["windows-1251", "Правильный ответ Б, потому что у пациента гипертония.\n"],
    ["windows-1251", "ПРАВИЛЬНЫЙ ОТВЕТ Б: ПРОБЛЕМА СЕРДЦА\n"],
    ["koi8-r", "Правильный ответ Б, потому что у пациента гипертония.\n"],
    ["big5", "患者主訴頭痛，無發熱，應首先考慮何種診斷？答案是的。\n"],
    ["shift_jis", "正しい答えはＢです。患者は高血圧のため、治療が必要です。\n"],
    ["euc-jp", "正しい答えはＢです。患者は高血圧のため、治療が必要です。\n"],
    ["euc-kr", "정답은 비입니다. 환자는 고혈압이 있으므로 치료가 필요합니다. 죄송합니다.\n"],
    // cspell:enable
  ])("never text in %s: %s", (encoding, text) => {
    for (const times of [1, 50]) {
      const found = detectEncoding(encode(text.repeat(times), encoding));
      expect(found).toMatchObject({ encoding: "utf-8", faultyLine: 1 });
    }
  });

  test.each([
    ["before", (line: Buffer, wrong: Buffer) => [wrong, line]],
    ["behind", (line: Buffer, wrong: Buffer) => [line, wrong]],
    ["many times behind", (line: Buffer, wrong: Buffer) => [line, ...Array<Buffer>(40).fill(wrong)]],
  ])("never a text in which one line is UTF-8, %s", (_, order) => {
    const content = Buffer.concat(order(Buffer.from(chinese), encode(chinese, "gb18030")));
    expect(detectEncoding(content)).toMatchObject({ encoding: "utf-8", isUnknown: false });
  });

  test("never a French text in UTF-8 in which one line is Latin-1", () => {
    const line = "Été à la plage, hôpital à côté.\n"; // cspell:disable-line
    const content = Buffer.concat([Buffer.from(line.repeat(100)), Buffer.from(line, "latin1")]);
    expect(detectEncoding(content)).toEqual({
      ...{ encoding: "utf-8", markLength: 0, faultyLine: 101, isUnknown: false },
    });
  });

  test("never a text with the mark of UTF-8", () => {
    const content = Buffer.concat([Buffer.from("\ufeffa\n"), encode(chinese, "gb18030")]);
    expect(detectEncoding(content)).toMatchObject({ encoding: "utf-8", markLength: 3, faultyLine: 2 });
  });
});

test("a file and its bytes have the same encoding, beyond the first megabyte too", () => {
  const content = Buffer.concat([Buffer.from("a,b\n".repeat(300_000)), encode(chinese, "gb18030")]);
  const path = join(mkdtempSync(join(tmpdir(), "medbench-encoding-")), "a.csv");
  writeFileSync(path, content);
  expect(detectEncoding(path)).toEqual(detectEncoding(content));
  expect(detectEncoding(path)).toMatchObject({ encoding: "gb18030", faultyLine: 300_001 });
});
