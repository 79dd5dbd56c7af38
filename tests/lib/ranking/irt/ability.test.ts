import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  abilityEap,
  abilityMap,
  abilityMl,
  answerProbability,
  type CalibratedItem,
} from "../../../../src/lib/ranking/irt/ability.js";
import type { Answer } from "../../../../src/lib/ranking/irt/responses.js";

// Worked example of protocols.md P24.
const items = [
  { a: 1, b: -1 },
  { a: 1.5, b: 0 },
  { a: 0.8, b: 0.5 },
  { a: 2, b: 1 },
];
const answers: Answer[] = [1, 1, 0, 0];

const test = fc.array(
  fc.record({
    a: fc.double({ min: 0.2, max: 3, noNaN: true }),
    b: fc.double({ min: -3, max: 3, noNaN: true }),
    answer: fc.constantFrom<Answer>(0, 1, null),
  }),
  { minLength: 1, maxLength: 12 },
);
const split = (rows: readonly (CalibratedItem & { answer: Answer })[]) =>
  [rows.map(({ a, b }) => ({ a, b })), rows.map(({ answer }) => answer)] as const;

describe("abilities", () => {
  it.each([
    [0, 0.6457],
    [1, 0.8581],
    [-0.5, 0.5],
  ])(
    "give a correct answer to an item a = 1.2, b = -0.5 at ability %d with probability %d",
    (theta, chance) => {
      expect(answerProbability({ a: 1.2, b: -0.5 }, theta)).toBeCloseTo(chance, 4);
    },
  );

  it("reproduce the worked example by ML, MAP and EAP", () => {
    expect(abilityMl(items, answers).estimate).toBeCloseTo(0.323, 3);
    expect(abilityMl(items, answers).information).toBeCloseTo(1.508, 3);
    expect(abilityMl(items, answers).standardError).toBeCloseTo(0.814, 3);
    expect(abilityMap(items, answers).estimate).toBeCloseTo(0.192, 3);
    expect(abilityEap(items, answers).estimate).toBeCloseTo(0.1545, 4);
    expect(abilityEap(items, answers).standardError).toBeCloseTo(0.6577, 4);
  });

  it("have no ML value for all correct, all wrong or no answers, with a reason", () => {
    for (const pattern of [
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [null, null, null, null],
      [1, null, 1, null],
    ] as Answer[][]) {
      const result = abilityMl(items, pattern);
      expect(result.estimate).toBeNull();
      expect(result.reason).not.toBeNull();
      expect(Number.isFinite(abilityMap(items, pattern).estimate)).toBe(true);
      expect(Number.isFinite(abilityEap(items, pattern).estimate)).toBe(true);
    }
  });

  it("find the ML even with a wrongly keyed item, for which a correct answer suggests low ability", () => {
    // a = 1 right, a = -1 right at b = 0: the likelihood p (1 - p) peaks at 0
    expect(
      abilityMl(
        [
          { a: 1, b: 0 },
          { a: -1, b: 0 },
        ],
        [1, 1],
      ).estimate,
    ).toBeCloseTo(0, 10);
    expect(
      abilityMl(
        [
          { a: 1, b: 0 },
          { a: -1, b: 0 },
        ],
        [1, 0],
      ).estimate,
    ).toBeNull();
  });

  it("never decrease when a wrong answer becomes correct", () => {
    fc.assert(
      fc.property(test, (rows) => {
        const [bank, given] = split(rows);
        const first = given.indexOf(0);
        if (first < 0) return;
        const better = given.map((answer, i) => (i === first ? 1 : answer));
        expect(abilityMap(bank, better).estimate!).toBeGreaterThan(abilityMap(bank, given).estimate!);
        expect(abilityEap(bank, better).estimate!).toBeGreaterThan(abilityEap(bank, given).estimate!);
      }),
    );
  });

  it("approach the ML as the prior widens", () => {
    expect(abilityMap(items, answers, { sd: 1e4 }).estimate).toBeCloseTo(
      abilityMl(items, answers).estimate!,
      6,
    );
  });

  it("stay exact on a test of 2,000 items: EAP and MAP agree", () => {
    const bank = Array.from({ length: 2000 }, (_, i) => ({ a: 1.5, b: -2 + i / 500 }));
    const given = bank.map(({ b }): Answer => (b < 0.3 ? 1 : 0));
    const map = abilityMap(bank, given);
    const eap = abilityEap(bank, given);
    expect(eap.estimate).toBeCloseTo(map.estimate!, 3);
    expect(eap.standardError! / map.standardError!).toBeCloseTo(1, 2);
  });
});
