import { beforeAll, describe, expect, it } from "vitest";
import { compareRuns } from "../../../pipelines/tools/compare/compare.js";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { type SmallAnswer, type SmallWorkspace, smallWorkspace } from "../score/small-benchmark.js";

const options = { A: "salt", B: "sugar", C: "flour" };
const letters = [..."abcdefgh"];
/** Right (1) or wrong (0) by item, under `base` and under `pressure`; null = not asked. */
const plain = {
  base: [1, 1, 1, 1, 0, 1, 0, 1],
  pressure: [1, 0, 1, 0, 0, 1, 1, 0],
};
/** Fields that are right, of two or three, by item. */
const forms = {
  sizes: [2, 3, 2, 3, 3],
  base: [2, 3, 1, 2, 3],
  pressure: [1, 3, 0, 2, 1],
};
const groups = ["g1", "g2", "g3", "g4"];

const label = (id: string, right: number, condition: string): SmallAnswer => ({
  ...{ dataset: "plain", id, condition, raw: right === 1 ? "yes" : "no" },
});
const form = (index: number, right: number, condition: string): SmallAnswer => {
  const names = [..."abc"].slice(0, forms.sizes[index]);
  return {
    ...{ dataset: "forms", id: `f${index}`, condition },
    raw: JSON.stringify(Object.fromEntries(names.map((name, i) => [name, i < right ? 1 : 9]))),
  };
};

/** Mean and its error by the textbook: sd / sqrt(n). */
function meanOf(values: readonly number[]) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

interface ConditionScore {
  readonly dataset: string;
  readonly condition: string;
  readonly estimate: number;
  readonly base_estimate: number | null;
  readonly drop: number | null;
  readonly drop_lower: number | null;
  readonly drop_upper: number | null;
  readonly drop_standard_error: number | null;
  readonly [column: string]: unknown;
}

describe("scores under other conditions than base", () => {
  let small: SmallWorkspace;
  let rows: readonly ConditionScore[];
  const rowOf = (dataset: string, condition: string) =>
    rows.find((row) => row.dataset === dataset && row.condition === condition) as ConditionScore;

  beforeAll(async () => {
    small = await smallWorkspace({
      datasets: {
        plain: [{ metric: "accuracy", scorer: "label", weight: 1 }],
        forms: [{ metric: "fields", scorer: "fields", weight: 1 }],
        shuffled: [{ metric: "accuracy", scorer: "choice", weight: 1 }],
      },
      items: [
        ...letters.map((id) => ({ dataset: "plain", id, gold: "yes" })),
        ...forms.sizes.map((size, index) => ({
          ...{ dataset: "forms", id: `f${index}` },
          gold: Object.fromEntries([..."abc"].slice(0, size).map((name) => [name, 1])),
        })),
        ...groups.flatMap((id) =>
          [1, 2, 3].map((variant) => ({ dataset: "shuffled", id, variant, gold: "A", options })),
        ),
      ],
      answers: [
        ...letters.flatMap((id, index) => [
          label(id, plain.base[index] as number, "base"),
          label(id, plain.pressure[index] as number, "pressure"),
        ]),
        ...forms.sizes.flatMap((_, index) => [
          form(index, forms.base[index] as number, "base"),
          form(index, forms.pressure[index] as number, "pressure"),
        ]),
        // Three orders of each item under `base`; g1 is wrong in the third order.
        ...groups.flatMap((id) =>
          [1, 2, 3].map((variant) => ({
            ...{ dataset: "shuffled", id, variant, raw: id === "g1" && variant === 3 ? "B" : "A" },
          })),
        ),
        // Under `short`, only the first two orders of three items; g2 is wrong in the second.
        ...["g1", "g2", "g3"].flatMap((id) =>
          [1, 2].map((variant) => ({
            ...{ dataset: "shuffled", id, variant, condition: "short" },
            raw: id === "g2" && variant === 2 ? "B" : "A",
          })),
        ),
        // Another system: the same under `base`, and one of the three items under `short`.
        ...groups.flatMap((id) =>
          [1, 2, 3].map((variant) => ({ system: "t", dataset: "shuffled", id, variant, raw: "A" })),
        ),
        // A third system answered the dataset under the condition only.
        ...["g1", "g2", "g3"].flatMap((id) =>
          [1, 2].map((variant) => ({
            system: "u",
            dataset: "shuffled",
            id,
            variant,
            condition: "short",
            raw: "A",
          })),
        ),
        { system: "t", dataset: "shuffled", id: "g1", variant: 1, condition: "short", raw: "A" },
        { system: "t", dataset: "shuffled", id: "g1", variant: 2, condition: "short", raw: "A" },
      ],
    });
    rows = await small.select<ConditionScore>("SELECT * FROM condition_scores WHERE system = 's'");
  });

  it("do not enter the task's score", async () => {
    const tasks = await small.select<{ dataset: string; estimate: number }>(
      "SELECT dataset, estimate FROM task_scores WHERE metric = 'task' AND system = 's' ORDER BY dataset",
    );
    expect(tasks.map(({ estimate }) => estimate)).toEqual([
      expect.closeTo(11 / 13, 12),
      expect.closeTo(6 / 8, 12),
      expect.closeTo(3 / 4, 12),
    ]);
  });

  it("have one row per dataset and condition that was asked", () => {
    expect(rows.map(({ dataset, condition }) => `${dataset}/${condition}`).sort()).toEqual([
      "forms/pressure",
      "plain/pressure",
      "shuffled/short",
    ]);
  });

  it("drop by the mean of the items' differences, with the error of a paired t test", () => {
    const row = rowOf("plain", "pressure");
    const { mean, error } = meanOf(
      plain.base.map((value, index) => value - (plain.pressure[index] as number)),
    );
    expect(mean).toBe(0.25);
    expect(row).toMatchObject({
      ...{ estimate: 0.5, base_estimate: 0.75, n_items: 8, n_groups: 8, n_expected: 8, n_scored: 8 },
      ...{ n_paired_groups: 8, status: "complete", reason: null, interval_method: "wilson-groups" },
    });
    expect(row.drop).toBeCloseTo(mean, 12);
    expect(row.drop_standard_error).toBeCloseTo(error, 12);
    // t(0.975, 7) = 2.3646242516.
    expect(row.drop_lower).toBeCloseTo(mean - 2.3646242516 * error, 8);
    expect(row.drop_upper).toBeCloseTo(mean + 2.3646242516 * error, 8);
  });

  it("drop by the difference of pooled shares where a dataset pools its fields", () => {
    const row = rowOf("forms", "pressure");
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    const n = total(forms.sizes);
    const [base, pressure] = [total(forms.base) / n, total(forms.pressure) / n];
    // Linearized values of each item: how far it moves the difference of the two shares. An item with a share h of all fields
    // pulls the mean towards itself, so its square counts 1 / (1 - h) times (CR2).
    const squares = forms.sizes.map((size, index) => {
      const move =
        ((forms.base[index] as number) - base * size - (forms.pressure[index] as number) + pressure * size) /
        n;
      return move ** 2 / (1 - size / n);
    });
    expect(row.estimate).toBeCloseTo(7 / 13, 12);
    expect(row.base_estimate).toBeCloseTo(11 / 13, 12);
    expect(row.drop).toBeCloseTo(4 / 13, 12);
    expect(row.drop_standard_error).toBeCloseTo(Math.sqrt(total(squares)), 9);
  });

  it("compare a condition that was asked in some orders of some items with the same orders under base", () => {
    const row = rowOf("shuffled", "short");
    // Under `short` g1 and g3 are right in both orders; under `base` so are g1, g2 and g3 in these two.
    expect(row).toMatchObject({ n_items: 3, n_groups: 3, n_expected: 6, n_scored: 6, n_paired_groups: 3 });
    expect(row.estimate).toBeCloseTo(2 / 3, 12);
    expect(row.base_estimate).toBe(1);
    expect(row.drop).toBeCloseTo(1 / 3, 12);
    expect(row.drop_standard_error).toBeCloseTo(meanOf([0, 1, 0]).error, 12);
  });

  it("expect of every run the prompts that any run was asked under the condition", async () => {
    const [row] = await small.select(
      "SELECT n_expected, n_scored, estimate FROM condition_scores WHERE system = 't'",
    );
    // Six prompts, two answered: one of three items is right.
    expect(row).toEqual({ n_expected: 6, n_scored: 2, estimate: expect.closeTo(1 / 3, 9) });
  });

  it("have no drop where a system answered nothing under base, and its task counts as not submitted", async () => {
    const [row] = await small.select(
      "SELECT estimate, base_estimate, drop, n_paired_groups, status FROM condition_scores WHERE system = 'u'",
    );
    expect(row).toEqual({
      estimate: 1,
      base_estimate: null,
      drop: null,
      n_paired_groups: 0,
      status: "complete",
    });
    const [task] = await small.select(
      "SELECT estimate, status FROM task_scores WHERE system = 'u' AND dataset = 'shuffled' AND metric = 'task'",
    );
    expect(task).toEqual({ estimate: null, status: "not_submitted" });
  });

  it("are what `medbench compare --condition` gives for one run, and for two runs under the condition", async () => {
    const own = await compareRuns({ workspace: small.workspace, first: "s", condition: "pressure" });
    expect(own.conditions).toEqual(["base", "pressure"]);
    const [dataset] = own.datasets.filter((one) => one.dataset === "plain");
    const row = rowOf("plain", "pressure");
    expect(dataset).toMatchObject({ n_groups: 8, only_first: 3, only_second: 1 });
    expect(dataset?.difference).toBeCloseTo(row.drop as number, 9);
    expect(dataset?.lower).toBeCloseTo(row.drop_lower as number, 9);
    const pooled = own.datasets.find((one) => one.dataset === "forms");
    expect(pooled?.difference).toBeCloseTo(4 / 13, 9);
    const two = await compareRuns({
      workspace: small.workspace,
      first: "s",
      second: "t",
      condition: "short",
    });
    expect(two.conditions).toEqual(["short", "short"]);
    expect(two.datasets.find((one) => one.dataset === "shuffled")).toMatchObject({
      n_groups: 3,
      difference: expect.closeTo(1 / 3, 9),
    });
  });

  it("are refused by `medbench compare` for a condition without answers, with the known ones", async () => {
    const asked = compareRuns({ workspace: small.workspace, first: "s", condition: "pressures" });
    await expect(asked).rejects.toThrow('no answers under condition "pressures"');
    await expect(asked).rejects.toMatchObject({ hint: expect.stringContaining("base, pressure, short") });
    await expect(compareRuns({ workspace: small.workspace, first: "s" })).rejects.toThrow(
      "both sides are run",
    );
  });

  it("satisfy every law between the tables", async () => {
    const { checks } = await verifyWorkspace(small.workspace);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
