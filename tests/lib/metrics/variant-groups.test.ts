import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusingPairs } from "../../../src/lib/metrics/confusing-pairs.js";
import { genuineAccuracy, type TripletRole } from "../../../src/lib/metrics/genuine-accuracy.js";
import { probingPairs } from "../../../src/lib/metrics/probing-pairs.js";
import { type VariantAnswer, variantGroups } from "../../../src/lib/metrics/variant-groups.js";

const texts = ["one", "two", "three", "four", "five"];

/** Five rotations of five options whose correct text is "one"; the answers are texts, null for none. */
function group(name: string, answers: readonly (string | null)[]): VariantAnswer[] {
  return answers.map((text, turn) => {
    const order = texts.map((_, i) => texts[(i + turn) % 5] as string);
    const letter = (wanted: string) => "ABCDE"[order.indexOf(wanted)] as string;
    const options = Object.fromEntries(order.map((option, i) => ["ABCDE"[i] as string, option]));
    return { group: name, variant: String(turn), gold: letter("one"), answer: text && letter(text), options };
  });
}

const right = (k: number) => texts.map((_, i) => (i < k ? "one" : "two"));

describe("variantGroups", () => {
  it("gives task 1/3, rows 9/15, more_4 2/3 and more_5 1/3 for 5, 4 and 0 correct rows (P01.4-1)", () => {
    const result = variantGroups([...group("a", right(5)), ...group("b", right(4)), ...group("c", right(0))]);
    expect(result.allRight).toEqual({ estimate: 1 / 3, numerator: 1, denominator: 3 });
    expect(result.rowAccuracy.estimate).toBe(0.6);
    expect(result.meanGroupFraction).toBeCloseTo(0.6, 12);
    expect(result.moreK.map(({ numerator }) => numerator)).toEqual([2, 2, 2, 2, 1]);
    // majorities over texts: one, one, two; consistent throughout: a and c
    expect(result.voteAccuracy).toMatchObject({ numerator: 2, denominator: 3 });
    expect(result.consistency).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it("shows position bias for a system that always answers A while gold letters are even", () => {
    const rows = group("a", right(5)).map((row) => ({ ...row, answer: "A" }));
    const { letterShare, goldShare, rowAccuracy, allRight } = variantGroups(rows);
    expect([...letterShare]).toEqual([["A", 1]]);
    expect([...goldShare.values()]).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
    expect([rowAccuracy.numerator, allRight.numerator]).toEqual([1, 0]);
  });

  it("counts a group with a missing, an unanswered or a surplus row as wrong and lists it", () => {
    const missing = variantGroups(group("a", right(5)).slice(1));
    expect(missing.groups[0]).toMatchObject({ isRight: false, isComplete: false, right: 4 });
    expect(missing.rowAccuracy).toMatchObject({ numerator: 4, denominator: 5 });
    expect(variantGroups(group("a", ["one", "one", "one", "one", null])).allRight.numerator).toBe(0);
    const surplus = [...group("a", right(5)), { group: "a", variant: "5", gold: "A", answer: "A" }];
    const { allRight, moreK } = variantGroups(surplus);
    expect([allRight.numerator, moreK[3]?.numerator, moreK[4]?.numerator]).toEqual([0, 1, 0]);
  });

  it("drops a repeated variant and counts it", () => {
    const rows = group("a", right(5));
    const result = variantGroups([...rows, { ...(rows[0] as VariantAnswer), answer: "E" }]);
    expect(result.nDuplicate).toBe(1);
    expect(result.allRight.numerator).toBe(1);
  });

  it("has no votes without option texts and nothing without groups", () => {
    const rows = group("a", right(5)).map(({ options: _, ...row }) => row);
    expect(variantGroups(rows).voteAccuracy).toMatchObject({ estimate: null, reason: "no option texts" });
    expect(variantGroups([])).toMatchObject({ allRight: { estimate: null }, meanGroupFraction: null });
  });

  it("never scores groups above rows, does not depend on row order, and has a more_k that decreases in k", () => {
    const answers = fc.array(fc.constantFrom("one", "two", null), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), (groups) => {
        const rows = groups.flatMap((list, i) => group(String(i), list));
        const result = variantGroups(rows);
        const reversed = variantGroups([...rows].reverse());
        expect(reversed.allRight).toEqual(result.allRight);
        expect(reversed.moreK).toEqual(result.moreK);
        expect(result.allRight.estimate).toBeLessThanOrEqual(result.rowAccuracy.estimate as number);
        expect(result.moreK[4]).toEqual(result.allRight);
        const counts = result.moreK.map(({ numerator }) => numerator);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
      }),
    );
  });
});

describe("genuineAccuracy", () => {
  const triplet = (
    id: string,
    source: string,
    [origin, perception, knowledge]: readonly [number, number, number],
  ) =>
    Object.entries({ origin, perception, knowledge }).map(([role, isRight]) => ({
      triplet: id,
      source,
      role: role as TripletRole,
      isRight: isRight === 1,
    }));

  it("is 0.5 with average 0.8333 for triplets (1,1,1) and (1,0,1) (P03)", () => {
    const result = genuineAccuracy([...triplet("1", "s", [1, 1, 1]), ...triplet("2", "s", [1, 0, 1])]);
    expect(result.genuine.estimate).toBe(0.5);
    expect(result.average.estimate).toBeCloseTo(0.8333, 4);
    expect(result.byRole.perception.estimate).toBe(0.5);
  });

  it("separates micro over triplets from macro over sources, which may share ids", () => {
    const result = genuineAccuracy([
      ...triplet("1", "a", [1, 1, 1]),
      ...triplet("1", "b", [0, 1, 1]),
      ...triplet("2", "b", [1, 1, 0]),
      ...triplet("3", "b", [1, 1, 1]).slice(1),
    ]);
    expect(result.genuine).toMatchObject({ numerator: 1, denominator: 4 });
    expect(result.macroGenuine).toBe(0.5);
    expect(result.incomplete).toEqual(["3"]);
    expect(genuineAccuracy([])).toMatchObject({ genuine: { estimate: null }, macroGenuine: null });
  });
});

describe("confusingPairs", () => {
  it("reproduces the toy pairs of P03", () => {
    const answers = [
      ["A", "B"],
      ["A", "A"],
      ["B", "A"],
      [null, "B"],
    ] as const;
    const result = confusingPairs(answers.map((pair) => ({ gold: ["A", "B"], answers: pair })));
    expect(result.set.estimate).toBe(0.25);
    expect(result.individual.estimate).toBe(0.5);
    expect(result.confusion.estimate).toBeCloseTo(0.3333, 4);
    expect(result.invalid.estimate).toBe(0.125);
    expect(result.precision.estimate).toBe(0.5);
  });

  it("has no confusion without a valid pair", () => {
    expect(confusingPairs([{ gold: ["A", "B"], answers: [null, "B"] }]).confusion.estimate).toBeNull();
  });
});

describe("probingPairs", () => {
  const pair = (image: string, original: number | null, twin: number | null, questionType = "organ") => ({
    image,
    questionType,
    modality: "ct",
    isOriginalRight: original === null ? null : original === 1,
    isTwinRight: twin === null ? null : twin === 1,
  });

  it("gives 1/3, and 3/3 without adversarial twins, for the toy images of P03", () => {
    const result = probingPairs([pair("1", 1, 1), pair("2", 1, 0), pair("3", 1, 1), pair("3", 1, 0)]);
    expect(result.accuracy).toEqual({ estimate: 1 / 3, numerator: 1, denominator: 3 });
    expect(result.withoutAdversarial.estimate).toBe(1);
  });

  it("drops incomplete pairs, scores single questions alone and weighs cells by images", () => {
    const result = probingPairs([
      pair("1", 1, null),
      pair("2", 0, 1),
      pair("3", 1, null, "abnormality"),
      pair("4", 1, null, "abnormality"),
    ]);
    expect(result.nIncomplete).toBe(1);
    expect(result.cells.map(({ accuracy }) => accuracy.denominator)).toEqual([1, 2]);
    expect(result.accuracy).toMatchObject({ numerator: 2, denominator: 3 });
    expect(probingPairs([]).accuracy.estimate).toBeNull();
  });
});
