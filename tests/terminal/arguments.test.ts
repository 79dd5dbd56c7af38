import { Command } from "commander";
import { expect, test } from "vitest";
import { dollars, integer, share, wholeNumber } from "../../pipelines/terminal/arguments.js";

test.each([
  [
    "whole numbers from 2",
    wholeNumber(2),
    ["2", "7", "9007199254740991"],
    ["1", "2.5", "9007199254740993", "x", "", " ", " 7", "1e3", "0x10"],
  ],
  [
    "whole numbers of either sign",
    integer,
    ["-3", "0"],
    ["1.5", "", "1e400", "1e3", "0x10", " 7", "1234567890123456"],
  ],
  ["shares", share(), ["0", "1", "0.25", ".5", "1e-3"], ["-0.1", "1.01", "NaN", "", "0x1", " "]],
  ["whole numbers from 0 to 9", wholeNumber(0, 9), ["0", "9"], ["10", "-1"]],
  ["shares but none", share({ zero: false }), ["1", "0.01"], ["0", "-0.1", "1.01", ""]],
  ["shares but all", share({ one: false }), ["0", "0.99"], ["1", "-0.1", ""]],
  ["amounts", dollars, ["0", "0.4", "12"], ["-1", "Infinity", "$5", ""]],
] as const)("%s are taken, and nothing else", (_, parse, good, bad) => {
  for (const text of good) expect(parse(text)).toBe(Number(text));
  for (const text of bad) expect(() => parse(text), text).toThrow(/^expected a/);
});

test("a wrong value is refused with the name of its option", () => {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  command.option("--size <n>", "answers", wholeNumber(1));
  expect(() => command.parse(["--size", "0"], { from: "user" })).toThrow(
    "error: option '--size <n>' argument '0' is invalid. expected a whole number of at least 1.",
  );
});
