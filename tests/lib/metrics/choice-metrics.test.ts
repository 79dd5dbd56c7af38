import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choiceMetrics, likelihoodChoice } from "../../../src/lib/metrics/choice-metrics.js";
import { majority, passAtK, voteEntropy } from "../../../src/lib/metrics/self-consistency.js";

describe("choiceMetrics", () => {
  const answers = ["A", "A", "B", "B", "C", "C", "C", "C", null, "A"];
  const items = [..."AAABBCCCCD"].map((gold, i) => ({
    gold,
    answer: answers[i] as string | null,
    nOptions: i < 5 ? 4 : 5,
  }));

  it("reproduces the worked example of P02", () => {
    const metrics = choiceMetrics(items);
    expect(metrics.accuracy).toEqual({ estimate: 0.6, numerator: 6, denominator: 10 });
    expect(metrics.macro?.f1).toBeCloseTo(0.4792, 4);
    expect(metrics.weighted?.f1).toBeCloseTo(0.6, 12);
    expect(metrics.micro?.precision).toBeCloseTo(0.6667, 4);
    expect(metrics.micro?.f1).toBeCloseTo(0.6316, 4);
    // mean of five 1/4 and five 1/5
    expect(metrics.chanceLevel).toBeCloseTo(0.225, 12);
    expect(metrics.aboveChance).toBeCloseTo(0.375, 12);
  });

  it("keeps a letter outside gold out of the macro average, but counts it as an answer", () => {
    const metrics = choiceMetrics([
      { gold: "A", answer: "A" },
      { gold: "A", answer: "E" },
    ]);
    expect([...metrics.perLetter.keys()]).toEqual(["A"]);
    expect(metrics.micro?.precision).toBe(0.5);
    expect(metrics.chanceLevel).toBeNull();
    expect(choiceMetrics([])).toMatchObject({ accuracy: { estimate: null }, macro: null });
  });
});

describe("majority", () => {
  it("gives a tie to the answer that first reached the largest count", () => {
    expect(majority(["A", "B", "B", "A"])).toEqual({ winner: "B", voteShare: 0.5, isTied: true });
    expect(majority(["A", "B", "A"])).toEqual({ winner: "A", voteShare: 2 / 3, isTied: false });
    expect(majority([])).toBeNull();
  });

  it("has a winner with at least as many votes as any other answer", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("A", "B", "C"), { minLength: 1 }), (answers) => {
        const { winner, voteShare } = majority(answers) ?? { winner: "", voteShare: 0 };
        const count = (letter: string) => answers.filter((answer) => answer === letter).length;
        expect(count(winner)).toBe(Math.max(count("A"), count("B"), count("C")));
        expect(voteShare).toBeCloseTo(count(winner) / answers.length, 12);
      }),
    );
  });
});

describe("passAtK", () => {
  it.each([
    [1, 0.4],
    [2, 0.7],
    [3, 0.9],
    [4, 1],
    [5, 1],
  ])("of 5 samples with 2 right at k = %i is %d (P02)", (k, expected) => {
    expect(passAtK(5, 2, k)).toBeCloseTo(expected, 12);
  });

  it("grows with k, is c/n at k = 1 and stays finite for thousands of samples", () => {
    const counts = fc
      .integer({ min: 1, max: 3000 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
    fc.assert(
      fc.property(counts, ([n, c]) => {
        expect(passAtK(n, c, 1)).toBeCloseTo(c / n, 12);
        expect(passAtK(n, c, n)).toBe(c > 0 ? 1 : 0);
        if (n > 1) expect(passAtK(n, c, 2)).toBeGreaterThanOrEqual(passAtK(n, c, 1) - 1e-12);
      }),
    );
    expect(() => passAtK(5, 2, 6)).toThrow(/k=6/);
  });
});

describe("voteEntropy", () => {
  it("is 1.6477 bits, normalized 0.8239, for votes .5 .3 .15 .05 (P02)", () => {
    const entropy = voteEntropy([0.5, 0.3, 0.15, 0.05]);
    expect(entropy?.bits).toBeCloseTo(1.6477, 4);
    expect(entropy?.normalized).toBeCloseTo(0.8239, 4);
  });

  it("is 0 for a unanimous vote, 1 (normalized) for an even split, null without votes", () => {
    expect(voteEntropy([7, 0, 0])).toEqual({ bits: 0, normalized: 0 });
    expect(voteEntropy([2, 2, 2, 2])?.normalized).toBe(1);
    expect(voteEntropy([0, 0])).toBeNull();
    expect(voteEntropy([3])?.normalized).toBeNull();
    expect(() => voteEntropy([-1])).toThrow(/must be >= 0/);
  });
});

describe("likelihoodChoice", () => {
  it("takes the first on ties, normalizes by length when lengths are given", () => {
    expect(likelihoodChoice({ A: -4, B: -2, C: -2 })).toEqual({ letter: "B", isTied: true });
    expect(likelihoodChoice({ A: -4, B: -2 }, { A: 4, B: 1 })).toEqual({ letter: "A", isTied: false });
    expect(likelihoodChoice({})).toBeNull();
  });
});
