// cspell:ignore meddx medhcc medexam medeaxm hallu smdoc alpa meddx goldversion
import { describe, expect, it } from "vitest";
import { closestNames, requireKnown, unknownName } from "../../../src/lib/util/known-names.js";

const datasets = ["MedHC", "MedExam", "MedHallu", "MedDx", "SMDoc"];

describe("the known names closest to a typed one", () => {
  it.each([
    ["MedHCC", ["MedHC"]],
    ["medexam", ["MedExam"]],
    ["MedEaxm", ["MedExam"]],
    ["Hallu", ["MedHallu"]],
    ["xyz", []],
    ["", []],
    ["---", []],
  ])("finds what %j was meant to be", (name, expected) => {
    expect(closestNames(name, datasets)).toEqual(expected);
  });

  it("takes both spellings of a name of several words as one", () => {
    const fields = ["goldVersion", "metricVersion", "pool"];
    for (const name of ["gold_version", "gold-version", "GOLD VERSION", "goldversion"])
      expect(closestNames(name, fields)).toEqual(["goldVersion"]);
  });

  it("finds a long name by its beginning", () => {
    expect(closestNames("Qwen", ["Qwen2.5-72B-Instruct", "stub"])).toEqual(["Qwen2.5-72B-Instruct"]);
  });

  it("compares letters outside the Latin alphabet", () => {
    expect(closestNames("心内客", ["心内科", "儿科"])).toEqual(["心内科"]);
  });

  it("names no more than three, and none but the closest", () => {
    expect(closestNames("run-1", ["run-4", "run-11", "run-12", "run-13"])).toHaveLength(3);
    expect(closestNames("alpa", ["alpine", "alpha"])).toEqual(["alpha"]);
  });
});

describe("a name that must exist", () => {
  const context = { where: "judge --dataset", what: "dataset" };

  it("passes in the same spelling only", () => {
    expect(() => requireKnown(["MedHC", "MedDx"], datasets, context)).not.toThrow();
    expect(() => requireKnown(["MedHC", "meddx"], datasets, context)).toThrow(
      'judge --dataset: no dataset "meddx"',
    );
  });

  it("is refused with what was probably meant and what exists", () => {
    expect(unknownName("MedHCC", datasets, context).hint).toBe(
      'Did you mean "MedHC"? Known datasets: MedHC, MedExam, MedHallu, MedDx, SMDoc.',
    );
  });

  it("is refused with the first twenty names where there are many, and with how to get some where there is none", () => {
    const many = Array.from({ length: 30 }, (_, index) => `system-${index}`);
    expect(unknownName("other", many, context).hint).toMatch(/system-19 and 10 more\.$/);
    const remedy = "Run `medbench ingest` first.";
    expect(unknownName("other", [], { ...context, remedy }).hint).toBe(
      "There are no datasets. Run `medbench ingest` first.",
    );
  });
});
