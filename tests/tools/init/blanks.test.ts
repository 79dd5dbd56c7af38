import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { csv, init, jsonl, scoreAll, scoreWith } from "./workspace.js";

/** Scores of two systems at four questions; null where there is none. */
const scores: Readonly<Record<string, readonly (number | null)[]>> = {
  "gpt-4": [90, 80, null, 70],
  "claude-3": [60, null, 90, null],
};
const items = [1, 2, 3, 4];
const cells = Object.entries(scores).flatMap(([system, list]) =>
  list.map((score, at) => ({ system, item: `q${at + 1}`, score })),
);

/** The same scores in the shapes in which people keep them. */
const shapes: Readonly<Record<string, Parameters<typeof init>[0]>> = {
  "a row each, blank cells": {
    "s.csv": csv(
      ["system", "item", "score"],
      ...cells.map(({ system, item, score }) => [system, item, score ?? ""]),
    ),
  },
  "a row each, no rows for blanks": {
    "s.csv": csv(
      ["system", "item", "score"],
      ...cells.flatMap(({ system, item, score }) => (score === null ? [] : [[system, item, score]])),
    ),
  },
  "a row each, N/A": {
    "s.csv": csv(
      ["system", "item", "score"],
      ...cells.map(({ system, item, score }) => [system, item, score ?? "N/A"]),
    ),
  },
  "a column each": {
    "s.csv": csv(
      ["item", ...Object.keys(scores)],
      ...items.map((n) => [`q${n}`, ...Object.values(scores).map((list) => list[n - 1] ?? "")]),
    ),
  },
  "a column each, with dashes": {
    "s.csv": csv(
      ["item", ...Object.keys(scores)],
      ...items.map((n) => [`q${n}`, ...Object.values(scores).map((list) => list[n - 1] ?? "-")]),
    ),
  },
  "a file each": Object.fromEntries(
    Object.entries(scores).map(([system, list]) => [
      `${system}.csv`,
      csv(["item", "score"], ...list.map((score, at) => [`q${at + 1}`, score ?? ""])),
    ]),
  ),
  "records with null": { "s.jsonl": jsonl(...cells) },
  "records without the key": {
    "s.jsonl": jsonl(...cells.map(({ score, ...cell }) => (score === null ? cell : { ...cell, score }))),
  },
  "an object of systems in each record": {
    "s.jsonl": jsonl(
      ...items.map((n) => ({
        item: `q${n}`,
        scores: Object.fromEntries(
          Object.entries(scores).map(([system, list]) => [system, list[n - 1] ?? null]),
        ),
      })),
    ),
  },
};

it("blank scores count in one way in every shape", async () => {
  const results: Record<string, Awaited<ReturnType<typeof init>>> = {};
  for (const [at, [shape, files]] of Object.entries(shapes).entries()) {
    const left = await init(files, { id: `left-${at}` });
    expect(left.plan.notes.join(), shape).toMatch(/: left out of the means; --blanks wrong counts them as 0/);
    results[`${shape}, left out`] = left;
    // The rule is the same for all; three shapes show it.
    if (at > 3 || at === 2) continue;
    const wrong = await init(files, { id: `wrong-${at}`, stated: new Map([["blanks", "wrong"]]) });
    expect(wrong.plan.notes.join(), shape).toMatch(
      /: counted as wrong \(0\); --blanks left-out leaves them out/,
    );
    results[`${shape}, wrong`] = wrong;
  }
  // Left out: (90 + 80 + 70) / 3 and (60 + 90) / 2; wrong: 240 / 4 and 150 / 4.
  const expected = Object.fromEntries(
    Object.keys(results).map((name) => [
      name,
      name.endsWith("wrong") ? { "gpt-4": 60, "claude-3": 37.5 } : { "gpt-4": 80, "claude-3": 75 },
    ]),
  );
  expect(await scoreAll(results)).toEqual(expected);
});

it("the number of blanks and the rule are in the mapping and the catalogue", async () => {
  const result = await init(shapes["a column each"] as Record<string, string>);
  expect(result.plan.notes).toContain(
    "3 of 8 scores are blank: left out of the means; --blanks wrong counts them as 0",
  );
  expect(readFileSync(result.mapping, "utf8")).toMatch(
    /# Blank cells and rows that are not there are left out of the means[^\n]*\n# \(outcomePolicy: empty, missing, awaiting_judgment\)/,
  );
  expect(readFileSync(result.catalogue, "utf8")).toMatch(/empty: left out .*missing: left out .*/s);
});

it("blank answers are wrong, in rows and in columns, unless they are left out", async () => {
  const given = { "gpt-4": ["A", ""], "claude-3": ["A", "B"] };
  const files = {
    rows: csv(
      ["system", "item", "gold", "answer"],
      ...Object.entries(given).flatMap(([system, answers]) =>
        answers.map((answer, at) => [system, `q${at}`, "A", answer]),
      ),
    ),
    columns: csv(["item", "gold", "gpt-4", "claude-3"], ["q0", "A", "A", "A"], ["q1", "A", "", "B"]),
  };
  const results: Record<string, Awaited<ReturnType<typeof init>>> = {};
  for (const [shape, text] of Object.entries(files)) {
    const wrong = await init({ "s.csv": text }, { id: `${shape}-wrong` });
    expect(wrong.plan.notes.join()).toMatch(/1 of 4 answers are blank: counted as wrong \(0\)/);
    results[`${shape} wrong`] = wrong;
    const stated = new Map([["blanks", "left-out"]]);
    results[`${shape} left out`] = await init({ "s.csv": text }, { id: `${shape}-left`, stated });
  }
  expect(await scoreAll(results)).toEqual({
    "rows wrong": { "gpt-4": 50, "claude-3": 50 },
    "rows left out": { "gpt-4": 100, "claude-3": 50 },
    "columns wrong": { "gpt-4": 50, "claude-3": 50 },
    "columns left out": { "gpt-4": 100, "claude-3": 50 },
  });
});

it("an answer without a score waits for nothing", async () => {
  const rows = [
    ["a", 1, "some text", 1],
    ["a", 2, "more text", ""],
  ];
  const files = { "s.csv": csv(["system", "item", "answer", "score"], ...rows) };
  const stated = new Map([["blanks", "wrong"]]);
  const results = {
    left: await init(files, { id: "left" }),
    wrong: await init(files, { id: "wrong", stated }),
  };
  expect(await scoreAll(results)).toEqual({ left: { a: 100 }, wrong: { a: 50 } });
});

describe("a cell that is no score", () => {
  it.each([
    [
      "a row each",
      csv(
        ["system", "item", "score"],
        ["gpt-4", 1, 1],
        ["gpt-4", 2, "see note"],
        ["gpt-4", 3, 0],
        ["b", 1, 1],
        ["b", 2, 1],
        ["b", 3, 0],
      ),
      's.csv:3, column "score"',
    ],
    [
      "a column each",
      csv(["item", "gpt-4", "gpt-4o"], [1, 1, 1], [2, "see note", 1], [3, 0, 0]),
      's.csv:3, column "gpt-4"',
    ],
  ])("is named and costs only itself, with %s", async (_, text, place) => {
    const result = await init({ "s.csv": text });
    expect(result.plan.notes.join("\n")).toContain(
      `1 cell is no score: ingest puts its row into quarantine: ${place}: "see note"`,
    );
    const { overall, counts } = await scoreWith(result);
    expect(counts).toMatchObject({ quarantine: 1 });
    // 1 and 0 of the three are left of gpt-4; the other has 1, 1, 0.
    expect(Object.values(overall).sort()).toEqual([50, 66.6667]);
    expect(overall["gpt-4"]).toBe(50);
  });

  it("may be most of a system's cells, if they say that there is no score", async () => {
    const text = csv(["item", "gpt-4", "claude-3"], [1, "N/A", 60], [2, "n/a", 70], [3, 80, 80]);
    expect((await scoreWith(await init({ "s.csv": text }))).overall).toEqual({ "gpt-4": 80, "claude-3": 70 });
  });

  it("is refused with its place where a whole column is of another kind", async () => {
    const text = csv(["item", "gpt-4", "gpt-4o", "claude-3"], [1, 0.5, 0.7, "good"], [2, 0.5, 0.1, "bad"]);
    await expect(init({ "s.csv": text })).rejects.toMatchObject({
      message: expect.stringMatching(
        /s\.csv:2: column "claude-3" has "good", where columns "gpt-4", "gpt-4o" have scores/,
      ),
      hint: expect.stringMatching(/--column ignore="claude-3"/),
    });
    const without = await init({ "s.csv": text }, { column: ["ignore=claude-3"] });
    expect((await scoreWith(without)).overall).toEqual({ "gpt-4": 50, "gpt-4o": 40 });
  });
});
