import { describe, expect, it } from "vitest";
import type { JudgeEvidence, SliceMap } from "../../../pipelines/stages/gate/evidence.js";
import { type ItemMix, relianceOf } from "../../../pipelines/stages/gate/reliance.js";
import { type Catalogue, catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { type GatePolicy, gatePolicies } from "../../../src/lib/publication/gate.js";
import type { SliceEvidence } from "../../../src/lib/publication/slice-standing.js";
import { usualPolicy } from "../../outcome-policy.js";

const metric = (scorer: string, weight = 1, part?: string) => ({
  ...{ metric: scorer, scorer, weight },
  ...(part === undefined ? {} : { part }),
});
const dataset = (id: string, dimension: string, components: object[]) => ({
  ...{ id, track: "llm", dimension, answerType: "open", language: "zh", asks: "", answerFormat: "" },
  scoring: [{ from: null, until: null, labels: [], basis: "assumed", components }],
});
const catalogue: Catalogue = catalogueSchema.parse({
  schema: "medbench-catalogue/1",
  id: "b",
  name: { en: "b", zh: "b" },
  source: "",
  composite: { rule: "mean_of_means", boardDecimals: 1 },
  outcomePolicy: { upload: usualPolicy, api: usualPolicy },
  tracks: [{ id: "llm", name: "x" }],
  dimensions: ["open", "closed"].map((id) => ({
    id,
    track: "llm",
    name: "x",
    basis: "published",
  })),
  datasets: [
    dataset("graded", "open", [metric("judge"), metric("key_points")]),
    dataset("choice", "closed", [metric("choice")]),
    // A file of choices and a file of short answers, which count one to three.
    dataset("mixed", "closed", [metric("choice", 1, "SCQ"), metric("judge", 3, "SQ")]),
  ],
});
const mix = (name: string, specialty: string, nItems: number, part = ""): ItemMix => ({
  ...{ dataset: name, part, primary: specialty.split("|"), secondary: [], language: "zh", nItems },
});
const mixes = [
  ...[mix("graded", "sound", 6), mix("graded", "blind", 3), mix("graded", "blind|sound", 1)],
  ...[
    mix("choice", "blind", 10),
    mix("mixed", "blind", 5, "SCQ"),
    mix("mixed", "sound", 4, "SQ"),
    mix("mixed", "blind", 1, "SQ"),
  ],
];
const slice = (status: SliceEvidence["status"], isRefuted = false): SliceEvidence => ({
  ...{ status, action: "none", isRefuted, nGroups: 20, kappa: 0.5, standardError: 0.1 },
  ...{ target: 0.8, floor: 0.6, minimumGroups: 30 },
});
const slices = (datasets: readonly [string, SliceEvidence][] = []): SliceMap =>
  new Map([
    [
      "specialty",
      new Map([
        ["sound", slice("validated")],
        ["blind", slice("not validated")],
      ]),
    ],
    ["dataset", new Map(datasets)],
  ]);
const evidence = (found: ReturnType<JudgeEvidence["of"]>): JudgeEvidence => ({
  of: () => found,
  hasDrifted: () => false,
});
const reliance = (found: ReturnType<JudgeEvidence["of"]>, policy: GatePolicy = gatePolicies.withhold) =>
  relianceOf({
    run: { run_id: "r", pool: "p", family: "f", track: "llm" },
    ...{ catalogue, mixes, policy, minimumGroups: 30 },
    versions: new Map(catalogue.datasets.map(({ id, scoring }) => [id, scoring[0]])),
    evidence: evidence(found),
  });

describe("relianceOf", () => {
  const figures = reliance({ slices: slices(), isProxy: false });
  const shares = (name: string) => {
    const { judge, unvalidated } = figures.get(name) ?? { judge: 0, unvalidated: 0 };
    return [judge, unvalidated].map((share) => Number(share.toFixed(10)));
  };

  it("counts an answer of two specialties as unvalidated when either is", () => {
    // 4 of 10 items; both components rest on the judge.
    expect(shares("task/graded")).toEqual([1, 0.4]);
  });

  it("weighs the files of a task by their components", () => {
    // The judged file has three quarters, one of its five items is in the blind specialty.
    expect(shares("task/mixed")).toEqual([0.75, 0.15]);
  });

  it("rolls shares up as scores are rolled up", () => {
    // closed: mean of choice (0) and mixed; overall: mean of the two dimensions.
    expect(shares("dimension/closed")).toEqual([0.375, 0.075]);
    expect(shares("overall/")).toEqual([0.6875, 0.2375]);
  });

  it("weighs the items of a specialty equally, whatever their dataset", () => {
    // blind: 4 graded, 10 + 5 choices, 1 short answer; sound: 7 graded (one of them blind too), 4 short answers.
    expect(shares("specialty/primary/blind")).toEqual([0.25, 0.25]);
    expect(shares("specialty/primary/sound")).toEqual([1, Number((1 / 11).toFixed(10))]);
  });

  it("treats means over judged answers as depending entirely on the judge", () => {
    // 10 graded answers, 4 of them blind; 5 short answers, 1 of them blind.
    expect(shares("judged_overall/")).toEqual([1, Number((5 / 15).toFixed(10))]);
    expect(shares("judged_specialty/blind")).toEqual([1, 1]);
  });

  it("leaves out figures without a judged item", () => {
    expect(figures.has("task/choice")).toBe(false);
  });

  it("names the responsible slices with their shares", () => {
    expect(
      [...(figures.get("task/graded")?.slices ?? [])].map(([name, { share }]) => [name, share.toFixed(2)]),
    ).toEqual([["specialty:blind", "0.40"]]);
  });

  it("rejects the dataset that fails outside the blind specialties, and no other", () => {
    const found = reliance({
      slices: slices([
        ["graded", slice("not validated", true)],
        ["mixed", slice("not validated")],
      ]),
      isProxy: false,
    });
    expect(found.get("task/graded")?.unvalidated).toBeCloseTo(1, 12);
    expect(found.get("task/mixed")?.unvalidated).toBeCloseTo(0.15, 12);
  });

  it("counts everything as unvalidated and unrated if no answer of the judge was rated", () => {
    const { judge, unvalidated, unrated } = reliance(null).get("overall/") ?? {};
    expect([judge, unvalidated, unrated]).toEqual([judge, judge, judge]);
  });

  it("treats unrated matching of key points like grades, or refuses it, by policy", () => {
    const proxy = { slices: slices(), isProxy: true };
    const provisional = (name: string) => reliance(proxy).get(name)?.provisional;
    expect(provisional("task/graded")).toBeCloseTo(0.6, 12);
    const strict = reliance(proxy, { ...gatePolicies.withhold, unratedKeyPoints: "refuse" });
    expect(strict.get("task/graded")?.slices.has("criterion:key_point")).toBe(true);
  });
});
