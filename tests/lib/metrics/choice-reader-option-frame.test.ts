import { expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const places = {
  A: "以其澳大利亚营业所为准",
  B: "以其中国营业所为准",
  C: "以其俄国营业所为准",
  D: "以当事人共同选择的营业所为准",
};

it("takes the option whose difference from the others the conclusion has, where all share their frame", () => {
  const { answer, readBy } = readChoice(
    "诉讼由双方都有住所的法院管辖。因此，本案应该以甲公司在中国的营业所为准。",
    places,
  );
  expect([answer, readBy]).toEqual(["B", "option-in-frame"]);
});

it("takes none where the conclusion has the difference of two options, denies it or does not have the frame", () => {
  const texts = [
    "因此，本案应该以甲公司在中国或者俄国的营业所为准。",
    "因此，本案不应该以甲公司在中国的营业所为准。",
    "因此，甲公司应当在中国起诉。",
  ];
  expect(texts.map((text) => readChoice(text, places).answer)).toEqual([null, null, null]);
});
