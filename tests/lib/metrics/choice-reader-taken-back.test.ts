import { expect, it } from "vitest";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const zh = { A: "温水漱口", B: "卧床休息", C: "冷敷前额", D: "少量盐水" };
const en = { A: "Warm tea", B: "Bed rest", C: "Cold pack", D: "Salt water" };

/** The letter, "A+B" for several, or "none". */
function read(text: string): string {
  const { answer, letters, status } = readChoice(text, /[\u3400-\u9fff]/u.test(text) ? zh : en);
  return answer ?? (status === "multiple" ? letters.join("+") : "none");
}

const expectAll = (wanted: string, texts: readonly string[]) =>
  expect(texts.map((text) => [text, read(text)])).toEqual(texts.map((text) => [text, wanted]));

it("reads the letter of a correction behind the verdict", () => {
  expectAll("C", [
    "答案：B。更正：C。",
    "答案：B。不对，应该是C。",
    "答案选B。哦不，是C。",
    "答案：B。抱歉，看错了，C才对。",
    "答案B。笔误，C。",
    "答案：B → 更正为C",
    "Answer: B. Correction: C.",
    "The answer is B. Sorry, I meant C.",
    "The answer is B. No, scratch that, C.",
    "The answer is B. Typo — C.",
    "Answer: B. I change my answer from B to C.",
  ]);
});

it("reads no letter where a verdict is taken back without another", () => {
  expectAll("none", ["答案：B。不对。", "Answer: B. Scratch that.", "Answer: B. No, B is wrong."]);
});

it("keeps a verdict whose explanation only sounds like a correction", () => {
  expectAll("B", [
    "答案：B。A选项不对，C选项也不对。",
    "答案：B。A、C等等都是干扰项。",
    "Answer: B. No, C would not be appropriate.",
    "Answer: B. Correction of the fever is not needed, so C is out.",
    "答案是：\nB：提供-OH基",
  ]);
});

it("takes no letter from an announcement that is doubted, denied or reported", () => {
  expectAll("none", [
    "I doubt the answer is B.",
    "It would be wrong to say that the answer is B.",
    "Some say the answer is B. They are mistaken.",
    "You asked whether the answer is B. It isn't.",
    "Answer: B is wrong, C is wrong.",
    "I can't agree that the answer is B.",
    "不要以为答案是B。",
    "认为答案是B是不对的。",
    "我不同意答案是B。",
    "很难说答案是B。",
    "答案是B的可能性很小。",
    "说答案是B的人没读完题目。",
  ]);
});

it("reads the own conclusion behind another's", () => {
  expectAll("C", [
    "Some say the answer is B, but the answer is C.",
    "有人说答案是B，但我认为答案是C。",
    "I doubt the answer is B, so I choose C.",
  ]);
});

it("ends at another question or speaker once an answer was given", () => {
  expectAll("B", [
    "Answer: B\n\nQuestion: What cools faster?\nAnswer: C",
    "Answer: B\n\n### Human: next\n### Assistant: Answer: C",
    "The answer is B.\n\nUser: And for children?\nAssistant: The answer is C.",
    "答案：B\n\n问题：如果是儿童呢？\n答案：C",
    "Question: What helps?\nAnswer: B",
    "Let us see.\nQuestion: What helps?\nAnswer: B",
    "The answer is B. In the 2019 exam key the answer is C.",
    "The answer is B. For the paediatric version of this question the answer is C.",
  ]);
});

it("takes no option from words that reject or only mention it", () => {
  expectAll("none", [
    "We do not recommend salt water.",
    "Avoid salt water in this patient.",
    "Salt water is contraindicated.",
    "Anything but salt water.",
    "The patient is allergic to salt water.",
    "Answer: not salt water",
    "A is incorrect since warm tea is hot. Only one choice is left.",
    "本题应避免使用少量盐水。",
    "Salt water must not be given.",
    "不推荐首选少量盐水。",
    "禁用少量盐水。",
    "患者对少量盐水过敏。",
  ]);
  expectAll("D", ["Warm tea does nothing here. That leaves salt water.", "I recommend salt water."]);
});

it("reads several letters where a second is put next to the first, or letters stand one a line", () => {
  expectAll("B+C", ["答案：B，C也可以", "答案是 B 项或 C 项均可", "Possible answers:\nB\nC"]);
  expectAll("A+B+C+D", ["A\n\nB\n\nC\n\nD", "Possible answers:\nA\nB\nC\nD"]);
});

it("reads no letter from a term, nor from an order of letters", () => {
  expectAll("none", [
    "答案：C-反应蛋白升高。",
    "The answer is B cells produce antibodies.",
    "先排除A、B，C和D中更倾向于前者。",
  ]);
});

it("reads the letter that alone fits the question", () => {
  expectAll("D", ["A选项的说法是正确的，但不符合题意；D才是符合题意的。"]);
});

it("keeps apart what is turned down, tried before or given by others from the answer", () => {
  expectAll("C", [
    "排除A、B，选C。",
    "首选C，次选D。",
    "我原本选了B，后来发现应该是C。",
    "最优是C。",
    "这题我猜C。",
    "C吧。",
    "C的可能性最大。",
    "答案序号：C",
  ]);
  expectAll("none", ["参考答案给的是B，我不同意。", "答案肯定不是B。", "应该不是B。"]);
});

it("takes no letter where several people give different ones, or where two are left open", () => {
  expectAll("none", [
    "护士长认为是C，住院医师认为是B，而主任认为是D。",
    "答案不是B就是D。",
    "根据分级，证据等级为B。",
    "推荐等级：B；证据级别：C",
  ]);
  expectAll("B+D", ["答案到底是B还是D，取决于检查结果。"]);
});

it("gives others only their own letter", () => {
  expectAll("D", [
    "（考生选B）答案：D",
    "很多同学误选B，正确答案是D。",
    "D以外的选项都可以排除。",
    "排除法可得D。",
    "综合比较，因此推荐D。",
  ]);
});
