import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldAccuracy, scoreFields } from "../../../src/lib/metrics/field-accuracy.js";

const gold = {
  总费用: 4005,
  纳入报销范围金额: 3510,
  医保报销金额: 2497.5,
  乙类项目自负金额: 495,
  完全自费金额: 0,
  个人支付总金额: 1507.5,
  结算后起付线剩余: 0,
};

describe("scoreFields", () => {
  it("gives 5/7 for five correct keys of seven, and 12/14 pooled with a perfect item (P01.4-3)", () => {
    const five = scoreFields(JSON.stringify({ ...gold, 总费用: 1, 个人支付总金额: 2 }), gold);
    const seven = scoreFields(JSON.stringify(gold), gold);
    expect(five.score).toBeCloseTo(5 / 7, 12);
    expect(five.parts).toEqual({ correct: 5, total: 7 });
    expect(five.parsed?.perField).toMatchObject({ 总费用: false, 医保报销金额: true, 个人支付总金额: false });
    expect(fieldAccuracy([five.parts, seven.parts])).toEqual({
      estimate: 12 / 14,
      numerator: 12,
      denominator: 14,
    });
  });

  it.each([
    ["a draft before the answer", '草稿：{"a": 0, "b": 0} 复核后：{"a": 1, "b": 2}', 1],
    ["an example of the form", '格式 {"a": "数值", "b": "数值"}\n{"a": 1, "b": 2}', 1],
    ["a remark after the answer", '{"a": 1, "b": 2} 备注 {"信心": 0.9}', 1],
    ["a part of the answer after it", '{"a": 1, "b": 2} 其中 {"a": 0}', 1],
    ["a cut-off second answer", '{"a": 1, "b": 2} 修正：{"a": 0, "b": ', 1],
    ["an object inside the answer", '{"a": 1, "b": 2, "c": {"a": 0, "b": 0}}', 1],
    ["two whole answers: the last", '{"a": 1, "b": 2} 不对，应为 {"a": 1, "b": 0}', 0.5],
    ["only objects without a field", '{"x": 1} {"y": 2}', 0],
  ])("takes the last object with the most expected fields: %s", (_name, text, score) => {
    expect(scoreFields(text, { a: 1, b: 2 }).score).toBe(score);
  });

  it("finds the object in a fence, in prose and after a reasoning block", () => {
    const json = JSON.stringify(gold);
    for (const text of [
      `\`\`\`json\n${json}\n\`\`\``,
      `结算如下 {见表}：${json} 谢谢`,
      `<think>{"总费用": 1}</think>${json}`,
    ]) {
      expect(scoreFields(text, gold).score).toBe(1);
    }
  });

  it.each([
    ["3,300元", 3300, true],
    ["¥3300.00", 3300, true],
    ["３３００", "3300", true],
    [3300.01, 3300, true],
    [3300.02, 3300, false],
    [100.01, 100, true],
    [-5, "−5", true],
    ["12,34", 1234, false],
    ["120/80 mmHg。", "120/80mmHg", true],
    ["Ⅳ级", "IV级", true],
    ["iv级", "IV级", false],
    ["未知", "未知", true],
    ["未知", 0, false],
    [null, "未知", false],
    ["无", "未知", false],
    [["a", "b"], ["a", "b"], true],
    [["b", "a"], ["a", "b"], false],
    [{ x: 1 }, { x: "1元" }, true],
    [{ x: 1, y: 2 }, { x: 1 }, false],
    [true, true, true],
    [true, "true", false],
  ])("compares %j with gold %j as %s", (value, reference, right) => {
    expect(scoreFields(JSON.stringify({ k: value }), { k: reference }).score).toBe(right ? 1 : 0);
  });

  it("counts a missing key as wrong, ignores an extra key, and matches keys across widths", () => {
    const { parts, parsed } = scoreFields('{"体温（℃）": 37, "备注": "x"}', { "体温(℃)": "37", 脉搏: "80" });
    expect(parts).toEqual({ correct: 1, total: 2 });
    expect(parsed?.missing).toEqual(["脉搏"]);
    expect(parsed?.extra).toEqual(["备注"]);
  });

  it("leaves an answer without JSON, and a truncated one, unscored with all fields wrong", () => {
    for (const text of ["总费用是4005元", '{"总费用": 4005, "医保']) {
      expect(scoreFields(text, gold)).toMatchObject({
        score: null,
        status: "invalid",
        parts: { correct: 0, total: 7 },
      });
    }
    expect(scoreFields("  ", gold).status).toBe("empty");
    expect(scoreFields("{}", {}).status).toBe("excluded");
  });

  it("treats a key named __proto__ as a key", () => {
    expect(scoreFields('{"__proto__": "1"}', JSON.parse('{"__proto__": 1}')).score).toBe(1);
    expect(scoreFields("{}", { constructor: "x" }).score).toBe(0);
  });

  it("scores an object against itself as 1, in any key order", () => {
    const value = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.integer(),
      fc.array(fc.integer(), { maxLength: 3 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }),
        fc.array(value),
        (keys, values) => {
          const entries = keys.map((key, i) => [key, values[i] ?? 0] as const);
          const object = Object.fromEntries(entries);
          expect(scoreFields(JSON.stringify(Object.fromEntries(entries.reverse())), object).score).toBe(1);
        },
      ),
    );
  });
});

describe("fieldAccuracy", () => {
  it("has no estimate without fields", () => {
    expect(fieldAccuracy([]).estimate).toBeNull();
  });

  it.each([
    [150, 71.4],
    [125, 59.5],
    [120, 57.1],
    [132, 62.9],
  ])("reproduces the public board's %i of 210 = %d", (correct, shown) => {
    expect((fieldAccuracy([{ correct, total: 210 }]).estimate as number) * 100).toBeCloseTo(shown, 1);
  });
});
