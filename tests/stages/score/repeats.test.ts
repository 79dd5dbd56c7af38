import { beforeAll, describe, expect, it } from "vitest";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { type SmallAnswer, type SmallWorkspace, smallWorkspace } from "./small-benchmark.js";

const options = { A: "salt", B: "sugar", C: "flour" };
const groups = ["g1", "g2", "g3", "g4"];
const variants = [1, 2, 3, 4, 5];
const fields = ["f1", "f2", "f3"];
const labels = ["l1", "l2"];

const choice = (system: string, id: string, variant: number, raw = "A", repeat = 1): SmallAnswer => ({
  ...{ system, dataset: "shuffled", id, variant, raw, repeat },
});
/** A first run that is right everywhere, except where `wrong` names an item. */
const fullRun = (system: string, wrong: readonly string[] = []): SmallAnswer[] => [
  ...groups.flatMap((id) =>
    variants.map((variant) => choice(system, id, variant, wrong.includes(id) && variant === 5 ? "B" : "A")),
  ),
  ...fields.map((id) => ({
    system,
    dataset: "fields",
    id,
    raw: wrong.includes(id) ? '{"a":9,"b":9}' : '{"a":1,"b":2}',
  })),
  ...labels.map((id) => ({ system, dataset: "labels", id, raw: wrong.includes(id) ? "y" : "x" })),
];
const again = (answers: readonly SmallAnswer[], fits: (answer: SmallAnswer) => boolean, repeat = 2) =>
  answers.filter(fits).map((answer) => ({ ...answer, repeat }));

interface Task {
  readonly system: string;
  readonly dataset: string;
  readonly estimate: number;
  readonly lower: number;
  readonly n_expected: number;
  readonly n_missing: number;
  readonly n_scored: number;
  readonly n_excluded: number;
}

describe("runs that ask some prompts again", () => {
  let small: SmallWorkspace;
  let tasks: readonly Task[];
  const taskOf = (system: string, dataset: string) =>
    tasks.find((task) => task.system === system && task.dataset === dataset) as Task;

  beforeAll(async () => {
    const wrong = fullRun("wrong-item-twice", ["g4", "f3", "l2"]);
    const part = fullRun("part-of-group");
    const unsteady = fullRun("unsteady", ["g1"]);
    small = await smallWorkspace({
      datasets: {
        shuffled: [{ metric: "accuracy", scorer: "choice", weight: 1 }],
        fields: [{ metric: "fields", scorer: "fields", weight: 1 }],
        labels: [{ metric: "f1", scorer: "label_set", weight: 1 }],
      },
      items: [
        ...groups.flatMap((id) =>
          variants.map((variant) => ({ dataset: "shuffled", id, variant, gold: "A", options })),
        ),
        ...fields.map((id) => ({ dataset: "fields", id, gold: { a: 1, b: 2 } })),
        ...labels.map((id) => ({ dataset: "labels", id, gold: ["x"] })),
      ],
      answers: [
        ...fullRun("once"),
        ...fullRun("right-item-twice"),
        ...again(fullRun("right-item-twice"), ({ id }) => ["g1", "f1", "l1"].includes(id)),
        ...wrong,
        ...again(wrong, ({ id }) => ["g4", "f3", "l2"].includes(id)),
        // One of five option orders asked again, right in one item and wrong in the other.
        ...part,
        choice("part-of-group", "g1", 3, "A", 2),
        choice("part-of-group", "g2", 3, "B", 2),
        // Wrong at first, then right in all five orders.
        ...unsteady,
        ...variants.map((variant) => choice("unsteady", "g1", variant, "A", 2)),
        // Three complete runs, with one item wrong in one of them.
        ...fullRun("three-runs"),
        ...again(fullRun("three-runs", ["g2"]), () => true, 2),
        ...again(fullRun("three-runs"), () => true, 3),
        // A run that stopped in the middle of an item, and was continued under the next repeat.
        ...fullRun("continued").filter(({ id, variant = 1 }) => id === "g1" || (id === "g2" && variant <= 3)),
        ...again(
          fullRun("continued"),
          ({ id, variant = 1 }) => !(id === "g1" || (id === "g2" && variant <= 3)) && id !== "g4",
        ),
      ],
    });
    tasks = await small.select<Task>("SELECT * FROM task_scores WHERE metric = 'task'");
  });

  it.each(["shuffled", "fields", "labels"])("do not miss the other items of %s", (dataset) => {
    for (const system of [
      "once",
      "right-item-twice",
      "wrong-item-twice",
      "part-of-group",
      "unsteady",
      "three-runs",
    ])
      expect(taskOf(system, dataset), system).toMatchObject({ n_missing: 0 });
  });

  it("keep full marks, with the interval of a run without repeats", () => {
    const once = taskOf("once", "shuffled");
    const twice = taskOf("right-item-twice", "shuffled");
    expect(once).toMatchObject({ estimate: 1, n_expected: 20, n_scored: 20 });
    expect(twice).toMatchObject({ estimate: 1, n_expected: 25, n_scored: 25 });
    expect(twice.lower).toBe(once.lower);
    expect(taskOf("right-item-twice", "fields").estimate).toBe(1);
    expect(taskOf("right-item-twice", "labels").estimate).toBe(1);
  });

  it("give an item that was asked twice the weight of one", () => {
    // 3 of 4 items; 4 of 6 fields; labels: TP 1, FP 1, FN 1 -> 2 / 4.
    expect(taskOf("wrong-item-twice", "shuffled").estimate).toBeCloseTo(3 / 4, 12);
    expect(taskOf("wrong-item-twice", "fields").estimate).toBeCloseTo(4 / 6, 12);
    expect(taskOf("wrong-item-twice", "labels").estimate).toBeCloseTo(1 / 2, 12);
  });

  it("average the complete attempts at a shuffled item: wrong once and right once is a half", () => {
    expect(taskOf("unsteady", "shuffled").estimate).toBeCloseTo((0.5 + 3) / 4, 12);
  });

  it("leave out an attempt at some variants of a shuffled item, right or wrong, and say so", async () => {
    expect(taskOf("part-of-group", "shuffled")).toMatchObject({
      ...{ estimate: 1, n_expected: 22, n_scored: 20, n_excluded: 2 },
    });
    const left = await small.select(
      "SELECT item_id, variant, repeat, detail FROM outcomes WHERE outcome = 'excluded' ORDER BY 1",
    );
    expect(left).toEqual([
      { item_id: "g1", variant: 3, repeat: 2, detail: "repeated without the other variants of its group" },
      { item_id: "g2", variant: 3, repeat: 2, detail: "repeated without the other variants of its group" },
    ]);
  });

  it("count complete repeats as before: 11 of 12 attempts", () => {
    expect(taskOf("three-runs", "shuffled")).toMatchObject({ n_expected: 60, n_scored: 60 });
    expect(taskOf("three-runs", "shuffled").estimate).toBeCloseTo(11 / 12, 12);
  });

  it("join the parts of a run that was continued, and miss each prompt without an answer once", () => {
    // g4 has no answer: five missing prompts, and 3 of 4 items right.
    expect(taskOf("continued", "shuffled")).toMatchObject({ n_expected: 20, n_scored: 15, n_missing: 5 });
    expect(taskOf("continued", "shuffled").estimate).toBeCloseTo(3 / 4, 12);
  });

  it("satisfy every law between the tables", async () => {
    const { checks } = await verifyWorkspace(small.workspace);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
