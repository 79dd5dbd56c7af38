import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { goldLetters } from "../../../src/lib/scorers/gold-letters.js";

const options = { A: "tea", B: "rest", C: "ice", D: "salt" };
const one = (gold: unknown, given: Parameters<typeof goldLetters>[1] = options) =>
  goldLetters(gold, given, { scorer: "choice", several: false }).join("");
const several = (gold: unknown, given: Parameters<typeof goldLetters>[1] = options) =>
  goldLetters(gold, given, { scorer: "set", several: true }).join("");

/** Message and hint of a refusal, as one text. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return `${error.message}; ${error.hint ?? ""}`;
    throw error;
  }
  return "not refused";
}

describe("gold of an item with one answer", () => {
  it.each([
    "B",
    "b",
    " B\n",
    "B.",
    "B。",
    "B)",
    "(B)",
    "（B）",
    "[B]",
    "【B】",
    "<B>",
    '"B"',
    "**B**",
    "Ｂ",
    "Ｂ．",
    "选项B",
    "B选项",
    "B项",
    "答案：B",
    "正确答案是B",
    "Answer: B",
    "The correct answer is (B).",
    "Option B",
    "Resposta: B",
    "Gabarito B",
    "B. rest",
    "B rest",
    "(B) Rest.",
    "B、rest",
    "B: REST",
    '["B"]',
    ["B"],
    ["B."],
    ["B", "b"],
  ])("is the letter B: %j", (gold) => {
    expect(one(gold)).toBe("B");
  });

  it.each<[unknown, RegExp]>([
    ["F", /gold is "F", which is no option of the item \(A, B, C, D\)/],
    ["F. rest", /which is no option|not that of the option with its letter/],
    ["C. rest", /whose text is not that of the option with its letter/],
    ["rest", /which is the text of option B; map the letter .*list_position/],
    ["Rest.", /which is the text of option B/],
    ["tea and rest", /which is no option of the item/],
    [1, /a number is a position: .*chr\(65 \+ CAST\(answer AS INTEGER\)\) if the first option is 0, chr\(64/],
    [0, /a number is a position/],
    ["2", /a number is a position/],
    ["2.0", /a number is a position/],
    ["②", /a number is a position/],
    [-1, /a negative number usually means that the answer is not published: map CASE WHEN answer >= 0/],
    ["-1", /a negative number/],
    [[1], /positions?/],
    ["AC", /several options where the item has one answer/],
    [["A", "C"], /several options where the item has one answer.*scorer set/],
    ["A or B", /alternatives/],
    ["A/B", /alternatives/],
    ["A或B", /alternatives/],
    ["A-C", /no option/],
    ["", /names no option/],
    [[], /names no option/],
    ["N/A", /no option|alternatives/],
    ["None of the above", /no option/],
    ["以上都不是", /no option/],
    ["?", /no option/],
    [true, /expected an option letter/],
    [{ answer: "B" }, /gold is {"answer":"B"}, expected an option letter/],
    [["A", 1], /position/],
    [[["B"]], /expected an option letter/],
  ])("is refused with the options or what to write: %j", (gold, message) => {
    expect(refusal(() => one(gold))).toMatch(message);
  });

  it("may be any letter that is read where the options are not known, and no other", () => {
    expect(one("L", null)).toBe("L");
    expect(one("b.", null)).toBe("B");
    expect(refusal(() => one("M", null))).toMatch(
      /A, B, .*, L, the letters that are read where the options are not known/,
    );
    // Nothing confirms the text.
    expect(refusal(() => one("B. rest", null))).toMatch(/no option/);
    expect(refusal(() => one("rest", null))).toMatch(/no option/);
  });

  it("is compared with the options that have a text, in capital letters", () => {
    expect(one("C", { a: "tea", b: "rest", c: "ice" })).toBe("C");
    expect(refusal(() => one("C", { A: "tea", B: "rest", C: null }))).toMatch(
      /no option of the item \(A, B\)/,
    );
  });

  it.each<[string, unknown]>([
    ["numbers", { "1": "tea", "2": "rest" }],
    ["words", { first: "tea", second: "rest" }],
    ["one letter twice", { a: "tea", A: "rest" }],
    ["nothing", {}],
    ["a list", ["tea", "rest"]],
    ["a text", "A. tea B. rest"],
  ])("is refused where the options are named by %s, with what to write", (_, given) => {
    for (const gold of ["A", "2", "rest"])
      expect(refusal(() => one(gold, given as Parameters<typeof goldLetters>[1]))).toMatch(
        /the options of the item are .*, expected an object from letter to text; map options by letter/,
      );
  });

  it("is the letter, not the text, where the text of another option is that letter", () => {
    // Blood groups.
    const groups = { A: "B", B: "A", C: "AB", D: "O" };
    expect(one("B", groups)).toBe("B");
    expect(refusal(() => one("AB", groups))).toMatch(/text of option C/);
    expect(refusal(() => several("AB", groups))).toMatch(/text of option C/);
  });
});

describe("gold of an item with several answers", () => {
  it.each<[unknown, string]>([
    ["AC", "AC"],
    ["ac", "AC"],
    ["CA", "CA"],
    ["A,C", "AC"],
    ["A, C", "AC"],
    ["a, c", "AC"],
    ["A、C", "AC"],
    ["A，C", "AC"],
    ["A；C", "AC"],
    ["A|C", "AC"],
    ["A C", "AC"],
    ["A+C", "AC"],
    ["A & C", "AC"],
    ["A和C", "AC"],
    ["A 和 C", "AC"],
    ["A、B和D", "ABD"],
    ["A以及C", "AC"],
    ["A and C", "AC"],
    ["A, B and D", "ABD"],
    ["A e C", "AC"],
    ["(A)(C)", "AC"],
    ["（A）、（C）", "AC"],
    ["ＡＣ", "AC"],
    ["A.C.", "AC"],
    ["答案：A、C", "AC"],
    ["选项A和选项C", "AC"],
    ["Answers: A, C", "AC"],
    ["Option A and Option C", "AC"],
    ['["A","C"]', "AC"],
    ["['A', 'C']", "AC"],
    [["A", "C"], "AC"],
    [["a", "(c)"], "AC"],
    [["A. tea", "C. ice"], "AC"],
    [["AC"], "AC"],
    [["A", "C", "A"], "AC"],
    ["B", "B"],
    ["A. tea\nC. ice", "AC"],
    ["A. tea; C. ice", "AC"],
    ["A. tea、C. ice", "AC"],
    ["ABCD", "ABCD"],
  ])("is read from %j", (gold, letters) => {
    expect(several(gold)).toBe(letters);
  });

  it.each<[unknown, RegExp]>([
    ["AE", /no option/],
    [["A", "F"], /which has F, which is no option of the item \(A, B, C, D\)/],
    [["AC", "BD"], /several letters in one entry/],
    ["A,C or B,D", /alternatives/],
    ["A. tea; C. rest", /not that of the option/],
    [[0, 2], /list_transform\(answers, lambda n: chr\(65 \+ n\)\)/],
    [["0", "2"], /list_transform/],
    ["tea", /text of option A/],
    [["tea", "ice"], /text of option A/],
    [[], /names no option/],
    [["A", null], /expected option letters/],
    ["AAC", /no option/],
    ["dab", /no option/],
    ["以上均正确", /no option/],
  ])("is refused where it is %j", (gold, message) => {
    expect(refusal(() => several(gold))).toMatch(message);
  });

  it("is no word that happens to consist of options", () => {
    const diseases = { A: "CAD", B: "asthma", C: "gout", D: "flu" };
    expect(refusal(() => several("CAD", diseases))).toMatch(/text of option A/);
    expect(refusal(() => several("bad", null))).toMatch(/no option/);
    expect(refusal(() => several("CAD", null))).toMatch(/no option/);
    expect(several("ACD", null)).toBe("ACD");
  });

  it("is read back from every spelling of every set of letters", () => {
    const letters = fc.subarray(["A", "B", "C", "D"], { minLength: 1 });
    const joint = fc.constantFrom("", " ", ",", ", ", "、", "，", ";", "|", "和", " and ");
    const frame = fc.constantFrom(
      (letter: string) => letter,
      (letter: string) => `(${letter})`,
      (letter: string) => `【${letter}】`,
    );
    fc.assert(
      fc.property(letters, joint, frame, (set, between, framed) => {
        expect(several(set.map(framed).join(between))).toBe(set.join(""));
      }),
    );
  });

  it("never fails other than by a refusal, and gives only options of the item", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.option(fc.jsonValue()), (gold, given) => {
        let read: string[];
        try {
          read = goldLetters(gold, given as Parameters<typeof goldLetters>[1], {
            scorer: "set",
            several: true,
          });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        const keys =
          given === null ? [..."ABCDEFGHIJKL"] : Object.keys(given as object).map((key) => key.toUpperCase());
        for (const letter of read) expect(keys).toContain(letter);
      }),
    );
  });
});
