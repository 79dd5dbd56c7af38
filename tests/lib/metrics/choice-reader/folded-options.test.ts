import fc from "fast-check";
import { expect, it } from "vitest";
import { keyOf } from "../../../../src/lib/metrics/choice-reader/folded-options.js";

it("gives ASCII text the same key alone as in a text with other characters", () => {
  const ascii = fc.string({ unit: "binary-ascii", maxLength: 60 });
  fc.assert(fc.property(ascii, (text) => keyOf(`${text}é`) === `${keyOf(text)}e`));
});

it("keeps letters, digits and comparisons of a text, without case, accents and width", () => {
  expect(keyOf("**Índice** ≥ 5 %, Ｃ-peptide <3")).toBe("indice≥5%cpeptide<3");
});
