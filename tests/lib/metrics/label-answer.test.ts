import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLabel } from "../../../src/lib/metrics/label-answer.js";
import { labelVocabulary } from "../../../src/lib/metrics/label-vocabulary.js";

const english = labelVocabulary(["True", "False"], false);
const yesNo = labelVocabulary(["Yes", "No", "Maybe"], false);
const portuguese = labelVocabulary(["Verdadeiro", "Falso"], false);
const chinese = labelVocabulary(["是", "否"], false);
const correct = labelVocabulary(["正确", "错误"], false);
const outcome = labelVocabulary(["好转", "未愈", "治愈", "死亡"], false);

describe("a label", () => {
  it.each([
    "True",
    "true.",
    " **True** ",
    "`True`",
    "(True)",
    "“True”",
    "Answer: True",
    "answer : TRUE",
    "**Answer:** True",
    "**Answer: True**",
    "# Final Answer\n\nTrue",
    "Answer:\nTrue",
    "Final answer: True.",
    "The final answer is True.",
    "My answer is: True",
    "The correct label is **True**.",
    "Verdict = True",
    "Answer - True",
    "Conclusion: True, because the guideline says so.",
    "Answer: True because the guideline says so",
    "Answer: True. The guideline says so.",
    "Answer: The statement is True",
    "Answer (True or False): True",
    "The statement agrees with the guideline.\n\nAnswer: True",
    "It could be False at first sight.\n\nFinal answer: True",
    "Answer: False\n\nOn second thought:\n\nAnswer: True",
    "The guideline says so.\nTrue",
    "The guideline says so.\n\n**True**",
    "The guideline says so.\\n\\nAnswer: True",
    "True\n\nThe guideline says so.",
    "True. The guideline says so.",
    "True: the guideline says so",
    "True because the guideline says so",
    "Therefore, the statement is True.",
    "The dose fits. Therefore, the statement is true",
    '{"answer": "True"}',
    '{"reason": "as the guideline says", "answer": "True", "confidence": 0.9}',
    '```json\n{\n  "label": "True"\n}\n```',
    "\\boxed{True}",
    "The answer is $\\boxed{\\text{True}}$.",
    "<answer>True</answer>",
    "<think>Perhaps False.</think>\nTrue",
    "Answer: True\n\n(Choose True or False.)",
    "Question: is it True or False?\nAnswer: True",
  ])("is read from %j", (text) => {
    expect(readLabel(text, english).label).toBe("True");
  });

  it.each<[ReturnType<typeof labelVocabulary>, string, string]>([
    [portuguese, "Resposta: Verdadeiro", "Verdadeiro"],
    [portuguese, "**Resposta final:** Falso", "Falso"],
    [portuguese, "A afirmação é verdadeira. O protocolo diz isso.\n\nResposta: Verdadeiro", "Verdadeiro"],
    [portuguese, "A resposta correta é Falso.", "Falso"],
    [portuguese, "Verdadeiro, pois o protocolo diz isso.", "Verdadeiro"],
    [portuguese, "Não é o que diz o protocolo.\nFalso", "Falso"],
    [chinese, "是", "是"],
    [chinese, "是。", "是"],
    [chinese, "最终答案：是", "是"],
    [chinese, "**最终答案：** 否", "否"],
    [chinese, "答案是：否", "否"],
    [chinese, "答案为否。", "否"],
    [chinese, "这是因为指南这样规定。\n\n结论：是", "是"],
    [chinese, "## 最终答案\n\n**是**", "是"],
    [chinese, "是，因为指南这样规定。", "是"],
    [correct, "该说法与指南一致。\n因此判断为正确", "正确"],
    [correct, "最终答案：错误。理由是剂量不对。", "错误"],
    [correct, "判断：正确", "正确"],
    [correct, "该说法正确。", "正确"],
    [outcome, "预测结果：好转", "好转"],
    [outcome, "【未愈】", "未愈"],
    [outcome, "根据病情，标签：未愈", "未愈"],
    [yesNo, "Yes, the dose fits.", "Yes"],
    [yesNo, "No. There is no evidence.", "No"],
    [yesNo, "There is no evidence of yes-sayers.\nAnswer: Maybe", "Maybe"],
  ])("is read in its language: %#", (vocabulary, text, label) => {
    expect(readLabel(text, vocabulary).label, text).toBe(label);
  });

  it.each([
    "",
    "   \n ",
    "True or False",
    "True/False",
    "True, False",
    "Answer: True or False",
    "Answer: True/False?",
    "Both True and False are possible.",
    "It may be True, or it may be False.",
    "True\n\nWait, no.\n\nFalse",
    "True. On the other hand, the statement is false in children.",
    "not True",
    "Not true.",
    "The statement is not true.",
    "The statement isn't True",
    "Answer: not True",
    "Answer: True\n\nCorrection: my final answer is not True.",
    "It is never true.",
    "Partially true",
    "Answer: partially true",
    "Answer: none of the two, or both",
    "It would be True if the dose were lower.",
    "Is it True?",
    "Whether this is true depends on the patient.",
    "The statement agrees with the guideline.",
    "I cannot answer this question.",
    "Trueness matters.",
    "Answer with one of the two labels.",
    "<think>The answer is True",
  ])("is not read from %j", (text) => {
    expect(readLabel(text, english).label).toBeNull();
  });

  it.each([
    [chinese, "不是"],
    [chinese, "答案：不是"],
    [chinese, "这是一个问题，是否成立还要看患者"],
    [chinese, "是或否"],
    [chinese, "答案：是/否"],
    [correct, "不正确"],
    [correct, "该说法不正确。"],
    [correct, "并非错误"],
    [correct, "正确或错误"],
    [correct, "如果剂量减半，则正确"],
    [outcome, "没有好转"],
    [portuguese, "A afirmação não é Verdadeiro"],
    [portuguese, "Verdadeiro ou Falso?"],
    [portuguese, "Resposta: Verdadeiro ou Falso"],
  ])("is not read where it is denied or one of several: %#", (vocabulary, text) => {
    expect(readLabel(text, vocabulary).label, text).toBeNull();
  });

  it("that contains another one, or a denial, is read as itself", () => {
    const stages = labelVocabulary(["正确", "不正确", "部分正确"], false);
    expect(readLabel("答案：不正确", stages).label).toBe("不正确");
    expect(readLabel("该说法部分正确。", stages).label).toBe("部分正确");
    const support = labelVocabulary(["Supported", "Not Supported"], false);
    expect(readLabel("Answer: not supported", support).label).toBe("Not Supported");
    expect(readLabel("The claim is not supported.", support).label).toBe("Not Supported");
  });

  it("may be the opposite of the only gold label, and another short answer is a label of its own unless the list is complete", () => {
    const onlyTrue = labelVocabulary(["True"], false);
    expect(readLabel("Answer: False", onlyTrue).label).toBe("false");
    expect(readLabel("True or False", onlyTrue).label).toBeNull();
    expect(readLabel("Uncertain", onlyTrue).label).toBe("Uncertain");
    expect(readLabel("Answer: Uncertain", onlyTrue).label).toBe("Uncertain");
    const complete = labelVocabulary(["True", "False"], true);
    expect(readLabel("Uncertain", complete).label).toBeNull();
    expect(readLabel("Answer: Uncertain", complete).label).toBeNull();
    expect(readLabel("Answer: True", complete).label).toBe("True");
  });

  it("is never read from a text that does not name one of a complete list", () => {
    const vocabulary = labelVocabulary(["zyx one", "zyx two"], true);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { label } = readLabel(text, vocabulary);
        if (!/zyx/iu.test(text.normalize("NFKC"))) expect(label).toBeNull();
      }),
    );
  });

  it("is read from every way to announce and frame it", () => {
    const word = fc.constantFrom(
      "Answer",
      "Final answer",
      "The answer",
      "Label",
      "Verdict",
      "Conclusion",
      "Resposta",
      "答案",
      "最终答案",
      "结论",
    );
    const mark = fc.constantFrom(": ", ":", "：", " is ", " = ");
    const frame = fc.constantFrom(
      ["", ""],
      ["**", "**"],
      ["(", ")"],
      ["【", "】"],
      ['"', '"'],
      ["“", "”"],
      ["", "."],
      ["`", "`"],
    );
    const before = fc.constantFrom("", "Some reasons.\n\n", "理由如下。\n");
    fc.assert(
      fc.property(
        word,
        mark,
        frame,
        before,
        fc.constantFrom("True", "False"),
        (name, between, [open, close], reasons, label) => {
          if (between.startsWith(" is") && /\p{Script=Han}|Resposta/u.test(name)) return;
          expect(readLabel(`${reasons}${name}${between}${open}${label}${close}`, english).label).toBe(label);
        },
      ),
    );
  });
});
