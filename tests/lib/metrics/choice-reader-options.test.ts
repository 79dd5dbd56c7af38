import { expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const zh = { A: "温水漱口", B: "卧床休息", C: "冷敷前额", D: "少量盐水" };

function expectAll(wanted: string, texts: readonly string[], options: Readonly<Record<string, string>> = zh) {
  const read = (text: string) => readChoice(text, options);
  expect(texts.map((text) => [text, read(text).answer ?? read(text).status])).toEqual(
    texts.map((text) => [text, wanted]),
  );
}

it("an option's text that is the first statement is the answer, although others are discussed later", () => {
  expectAll("B", [
    "卧床休息。应与冷敷前额、温水漱口比较。",
    "答案：卧床休息。冷敷前额只是对症。",
    "卧床休息\n\n其中冷敷前额和少量盐水都不是首要措施。",
    "诊断：卧床休息，其余为辅助。",
  ]);
  expectAll(
    "A",
    ["正确。该措施可使体温下降，没有错误。", "判断正确。理由如下：错误的做法是停药。", "这个说法是正确的。"],
    {
      A: "正确",
      B: "错误",
    },
  );
});

it("an option's text that begins the first of several steps is no answer", () => {
  expectAll("invalid", ["卧床休息：可减少消耗。\n冷敷前额：可降温。", "卧床休息\n冷敷前额\n温水漱口"]);
});

it("an option's text in a sentence about another time or the opposite case replaces no answer", () => {
  expectAll("B", [
    "急性期应给予卧床休息。随着体温下降，最终改为冷敷前额。",
    "发热时首选卧床休息。相反，低体温时应采用冷敷前额。",
  ]);
});

it("a list of options in lines completes no sentence with its first option", () => {
  expectAll("multiple", ["可以退热的处理是：\nA. 温水漱口\nB. 卧床休息\nC. 冷敷前额\n这些处理各有特点。"]);
  expectAll("invalid", ["可以退热的处理是：\nA. 漱口水\nB. 多卧床\nC. 额头冷敷\n这些处理各有特点。"]);
});

it("options discussed one after the other in lines of their own choose none", () => {
  const english = { A: "Warm tea", B: "Bed rest", C: "Cold pack", D: "Salt water" };
  expectAll(
    "invalid",
    [
      "A.\n\nWarm tea\n\nWarm tea cleans.\n\nB.\n\nBed rest\n\nBed rest saves strength.\n\nC.\n\nCold pack\n\nCold pack is a cooling aid.",
      "Based on this, the best measure is warm tea.\nIt cleans.\nBased on this, the best measure is bed rest.\nIt helps.\nBased on this, the best measure is cold pack.",
      "B.\nBed rest may help.\nC.\nCold pack may help.\nD.\nSalt water may help.",
    ],
    english,
  );
  expectAll(
    "B",
    ["B. Bed rest saves strength.\n\nA. Warm tea only cleans.\nC. Cold pack only cools."],
    english,
  );
});

it("an option's text before or behind which another one is unreadable is one of several", () => {
  expectAll("invalid", ["比较合适的是温水��或卧床休息。"]);
});

it("an option's text with brackets that only open the sentence about it is no statement", () => {
  expectAll("invalid", ["冷敷前额（A组）常用于物理降温，温水漱口、卧床休息等用于护理。"]);
});

it("options that the sentence turns down leave the other one", () => {
  expectAll("B", [
    "不是冷敷前额，也不是温水漱口，应选用卧床休息。",
    "没有用到冷敷前额和温水漱口，而是采用卧床休息。",
    "患者不宜冷敷前额，可行卧床休息。",
    "既往有冷敷前额，本次考虑卧床休息。",
    "温水漱口只清洁口腔，冷敷前额只降温，只有卧床休息符合。",
    "首选卧床休息，配冷敷前额。",
    "首选卧床休息，禁用冷敷前额。",
    "温水漱口（×） 卧床休息（√） 冷敷前额（×） 少量盐水（×）",
    "这种方法叫做卧床休息。",
    "首先应考虑卧床休息的可能性。",
  ]);
});

it("the only option mentioned is the answer if it is the subject of the first sentence", () => {
  const words =
    "它是发热病人最基本的处理，能够减少机体的能量消耗，使体温逐渐下降，并且避免并发症的发生和发展，因而被广泛地使用在临床工作之中，也写进了各种护理常规。";
  expectAll("B", [`卧床休息（bed rest）是发热的首要措施。${words}`]);
  expectAll("invalid", [`本题考查卧床休息。${words}`, `在卧床休息期间应补液。${words}`]);
});

it("a condition that is put for two options chooses neither", () => {
  expectAll("invalid", ["若体温正常，则为卧床休息；若体温升高，则为冷敷前额。"]);
});

it("a letter in brackets behind another option's text contradicts it", () => {
  expectAll("conflict", ["答案是：卧床休息（C）"]);
  expectAll("B", ["答案是：卧床休息（B）"]);
});

it("letters with words of their own, joined by and, are one list", () => {
  const english = { A: "Warm tea", B: "Bed rest", C: "Cold pack", D: "Salt water" };
  expectAll("multiple", ["因此，答案是B. 卧床（静养）和C. 冷敷。"], english);
});

it("a negation in the option's own words turns nothing down", () => {
  expectAll("A", ["因此，这种情况属于供需不对等现象。"], { A: "供需不对等", B: "供过于求" });
});

it("an option of one common character is no mention of it", () => {
  expectAll("invalid", ["因此可能会发生感染，取决于抵抗力。"], { A: "会", B: "不会" });
});
