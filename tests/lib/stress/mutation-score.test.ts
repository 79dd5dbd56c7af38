import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { wilsonInterval } from "../../../src/lib/stats/index.js";
import { clusteredWilson, editResult, type JudgedEdit, stressRates } from "../../../src/lib/stress/index.js";
import { createRandom, randomInteger } from "../../../src/lib/util/random.js";

describe("the clustered Wilson interval", () => {
  test("equals Wilson's interval if every cluster has one row", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 }), (rows) => {
        const plain = wilsonInterval(rows.filter((row) => row === 1).length, rows.length);
        const { lower, upper, estimate } = clusteredWilson(
          rows,
          rows.map(() => 1),
        );
        expect({ lower, upper, estimate }).toEqual({
          lower: plain.lower,
          upper: plain.upper,
          estimate: plain.estimate,
        });
      }),
    );
  });

  test("counts copies of a row once: with ten copies each the width is that of the clusters, except for Student's t", () => {
    const copied = clusteredWilson([10, 10, 0, 10, 0, 0, 10, 0], Array(8).fill(10));
    const single = wilsonInterval(4, 8);
    // Design effect 10 · 8/7, (z/t7)² = (1.96/2.3646)² = 0.687: effective size 7 · 0.687 = 4.81.
    expect(copied.nEffective).toBeCloseTo(4.81, 2);
    expect(copied.lower as number).toBeLessThan(single.lower as number);
  });

  test("never collapses: if all rows agree it is the interval for the number of clusters", () => {
    const { lower, upper } = clusteredWilson([5, 5, 5], [5, 5, 5]);
    expect(lower).toBeCloseTo(wilsonInterval(3, 3).lower as number, 12);
    expect(upper).toBe(1);
  });

  test("is undefined with a reason without rows", () => {
    expect(clusteredWilson([], [])).toMatchObject({ estimate: null, lower: null, reason: "no rows" });
  });

  test("throws for more successes than rows, naming the cluster", () => {
    expect(() => clusteredWilson([1, 3], [1, 2])).toThrow(InputError);
    expect(() => clusteredWilson([1, 3], [1, 2])).toThrow("successes[1] must be an integer in [0, 2]; got 3");
  });

  test("covers the truth in 93 to 98 of 100 samples of clustered rows, unlike plain Wilson", () => {
    const random = createRandom(7);
    const runs = 2000;
    let covered = 0;
    let coveredByPlain = 0;
    for (let run = 0; run < runs; run += 1) {
      // 30 answers of 6 edits; each answer's probability is 0.1 or 0.5 with equal chance: truth 0.3.
      const hits = Array.from({ length: 30 }, () => {
        const probability = randomInteger(random, 2) === 0 ? 0.1 : 0.5;
        return Array.from({ length: 6 }, () => (random() < probability ? 1 : 0)).filter((x) => x === 1)
          .length;
      });
      const holds = ({ lower, upper }: { lower: number | null; upper: number | null }) =>
        (lower as number) <= 0.3 && 0.3 <= (upper as number);
      if (
        holds(
          clusteredWilson(
            hits,
            hits.map(() => 6),
          ),
        )
      )
        covered += 1;
      if (
        holds(
          wilsonInterval(
            hits.reduce((a, b) => a + b, 0),
            180,
          ),
        )
      )
        coveredByPlain += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.98);
    expect(coveredByPlain / runs).toBeLessThan(0.91);
  });
});

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
