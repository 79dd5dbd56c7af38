import { describe, expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const zh = { A: "温水漱口", B: "卧床休息", C: "冷敷前额", D: "少量盐水" };

/** The letter, "A+B" for several, or the status. */
function read(text: string, options: Readonly<Record<string, string>> = zh): string {
  const { answer, letters, status } = readChoice(text, options);
  return answer ?? (status === "multiple" ? letters.join("+") : status);
}

const expectAll = (
  wanted: string,
  texts: readonly string[],
  options: Readonly<Record<string, string>> = zh,
) => expect(texts.map((text) => [text, read(text, options)])).toEqual(texts.map((text) => [text, wanted]));

describe("marks for each option", () => {
  it("give the only option that is marked right, wherever in its line the mark stands", () => {
    expectAll("B", [
      "| 选项 | 内容 | 判断 |\n|---|---|---|\n| A | 温水漱口 | ✗ |\n| B | 卧床休息 | ✓ |\n| C | 冷敷前额 | ✗ |\n| D | 少量盐水 | ✗ |",
      "A. 温水漱口——无关。×\nB. 卧床休息——可恢复体力。√\nC. 冷敷前额——只降温。×\nD. 少量盐水——催吐。×",
      "A× B√ C× D×",
      "A（×）B（√）C（×）D（×）",
      "A. 温水漱口（错误）\nB. 卧床休息（正确）\nC. 冷敷前额（错误，只降温）\nD. 少量盐水（错误）",
    ]);
  });

  it("give the only option that is marked wrong where all others are marked right", () => {
    expectAll("C", ["A√ B√ C× D√", "A. 温水漱口 ✓\nB. 卧床休息 ✓\nC. 冷敷前额 ✗\nD. 少量盐水 ✓"]);
  });
});

describe("a small letter before its option's own text", () => {
  it("counts as a capital", () => {
    expectAll("B", [
      "b) 卧床休息是退热期的首要措施。",
      "在这四个选项中，b) 卧床休息属于一般护理。",
      "b. 卧床休息 发热时应减少活动。",
    ]);
    expectAll("invalid", ["因此，a) 温水漱口、c) 冷敷前额和 d) 少量盐水都是局部措施。"]);
  });

  it("is a word of the sentence without it", () => {
    expectAll("invalid", ["发热（b) 时应多饮水。", "见图 a）和图 b）。"]);
  });
});

describe("an option's own text", () => {
  it("is the answer where other options are set apart from it or turned down before it", () => {
    expectAll("B", [
      "应首选卧床休息，而不是冷敷前额或少量盐水。",
      "更合适的处理是卧床休息而非冷敷前额。",
      "首先考虑卧床休息，其次才是冷敷前额。",
      "温水漱口、冷敷前额均不能缓解乏力，故首选卧床休息。",
      "處理以休息為主，因此首選臥床休息。",
    ]);
  });

  it("is not read from the conclusion of one step of a discussion", () => {
    expectAll("invalid", [
      "温水漱口：可清洁口腔。\n卧床休息：可减少消耗。因此卧床休息会使体温下降。\n冷敷前额：可降温。\n少量盐水：可补充钠。",
    ]);
  });
});

it("a conclusion that calls one option wrong is what the question asks for", () => {
  expectAll("C", [
    "1. 漱口可清洁口腔，所以选项A是正确的。\n2. 休息可减少消耗，所以选项B是正确的。\n3. 冷敷不能治疗感染，所以选项C是错误的。\n4. 盐水可补钠，所以选项D是正确的。\n综上所述，选项C是错误的说法。",
    "因此，选项C是错误的，选项A、B、D是正确的。",
  ]);
});

it("a sole option at the end of a text that was cut off is none if another was turned down", () => {
  expectAll("invalid", ["首先分析各选项：A. 温水漱口可清洁口腔，与本例相符。B. 卧床休息"]);
});

describe("a mark or a word for each option", () => {
  it("is read before the letters as well as behind them", () => {
    expectAll("C", [
      "❌A ❌B ✅C ❌D",
      "☐A ☐B ☑C ☐D",
      "❌ A. 温水漱口\n❌ B. 卧床休息\n✅ C. 冷敷前额\n❌ D. 少量盐水",
      "A.否 B.否 C.是 D.否",
      "A：不符合\nB：不符合\nC：符合\nD：不符合",
    ]);
  });

  it("leaves the words to decide where two options are ticked before their letters", () => {
    expectAll("D", [
      "处理是少量盐水。\n✅ A) 温水漱口：可用。\n❌ B) 卧床休息\n❌ C) 冷敷前额\n✅ D) 少量盐水：首选。",
    ]);
  });
});
