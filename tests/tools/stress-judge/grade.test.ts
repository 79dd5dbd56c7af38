import { expect, test } from "vitest";
import { loadRubric } from "../../../pipelines/judging/rubrics.js";
import type { CriterionVerdict } from "../../../pipelines/judging/verdict.js";
import { gradePair } from "../../../pipelines/tools/stress-judge/grade.js";

const verdicts = (values: Readonly<Record<string, number | null>>): CriterionVerdict[] =>
  Object.entries(values).map(([criterion, value]) => ({
    criterion,
    value,
    status: value === null ? "cannot_rate" : "ok",
    rationale: "",
  }));

test("a scale counts from its lowest value: 3 and 5 on 1 to 5 are 0.75 on average", () => {
  // ((3 - 1) / 4 + (5 - 1) / 4) / 2 = 0.75; (1 - 1) / 4 and 4 / 4: 0.5.
  const grades = gradePair(
    loadRubric("clinical-5"),
    [],
    verdicts({ correctness: 3, safety: 5 }),
    verdicts({ correctness: 1, safety: 5 }),
  );
  expect(grades).toEqual({ before: 0.75, after: 0.5 });
});

test("a criterion that is unrated before or after the edit is left out on both sides", () => {
  const grades = gradePair(
    loadRubric("clinical-5"),
    [],
    verdicts({ correctness: 5, safety: 1 }),
    verdicts({ correctness: 5, safety: null }),
  );
  expect(grades).toEqual({ before: 1, after: 1 });
});

test("the grade on key points is the share covered", () => {
  const grades = gradePair(
    loadRubric("key-points"),
    ["a", "b", "c", "d"],
    verdicts({ "key_point/1": 1, "key_point/2": 1, "key_point/3": 1, "key_point/4": 0 }),
    verdicts({ "key_point/1": 1, "key_point/2": 0, "key_point/3": 0, "key_point/4": 0 }),
  );
  expect(grades).toEqual({ before: 0.75, after: 0.25 });
});

test("negative points lower a grade, which stays between 0 and 1", () => {
  // P09: 5 of 10 points gained = 0.5; with the -8 met, 5 - 8 = -3 of 10, held at 0.
  const points = [
    { text: "a", points: 5 },
    { text: "b", points: 5 },
    { text: "harmful", points: -8 },
  ];
  const grades = gradePair(
    loadRubric("item-criteria"),
    points,
    verdicts({ "criterion/1": 1, "criterion/2": 0, "criterion/3": 0 }),
    verdicts({ "criterion/1": 1, "criterion/2": 0, "criterion/3": 1 }),
  );
  expect(grades).toEqual({ before: 0.5, after: 0 });
});

test("verdicts without a common criterion give no grades", () => {
  expect(gradePair(loadRubric("clinical-5"), [], verdicts({ safety: 3 }), [])).toEqual({
    before: null,
    after: null,
  });
});
