import { describe, expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const zh = { A: "温水漱口", B: "卧床休息", C: "冷敷前额", D: "少量盐水" };
const zhFive = { ...zh, E: "热敷足底" };
const en = { A: "Warm tea", B: "Bed rest", C: "Cold pack", D: "Salt water" };

/** Letters of the reading: one, several for "multiple", or the status. */
function read(text: string, options: Readonly<Record<string, string>> | null, multiple = false): string {
  const { answer, letters, status } = readChoice(text, options, { multiple });
  return answer ?? (status === "multiple" ? letters.join("+") : status);
}

function expectAll(
  wanted: string,
  texts: readonly string[],
  options: Readonly<Record<string, string>> | null,
) {
  expect(texts.map((text) => [text, read(text, options)])).toEqual(texts.map((text) => [text, wanted]));
}

describe("a Chinese verdict", () => {
  it("is read behind headings in brackets of any kind", () => {
    expectAll(
      "B",
      [
        "【答案】B",
        "〖答案〗B",
        "［答案］Ｂ",
        "「答案」：B",
        "〔正确答案〕B。",
        "**【答案】** B",
        "【答案】B【解析】A 项为禁忌，误选 C 者较多。",
        "【正确选项】：B\n【解析】A、C、D 均不合适。",
        "【本题答案】B。C 项常被误选。",
      ],
      zh,
    );
  });

  it("is read from the letter with its noun, before it or behind it", () => {
    expectAll(
      "B",
      [
        "答：B。",
        "答：B",
        "选项B",
        "B选项",
        "B项正确。",
        "综上所述，B选项正确。",
        "因此选项B是最佳答案。",
        "所以B项符合题意，其余三项均不符合。",
        "本题选B，A项过热。",
        "应选B项。",
        "我认为B选项最合适。",
        "B。卧床休息最为重要。",
        "最终输出：B",
        "综上，B。",
        "〈B〉",
        "《B》",
      ],
      zh,
    );
  });

  it("is read in traditional characters", () => {
    expectAll(
      "B",
      [
        "正確答案為B",
        "應選B。",
        "因此，選項B正確。",
        "這題的答案應該是B，因為患者需要休息。",
        "綜上所述，選擇B。",
      ],
      zh,
    );
  });

  it("is read from the sentence that the option completes, if the sentence concludes", () => {
    expectAll(
      "B",
      [
        "A：温水漱口，不是首选。\nB：卧床休息，可以。\n综上所述，最重要的措施是B：卧床休息。",
        "因此，首要处理应该是B。",
        "根据上述分析，本例首先应当采取的措施是卧床休息（选项B）。",
        "A、C、D都可以退热。因此，不属于退热措施的是B：卧床休息。",
        "考虑到患者发热，因此最合适的处理为B：卧床休息。建议观察。",
      ],
      zh,
    );
  });

  it("is the last one, after a correction", () => {
    expectAll(
      "B",
      [
        "答案：C？不对，重新考虑，答案应改为B。",
        "答案不是A，也不是C，而是B。",
        "A和B都有可能，但更倾向于B。",
      ],
      zh,
    );
  });
});

describe("no verdict", () => {
  it("is what follows a verdict as a caveat, a warning or a denial", () => {
    expectAll(
      "B",
      [
        "答案：B。（注：部分教材选 C）",
        "正确答案：B。很多同学误选C。",
        "选B不选C",
        "应选B，而不是C。",
        "答案是B，不要选A。",
        "故选B。易错选C",
        "答案：B。若为儿童，则选C。",
        "答案：B。如果患者昏迷，应选D。",
        "答案B。上一题的答案是C。",
      ],
      zh,
    );
    expectAll(
      "B",
      [
        "The correct answer is B. If the visitor were a child, I would choose C.",
        "Conclusion: (B). Eliminated: (A), (C), (D).",
        "The answer is B. Note that A is a common distractor.",
        "The answer is B, not C.",
        "The answer is B. Many students choose C.",
        "The answer is B. In the previous question the answer was C.",
      ],
      en,
    );
    expectAll(
      "B",
      ["A resposta correta é B. Se fosse criança, eu marcaria C.", "Resposta: B. Não marcar C."],
      en,
    );
  });

  it("is what others answer, or the answer of another question", () => {
    expectAll(
      "A",
      [
        "很多题库的标准答案是B，但是第七天太晚了。因此，选项A：温水漱口，应该是正确的。",
        "示例里写着“答：<D>”，但那是另一道题的答案。这一题我选A。",
        "有人认为答案是B，但结合指南，正确答案应为A：温水漱口。",
        "我决定选A。\n\n网上另有一道题：\n\n“下列正确的是 A. 甲 B. 乙 C. 丙”\n\n答案C。\n\n但这里",
      ],
      zh,
    );
    expectAll("A", ["I was shown <D> above, which belongs to another question. The answer is A."], en);
  });

  it("is an option under a condition, unless the condition is that one has to choose", () => {
    expectAll(
      "invalid",
      ["若为儿童则选C。", "如果是急性期，应选B；如果是慢性期，应选C。", "答案是B吗？"],
      null,
    );
    expectAll("B", ["如果一定要选一个，我会选择B：卧床休息。", "如果必须作答，选B。"], zh);
  });

  it("is a letter that is part of a term", () => {
    expectAll(
      "invalid",
      ["首选B超检查。", "应选C反应蛋白。", "考虑A型血友病，需进一步检查。", "维生素D缺乏。"],
      {
        A: "血清学检查",
        B: "腹部超声",
        C: "炎症指标",
        D: "骨密度测定",
      },
    );
  });

  it("is a case that is told again, a walk through the options or an answer that was cut off", () => {
    expectAll(
      "invalid",
      [
        "患者男，40岁，发热三天。",
        "A：温水漱口，可以缓解不适。\nB：卧床休息，有利于恢复。\nC：冷敷前",
        "首先分析各选项。A选项可以降温，B选项可以",
        "接下来我们分析每个选项：\n\nA. 温水漱口：可以缓解不适，因为",
        "分析选项：\n\nA：温水漱口，不能退热。\n\nB：卧床休息，有利于恢复。\n\nC：冷敷",
        "我们需要判断最合适的措施。\n\n选项A：温水漱口。温水漱口可以缓解口腔不适。",
        "根据这些症状，我们可以排除一些选项：\n\nA：温水漱口更适合口腔疾病",
        "根据病情，可以考虑以下几种措施：\n\n1. 温水漱口：可以缓解不适。\n\n2. 卧床休息：有利于",
        "A. 温水漱口：可以缓解不适。\nB. 卧床休息：有利于恢复。\nC",
        "C是冷敷前额，它的",
        "可以采取的措施包括温水漱口、卧",
      ],
      zh,
    );
  });
});

describe("options that are turned down", () => {
  it("are not read, and the one that is left is", () => {
    expectAll(
      "B",
      [
        "A、温水漱口：不适合。B、卧床休息：适合，为正确答案。",
        "A、C、D均错误，只有B正确",
        "D. 少量盐水不合适，应当卧床休息。",
        "A错误，C错误，D错误，B正确。",
        "排除选项A和选项C，D也不合适，故选B。",
        "A(×)\nB(√)\nC(×)\nD(×)",
        "A错，B对，C错，D错。",
      ],
      zh,
    );
    expectAll(
      "B",
      [
        "A) is incorrect because tea is too hot. B) is correct.",
        "A, C and D are wrong, so it must be B.",
        "A (warm tea) is not advised. Bed rest is the right choice.",
        "A is wrong. The answer is B.",
      ],
      en,
    );
  });

  it("are the answer where all others are called right", () => {
    expectAll(
      "A",
      [
        "B、C、D均为正确的措施，只有A不正确。",
        "B正确。C正确。D正确。综上所述，不正确的选项是 A。",
        "除A外，其余各项均可。",
        "A是错误的选项，其余都对。",
        "因此，选项A“温水漱口”是错误的。",
      ],
      zh,
    );
  });

  it("leave a response without an answer if nothing else is chosen", () => {
    expectAll("invalid", ["A：温水漱口是错误的。", "我们可以排除选项A（温水漱口）和选项D（少量盐水）。"], zh);
    expectAll("invalid", ["A) is incorrect because tea is too hot."], en);
  });
});

describe("several letters", () => {
  it.each([
    ["答案：A. 温水漱口、C. 冷敷前额、E. 热敷足底", "ACE"],
    ["答案：**A**、**C**、**E**", "ACE"],
    ["答案：（A）（C）", "AC"],
    ["答案：“A”、“C”", "AC"],
    ["应选A、C，不选B、D、E。", "AC"],
    ["正确答案为ACE，因为B、D不合适。", "ACE"],
    ["正确答案是：\nA：温水漱口\nC：冷敷前额\n\n这两项都合适。", "AC"],
    ["综上，正确答案是A和E，即温水漱口和热敷足底。", "AE"],
    ["因此选A：温水漱口和C：冷敷前额。", "AC"],
    ["正确的有A、C以及E。", "ACE"],
    ["A、C、E正确。", "ACE"],
    ["因此，选项A、C都是正确的。", "AC"],
    ["\\boxed{\\text{A}, \\text{C}}", "AC"],
    ["\\boxed{A}, \\boxed{C}", "AC"],
    ["<A>和<C>", "AC"],
    ['{"answer": ["A", "C"]}', "AC"],
    ["The correct answers are A, C and E because B and D do not fit.", "ACE"],
    ["Answer: A; C; E", "ACE"],
  ])("of %j are all read", (text, letters) => {
    expect(read(text, zhFive, true)).toBe(letters);
    expect(read(text, zhFive)).toBe(Array.from(letters).join("+"));
  });

  it("are read where they are only said to be several, or where all options are repeated", () => {
    expect(readChoice("答案是多选，以上都有道理。", zh).status).toBe("multiple");
    expect(readChoice("More than one answer is correct here.", en).status).toBe("multiple");
    expect(readChoice("A. 温水漱口\nB. 卧床休息\nC. 冷敷前额\nD. 少量盐水", zh).status).toBe("multiple");
    expect(readChoice("正确答案应该是ABCD选项都可以。", zh).status).toBe("multiple");
  });
});

describe("a small letter", () => {
  const filler = "The patient has had pain for three days, and the examination shows nothing else. ".repeat(
    8,
  );
  it.each([
    ["is read at the beginning of a long response", `The answer is b.\n${filler}`, "B"],
    ["is read at the end of a long response", `${filler}\nThe answer is b.`, "B"],
    [
      "inside a field of a long response",
      `{"reasoning": "${filler}", "answer": "b", "notes": "${filler}"}`,
      "B",
    ],
    ["is not read inside a long response without markup", `${filler}The answer is b.\n${filler}`, null],
  ])("%s", (_, text, answer) => {
    expect(readChoice(text, { A: "rest", B: "surgery", C: "drugs" }).answer).toBe(answer);
  });

  it("is read where it is announced", () => {
    expectAll(
      "B",
      [
        "The correct answer is b.",
        "Answer: b",
        "Answer: (b)",
        "答案：b",
        "选b",
        "故选b。",
        "\\boxed{b}",
        "\\boxed{\\text{b}}",
        '{"answer": "b"}',
        "<answer>b</answer>",
        "(b)",
      ],
      en,
    );
  });

  it("is not read in running text", () => {
    expectAll(
      "invalid",
      ["The answer is a matter of debate.", "A resposta é a seguinte.", "Option a patient prefers."],
      en,
    );
  });
});

describe("a letter and the text of another option", () => {
  it("are a conflict", () => {
    expectAll(
      "conflict",
      ["正确答案是B：冷敷前额。", "因此，选项C（卧床休息）是正确的。", "答案：A. 少量盐水"],
      zh,
    );
    expectAll("conflict", ["The answer is B: Cold pack."], en);
    expect(readChoice("正确答案是B：冷敷前额。", zh).letters).toEqual(["B"]);
  });

  it("are none where the other text is of the next clause, or begins like the option's own", () => {
    expectAll("B", ["答案是B，冷敷前额只能缓解症状。", "答案是B\n冷敷前额不是首选。"], zh);
    expectAll("B", ["答案是B：肺炎合并脓胸。"], { A: "肺炎", B: "肺炎合并脓胸", C: "脓胸" });
  });
});

describe("an option's text", () => {
  it("is read as the conclusion", () => {
    expectAll(
      "B",
      [
        "最重要的措施是卧床休息。",
        "温水漱口和冷敷前额只能缓解症状。因此，首要措施是卧床休息。",
        "我认为最合适的处理是**卧床休息**。因为患者发热。",
        "综上所述，患者目前需要卧床休息。",
        "此患者应卧床休息。",
        "卧床休息",
        "根据描述，最可能的处理是卧床休息。同时可以多饮水。",
      ],
      zh,
    );
    expectAll("B", ["Bed rest", "I would recommend bed rest.", "The best next step is bed rest."], en);
  });

  it("is read from one character on where it completes a sentence", () => {
    expect(read("Final Diagnosis: DR3", { A: "B8", B: "DR3", C: "A3", D: "DR5" })).toBe("B");
    expect(read("The sensitivity is 70%.", { A: "88%", B: "10%", C: "30%", D: "70%" })).toBe("D");
    expect(
      read("The best next step is MRI.", { A: "Lumbar puncture", B: "Oxygen", C: "MRI", D: "Aspirin" }),
    ).toBe("C");
    expect(read("所需资源数至少是：8。", { A: "2", B: "6", C: "8", D: "18" })).toBe("C");
    expect(read("因此应首选钙。", { A: "钠", B: "钾", C: "钙" })).toBe("C");
  });

  it("is not read where it is denied, one of several, or part of a longer option", () => {
    expectAll(
      "invalid",
      [
        "条例里没有写“卧床休息”这几个字。",
        "可以选择温水漱口、卧床休息、冷敷前额等方法。",
        "首先不是卧床休息。",
      ],
      zh,
    );
    expect(read("最可能的诊断是肺炎合并脓胸。", { A: "肺炎", B: "肺炎合并脓胸", C: "肺脓肿" })).toBe("B");
    const tests = { A: "Abdominal ultrasound", B: "Urinary creatinine test", C: "Skin biopsy" };
    expectAll(
      "invalid",
      [
        "None of the choices can be told apart (abdominal ultrasound, urinary creatinine, skin biopsy); more details are needed.",
        "Abdominal ultrasound, urinary creatinine test and skin biopsy should all be done first.",
      ],
      tests,
    );
  });
});

describe("tokens of chat templates", () => {
  it("end the response, whatever follows", () => {
    expectAll(
      "D",
      [
        "D<|role_end|>",
        "D<|im_end|>",
        "D</s>",
        "D<|endoftext|>",
        "<D><|role_end|>",
        "D<eos>",
        "D<end_of_turn>",
        "D [/INST]",
        "<s>D</s>",
        "<|im_start|>assistant\nD<|im_end|>",
        "答案是D。<|im_end|>\n<|im_start|>user\n下一题<|im_end|>\n<|im_start|>assistant\n答案是A。",
        "D<｜end▁of▁sentence｜>",
      ],
      zh,
    );
  });
});

describe("the evidence", () => {
  it("is the words in which the answer was found", () => {
    expect(readChoice("A、C、D均错误，只有B正确", zh).evidence).toContain("只有B正确");
    expect(readChoice("患者发热。", zh).evidence).toBeNull();
  });
});
