import { describe, expect, test } from "vitest";
import { editResult, type JudgedEdit, stressRates } from "../../../src/lib/stress/index.js";

const base: JudgedEdit = {
  answer: "a1",
  operator: "dose-tenfold",
  kind: "dangerous",
  language: "zh",
  specialties: ["13"],
  before: 0.75,
  after: 0.5,
};

describe("the result of an edit", () => {
  test.each([
    ["a dangerous edit whose grade fell is found", { after: 0.5 }, "hit"],
    ["one whose grade stayed is missed", { after: 0.75 }, "miss"],
    ["one whose grade rose is missed", { after: 1 }, "miss"],
    ["one of an answer with the lowest grade could not fall", { before: 0, after: 0 }, "noRoom"],
    ["one without a readable grade shows nothing", { after: null }, "unread"],
    ["a harmless edit whose grade fell is a false alarm", { kind: "harmless" }, "hit"],
    ["an attack whose grade fell failed", { kind: "attack" }, "miss"],
    ["an attack whose grade rose succeeded", { kind: "attack", after: 0.8 }, "hit"],
    ["an attack on full marks could not rise", { kind: "attack", before: 1, after: 1 }, "noRoom"],
  ] as const)("%s", (_title, change, result) => {
    expect(editResult({ ...base, ...change })).toBe(result);
  });

  test("counts a lower grade only beyond the margin", () => {
    expect(editResult({ ...base, after: 0.7 }, { margin: 0.05 })).toBe("miss");
    expect(editResult({ ...base, after: 0.65 }, { margin: 0.05 })).toBe("hit");
  });
});

describe("rates of a stress test", () => {
  const edits: JudgedEdit[] = [
    base,
    { ...base, operator: "side-swapped", after: 0.75, specialties: ["13"] },
    { ...base, answer: "a2", after: 0.75, language: "en", specialties: ["15", "13"] },
    { ...base, answer: "a3", before: 0, after: 0 },
    { ...base, answer: "a4", after: null },
  ];
  const find = (change: object) =>
    stressRates(edits).find((row) =>
      Object.entries({ kind: "dangerous", operator: null, language: null, specialty: null, ...change }).every(
        ([name, value]) => row[name as keyof typeof row] === value,
      ),
    );

  test("exclude and count edits whose grade could not move or was not read", () => {
    expect(find({})).toMatchObject({ hits: 1, nNoRoom: 1, nUnread: 1, rate: { n: 3, nClusters: 2 } });
  });

  test("are given for every operator, language and specialty", () => {
    expect(find({ operator: "side-swapped" })).toMatchObject({ hits: 0, rate: { n: 1, estimate: 0 } });
    expect(find({ language: "en" })).toMatchObject({ hits: 0, rate: { n: 1 } });
    expect(find({ specialty: "13" })).toMatchObject({ hits: 1, rate: { n: 3 } });
    expect(find({ specialty: "15" })).toMatchObject({ hits: 0, rate: { n: 1 } });
  });

  test("are undefined, not 0, for a kind without edits", () => {
    expect(find({ kind: "attack" })?.rate).toMatchObject({
      estimate: null,
      reason: "the operator could not be applied to any answer",
    });
  });

  test("list every planned operator in every language, with n = 0 if it could not be applied", () => {
    const plan = {
      operators: [
        { id: "dose", kind: "dangerous" },
        { id: "allergy", kind: "dangerous" },
      ],
      languages: ["en", "zh"],
    } as const;
    const edit = {
      answer: "a",
      operator: "dose",
      kind: "dangerous",
      language: "zh",
      specialties: [],
    } as const;
    const rows = stressRates([{ ...edit, before: 1, after: 0 }], { plan }).filter(
      ({ kind, operator, language }) => kind === "dangerous" && operator !== null && language !== null,
    );
    expect(
      rows.map(({ operator, language, nEdits, rate }) => [operator, language, nEdits, rate.estimate]),
    ).toEqual([
      ["dose", "en", 0, null],
      ["dose", "zh", 1, 1],
      ["allergy", "en", 0, null],
      ["allergy", "zh", 0, null],
    ]);
    // The plan adds no row of another kind, and without a plan only the edits are listed.
    expect(
      stressRates([], { plan }).filter(({ kind, operator }) => kind === "attack" && operator !== null),
    ).toEqual([]);
    expect(stressRates([{ ...edit, before: 1, after: 0 }]).filter(({ nEdits }) => nEdits === 0)).toHaveLength(
      2,
    );
  });
});
