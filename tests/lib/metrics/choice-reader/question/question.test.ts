import { describe, expect, it } from "vitest";
import { foldOptions } from "../../../../../src/lib/metrics/choice-reader/folded-options.js";
import { asksFor, questionOf } from "../../../../../src/lib/metrics/choice-reader/question/question.js";
import { LANGUAGES } from "../../../../../src/lib/metrics/choice-reader.js";

const options = { A: "肺结核", B: "支气管扩张", C: "肺癌", D: "肺脓肿" };
const asked = (question: string) => questionOf(question, foldOptions(options), LANGUAGES);

function expectAsks(asks: string, questions: readonly string[]) {
  expect(questions.map((question) => [question, asked(question).asks])).toEqual(
    questions.map((question) => [question, asks]),
  );
}

describe("what a question asks for", () => {
  it("is the false statement", () => {
    expectAsks("false", [
      "关于肺结核，下列说法错误的是",
      "关於肺結核，下列說法錯誤的是（ ）",
      "下列哪项是不正确的？",
      "患者男，30岁。以下处理不恰当的是：",
      "下列叙述有误的一项是（　　）\nA．肺结核\nB．支气管扩张",
      "下列哪些说法是错误的？（请仅给出选项答案即可）",
      "Which of the following statements is INCORRECT?",
      "Which one of the following is not true?",
      "Which of these statements about asthma is false?",
      "Assinale a alternativa INCORRETA:",
      "Marque a afirmativa falsa sobre a asma.",
      "Señale la afirmación incorrecta:",
      "Welche Aussage ist falsch?",
    ]);
  });

  it("is what does not belong to the others", () => {
    expectAsks("except", [
      "下列哪项不属于肺部疾病",
      "除哪项外，均为肺部疾病的表现",
      "以下均是并发症，除外",
      "以下哪种寄生虫不可能在粪便中检出？A.蛔虫 B.蛲虫",
      "男性，66岁，高血压，不能应用的降压药物是",
      "肺癌中不常见的是",
      "最不可能的诊断是",
      "All of the following are causes EXCEPT:",
      "Which of the following is NOT a risk factor?",
      "Which of the following drugs should not be used?",
      "Which diagnosis is least likely?",
      "São causas de asma, EXCETO:",
      "Qual das alternativas não é um fator de risco?",
      "Welche Maßnahme ist nicht indiziert?",
    ]);
  });

  it("is the right option, also where the case has negations and wrong things", () => {
    expectAsks("right", [
      "患者不能行走，查体无异常。最可能的诊断是",
      "患者诊断错误，后经复查更正。下列处理正确的是",
      "患者不能行走的原因是",
      "除药物治疗外，最重要的措施是",
      "是不是应首选手术？下列说法正确的是",
      "The test is false positive. Which of the following is the best next step?",
      "The patient does not respond to therapy. What is the diagnosis?",
      "Examination is normal except for a rash. Which of the following is most likely?",
      "O exame não mostrou alterações. Qual a conduta?",
      "",
    ]);
  });

  it("is judged without the options, which may be false statements or contain negations", () => {
    expectAsks("right", [
      "下列说法正确的是 A. 肺结核\nB. 不属于传染病的是",
      "下列正确的是\nA. 错误的是\nB. 不正确的是",
    ]);
    expect(asksFor("正しくないのはどれか")).toBe("right");
  });

  it("is certain to be the right option only in a language with forms of asking", () => {
    expect(asked("下列说法正确的是").surelyAsksForRight).toBe(true);
    expect(asked("誤っているのはどれか。一つ選べ。").surelyAsksForRight).toBe(false);
    expect(asked("下列说法错误的是").surelyAsksForRight).toBe(false);
  });
});

describe("a place that repeats the question", () => {
  const stem = "患者男，45岁，突发胸痛两小时，首先应考虑肺结核还是肺癌？";

  it("is part of it where the repetition goes on behind it", () => {
    const { restated } = asked(stem);
    const text = "患者男,45岁,突发胸痛两小时,首先应考虑肺结核还是肺癌?";
    const start = text.indexOf("肺结核");
    expect(restated.covers(text, { start, end: start + 3 })).toBe(true);
  });

  it("is the response's own where the repetition ends with it", () => {
    const { restated } = asked(stem);
    const text = "患者男,45岁,突发胸痛两小时,首先应考虑肺结核。";
    const start = text.indexOf("肺结核");
    expect(restated.covers(text, { start, end: start + 3 })).toBe(false);
  });
});

describe("a letter that names something of the question", () => {
  it("is known by the character behind it or the word before it", () => {
    const zh = asked("A公司与B公司签订合同，谁应承担责任？\nA. 肺结核\nB. 支气管扩张");
    expect(zh.namesInStem("因此A公司负责", 2, 3)).toBe(true);
    expect(zh.namesInStem("因此A项正确", 2, 3)).toBe(false);
    const en = asked("Patient A takes drug B. What happens?");
    expect(en.namesInStem("Therefore drug B works", 15, 16)).toBe(true);
    expect(en.namesInStem("Therefore option B works", 17, 18)).toBe(false);
  });
});
