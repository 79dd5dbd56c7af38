import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeOf } from "../../../pipelines/tools/read-answers/evidence-place.js";

describe("placeOf", () => {
  it.each([
    ["The **answer** is B.", "answer is B", "answer** is B"],
    ["答案：**Ｂ**。", "答案:B", "答案：**Ｂ"],
    ["So B.\n\nAgain: B.", "B", "B"],
    ["正確選項為Ⓒ", "选项为C", "選項為Ⓒ"],
  ])("finds in %s the words %s", (text, words, found) => {
    const place = placeOf(text, words);
    expect(text.slice(place?.start, place?.end)).toBe(found);
  });

  it("takes the last of several places, and none where the words are not there", () => {
    expect(placeOf("B or B", "B")).toEqual({ start: 5, end: 6 });
    expect(placeOf("The answer is B", "the answer is C")).toBeNull();
    expect(placeOf("The answer is B", "...")).toBeNull();
  });

  it("finds every part of a text in the text, whatever the characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (text, a, b) => {
        const characters = Array.from(text);
        const part = characters
          .slice(a % (characters.length + 1))
          .slice(0, b % 20)
          .join("");
        const place = placeOf(text, part);
        if (place === null) return !/[\p{L}\p{N}]/u.test(part);
        const letters = (s: string) => s.replace(/[^\p{L}\p{N}]/gu, "");
        return letters(text.slice(place.start, place.end)) === letters(part);
      }),
    );
  });
});
