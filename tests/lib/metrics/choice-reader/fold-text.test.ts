import fc from "fast-check";
import { expect, it } from "vitest";
import { FOLDED } from "../../../../src/lib/metrics/choice-reader/clean.js";
import { foldText } from "../../../../src/lib/metrics/choice-reader/fold-text.js";

const pieces = (...some: string[]) =>
  fc.array(fc.constantFrom(...some), { maxLength: 20 }).map((parts) => parts.join(""));
const latin = pieces(" ", "\t", "\n", "\n\n", "\u00a0", "*", "**", "_", "\r\n", "«", "é", "a", "B");
const anyScript = pieces(
  " ",
  "\t",
  "\n",
  "\u3000",
  "\u2003",
  "*",
  "\r\n",
  "\u200b",
  "Ｂ",
  "：",
  "選",
  "𠮷",
  "“",
  "a",
);
const plain = new Map<string, string>(FOLDED);

/** One replacement after the other, as the words of the docstring say. */
function foldedStepByStep(text: string): string {
  return Array.from(text.replaceAll(/[*_`$\r\u200b]/gu, ""), (character) => plain.get(character) ?? character)
    .join("")
    .replaceAll(/[ \t\u2003]+/gu, " ");
}

it("makes every run of blanks one blank", () => {
  fc.assert(
    fc.property(pieces(" ", "\t", "\u00a0", "\u3000", "\u2003", "a", "b"), (text) => {
      expect(foldText(text)).toBe(text.replace(/[^ab]+/gu, " "));
    }),
  );
});

it("drops marks, folds characters and collapses blanks in texts of Latin letters and of any script alike", () => {
  fc.assert(
    fc.property(fc.oneof(latin, anyScript), (text) => {
      expect(foldText(text)).toBe(foldedStepByStep(text));
    }),
  );
});

it("makes line ends in a row, with the blanks around them, one line end where the text is a whole response", () => {
  fc.assert(
    fc.property(fc.oneof(latin, anyScript), (text) => {
      expect(foldText(text, { lines: true })).toBe(
        foldedStepByStep(text).replaceAll(/[ \n]*\n[ \n]*/gu, "\n"),
      );
    }),
  );
});

it("folds a text of alternating blanks and line ends in time that is linear in its length", () => {
  const text = "\u3000\nx".repeat(100_000);
  expect(foldText(text, { lines: true })).toBe("\nx".repeat(100_000));
});
