import { beforeAll, describe, expect, it } from "vitest";
import { type Comparison, compareRuns } from "../../../pipelines/tools/compare/compare.js";
import { scorerNames } from "../../../src/lib/scorers/index.js";
import {
  type SmallAnswer,
  type SmallItem,
  type SmallVerdict,
  type SmallWorkspace,
  smallWorkspace,
} from "../../stages/score/small-benchmark.js";

const sizes = [1, 5, 2, 1, 4, 3, 1];
const words = [..."abcdefgh"].map((letter) => `sign ${letter}`);
const some = (n: number) => words.slice(0, n);
const fieldsOf = (n: number, right: number) =>
  Object.fromEntries(some(n).map((name, index) => [name, index < right ? "yes" : "no"]));
const boxAt = (n: number) => [{ 类别: ["结节"], 边界框: [0, 0, 100, n * 10] }];

/** What an item asks, and an answer that is right in `right` of its `n` parts (or right or wrong where it has no parts). */
interface Task {
  readonly component: object;
  readonly item: (n: number) => Omit<SmallItem, "dataset" | "id">;
  readonly answer: (n: number, right: number) => string;
}
const component = (scorer: string, options?: object) => ({
  ...{ metric: scorer, scorer, weight: 1 },
  ...(options === undefined ? {} : { options }),
});
const verdictTask = (scorer: string, item: Task["item"]): Task => ({
  ...{ component: component(scorer), item, answer: () => "an answer" },
});

const tasks: Readonly<Record<string, Task>> = {
  choice: {
    component: component("choice"),
    item: () => ({ gold: "A", options: { A: "rest", B: "surgery" } }),
    answer: (n, right) => (right === n ? "A" : "B"),
  },
  set: {
    component: component("set", { kind: "names" }),
    item: (n) => ({ gold: some(n) }),
    answer: (n, right) => [...some(right), ...(right < n ? ["other"] : [])].join("、"),
  },
  fields: {
    component: component("fields"),
    item: (n) => ({ gold: fieldsOf(n, n) }),
    answer: (n, right) => JSON.stringify(fieldsOf(n, right)),
  },
  label: {
    component: component("label"),
    item: () => ({ gold: "better" }),
    answer: (n, right) => (right === n ? "better" : "worse"),
  },
  label_set: {
    component: component("label_set"),
    item: (n) => ({ gold: some(n) }),
    answer: (n, right) => [...some(right), ...(right < n ? ["other"] : [])].join("|"),
  },
  number: {
    component: component("number"),
    item: () => ({ gold: { value: 62, lower: 61, upper: 63 } }),
    answer: (n, right) => (right === n ? "62" : "70"),
  },
  boxes: {
    component: component("boxes"),
    item: (n) => ({ gold: boxAt(n) }),
    answer: (n, right) => JSON.stringify(boxAt(n + n - right)),
  },
  edit_distance: {
    component: component("edit_distance"),
    item: (n) => ({ gold: { text: "x".repeat(n) } }),
    answer: (n, right) => JSON.stringify({ text: "x".repeat(right) + "y".repeat(n - right) }),
  },
  key_points: verdictTask("key_points", (n) => ({ keyPoints: some(n) })),
  // One of the criteria has a penalty that outweighs the others: a mean can be below 0 before it is clipped.
  criteria: verdictTask("criteria", (n) => ({
    keyPoints: [...some(n).map((text) => ({ text, points: 1 })), { text: "harm", points: -2 * n }],
  })),
  judge: verdictTask("judge", () => ({ gold: "-" })),
  given: verdictTask("given", () => ({})),
};

/** Parts that each system has right, by item: the first is better on small items, the second on large ones. */
const right: Readonly<Record<string, readonly number[]>> = {
  s: [1, 1, 2, 1, 1, 2, 1],
  t: [0, 5, 0, 0, 4, 3, 1],
};
const systems = ["s", "t"];
const ids = sizes.map((_, index) => `i${index}`);

function verdictsOf(system: string, index: number): SmallVerdict[] {
  const [n, got, id] = [sizes[index] as number, right[system]?.[index] as number, ids[index] as string];
  const of = (dataset: string, criterion: string, value: number, highest = 1): SmallVerdict => ({
    ...{ system, dataset, id, criterion, value, highest },
  });
  const met = (place: number) => (place < got ? 1 : 0);
  return [
    ...some(n).map((_, place) => of("key_points", `key_point/${place + 1}`, met(place))),
    ...some(n).map((_, place) => of("criteria", `criterion/${place + 1}`, met(place))),
    // The harm of the first system outweighs everything that it has right.
    of("criteria", `criterion/${n + 1}`, system === "s" ? 1 : 0),
    of("judge", "overall", 1 + Math.round((4 * got) / n), 5),
  ];
}

describe("the difference of two systems", () => {
  let small: SmallWorkspace;
  let found: Comparison;
  const datasets = [...Object.keys(tasks), "composed"];

  beforeAll(async () => {
    const fromTask = Object.entries(tasks);
    small = await smallWorkspace({
      datasets: {
        ...Object.fromEntries(fromTask.map(([id, task]) => [id, [task.component]])),
        composed: [
          { metric: "f1", scorer: "label_set", weight: 3 },
          { metric: "exact", scorer: "set", weight: 1, options: { kind: "names" } },
        ],
      },
      items: datasets.flatMap((dataset) =>
        ids.map((id, index) => ({
          ...{ dataset, id },
          ...(tasks[dataset] ?? (tasks["label_set"] as Task)).item(sizes[index] as number),
        })),
      ),
      answers: systems.flatMap((system) =>
        datasets.flatMap((dataset) =>
          ids.map((id, index): SmallAnswer => {
            const answer = (tasks[dataset] ?? (tasks["label_set"] as Task)).answer;
            const raw = answer(sizes[index] as number, right[system]?.[index] as number);
            const given = (right[system]?.[index] as number) / (sizes[index] as number);
            return { system, dataset, id, raw, given };
          }),
        ),
      ),
      verdicts: systems.flatMap((system) => ids.flatMap((_, index) => verdictsOf(system, index))),
      dimensionOf: (dataset) => dataset,
    });
    found = await compareRuns({ workspace: small.workspace, first: "s", second: "t" });
  });

  it("is tried for every scorer that a catalogue can name", () => {
    expect(Object.keys(tasks).sort()).toEqual([...scorerNames].sort());
    expect(found.datasets.map(({ dataset }) => dataset).sort()).toEqual([...datasets].sort());
  });

  it("is the difference of the published scores in `medbench compare`, whatever the metric", async () => {
    const rows = await small.select<{ dataset: string; first: number; second: number }>(
      `SELECT dataset, a.estimate AS first, b.estimate AS second
       FROM (FROM task_scores WHERE metric = 'task' AND system = 's') AS a
       JOIN (FROM task_scores WHERE metric = 'task' AND system = 't') AS b USING (dataset)`,
    );
    for (const { dataset, first, second } of rows) {
      const own = found.datasets.find((one) => one.dataset === dataset);
      expect(own?.first_score, dataset).toBeCloseTo(first, 9);
      expect(own?.second_score, dataset).toBeCloseTo(second, 9);
      expect(own?.difference, dataset).toBeCloseTo(first - second, 9);
    }
    // Pooled over the labels of all items the second is ahead: 2 x 9 / (9 + 6 false + 17 gold), 2 x 13 / (13 + 3 + 17).
    expect(rows.find(({ dataset }) => dataset === "fields")?.first).toBeCloseTo(9 / 17, 9);
    expect(rows.find(({ dataset }) => dataset === "fields")?.second).toBeCloseTo(13 / 17, 9);
    // The penalties of the first system: its mean is clipped to 0.
    expect(rows.find(({ dataset }) => dataset === "criteria")?.first).toBe(0);
  });

  it("has the interval and the p-value of the table of comparisons, for each dataset and for all", async () => {
    const pairs = await small.select<{
      scope: string;
      name: string;
      system: string;
      difference: number;
      lower: number | null;
      upper: number | null;
      p: number | null;
    }>("SELECT scope, name, system, difference, lower, upper, p FROM comparisons WHERE basis = 'as_scored'");
    expect(pairs).toHaveLength(datasets.length + 1);
    for (const pair of pairs) {
      const own =
        pair.scope === "overall"
          ? found.overall
          : found.datasets.find(({ dataset }) => dataset === pair.name);
      // The table names the better system first.
      const turned =
        pair.system === "s" ? own : { ...own, lower: minus(own?.upper), upper: minus(own?.lower) };
      expect(own?.difference, pair.name).toBeCloseTo((pair.system === "s" ? 1 : -1) * pair.difference, 9);
      for (const [ours, theirs] of [
        [turned?.lower, pair.lower],
        [turned?.upper, pair.upper],
        [own?.p, pair.p],
      ]) {
        if (theirs === null) expect(ours, pair.name).toBeNull();
        else expect(ours, pair.name).toBeCloseTo(theirs as number, 9);
      }
    }
  });

  it("has no limit beyond 100 points, and no score or limit is below 0 or above 100", async () => {
    const tables = {
      comparisons: ["difference", "lower", "upper"],
      task_scores: ["estimate", "lower", "upper"],
      dimension_scores: ["estimate", "lower", "upper", "bootstrap_lower", "bootstrap_upper"],
      overall_scores: ["estimate", "lower", "upper", "bootstrap_lower", "bootstrap_upper"],
    };
    for (const [table, columns] of Object.entries(tables)) {
      const least = table === "comparisons" ? -1 : 0;
      const [row] = await small.select<{ n: number }>(
        `SELECT count(*) AS n FROM ${table} WHERE ${columns.map((column) => `${column} NOT BETWEEN ${least} AND 1`).join(" OR ")}`,
      );
      expect(row?.n, table).toBe(0);
    }
    for (const { lower, upper } of found.datasets)
      if (lower !== null) expect(Math.max(-lower, upper as number)).toBeLessThanOrEqual(1);
  });

  it("is between scores that have one interval each: a dimension of one task has that of the task", async () => {
    const odd = await small.select(
      `SELECT t.dataset, t.interval_method, d.interval_method, t.lower, d.lower, t.upper, d.upper, t.standard_error, d.standard_error
       FROM task_scores AS t JOIN dimension_scores AS d ON t.run_id = d.run_id AND t.dataset = d.dimension
       WHERE t.metric = 'task' AND (abs(t.estimate - d.estimate) > 1e-12 OR t.interval_method <> d.interval_method
         OR t.lower IS DISTINCT FROM d.lower OR t.upper IS DISTINCT FROM d.upper
         OR t.standard_error IS DISTINCT FROM d.standard_error)`,
    );
    expect(odd).toEqual([]);
  });
});

const minus = (value: number | null | undefined) => (typeof value === "number" ? -value : value);
