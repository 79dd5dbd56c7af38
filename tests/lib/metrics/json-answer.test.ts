import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonArray, findJsonObject } from "../../../src/lib/metrics/json-answer.js";

describe("findJsonObject", () => {
  it("reads strict JSON exactly like JSON.parse, without repairs, anywhere in prose", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (object) => {
        const text = JSON.stringify(object);
        const found = findJsonObject(`答：\n\`\`\`json\n${text}\n\`\`\` 完毕。`);
        expect(found).toEqual({ value: JSON.parse(text), repairs: 0 });
      }),
    );
  });

  it.each([
    ['{"a": 1,}', { a: 1 }],
    ["{'a': 'b'}", { a: "b" }],
    ["{“a”：“b”，“c”：1}", { a: "b", c: 1 }],
    ['{"a": None, "b": True}', { a: null, b: true }],
    ['{"a": 1 // one\n}', { a: 1 }],
    ['{"a": 3300元}', { a: "3300元" }],
    ['{"a": 95*5+3300}', { a: "95*5+3300" }],
    ['{"a": "line\nbreak"}', { a: "line\nbreak" }],
  ])("repairs %j and counts the repair", (text, value) => {
    const found = findJsonObject(text);
    expect(found?.value).toEqual(value);
  });

  it("counts single quotes around a key and a value as two repairs", () => {
    expect(findJsonObject("{'a': 'b'}")?.repairs).toBe(2);
    expect(findJsonObject('{"a": 1,}')?.repairs).toBe(1);
  });

  it("skips braces that are not JSON and takes the first object", () => {
    expect(findJsonObject('{公式} {"a": {"b": 1}} {"c": 2}')?.value).toEqual({ a: { b: 1 } });
  });

  it.each([
    ['{"a": 1'],
    ['{"a": '],
    ['{"a" 1}'],
    ["[1, 2]"],
    ["{a}"],
    [""],
    ["{".repeat(1e5)],
    ['{"a":'.repeat(1e4)],
  ])("finds nothing in broken text (%#)", (text) => {
    expect(findJsonObject(text)).toBeNull();
  });

  it("never throws on any text", () => {
    const soup = fc.string({ unit: fc.constantFrom(..."{}[]:,\"'\\u0an1 /*“”：") });
    fc.assert(
      fc.property(soup, (text) => {
        findJsonObject(text);
        findJsonArray(text);
      }),
    );
  });
});

describe("findJsonArray", () => {
  it("finds an array inside prose", () => {
    expect(findJsonArray('结果：[{"类别":["肺癌"],"边界框":[1,2,3,4]}]')?.value).toEqual([
      { 类别: ["肺癌"], 边界框: [1, 2, 3, 4] },
    ]);
  });
});
