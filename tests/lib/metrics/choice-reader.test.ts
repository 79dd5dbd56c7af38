import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certainRules } from "../../../src/lib/metrics/choice-reader/certain-rules.js";
import { LANGUAGES } from "../../../src/lib/metrics/choice-reader/language-packs.js";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const options = {
  A: "Bloodletting",
  B: "Watchful waiting",
  C: "Coronary angiography",
  D: "Referral",
  E: "None",
};
const answerOf = (text: string) => readChoice(text, options).answer;

describe("readChoice", () => {
  it.each([
    ["D", "D"],
    ["ｂ", "B"],
    ["Ｃ", "C"],
    ["<E>", "E"],
    ["**(D)**", "D"],
    ["C.", "C"],
    ["答案：Ｂ。", "B"],
    ["经分析，故选C。", "C"],
    ["正确答案是 A，因为该患者血压偏低。其余选项均不恰当。", "A"],
    ["因此，正确选项为**D**", "D"],
    ["The correct answer is (B): Watchful waiting, since the lesion is stable.", "B"],
    ["I would choose option D here.", "D"],
    ["The answer is A because of the murmur.", "A"],
    ["A resposta correta é:\n\n**C) Coronariografia**\n\nA paciente tem dor.", "C"],
    ["Resposta: **A**\n\nA alternativa B está incorreta.", "A"],
    ["Gabarito: D ✅", "D"],
    ["Die richtige Antwort lautet B, weil die Beschwerden bestehen.", "B"],
    ["La respuesta correcta es la opción C.", "C"],
    ['{"answer": "B", "reasoning": "A case of A and C"}', "B"],
    ['```json\n{\n  "final_answer": "D) Referral"\n}\n```', "D"],
    ["so we get $\\boxed{\\text{C}}$", "C"],
    ["reasoning… <answer>E</answer>", "E"],
    ["B) Watchful waiting\n\nC would be too invasive.", "B"],
    ["Most guidelines favour\n\n**D**", "D"],
  ])("reads %j as %s", (text, letter) => {
    expect(readChoice(text, options)).toMatchObject({ answer: letter, letters: [letter], status: "ok" });
  });

  it("never reads the Portuguese article or a capital letter in running text as an answer", () => {
    for (const text of [
      "A paciente apresenta dor há três dias.",
      "Resposta:\n\nA paciente deve ser internada.",
      "A 45-year-old man with hepatitis B and raised C-reactive protein.",
      "I think more data are needed; vitamin D was low.",
    ])
      expect(answerOf(text)).toBeNull();
  });

  it("takes the last verdict after a self-correction", () => {
    expect(answerOf("The answer is B. Wait, on reflection the correct answer is D.")).toBe("D");
    expect(answerOf("A) Sangria\n\nJustificativa: não. Portanto, a resposta correta é a C.")).toBe("C");
  });

  it("reads the verdict at the end of the response, whatever punctuation follows it", () => {
    for (const text of ["So the best answer is C.", "答案：**C**。\n\n", "Resposta: (C) ✅"])
      expect(readChoice(text, options)).toMatchObject({ answer: "C", readBy: "closing-verdict" });
    expect(readChoice("The answer is C, as said above.", options).readBy).toBe("verdict");
    expect(readChoice("The answer is not C.", options).answer).toBeNull();
  });

  it("does not read a denied option as the answer", () => {
    expect(answerOf("The answer is C. The answer is not B.")).toBe("C");
    expect(answerOf("答案不是A，应选B。")).toBe("B");
    expect(answerOf("A resposta correta é D. Não marcar B.")).toBe("D");
  });

  it("does not read the first option of a discussion of all options as a verdict", () => {
    for (const opening of ["Let us go through each option:", "Vamos analisar cada alternativa:"])
      expect(answerOf(`${opening}\n\n**A)** ${"unlikely here ".repeat(40)}`)).toBeNull();
  });

  it("prefers the verdict at the start to one that a later discussion of the options seems to contain", () => {
    const walk = "Neither age nor history fit the other courses. ".repeat(10);
    expect(answerOf(`The correct answer is C, see below. ${walk}Their answer: B, they say. ${walk}`)).toBe(
      "C",
    );
  });

  it("drops reasoning blocks, whether closed, unclosed or without their opening tag", () => {
    expect(answerOf("<think>The answer is A.</think>The answer is C.")).toBe("C");
    expect(answerOf("The answer is A.</think>B")).toBe("B");
    expect(readChoice("<think>The answer is A.", options)).toMatchObject({
      answer: null,
      status: "truncated",
    });
  });

  it("reads no answer if two letters are given for a single-answer item", () => {
    for (const text of ["A, C", "<B,D>", "The answer is A and C.", "答案：A、C。"])
      expect(readChoice(text, options)).toMatchObject({ answer: null, status: "multiple" });
    expect(readChoice("C, C", options)).toMatchObject({ answer: "C", status: "ok" });
  });

  it("gives all letters in order if several are allowed", () => {
    for (const text of [
      "CA",
      "<C, A>",
      "答案：C、A。",
      '{"answer": ["C", "A"]}',
      "The correct answers are C and A.",
    ])
      expect(readChoice(text, options, { multiple: true })).toMatchObject({ answer: "AC", status: "ok" });
  });

  it("distinguishes refusals in five languages from answers", () => {
    for (const text of [
      "抱歉，我无法回答这个问题。",
      "I'm sorry, but I cannot provide medical advice.",
      "Desculpe, não posso responder a essa pergunta.",
      "Es tut mir leid, ich kann diese Frage nicht beantworten.",
      "Lo siento, no puedo responder a esta pregunta.",
    ])
      expect(readChoice(text, options)).toMatchObject({ answer: null, status: "refused", readBy: "refused" });
    expect(answerOf("I'm sorry for the delay. The answer is B.")).toBe("B");
  });

  it("reads an option by its words when no letter is given", () => {
    expect(readChoice("Coronary angiography", options)).toMatchObject({
      answer: "C",
      readBy: "option-quoted",
    });
    expect(readChoice("I would go for watchful waiting.", options).answer).toBe("B");
    expect(readChoice("Coronary angiography or referral", options).answer).toBeNull();
  });

  it("skips letters that are not an option of the item, and reads letters beyond E if the item has them", () => {
    expect(readChoice("H", options)).toMatchObject({ answer: null, status: "invalid" });
    expect(readChoice("The answer is H.", { ...options, H: "Rest" }).answer).toBe("H");
    expect(readChoice("J", null).answer).toBe("J");
  });

  it("does not read the letter of an organism as an option", () => {
    for (const text of [
      "The answer is E. coli.",
      "E. coli is the most common cause.",
      "The most likely cause is E. coli, seen in 80 %.",
      '{"answer": "E. coli"}',
      "\\boxed{C. difficile}",
      "I would choose option E. coli here.",
    ]) {
      expect(answerOf(text), text).toBeNull();
      expect(readChoice(text, null).answer, text).toBeNull();
    }
    const organisms = { A: "S. aureus", B: "E. coli", C: "C. difficile", D: "E. faecalis", E: "None" };
    expect(readChoice("The answer is E. coli.", organisms).answer).toBe("B");
    expect(readChoice("E. coli is the most common cause.", organisms).answer).toBe("B");
  });

  it("reads a letter before its own option's text in lower case", () => {
    for (const text of [
      "The answer is B. watchful waiting, not referral or coronary angiography.",
      "B. watchful waiting, since neither referral nor coronary angiography helps.",
      '{"answer": "B. watchful waiting"}',
    ])
      expect(answerOf(text), text).toBe("B");
  });

  it("reads the set of several lettered lines, but not a discussion of all options", () => {
    const several = (text: string) => readChoice(text, options, { multiple: true });
    for (const text of [
      "A. foo\nC. bar",
      "C) Coronary angiography\r\nA) Bloodletting\r\n",
      "- **A.** Bloodletting\n\n- **C.** Coronary angiography",
      "选项A、放血\n选项C、造影",
    ])
      expect(several(text), text).toMatchObject({ answer: "AC", readBy: "lettered-lines" });
    expect(several("A. no\nB. no\nC. yes\nD. no\nE. no").readBy).not.toBe("lettered-lines");
    expect(several("A. foo\nC. bar\n\nThe correct answers are B and D.").answer).toBe("BD");
  });

  it("has status empty for white space", () => {
    for (const text of ["", " \n\t", "**", "　"])
      expect(readChoice(text, options)).toMatchObject({ answer: null, status: "empty", readBy: "empty" });
  });

  it("does not change when text is added before a final verdict", () => {
    const prose = fc.array(
      fc.constantFrom("pain", "PA 120x80", "vitamin D", "não", "患者", "(3)", "\n", "A mother", ";"),
    );
    fc.assert(
      fc.property(prose, fc.constantFrom("A", "B", "C", "D", "E"), (words, letter) => {
        expect(answerOf(`${words.join(" ")}\nThe best answer is ${letter}.`)).toBe(letter);
      }),
    );
  });

  it("always gives a status that matches its letters, for any input", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.boolean(), (text, multiple) => {
        const { answer, letters, status } = readChoice(text, options, { multiple });
        expect(answer === null).toBe(status !== "ok");
        if (status === "ok") expect(letters.join("")).toBe(answer);
        if (status === "multiple") expect(letters.length).toBeGreaterThan(1);
        expect(letters.every((letter) => letter in options)).toBe(true);
      }),
    );
  });
});

describe("reading rules", () => {
  it("use only syntax that JavaScript and RE2 share", () => {
    for (const { name, pattern, letters, unless = "" } of certainRules(LANGUAGES)) {
      const source = `${pattern} ${letters} ${unless}`.replaceAll("\\\\", "");
      expect(source, name).not.toMatch(/\(\?[=!<P]|\\[bBwWsSdD]/u);
    }
  });
});
