import { expect, test } from "vitest";
import { compareTexts } from "../../../src/lib/util/compare-texts.js";

test("texts are in the order of their characters' numbers, capitals before small letters and 一 before 丁", () => {
  expect(["b", "丁", "", "B", "a", "一", "b"].sort(compareTexts)).toEqual([
    "",
    "B",
    "a",
    "b",
    "b",
    "一",
    "丁",
  ]);
  expect(compareTexts("a", "a")).toBe(0);
});
