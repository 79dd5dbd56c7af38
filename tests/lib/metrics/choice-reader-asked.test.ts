import { describe, expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const options = { A: "肺结核", B: "支气管扩张", C: "肺癌", D: "肺脓肿" };
const plain = { A: "Warm tea", B: "Bed rest", C: "Cold pack", D: "Salt water" };

function expectAll(
  wanted: string | null,
  texts: readonly string[],
  settings: { question?: string; multiple?: boolean },
  known: Readonly<Record<string, string>> = options,
) {
  expect(texts.map((text) => [text, readChoice(text, known, settings).answer])).toEqual(
    texts.map((text) => [text, wanted]),
  );
}

describe("a question that asks for the false statement", () => {
  const question = "关于肺部疾病，下列说法错误的是";

  it("is answered by the option called wrong among options called right", () => {
    expectAll(
      "C",
      [
        "A、B、D正确，C错误",
        "C是错误的。",
        "A√ B√ C× D√",
        "A. 肺结核：正确。\nB. 支气管扩张：正确。\nC. 肺癌：错误，应为良性。\nD. 肺脓肿：正确。",
        "C项错误，符合题意。A、B、D项正确，不符合题意。",
        "正确的是A、B、D，错误的是C",
        "错误选项：C",
        "因此，错误的选项是C。其余均正确。",
        "A、B、D均正确。",
        "只有肺癌的说法是错误的。",
        "选项A、B、D错误，C正确。",
        "答案选C，因为其余说法均正确",
      ],
      { question },
    );
  });

  it("is not answered by options that are only called right", () => {
    expectAll(null, ["A说法正确。", "A正确，B正确。", "正确的是A、B、D。C未提及。"], { question });
  });

  it("may have several false statements", () => {
    expectAll("AC", ["A、C错误，B、D正确。", "A和C说法错误，其余正确。"], {
      question: "下列说法错误的有",
      multiple: true,
    });
  });

  it("is understood in English, Portuguese, Spanish and German", () => {
    const ask = (text: string, asked: string) => readChoice(text, plain, { question: asked }).answer;
    expect(ask("A, B and D are true. C is false.", "Which statement is FALSE?")).toBe("C");
    expect(ask("Statement C is incorrect; the rest are correct.", "Which is not true?")).toBe("C");
    expect(ask("A letra C está errada. As demais estão corretas.", "Assinale a INCORRETA:")).toBe("C");
    expect(ask("La opción incorrecta es la C.", "Señale la opción incorrecta")).toBe("C");
    expect(ask("Antwort C ist falsch, alle anderen sind richtig.", "Welche Aussage ist falsch?")).toBe("C");
  });
});

describe("a question that asks for what does not belong", () => {
  it("is answered by the option that does not", () => {
    expectAll("C", ["A、B、D均属于其表现，C不属于。", "只有C不是，其余都是。", "C不属于。"], {
      question: "下列哪项不属于其表现",
    });
    expectAll(
      "C",
      ["All of these are causes except C.", "C is NOT a cause.", "A, B and D are causes; C is not."],
      { question: "All of the following are causes EXCEPT:" },
      plain,
    );
    expectAll("C", ["肺结核、支气管扩张和肺脓肿都可能出现，而肺癌一般不会出现。"], {
      question: "以下哪种疾病不可能出现？",
    });
  });

  it("is not answered by a single option called wrong and another called right, which may be meant either way", () => {
    expectAll(null, ["A属于，错误；C正确。"], { question: "除哪项外，均为其表现" });
  });
});

describe("a question that asks for the right option", () => {
  it("is not answered by an option called wrong", () => {
    const question = "下列说法正确的是";
    expectAll(null, ["C是错误的。", "错误的是C。", "A、B、D正确，C错误。"], { question });
    expectAll("ABD", ["A、B、D正确，C错误。"], { question, multiple: true });
  });
});

describe("without the question", () => {
  it("an option called wrong is a rejection, and an exception is read where the response announces it", () => {
    expectAll(null, ["C是错误的。"], {});
    expectAll("C", ["错误的是C。", "除C外其余均正确"], {});
  });
});

describe("what a response repeats of its question", () => {
  it("is no answer", () => {
    const question = "患者男，45岁，突发胸痛两小时，首先应考虑肺结核还是肺癌？";
    expectAll(null, [`${question}需要进一步检查。`], { question });
    expectAll("A", ["患者男，45岁，突发胸痛两小时，首先应考虑肺结核。"], { question });
    expectAll(null, ["因此，患者B需要住院。"], { question: "患者A和患者B同住一室，谁需要手术？" });
  });
});
