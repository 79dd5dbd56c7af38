import fc from "fast-check";
import { expect, it } from "vitest";
import { foldText, readingText } from "../../../../src/lib/metrics/choice-reader/reading-text.js";

const pieces = (...some: string[]) =>
  fc.array(fc.constantFrom(...some), { maxLength: 20 }).map((parts) => parts.join(""));

it("makes every run of blanks one blank", () => {
  fc.assert(
    fc.property(pieces(" ", "\t", "\u00a0", "\u3000", "\u2003", "a", "b"), (text) => {
      expect(foldText(text)).toBe(text.replace(/[^ab]+/gu, " "));
    }),
  );
});

it("makes every run of line ends and the blanks around it one line end", () => {
  fc.assert(
    fc.property(pieces(" ", "\n", "\n\n", "a", "b"), (text) => {
      expect(readingText(`a${text}b`)).toBe(
        `a${text}b`.replace(/[^ab]+/gu, (run) => (run.includes("\n") ? "\n" : " ")),
      );
    }),
  );
});
