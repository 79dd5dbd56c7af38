import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bleu } from "../../../src/lib/metrics/bleu.js";
import { chrf } from "../../../src/lib/metrics/chrf.js";
import { bestReference, rougeL, rougeN } from "../../../src/lib/metrics/rouge.js";
import { tokenize } from "../../../src/lib/metrics/tokenization.js";

const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
const zh = ["急性胃肠炎伴脱水", "急性胃炎伴轻度脱水"].map((text) => tokenize(text, "zh")) as [
  string[],
  string[],
];
const en = ["the patient has acute gastritis", "the patient is diagnosed with acute gastritis"].map((text) =>
  tokenize(text, "en"),
) as [string[], string[]];

describe("ROUGE", () => {
  it("reproduces the worked Chinese and English examples of P13", () => {
    expect(rougeN(...zh, 1).f1).toBeCloseTo(0.8235, 4);
    expect(rougeN(...zh, 2).f1).toBeCloseTo(0.5333, 4);
    expect(rougeL(...zh).f1).toBeCloseTo(0.8235, 4);
    expect([rougeN(...en, 1).f1, rougeN(...en, 2).f1, rougeL(...en).f1].map((f) => f.toFixed(4))).toEqual([
      "0.6667",
      "0.4000",
      "0.6667",
    ]);
  });

  it("swaps precision and recall when the texts are swapped, and never exceeds 1", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        for (const score of [(x: string[], y: string[]) => rougeN(x, y, 2), rougeL]) {
          const [one, two] = [score(a, b), score(b, a)];
          expect([one.precision, one.recall, one.f1]).toEqual([two.recall, two.precision, two.f1]);
          expect(one.f1).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("takes the best of several references, and is null without references", () => {
    expect(bestReference([["x"], ["a"]], (reference) => rougeN(["a"], reference, 1))?.f1).toBe(1);
    expect(bestReference([], (reference) => rougeN(["a"], reference, 1))).toBeNull();
  });
});

describe("bleu", () => {
  it("gives BLEU-2 0.4239 for the worked English pair of P13", () => {
    const { score, precisions, brevityPenalty } = bleu([en[0]], [[en[1]]], { maxOrder: 2 });
    expect(precisions).toEqual([0.8, 0.5]);
    expect(brevityPenalty).toBeCloseTo(0.6703, 4);
    expect(score).toBeCloseTo(42.39, 2);
  });

  it("is 100 for a text against itself once it has four tokens", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c"), { minLength: 4 }), (tokens) => {
        expect(bleu([tokens], [[tokens]]).score).toBeCloseTo(100, 9);
      }),
    );
  });

  it("is 0 without smoothing if any order has no match", () => {
    expect(bleu([["a", "b", "c", "d"]], [[["a", "b", "x", "d"]]], { smoothing: "none" }).score).toBe(0);
    expect(() => bleu([["a"]], [[]])).toThrow(/non-empty list of references/);
  });
});

describe("chrf", () => {
  it("ignores white space, keeps case and is 100 for equal texts", () => {
    expect(chrf("a b", ["ab"])).toBeCloseTo(100, 12);
    expect(chrf("AB", ["ab"])).toBe(0);
    expect(chrf("", ["ab"])).toBe(0);
    expect(() => chrf("a", [])).toThrow(/at least one reference/);
  });

  it("uses the best reference", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { minLength: 1, maxLength: 3 }), (text, references) => {
        expect(chrf(text, references)).toBe(Math.max(...references.map((one) => chrf(text, [one]))));
      }),
    );
  });
});
