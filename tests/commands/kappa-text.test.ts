import { describe, expect, it } from "vitest";
import { kappaText } from "../../pipelines/commands/kappa-text.js";
import { type KappaLine, kappaSummary } from "../../pipelines/stages/calibrate/kappa-summary.js";
import { sampleWorkspace } from "../sample.js";

const line: KappaLine = {
  ...{ benchmark: "b", judge: "j", rubric_version: "r", prompt_hash: "p" },
  ...{ criterion: "all", slice_kind: "overall", slice: "", name: "" },
  ...{ kappa: 0.85, kappa_lower: 0.8, kappa_upper: 0.9, ceiling: 0.9, items: 40 },
  ...{ trust: "good enough", why: "its own ratings reach a kappa of 0.8 and show that it is above 0.6" },
};

describe("the kappas of a calibration", () => {
  it("are printed with interval, ceiling and a verdict in words", () => {
    const text = kappaText([line], "data");
    expect(text).toMatch(
      /all criteria +│ +40 │ +0\.85 │ 0\.80 to 0\.90 +│ +0\.90 │ yes: its own ratings reach/,
    );
    expect(text).not.toContain("prompt hash");
  });

  it("name the judge where there are several, and have no minus before zero", () => {
    const text = kappaText([line, { ...line, judge: "k", kappa: -0.001, kappa_lower: -0.1 }], "data");
    expect(text).toMatch(/│ k +│ all criteria/);
    expect(text).toContain("│  0.00 │ -0.10 to 0.90 │");
  });

  it("are listed for a few datasets, and only the bad ones for many, with the query for all", () => {
    const datasets = (n: number): KappaLine[] =>
      Array.from({ length: n }, (_, i) => ({
        ...line,
        ...{ slice_kind: "dataset", slice: `d${i}`, name: `d${i}` },
        trust: i === 0 ? "not good enough" : "undecided",
      }));
    const few = kappaText([line, ...datasets(2)], "data");
    expect(few).toMatch(/By dataset: 1 undecided, 1 not good enough\.\n/);
    expect(few).toMatch(/│ d0 [\s\S]*│ d1 /);
    const many = kappaText([line, ...datasets(16)], "work");
    expect(many).toMatch(/│ d0 /);
    expect(many).not.toMatch(/│ d1 /);
    expect(many).toMatch(/medbench sql "from validity" --workspace work/);
  });

  it("of the sample name specialties and the two that the judge cannot grade", async () => {
    const lines = await kappaSummary(await sampleWorkspace());
    const specialties = lines.filter(({ slice_kind }) => slice_kind === "specialty");
    // The simulation planted them: data/sample/truth/truth.json.
    expect(specialties.filter(({ trust }) => trust === "not good enough").map(({ slice }) => slice)).toEqual([
      "13",
      "15",
    ]);
    for (const { name } of specialties) expect(name).toMatch(/^[A-Za-z][a-z]/);
    expect(specialties.find(({ slice }) => slice === "")?.name).toBe("no specialty");
    const overall = lines.filter(({ slice_kind }) => slice_kind === "overall");
    expect(overall.map(({ criterion }) => criterion)[0]).toBe("all");
    expect(overall).toHaveLength(6);
  });
});
