import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRating } from "../../../src/lib/calibration/read-rating.js";

const five = { min: 1, max: 5, step: 1 };
const read = (text: string, scale: { min: number; max: number; step: number | null } = five) => {
  const found = readRating(text, scale);
  return found.kind === "grade" ? found.value : found.kind === "unreadable" ? found.problem : found.kind;
};

describe("readRating", () => {
  it.each([
    ["4", 4],
    ["４", 4],
    ["٤", 4],
    ["5 ", 5],
    ["\u3000 3\u00a0", 3],
    ["\ufeff2\u200b", 2],
    ["④", 4],
    ["❺", 5],
    ["⒊", 3],
    ["4分", 4],
    ["４ 分", 4],
    ["5 分。", 5],
    ["4 points", 4],
    ["3 stars", 3],
    ["4点", 4],
    ["4/5", 4],
    ["4 / 5", 4],
    ["４／５", 4],
    ["4 out of 5", 4],
    ["4分/5分", 4],
    ["5。", 5],
    ["5.", 5],
    ["5,", 5],
    ["5！", 5],
    ["4.0", 4],
    ["４．０", 4],
    ["4.00", 4],
    ["05", 5],
    ["'4", 4],
    ['="4"', 4],
  ])("reads %j as the grade %d", (text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each([
    "cannot rate",
    "Cannot Rate.",
    "CANNOT_RATE",
    "can’t rate",
    "n/a",
    "N/A",
    "N.A.",
    "无法评分",
    "无法评分。",
    " 无法评分 ",
    "无法评分 / Cannot rate",
    "cannot rate (无法评分)",
    "(cannot rate)",
    "不适用",
  ])("reads %j as an explicit 'cannot rate'", (text) => {
    expect(read(text)).toBe("cannot-rate");
  });

  it.each(["", " ", "\t", "\u3000", "\u00a0\u200b"])("reads %j as not filled in", (text) => {
    expect(read(text)).toBe("blank");
  });

  it.each([
    ["good", "not-a-grade"],
    ["四", "not-a-grade"],
    ["true", "not-a-grade"],
    ["-", "not-a-grade"],
    ["/", "not-a-grade"],
    ["?", "not-a-grade"],
    ["null", "not-a-grade"],
    ["NaN", "not-a-grade"],
    ["½", "not-a-grade"],
    ["不知道", "not-a-grade"],
    ["4,0", "unclear"],
    ["1_0", "unclear"],
    ["1e0", "unclear"],
    ["0x5", "unclear"],
    ["4-5", "unclear"],
    ["4~5", "unclear"],
    ["3?", "unclear"],
    ["3？", "unclear"],
    ["4+", "unclear"],
    ["+4", "unclear"],
    ["~4", "unclear"],
    ["4 good", "unclear"],
    ["4, 5", "unclear"],
    ["4/10", "unclear"],
    ["4/4", "unclear"],
    ["5; DROP", "unclear"],
    ["5月4日", "unclear"],
    ["4-May", "unclear"],
    ["2026/4/5", "unclear"],
    ["3 cannot rate", "unclear"],
    ["5²", "unclear"],
    ["4½", "unclear"],
    ["..5", "unclear"],
    ["4 of 5 of 5", "unclear"],
    [`4${" ".repeat(9)}because ${"the dose is right and ".repeat(5)}`, "not-a-grade"],
    ["99", "off-scale"],
    ["-1", "off-scale"],
    ["−1", "off-scale"],
    ["0", "off-scale"],
    ["6分", "off-scale"],
    ["⑩", "off-scale"],
    ["4.5", "off-grid"],
    ["2.50", "off-grid"],
    ["４．５分", "off-grid"],
  ])("does not guess at %j: %s", (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it("does not join two circled digits to one number, and reads one on a scale to 100", () => {
    expect(read("④⑤", { min: 0, max: 100, step: 1 })).toBe("not-a-grade");
    expect(read("⑮", { min: 0, max: 100, step: 1 })).toBe(15);
  });

  it("takes fractions on a scale without steps, and signs on one that goes below zero", () => {
    expect(read("4.5", { min: 1, max: 5, step: null })).toBe(4.5);
    expect(read("+1", { min: -2, max: 2, step: 1 })).toBe(1);
    expect(read("－２", { min: -2, max: 2, step: 1 })).toBe(-2);
    expect(Object.is(read("-0", { min: -2, max: 2, step: 1 }), 0)).toBe(true);
  });

  it("gives a value only on the scale and its grid, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[0-9４④.,/分 ?~-]{0,6}$/u)),
        (text) => {
          const found = readRating(text, five);
          if (found.kind === "grade") expect([1, 2, 3, 4, 5]).toContain(found.value);
        },
      ),
    );
  });
});
