import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeLevelScores, icd10Category, icd10Chapter } from "../../../src/lib/metrics/code-levels.js";
import {
  binaryFindings,
  diagnosisMetrics,
  recordKey,
  scoreLabel,
} from "../../../src/lib/metrics/single-label.js";
import { normalizeLabel, normalizeText } from "../../../src/lib/metrics/text-normalization.js";

describe("codeLevelScores", () => {
  it("reproduces 0.3333, 0.6667 and 0.6667 at full, category and chapter level (P14)", () => {
    const scores = codeLevelScores([
      { gold: ["I21.0", "E11.9", "N17.9"], predicted: ["I21.4", "E11.9", "J18.9"] },
    ]);
    for (const key of ["precision", "recall", "f1"] as const) {
      expect(scores.full[key]).toBeCloseTo(0.3333, 4);
      expect(scores.category[key]).toBeCloseTo(0.6667, 4);
      expect(scores.chapter[key]).toBeCloseTo(0.6667, 4);
    }
  });

  it("counts a predicted code outside the hierarchy as a false positive", () => {
    const { chapter } = codeLevelScores([{ gold: ["I21.0"], predicted: ["I21.0", "发热"] }]);
    expect(chapter).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3, n: 1 });
    expect(codeLevelScores([{ gold: ["??"], predicted: ["??"] }]).chapter.f1).toBe(0);
  });

  it("leaves out items without gold codes and is undefined when none is left", () => {
    expect(codeLevelScores([{ gold: [], predicted: ["I21.0"] }]).full).toMatchObject({ f1: null, n: 0 });
    expect(codeLevelScores([{ gold: ["I21"], predicted: [] }]).full).toMatchObject({
      precision: 0,
      recall: 0,
      f1: 0,
    });
  });

  it.each([
    ["i21.0", "I21", "IX"],
    ["H59.9", "H59", "VII"],
    ["H60", "H60", "VIII"],
    ["D48.1", "D48", "II"],
    ["D50", "D50", "III"],
    ["T98.3", "T98", "XIX"],
    ["O9A.2", "O9A", "XV"],
    ["U07.1", "U07", "XXII"],
  ])("places %s in category %s and chapter %s", (code, category, chapter) => {
    expect([icd10Category(code), icd10Chapter(code)]).toEqual([category, chapter]);
  });

  it("gives every letter-digit-digit category except unused ones a chapter", () => {
    const letters = fc.constantFrom(..."ABCFGIJLMNQRSVWXYZU");
    fc.assert(
      fc.property(letters, fc.integer({ min: 0, max: 99 }), (letter, number) => {
        expect(icd10Chapter(letter + String(number).padStart(2, "0"))).not.toBeNull();
      }),
    );
  });
});

describe("scoreLabel", () => {
  it("ignores differences in width, case, white space, final punctuation and synonyms", () => {
    const synonyms = new Map([["心梗", "心肌梗死"]]);
    expect(scoreLabel("心梗。", "心肌梗死", { synonyms }).score).toBe(1);
    expect(scoreLabel(" Type  2 Diabetes. ", "type 2 diabetes").score).toBe(1);
    expect(scoreLabel("ＣＯＰＤ", ["asthma", "copd"]).score).toBe(1);
    expect(scoreLabel("可能是心梗", "心肌梗死", { synonyms }).score).toBe(0);
    expect(scoreLabel("。", "x")).toMatchObject({
      score: null,
      status: "empty",
      parts: { correct: 0, total: 1 },
    });
  });
});

describe("diagnosisMetrics", () => {
  it("makes one row per distinct diagnosis and leaves items without a diagnosis out of F1", () => {
    // rows (a, a), (a, b), (b, b): weighted F1 = (2/3)·(2/3) + (1/3)·(2/3)
    const { rows, failed } = diagnosisMetrics([
      { gold: "a", predicted: ["a", "b", "a"] },
      { gold: "b", predicted: ["b"] },
      { gold: "b", predicted: [] },
    ]);
    expect(rows.n).toBe(3);
    expect(rows.weighted?.f1).toBeCloseTo(2 / 3, 12);
    expect(failed).toMatchObject({ numerator: 1, denominator: 3 });
  });
});

describe("binaryFindings", () => {
  const items = [
    { gold: true, answer: true },
    { gold: true, answer: null },
    { gold: false, answer: null },
    { gold: false, answer: true },
  ];

  it("counts a missing answer as negative, wrong or not at all, depending on the option", () => {
    const counts = (unanswered?: "negative" | "wrong" | "excluded") => {
      const { sensitivity, specificity } = binaryFindings(items, unanswered);
      return [sensitivity.numerator, sensitivity.denominator, specificity.numerator, specificity.denominator];
    };
    expect(counts()).toEqual([1, 2, 1, 2]);
    expect(counts("wrong")).toEqual([1, 2, 0, 2]);
    expect(counts("excluded")).toEqual([1, 1, 0, 1]);
  });

  it("has no F1 without positives on either side", () => {
    expect(binaryFindings([{ gold: false, answer: false }])).toMatchObject({
      f1: null,
      sensitivity: { estimate: null, reason: "no positive case" },
      specificity: { estimate: 1 },
    });
    // tp 1, fn 1, fp 1
    expect(binaryFindings(items).f1).toBe(0.5);
  });
});

describe("recordKey", () => {
  it("is the same for fields in any order and lists as sets, and differs when one attribute does", () => {
    const key = recordKey({ type: "症状", text: "Ｆever", sites: ["a", "b"] });
    expect(recordKey({ sites: ["b", "a", "a"], text: "fever", type: "症状" })).toBe(key);
    expect(recordKey({ type: "症状", text: "fever", sites: ["a"] })).not.toBe(key);
    expect(recordKey({ type: null })).not.toBe(recordKey({ type: "null" }));
  });
});

describe("text normalization", () => {
  it("is idempotent, even if final marks and spaces alternate", () => {
    expect(normalizeLabel("a. .")).toBe("a");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
        expect(normalizeLabel(normalizeLabel(text))).toBe(normalizeLabel(text));
      }),
    );
  });
});
