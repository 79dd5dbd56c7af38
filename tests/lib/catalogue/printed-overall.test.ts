import fc from "fast-check";
import { describe, expect, it } from "vitest";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { printedOverall } from "../../../src/lib/catalogue/printed-overall.js";
import { rollUp } from "../../../src/lib/catalogue/roll-up.js";
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";

const catalogue = catalogueSchema.parse(catalogueFile);
const known = catalogue.dimensions.filter(({ track }) => track === "llm");
const byId = (values: readonly number[]) =>
  Object.fromEntries(known.map(({ id }, index) => [id, values[index] as number]));
const overallOf = (values: readonly number[]) => printedOverall(catalogue, "llm", byId(values));

describe("printedOverall on printed dimensions of MedBench", () => {
  // Overall scores and dimensions as the site returned them for five systems, and two rows of the public board.
  it.each([
    ["AntAngelMed-FP8", [66.8, 67.7, 58.0, 60.2, 26.7], 55.8, "55.8 or 55.9"],
    ["GPT-5.2", [71.7, 72.1, 61.1, 49.4, 18.3], 54.5, "54.5 or 54.6"],
    ["o3", [71.0, 69.5, 58.9, 63.3, 18.3], 56.2, "56.2"],
    ["Baichuan-M2", [72.8, 71.6, 60.1, 66.4, 21.7], 58.5, "58.5 or 58.6"],
    ["Baichuan-M3", [66.8, 68.5, 57.2, 58.3, 21.7], 54.5, "54.5"],
    ["board, first", [85.0, 81.8, 73.4, 78.9, 100.0], 83.8, "83.8 or 83.9"],
    ["board, second", [75.4, 73.7, 62.5, 65.7, 98.4], 75.1, "75.1 or 75.2"],
  ])("allows the published overall score of %s", (_, dimensions, published, text) => {
    const { overall } = overallOf(dimensions);
    expect(overall?.text).toBe(text);
    expect([overall?.lower, overall?.upper]).toContain(published);
  });

  it("gives the unrounded range: 279.4 / 5 = 55.88, and each dimension is up to 0.05 off", () => {
    expect(overallOf([66.8, 67.7, 58.0, 60.2, 26.7])).toMatchObject({
      overall: { lower: 55.8, upper: 55.9 },
      unrounded: { lower: 55.83, upper: 55.93 },
      missing: [],
    });
  });

  it("does not reach the upper end, which would be rounded up, and reaches the lower end", () => {
    // Mean 50.0: from 49.95 (printed 50.0) to just below 50.05 (printed 50.0).
    expect(overallOf([50, 50, 50, 50, 50]).overall).toEqual({ lower: 50, upper: 50, text: "50.0" });
  });

  it("stays between 0 and 100", () => {
    expect(overallOf([0, 0, 0, 0, 0])).toMatchObject({
      overall: { lower: 0, upper: 0, text: "0.0" },
      unrounded: { lower: 0, upper: 0.05 },
    });
    expect(overallOf([100, 100, 100, 100, 100])).toMatchObject({
      overall: { lower: 100, upper: 100, text: "100.0" },
      unrounded: { lower: 99.95, upper: 100 },
    });
  });

  it("always includes the overall score of the task scores that the dimensions were printed from", () => {
    const datasets = catalogue.datasets.filter(({ track }) => track === "llm");
    const scores = fc.array(fc.integer({ min: 0, max: 100_000 }), {
      minLength: datasets.length,
      maxLength: datasets.length,
    });
    fc.assert(
      fc.property(scores, (values) => {
        const tasks = Object.fromEntries(datasets.map(({ id }, index) => [id, values[index]! / 1000]));
        const rolled = rollUp(catalogue, "llm", tasks);
        const { overall } = printedOverall(
          catalogue,
          "llm",
          Object.fromEntries(rolled.dimensions.map(({ id, score }) => [id, score])),
        );
        expect([overall?.lower, overall?.upper]).toContain(rolled.overall);
      }),
    );
  });
});

describe("printedOverall", () => {
  it("takes dimensions by their English or Chinese name, and lists those that are missing", () => {
    const rolled = printedOverall(catalogue, "llm", {
      医学知识问答: 66.8,
      "Medical language generation": 67.7,
    });
    expect(rolled.dimensions.map(({ printed }) => printed)).toEqual([66.8, 67.7, null, null, null]);
    expect(rolled).toMatchObject({
      overall: null,
      unrounded: null,
      missing: [
        "complex-medical-reasoning",
        "medical-language-understanding",
        "healthcare-safety-and-ethics",
      ],
    });
  });

  it.each([
    [
      { "medical-knowledge": 66.8 },
      /"medical-knowledge" is not a dimension of track llm/,
      /medical-knowledge-qa/,
    ],
    [{ "medical-tool-calling-and-execution": 50 }, /not a dimension of track llm/, /medical-knowledge-qa/],
    [
      { "medical-knowledge-qa": 100.1 },
      /medical-knowledge-qa is 100\.1, expected a number from 0 to 100/,
      /board prints it/,
    ],
    [{ "medical-knowledge-qa": -0.1 }, /is -0\.1, expected a number from 0 to 100/, /board prints it/],
    [{ "medical-knowledge-qa": Number.NaN }, /is NaN, expected a number/, /board prints it/],
    [{ "medical-knowledge-qa": 66.84 }, /at most 1 decimal$/, /task scores/],
    [{ "medical-knowledge-qa": 66.8, 医学知识问答: 66.8 }, /has two scores/, /once/],
  ])("refuses %j with what would be right", (dimensions, message, hint) => {
    const refused = () => printedOverall(catalogue, "llm", dimensions);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ hint: expect.stringMatching(hint) }));
  });

  it("refuses an unknown track with the known ones", () => {
    expect(() => printedOverall(catalogue, "vision", {})).toThrow(/llm, multimodal, agent/);
  });
});
