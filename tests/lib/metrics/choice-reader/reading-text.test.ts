import fc from "fast-check";
import { expect, it } from "vitest";
import { readingText } from "../../../../src/lib/metrics/choice-reader/reading-text.js";

it("makes every run of line ends and the blanks around it one line end", () => {
  const pieces = fc
    .array(fc.constantFrom(" ", "\n", "\n\n", "a", "b"), { maxLength: 20 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(pieces, (text) => {
      expect(readingText(`a${text}b`)).toBe(
        `a${text}b`.replace(/[^ab]+/gu, (run) => (run.includes("\n") ? "\n" : " ")),
      );
    }),
  );
});
