import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import {
  figureReliance,
  type ItemComponent,
  type Remedy,
  type ScoredItems,
  type SliceStanding,
} from "../../../src/lib/publication/index.js";

const remedy: Remedy = { kind: "recalibrate" };
const judged = (standing: SliceStanding, weight: number, isGrade = true): ItemComponent => ({
  ...{ weight, part: undefined },
  verdicts: {
    ...{ standing, isRated: standing !== "unvalidated", isGrade },
    slices: new Map(standing === "unvalidated" ? [["specialty:a", remedy]] : []),
  },
});
const computed = (weight: number): ItemComponent => ({ weight, part: undefined, verdicts: null });
const items = (dataset: string, nItems: number, components: readonly ItemComponent[]): ScoredItems => ({
  ...{ dataset, part: "", primary: ["a"], secondary: [], nItems, components },
});
const tasks = [
  { dataset: "d", dimension: "x", weight: 4 },
  { dataset: "e", dimension: "x", weight: 1 },
  { dataset: "f", dimension: "y", weight: 1 },
];

describe("figureReliance", () => {
  // d: a computed component (1) and a judged one (3); 6 of its 8 items have unvalidated verdicts. e and f: no judge.
  const figures = figureReliance(
    [
      items("d", 6, [computed(1), judged("unvalidated", 3)]),
      items("d", 2, [computed(1), judged("provisional", 3)]),
      items("e", 8, [computed(1)]),
      items("f", 4, [computed(1)]),
    ],
    tasks,
  );

  it("rolls shares up as scores are: components in the task, tasks in the dimension, dimensions in the composite", () => {
    // Task: 3/4, of which 6/8 unvalidated and 2/8 provisional. Two tasks in x, two dimensions.
    expect(figures.get("task/d")).toMatchObject({ judge: 0.75, unvalidated: 0.5625, provisional: 0.1875 });
    expect(figures.get("dimension/x")).toMatchObject({ judge: 0.375, unvalidated: 0.28125 });
    expect(figures.get("overall/")).toMatchObject({ judge: 0.1875, unvalidated: 0.140625 });
  });

  it("weighs the items of a specialty equally, whatever their dataset", () => {
    // 8 of 20 items are judged, with 3/4 of their weight; 6 of the 8 unvalidated.
    expect(figures.get("specialty/primary/a")?.judge).toBeCloseTo(0.3, 12);
    expect(figures.get("specialty/primary/a")?.unvalidated).toBeCloseTo(0.225, 12);
  });

  it("takes means over judged answers as entirely the judge's", () => {
    expect(figures.get("judged_overall/")).toMatchObject({ judge: 1, unvalidated: 0.75, provisional: 0.25 });
  });

  it("gives each slice the share that it affects, and counts verdicts that were never rated", () => {
    expect(figures.get("task/d")?.slices.get("specialty:a")).toEqual({ share: 0.5625, remedy });
    expect(figures.get("task/d")?.unrated).toBe(0.5625);
  });

  it("has no entry for a figure without a judged item", () => {
    expect(figures.has("task/e")).toBe(false);
    expect(figures.has("dimension/y")).toBe(false);
  });

  it("counts an answer once in means over judged answers, and matched key points not at all", () => {
    const twice = figureReliance([items("d", 2, [judged("sound", 2), judged("unvalidated", 2)])], tasks);
    expect(twice.get("judged_overall/")).toMatchObject({ judge: 1, unvalidated: 0 });
    const matched = figureReliance([items("d", 2, [judged("sound", 4, false)])], tasks);
    expect(matched.has("judged_overall/")).toBe(false);
    expect(matched.get("task/d")).toMatchObject({ judge: 1 });
  });

  it("divides a component of one file by the items of that file", () => {
    // Three quarters of the task on the 5 items of SQ, all judged; the other file's 20 items do not dilute it.
    const ofFile = (part: string, nItems: number, component: ItemComponent) => ({
      ...items("d", nItems, [{ ...component, part }]),
      part,
    });
    const two = figureReliance([ofFile("MC", 20, computed(1)), ofFile("SQ", 5, judged("sound", 3))], tasks);
    expect(two.get("task/d")?.judge).toBeCloseTo(0.75, 12);
  });

  it("refuses items of a dataset that is not a task", () => {
    expect(() => figureReliance([items("g", 1, [judged("sound", 1)])], tasks)).toThrow(InputError);
  });
});
