import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rollUp } from "../../../src/lib/catalogue/roll-up.js";
import { type Catalogue, catalogueSchema } from "../../../src/lib/catalogue/schema.js";

const catalogue: Catalogue = catalogueSchema.parse(
  JSON.parse(
    readFileSync(new URL("../../../src/lib/catalogue/data/medbench-v4.json", import.meta.url), "utf8"),
  ),
);

/** Scores in the order in which the catalogue lists a dimension's datasets. */
function scoresOf(dimension: string, values: readonly number[]): Record<string, number> {
  const datasets = catalogue.datasets.filter((dataset) => dataset.dimension === dimension);
  expect(datasets).toHaveLength(values.length);
  return Object.fromEntries(datasets.map(({ id }, index) => [id, values[index] as number]));
}

const ids = (dimension: string) =>
  catalogue.datasets.filter((dataset) => dataset.dimension === dimension).map(({ id }) => id);

/** Every task of the LLM track has the score of its dimension. */
function tasksOf(dimensions: readonly number[]): Record<string, number> {
  const known = catalogue.dimensions.filter(({ track }) => track === "llm").map(({ id }) => id);
  return Object.fromEntries(
    catalogue.datasets
      .filter(({ track }) => track === "llm")
      .map(({ id, dimension }) => [id, dimensions[known.indexOf(dimension)] as number]),
  );
}

const dimensionScore = (track: string, dimension: string, values: readonly number[]) =>
  rollUp(catalogue, track, scoresOf(dimension, values)).dimensions.find(({ id }) => id === dimension)?.score;

describe("rollUp on the worked examples of protocols P01.3", () => {
  it.each([
    ["healthcare-safety-and-ethics", [100, 96.7], 98.4],
    ["healthcare-safety-and-ethics", [60, 63.3], 61.7],
    ["medical-knowledge-qa", [100, 75.7, 88, 85.8, 96.7, 94.2, 69.5, 86.7, 78, 75.3], 85],
    ["medical-language-generation", [84.2, 80, 75.1, 70.3, 99.3], 81.8],
    ["complex-medical-reasoning", [77, 43.3, 90.3, 55.2, 96.7, 80.2, 56.7, 75.4, 69.9, 89.5], 73.4],
    ["medical-language-understanding", [69.6, 58.7, 90.8, 71.4, 84.6, 57.5, 95.4, 87.2, 94.7], 78.9],
  ])("gives %s of %j as %d", (dimension, values, expected) => {
    expect(dimensionScore("llm", dimension, values)).toBe(expected);
  });

  it.each([
    ["clinical-task-planning-and-reasoning", [88.7, 86.7, 96.7, 83.0], 88.8],
    ["medical-tool-calling-and-execution", [88.7, 98.0, 82.7], 89.8],
    ["medical-scenario-perception-and-interaction", [73.3, 80.7], 77.0],
    ["medical-safety-ethics-and-compliance", [79.3, 66.7], 73.0],
  ])("gives the agent dimension %s of %j as %d", (dimension, values, expected) => {
    expect(dimensionScore("agent", dimension, values)).toBe(expected);
  });

  it.each([
    [[85, 81.8, 73.4, 78.9, 100], 83.8],
    [[75.4, 73.7, 62.5, 65.7, 98.4], 75.1],
  ])("gives overall of dimensions %j as %d", (dimensions, expected) => {
    expect(rollUp(catalogue, "llm", tasksOf(dimensions)).overall).toBe(expected);
  });
});

describe("rollUp", () => {
  it("averages dimensions before their rounding", () => {
    // Two dimensions round up by 0.05: 50.05 and 0.05, next to 0.1. Unrounded 50.2 / 5 = 10.04, rounded 50.3 / 5 = 10.06.
    const twice = {
      ...tasksOf([0.1, 0, 0, 0, 0]),
      ...{ MedSafety: 50.1, MedEthics: 50 },
      ...Object.fromEntries(ids("complex-medical-reasoning").map((id, index) => [id, index < 5 ? 0.1 : 0])),
    };
    const rolled = rollUp(catalogue, "llm", twice);
    expect(rolled.dimensions.map(({ score }) => score)).toEqual([0.1, 0, 0.1, 0, 50.1]);
    expect(rolled.overall).toBe(10);
    expect(rolled.meanOverSubmitted).toBe(10);
  });

  it("leaves dimension and overall undefined if a task is missing, and gives the mean over submitted tasks separately", () => {
    const rolled = rollUp(catalogue, "llm", { MedSafety: 60, MedEthics: null });
    const safety = rolled.dimensions.find(({ id }) => id === "healthcare-safety-and-ethics");
    expect(safety).toMatchObject({ score: null, meanOverSubmitted: 60, missing: ["MedEthics"] });
    expect(rolled).toMatchObject({ overall: null, meanOverSubmitted: 60 });
  });

  it("throws for a dataset of another track, an unknown dataset and a score outside the scale, naming each", () => {
    expect(() => rollUp(catalogue, "llm", { MedShield: 50 })).toThrow(
      /scores\.MedShield.*belongs to track agent/,
    );
    expect(() => rollUp(catalogue, "llm", { MedXam: 50 })).toThrow(/not a dataset of medbench-v4/);
    expect(() => rollUp(catalogue, "llm", { MedExam: 101 })).toThrow(/from 0 to 100/);
    expect(() => rollUp(catalogue, "vision", {})).toThrow(/llm, multimodal, agent/);
  });
});

describe("the MedBench v4 catalogue", () => {
  it("has 36 + 10 + 14 datasets and 62 files, like the public package", () => {
    const count = (track: string) => catalogue.datasets.filter((dataset) => dataset.track === track).length;
    expect(["llm", "multimodal", "agent"].map(count)).toEqual([36, 10, 14]);
    expect(catalogue.datasets.flatMap(({ files }) => files)).toHaveLength(62);
    expect(
      catalogue.datasets.flatMap(({ files }) => files).reduce((rows, file) => rows + (file.rows ?? 0), 0),
    ).toBe(2340);
  });

  it("has exactly one metric version in force now for every dataset, and versions that do not overlap", () => {
    for (const { id, scoring } of catalogue.datasets) {
      expect(
        scoring.filter(({ until }) => until === null),
        id,
      ).toHaveLength(1);
      const known = scoring.filter(({ from, until }) => from !== null && until !== null);
      for (const { from, until } of known) expect((from as string) < (until as string), id).toBe(true);
    }
  });
});
