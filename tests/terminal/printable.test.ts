import { describe, expect, it } from "vitest";
import { printable, printableLines } from "../../pipelines/terminal/printable.js";

describe("text of others on a terminal", () => {
  it.each([
    ["\u001b[31m red\u001b[0m", "\\x1b[31m red\\x1b[0m"],
    // The same in one character, as some terminals read it.
    ["\u009b31m", "\\x9b31m"],
    ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
    ["a\rb\nc\td\be\u007f", "a\\rb\\nc\\td\\x08e\\x7f"],
    // Turns "dose 01" into "dose 10" on the screen.
    ["dose \u202e01", "dose \\u202e01"],
    ["\u2066x\u2069\u200f", "\\u2066x\\u2069\\u200f"],
    ["\ufeffmark", "\\ufeffmark"],
    ["half \ud83d", "half \\ud83d"],
    ["whole 😀 患者 é", "whole 😀 患者 é"],
  ])("shows %j as %s", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("keeps line ends and tabs where several lines are shown", () => {
    expect(printableLines("a\r\nb\tc\u001b[2J\rd")).toBe("a\nb\tc\\x1b[2J\\rd");
  });
});
