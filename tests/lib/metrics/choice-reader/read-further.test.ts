import { describe, expect, it } from "vitest";
import {
  FURTHER_LANGUAGES,
  type FurtherLanguage,
  languageShownBy,
} from "../../../../src/lib/metrics/choice-reader/further-languages.js";
import { readFurther } from "../../../../src/lib/metrics/choice-reader/read-further.js";
import { furtherExamples } from "./further-examples.js";

const reading = (text: string, language: FurtherLanguage) =>
  readFurther(text, language, { allowed: "ABCD", options: null });
const examples = Object.entries(furtherExamples).flatMap(([language, texts]) =>
  texts.map(([text, letter]) => [language as FurtherLanguage, text, letter] as const),
);

describe("readFurther", () => {
  it.each(examples)("reads in %s: %s → %s", (language, text, letter) => {
    const { letters } = reading(text, language);
    expect(letters?.length === 1 ? letters[0] : null).toBe(letter);
  });

  it.each(examples)("recognizes %s by its script or its words: %s", (language, text) => {
    expect(languageShownBy(text)?.language).toBe(language);
  });

  it.each(FURTHER_LANGUAGES)("has ten examples or more in %s", (language) => {
    expect(furtherExamples[language].length).toBeGreaterThanOrEqual(10);
  });

  it("reads the end of a long text, and its beginning where the end states nothing", () => {
    const filler = "病態の説明が続く。".repeat(5000);
    const verdict = "正解はCです。";
    const { letters, start, end } = reading(filler + verdict, "ja");
    expect(letters).toEqual(["C"]);
    expect((filler + verdict).slice(start, end)).toBe("正解はC");
    expect(reading(verdict + filler, "ja").letters).toEqual(["C"]);
  });

  it.each(FURTHER_LANGUAGES)("reads 1 MB of its own phrases without stalling in %s", (language) => {
    const texts = furtherExamples[language].map(([text]) => text);
    const pumps = [texts.join(" "), `${texts[0]}${" ".repeat(500)}`, "A, ", " "];
    const started = process.cpuUsage().user;
    for (const pump of pumps) reading(pump.repeat(Math.ceil(1_000_000 / pump.length)), language);
    // About 0.1 s for all pumps; a pattern that backtracks takes minutes.
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(30);
  });
});

describe("languageShownBy", () => {
  it.each([
    ["答案是C。", null],
    ["这里引用了の字，答案是C。".padEnd(200, "正文"), null],
    ["The answer is C. α-blockers and β-blockers are contraindicated.", null],
    ["A resposta correta é a letra C, pois não há febre.", null],
    ["La respuesta correcta es C porque el paciente está estable.", null],
    ["Die richtige Antwort ist C.", null],
    ["По данным журнала «Терапия»: the answer is C.", "ru"],
  ])("takes %s as %s", (text, language) => {
    expect(languageShownBy(text)?.language ?? null).toBe(language);
  });

  it.each([
    ["Η σωστή απάντηση είναι C.", null],
    ["התשובה הנכונה היא C", null],
    ["সঠিক উত্তর C", null],
    ["சரியான விடை C", null],
    ["სწორი პასუხია C", null],
    ["ចម្លើយត្រឹមត្រូវគឺ C", null],
    ["Правильна відповідь: C, тому що її немає.", "ru"],
    ["پاسخ صحیح گزینه C است", "ar"],
  ])("knows that there is no pack for %s", (text, language) => {
    expect(languageShownBy(text)).toEqual({ language, hasNoPack: true });
  });
});
