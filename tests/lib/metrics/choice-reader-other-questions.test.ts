import { describe, expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const zh = { A: "温水漱口", B: "卧床休息", C: "冷敷前额", D: "少量盐水" };

/** The letter, "A+B" for several, or the status. */
function read(text: string, options: Readonly<Record<string, string>> | null = zh): string {
  const { answer, letters, status } = readChoice(text, options);
  return answer ?? (status === "multiple" ? letters.join("+") : status);
}

const expectAll = (wanted: string, texts: readonly string[]) =>
  expect(texts.map((text) => [text, read(text)])).toEqual(texts.map((text) => [text, wanted]));

describe("another question behind the answer", () => {
  it("ends the response, however it is headed", () => {
    expectAll("B", [
      "答案：B\n题目：下列哪项可退热？\nA. 甲\nB. 乙\n答案：C",
      "答案：B\n\n【题目】退热首选\n【答案】C",
      "答案：B\n【例题2】退热首选\n【答案】C",
      "B\n\n〖问题3〗\n答案选C",
      "答案：B\n第2题 退热首选（ ）\n答案：C",
      "答案：B\n第二小题：选C",
      "答案：B\n试题2. 退热首选\n答案：C",
      "答案：B\n\n2. 关于退热，错误的是\nA. 甲\nB. 乙\n答案：C",
      "答案：B。\n3、下列哪项可退热？\nA、甲\nB、乙\n故选C",
      "答案：B\n學生：那下一題呢？\n答案：C",
      "B\n\n### 题目二\n退热首选\n答案：C",
      "答案：B\n\n练习2：退热首选？答案：C",
      "答案：B\n\n【变式】退热首选\n【答案】C",
      "答案：B\n\n（二）下列可退热的是\nA. 甲\nB. 乙\n答案：C",
      "The answer is B.\n\nQuestion 5\nWhich one cools?\nA. this\nAnswer: C",
      "The answer is B.\nQ2. Which one cools?\nAnswer: C",
      "A resposta é B.\nPergunta 2: qual resfria?\nResposta: C",
    ]);
  });

  it("does not end it where no answer stands before it, or where a numbered line asks nothing", () => {
    expectAll("C", [
      "题目：下列哪项可退热？\n答案：C",
      "先看题。\n【题目】下列哪项可退热？\n【答案】C",
      "1. 题干提示发热。\n2. 逐项分析：\nA. 温水漱口无效。\nB. 卧床休息无效。\n答案：C",
    ]);
  });
});

describe("a question with options of which none is the item's", () => {
  const another = "\n\n【题目】下列哪项最常见？\nA. 甲状腺炎\nB. 甲状腺癌\n【答案】A";

  it("takes nothing from an answer by words, and makes none out of a response without one", () => {
    expectAll("B", [
      `最合适的处理是卧床休息。${another}`,
      `综合比较，选项B优于其他选项，是最佳答案。${another}`,
      `卧床休息。${another.replace("【题目】", "（二）").replace("？", "（ ）")}`,
    ]);
    expectAll("invalid", [`建议您咨询专业医生，祝您早日康复。${another}`]);
  });

  it("is told from the item's own question, which a response restates", () => {
    expectAll("C", [
      "好的。\n【题目】下列哪项可退热？\nA. 温水漱口\nB. 卧床休息\nC. 冷敷前额\nD. 少量盐水\n【答案】C",
    ]);
  });
});

describe("answers of several questions", () => {
  it("are no answer of this one", () => {
    expectAll("A+B", [
      "（1）选B。（2）选A。",
      "第1题：B；第2题：A",
      "问题1的答案：B；问题2的答案：A。",
      "1、B 2、A",
      "第一问选B。第二问选A。",
    ]);
    expect(read("1. D\n2. B\n3. A")).toBe("A+B+D");
  });

  it("are not seen in numbered steps, nor behind a verdict", () => {
    expectAll("C", [
      "1. A 项不退热。\n2. B 项不退热。\n3. C 项退热。\n故选C",
      "答案：C。(1) A 不退热 (2) B 不退热",
      "1. 题干提示发热。2. 答案：C",
    ]);
  });
});

it("a second answer that the response holds possible makes it several", () => {
  expectAll("B+C", [
    "答案可能是B，也可能是C。",
    "答案选B，但也可能选C，需进一步检查。",
    "答案：B，也许C。",
    "The answer is B, or possibly C.",
    "The answer is B, but it could also be C.",
  ]);
});

it("an answer of the one who asked is not the response's", () => {
  expectAll("B", ["我的答案是B。你的答案是C，所以答错了。", "您的答案是C，但正确答案是B。"]);
});

it("a completed sentence that is doubted gives no letter", () => {
  expectAll("invalid", ["我不确定答案是不是B。", "不清楚是否应该是B。"]);
});

it("no letter is read where no option fits", () => {
  expectAll("invalid", [
    "以上选项均不正确。A 项无效，B 项正确率低。",
    "所有选项都是错误的，没有正确的选项。",
    "None of the options is correct; A would be close.",
  ]);
  expect(
    read("以上都不正确，所以选D", { A: "温水漱口", B: "卧床休息", C: "冷敷前额", D: "以上都不正确" }),
  ).toBe("D");
});
