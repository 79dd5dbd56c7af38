import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, padded, shortened, wrapped } from "../../pipelines/terminal/display-width.js";

describe("the width of text on a terminal", () => {
  // East Asian Width of Unicode (UAX 11) and its emoji sequences.
  it.each([
    ["abc", 3],
    ["患者", 4],
    ["患者 ok", 7],
    ["한", 2],
    ["ﾊﾞ", 2],
    ["e\u0301", 1],
    ["👩‍⚕️", 2],
    ["🫠", 2],
    ["🇨🇳", 2],
    ["1️⃣", 2],
    ["\u{20000}", 2],
    ["–…①", 3],
    ["", 0],
  ])("of %s is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  const words = fc.string({
    unit: fc.constantFrom("a", "患", "🫠", " ", "-", "_", "e\u0301"),
    maxLength: 40,
  });

  it("is never above the limit where text is shortened, and a text that fits stays", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const short = shortened(text, width);
        expect(displayWidth(short)).toBeLessThanOrEqual(width);
        expect(short === text).toBe(displayWidth(text) <= width);
      }),
    );
  });

  it("is never above the limit where text is wrapped, and nothing but spaces is lost", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapped(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });

  it("decides how many spaces fill a column", () => {
    expect(padded("患者", 6, false)).toBe("患者  ");
    expect(padded("7", 3, true)).toBe("  7");
  });

  it("breaks names after their underscores, and options nowhere", () => {
    expect(wrapped("n_awaiting_gold", 11)).toEqual(["n_awaiting_", "gold"]);
    expect(wrapped("shown; --json prints", 9)).toEqual(["shown;", "--json", "prints"]);
  });
});
