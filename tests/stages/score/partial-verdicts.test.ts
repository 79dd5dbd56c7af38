import { beforeAll, describe, expect, it } from "vitest";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { type SmallVerdict, type SmallWorkspace, smallWorkspace } from "./small-benchmark.js";

const clinical = ["correctness", "completeness", "clinical_reasoning", "safety", "communication"];
type Grade = number | "cannot_rate" | "failed";

/** Grades of an answer on a scale from 1 to 5; null leaves the criterion out of the verdict. */
const graded = (
  dataset: string,
  id: string,
  grades: Readonly<Record<string, Grade | null>>,
  more: Partial<SmallVerdict> = {},
): SmallVerdict[] =>
  Object.entries(grades).flatMap(([criterion, grade]) =>
    grade === null
      ? []
      : [
          {
            ...{ dataset, id, criterion, highest: 5, value: typeof grade === "number" ? grade : null },
            status: typeof grade === "number" ? ("ok" as const) : grade,
            ...more,
          },
        ],
  );
const all = (grades: readonly (Grade | null)[], names: readonly string[] = clinical) =>
  Object.fromEntries(names.map((name, index) => [name, grades[index] ?? null]));

const ids = {
  clinical: ["full", "failing", "absent", "unrated", "alias", "twice", "between", "extra", "none"],
  own: ["a", "b", "c", "partial", "stray"],
  named: ["x", "y"],
  points: ["p-full", "p-failed", "p-absent", "p-other", "p-none"],
};

describe("verdicts on some of a rubric's criteria", () => {
  let small: SmallWorkspace;
  beforeAll(async () => {
    const judge = (options?: object) => [
      { metric: "judge", scorer: "judge", weight: 1, ...(options ? { options } : {}) },
    ];
    const point = (id: string, number: number, value: number | null): SmallVerdict => ({
      ...{ dataset: "points", id, criterion: `key_point/${number}`, highest: 1, value },
      status: value === null ? "failed" : "ok",
    });
    small = await smallWorkspace({
      datasets: {
        clinical: judge(),
        own: judge(),
        named: judge({ rubric: "clinical-5" }),
        points: [{ metric: "recall", scorer: "key_points", weight: 1 }],
      },
      items: [
        ...[...ids.clinical.map((id) => ["clinical", id]), ...ids.own.map((id) => ["own", id])].map(
          ([dataset = "", id = ""]) => ({ dataset, id, gold: "-" }),
        ),
        ...ids.named.map((id) => ({ dataset: "named", id, gold: "-" })),
        ...ids.points.map((id) => ({ dataset: "points", id, keyPoints: ["one", "two", "three"] })),
      ],
      answers: Object.entries(ids).flatMap(([dataset, own]) =>
        own.map((id) => ({ dataset, id, raw: "an answer" })),
      ),
      verdicts: [
        ...Object.entries({
          full: all([5, 4, 4, 3, 4]),
          failing: all(["failed", "failed", "failed", "failed", 5]),
          absent: all([null, null, null, null, 5]),
          unrated: all([5, 5, "cannot_rate", 5, 5]),
          alias: { ...all([4, 4, null, 4, 4]), reasoning: 4 },
          twice: all([5, 5, 5, 5, 5]),
          between: all([5, "failed", 5, 5, 5]),
          extra: { ...all([2, 2, 2, 2, 2]), overall: 5 },
        }).flatMap(([id, grades]) => graded("clinical", id, grades, { rubric: "clinical-5/1" })),
        // Asked again, the judge grades one criterion only, and the one that it failed on before.
        ...graded("clinical", "twice", { safety: 3 }, { rubric: "clinical-5/1", repeat: 2 }),
        ...graded("clinical", "between", { completeness: 5 }, { rubric: "clinical-5/1", repeat: 2 }),
        // A rubric that only the source knows: `tone` and `facts` on three of five answers and more, `mood` once.
        ...["a", "b", "c"].flatMap((id) => graded("own", id, { tone: 4, facts: 5 })),
        ...graded("own", "partial", { tone: 5 }),
        ...graded("own", "stray", { tone: 2, facts: 2, mood: 5 }),
        // The catalogue names the rubric, so the name that the source gives it does not matter.
        ...graded("named", "x", all([1, 1, 1, 1, 1])),
        ...graded("named", "y", { safety: 5 }),
        ...[1, 2, 3].map((number) => point("p-full", number, number === 3 ? 0 : 1)),
        ...[1, 2, 3].map((number) => point("p-failed", number, number === 3 ? null : 1)),
        ...[1, 2].map((number) => point("p-absent", number, 1)),
        // Three verdicts, but the third is about a point that the item does not have.
        ...[1, 2, 4].map((number) => point("p-other", number, 1)),
      ],
    });
  });

  it("are failures of the judge and never a grade, and an answer without any verdict waits", async () => {
    const rows = await small.select<{ item_id: string; outcome: string; detail: string | null }>(
      "SELECT item_id, outcome, detail FROM outcomes ORDER BY ALL",
    );
    expect(
      Object.fromEntries(rows.map(({ item_id, outcome, detail }) => [item_id, [outcome, detail]])),
    ).toEqual({
      full: ["scored", null],
      failing: ["judge_failed", "1 of 5 criteria rated"],
      absent: ["judge_failed", "1 of 5 criteria rated"],
      unrated: ["judge_failed", "4 of 5 criteria rated"],
      alias: ["scored", null],
      twice: ["scored", null],
      between: ["scored", null],
      extra: ["scored", null],
      none: ["awaiting_judgment", null],
      a: ["scored", null],
      b: ["scored", null],
      c: ["scored", null],
      partial: ["judge_failed", "1 of 2 criteria rated"],
      stray: ["scored", null],
      x: ["scored", null],
      y: ["judge_failed", "1 of 5 criteria rated"],
      "p-full": ["scored", null],
      "p-failed": ["judge_failed", "2 of 3 key points rated"],
      "p-absent": ["judge_failed", "2 of 3 key points rated"],
      "p-other": ["judge_failed", "2 of 3 key points rated"],
      "p-none": ["awaiting_judgment", null],
    });
  });

  it("leave the values of complete verdicts alone: the mean of the rubric's criteria, repeats as the mean of each criterion", async () => {
    const rows = await small.select<{ item_id: string; value: number }>("SELECT item_id, value FROM scores");
    const values = Object.fromEntries(rows.map(({ item_id, value }) => [item_id, value]));
    expect(Object.keys(values)).toHaveLength(11);
    const expected = {
      full: 20 / 25,
      alias: 4 / 5,
      // safety was graded 5 and 3, which is 4.
      twice: 24 / 25,
      between: 1,
      // `overall` is not a criterion of clinical-5.
      extra: 2 / 5,
      a: 4.5 / 5,
      b: 4.5 / 5,
      c: 4.5 / 5,
      // `mood` was asked of one answer in five: not a criterion of the rubric.
      stray: 2 / 5,
      x: 1 / 5,
      "p-full": 2 / 3,
    };
    for (const [id, value] of Object.entries(expected)) expect(values[id], id).toBeCloseTo(value, 6);
  });

  it("are left out where judge and people are compared on whole answers", async () => {
    await runCalibrate({ workspace: small.workspace });
    const rows = await small.select<{ rubric_version: string; n_judged: number; judge_estimate: number }>(
      "SELECT rubric_version, n_judged, judge_estimate FROM corrected_scores WHERE scope = 'overall' ORDER BY 1",
    );
    expect(rows).toEqual([
      // full, alias, twice and extra, each by its first verdict: (0.8 + 0.8 + 1 + 0.4) / 4.
      { rubric_version: "clinical-5/1", n_judged: 4, judge_estimate: expect.closeTo(0.75, 9) },
      // a, b, c, stray and x: (3 * 0.9 + 0.4 + 0.2) / 5.
      { rubric_version: "r/1", n_judged: 5, judge_estimate: expect.closeTo(0.66, 9) },
    ]);
  });

  it("widen the bounds of the task as answers without a value", async () => {
    const [named] = await small.select<Record<string, number>>(
      "SELECT estimate, worst, best, n_scored, n_judge_failed FROM task_scores WHERE dataset = 'named' AND metric = 'task'",
    );
    // x has 0.2; y could be anything from 0 to 1.
    expect(named).toMatchObject({ estimate: 0.2, worst: 0.1, best: 0.6, n_scored: 1, n_judge_failed: 1 });
  });
});
