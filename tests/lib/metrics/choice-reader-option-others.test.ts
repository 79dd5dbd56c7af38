import { expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const drugs = { A: "洛伐他汀", B: "色甘酸钠", C: "依折麦布", D: "倍氯米松" };
const english = { A: "Lovastatin", B: "Cromolyn", C: "Ezetimibe", D: "Beclomethasone" };

it("takes the option that is left where all others are set aside as one group", () => {
  const texts = [
    "洛伐他汀可以降低胆固醇。其他药物，如色甘酸钠、依折麦布和倍氯米松，用途不同。",
    "洛伐他汀可用于治疗高脂血症，其余药物如色甘酸钠、依折麦布、倍氯米松则用于其他疾病。",
  ];
  expect(texts.map((text) => readChoice(text, drugs).answer)).toEqual(["A", "A"]);
  const { answer, readBy } = readChoice(
    "Lovastatin lowers cholesterol. The other drugs, such as cromolyn, ezetimibe and beclomethasone, have other uses.",
    english,
  );
  expect([answer, readBy]).toEqual(["A", "option-left"]);
});

it("takes the letter that is left where all others are set aside by their letters", () => {
  expect(readChoice("该药可降低胆固醇（A）。其他选项B、C、D均与高脂血症无关。", drugs).answer).toBe("A");
});

it("takes none where one of the others is missing or the one that is left is turned down", () => {
  expect(readChoice("洛伐他汀可以降低胆固醇。其他药物，如色甘酸钠、依折麦布，用途不同。", drugs).answer).toBe(
    null,
  );
  expect(
    readChoice("洛伐他汀不能降低胆固醇。其他药物，如色甘酸钠、依折麦布和倍氯米松，用途不同。", drugs).answer,
  ).toBe(null);
});
