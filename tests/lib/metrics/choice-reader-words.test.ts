import { describe, expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const zh = { A: "肺结核", B: "支气管扩张", C: "肺癌", D: "肺脓肿", E: "支气管哮喘" };
const en = { A: "Warm tea", B: "Bed rest", C: "Cold pack", D: "Salt water" };

function expectAll(
  wanted: string | null,
  texts: readonly string[],
  options: Readonly<Record<string, string>> | null,
) {
  const read = texts.map((text) => [text, readChoice(text, options).answer]);
  expect(read).toEqual(texts.map((text) => [text, wanted]));
}

describe("letters from which one is chosen", () => {
  it("are not the answer themselves", () => {
    expectAll("B", ["ABCD中B最佳", "在ABCD四个选项中，B项最为合适。", "四个选项ABCD里面，B最符合。"], zh);
    expectAll("B", ["Of A, B, C and D, B is the best answer.", "Among A, B and C, option B is correct."], en);
  });

  it("give no answer where none of them is chosen", () => {
    expectAll(null, ["ABCD中都有可能。", "答案在A、B中。"], zh);
    expectAll(null, ["Between options A and B, it is hard to decide."], en);
  });
});

describe("a letter that names a person or a thing of the case", () => {
  it("is no option", () => {
    expectAll(
      null,
      [
        "因此，A公司在俄国设有营业所，法院应以其俄国营业所为准确定管辖权。",
        "综上，A国法院有管辖权。",
        "因此，A药和B药不能同时使用。",
        "因此A患者需要手术，B患者不需要。",
      ],
      zh,
    );
  });

  it("leaves the response's own letter", () => {
    expectAll("A", ["A公司应承担责任，故答案选A。", "答案选A。B公司不承担责任。"], zh);
    expectAll("C", ["C 以其俄国营业所为准。因此，A公司在俄国设有营业所，应以其为准确定管辖权。"], null);
  });
});

describe("an answer in everyday words", () => {
  it("is read where the letter ends its clause", () => {
    expectAll(
      "C",
      [
        "I would go for C",
        "I'd opt for C here.",
        "I'm going with C.",
        "I lean towards C.",
        "I'll take C.",
        "Let's go with C.",
        "I think C, because the cough is chronic.",
        "I believe it is C.",
        "Most likely C, since the signs fit.",
        "Definitely C!",
        "C it is.",
        "C, I think.",
        "If I had to pick, C.",
        "I would not choose A; I think C.",
      ],
      en,
    );
    expectAll("A", ["I would go for A", "I would go for A.", "I'll take A."], en);
  });

  it("is read within HTML, whose tags are no letters", () => {
    expectAll("C", ["答案：<b>C</b>", "Answer: <i>C</i>", "<p>选项A错误。</p><p>答案：C</p>"], zh);
    expectAll("C", ["By elimination, C.", "This rules out A, B and D, which leaves C.", "Correct: C"], en);
  });

  it("is none where the words go on, doubt it or are others'", () => {
    expectAll(
      null,
      [
        "I would go for a CT scan.",
        "I think A lot depends on the history.",
        "I think B cells are involved.",
        "I think C would be harmful.",
        "Probably C is not the cause.",
        "I believe A and C are both possible.",
        "They think C.",
        "I think that option B is wrong.",
      ],
      en,
    );
  });

  it("is read behind 考虑 in Chinese, where nothing before it weighs or denies it", () => {
    expectAll(
      "D",
      ["患者体温38.5℃，考虑D", "结合病史，应首先考虑D。", "考虑D的可能性最大。", "应考虑D，而不是A。"],
      zh,
    );
    expectAll(
      null,
      ["此题不考虑D。", "不能考虑D。", "需要考虑A和D。", "还应考虑D。", "首先考虑D型超敏反应。"],
      zh,
    );
  });
});

describe("an option given by its text", () => {
  it("is the one of the sentence that says what the question asks for", () => {
    const next = { A: "N-acetylcysteine", B: "Blood acetaminophen levels", C: "Charcoal", D: "IV fluids" };
    expectAll(
      "B",
      [
        "The next best step would be to obtain blood acetaminophen levels. The antidote for acetaminophen is N-acetylcysteine.",
      ],
      next,
    );
  });

  it("is not one that its own sentence speaks against", () => {
    const causes = {
      A: "22q11 deletion",
      B: "Trisomy 21",
      C: "Lithium exposure in utero",
      D: "Maternal diabetes",
    };
    expectAll(
      null,
      [
        "The murmur fits a narrow aorta, which has many causes. Lithium exposure in utero can cause heart defects but typically presents with different findings. The child needs an echocardiogram.",
      ],
      causes,
    );
  });

  it("is not one that stays open, or one possibility of several", () => {
    expectAll(
      null,
      ["痰液分三层，需要进一步检查。因此，无法确定是否为肺脓肿。", "其中一种可能性是肺结核，需进一步检查。"],
      zh,
    );
    expectAll(null, ["More tests are needed. Therefore, it is unclear whether this is cold pack."], en);
  });

  it("is read in Latin letters within a Chinese conclusion", () => {
    const animals = {
      A: "Bald-faced hornet",
      B: "Diamondback rattlesnake",
      C: "Brown recluse spider",
      D: "Deer tick",
    };
    expectAll("C", ["这种蜘蛛会释放毒液。因此，我认为患者可能被Brown recluse蜘蛛咬伤所致。"], animals);
    expectAll(null, ["这种蜘蛛会释放毒液。因此，不太可能是Brown recluse蜘蛛。"], animals);
    const diagnoses = {
      A: "Primary biliary cirrhosis",
      B: "Hepatitis A",
      C: "Gilbert syndrome",
      D: "Case-control",
    };
    expectAll("C", ["黄疸提示肝病。总之，Gilbert综合征是最可能的诊断，因为它符合所有特征。"], diagnoses);
    expectAll(
      "D",
      ["这个研究设计是案例对照试验（Case Control Study）。这种类型的试验比较了两个群体。"],
      diagnoses,
    );
  });
});
