import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadRubric } from "../../pipelines/judging/rubrics.js";
import { parseVerdict } from "../../pipelines/judging/verdict.js";
import { growthOf, linearGrowth } from "../growth.js";

const points = loadRubric("key-points");
const clinical = loadRubric("clinical-5");
const ids = ["correctness", "completeness", "clinical_reasoning", "safety", "communication"];
const full = (value: unknown) => Object.fromEntries(ids.map((id) => [id, { reason: "r", verdict: value }]));

describe("a readable verdict", () => {
  test("gives one value for each criterion, in the rubric's order", () => {
    const parsed = parseVerdict(JSON.stringify(full(4)), clinical);
    expect(parsed.status).toBe("ok");
    expect(parsed.verdicts.map(({ criterion, value }) => [criterion, value])).toEqual(
      ids.map((id) => [id, 4]),
    );
  });

  test("may come in a code fence after closed thoughts", () => {
    const text = `<think>{"correctness": 1}</think>\n\`\`\`json\n${JSON.stringify(full(2), null, 1)}\n\`\`\``;
    expect(parseVerdict(text, clinical).status).toBe("ok");
  });

  const object = JSON.stringify(full(2));
  test.each([
    `The candidate misses the dose: 4 or 2?\n</think>\n\n${object}`,
    `<Thought>4 or 2?</Thought>${object}`,
    `◁think▷4 or 2?◁/think▷\n\`\`\`json\n${object}\n\`\`\``,
    `<|channel|>analysis<|message|>4 or 2?<|end|><|start|>assistant<|channel|>final<|message|>${object}<|return|>`,
    `analysis4 or 2?assistantfinal${object}`,
  ])("may come after the reasoning marks that candidates use: %j", (text) => {
    expect(parseVerdict(text, clinical)).toMatchObject({ status: "ok" });
  });

  test("may quote reasoning marks of the candidate in a reason", () => {
    const reason = `says </think>${object.replaceAll('"', "'")}, <think> and assistantfinal`;
    const text = JSON.stringify({ ...full(4), safety: { reason, verdict: 1 } });
    const { status, verdicts } = parseVerdict(text, clinical);
    expect(status).toBe("ok");
    expect(verdicts.find(({ criterion }) => criterion === "safety")).toMatchObject({
      value: 1,
      rationale: reason,
    });
  });

  test.each(["json", "JSON", ""])("may come in a fence labeled %j, with reasons in Chinese", (label) => {
    const text = `\`\`\`${label}\n${JSON.stringify(full(4)).replaceAll('"r"', '"剂量正确，“安全”"')}\n\`\`\``;
    expect(parseVerdict(text, clinical)).toMatchObject({ status: "ok", verdicts: expect.any(Array) });
  });

  test("keeps 'cannot rate' separate from grades", () => {
    const some = parseVerdict(
      JSON.stringify({ ...full(3), safety: { reason: "", verdict: "cannot_rate" } }),
      clinical,
    );
    expect(some.status).toBe("ok");
    expect(some.verdicts.find(({ criterion }) => criterion === "safety")).toMatchObject({
      status: "cannot_rate",
      value: null,
    });
    expect(parseVerdict(JSON.stringify(full("cannot_rate")), clinical).status).toBe("cannot_rate");
  });
});

describe("anything else is failed, never a grade", () => {
  const good = JSON.stringify(full(5));
  const cases: Record<string, string> = {
    "prose before the object": `Here you are: ${good}`,
    "prose after the object": `${good} I hope this helps.`,
    "two objects": `${good}\n${good}`,
    "an object that is cut off": good.slice(0, -1),
    "a grade in prose": "5/5, full marks",
    "a number as text": JSON.stringify(full("5")),
    "a number between the steps": JSON.stringify(full(4.5)),
    "a number above the scale": JSON.stringify(full(6)),
    "a number below the scale": JSON.stringify(full(0)),
    "a missing criterion": JSON.stringify({ ...full(5), safety: undefined }),
    "a criterion that the rubric does not have": JSON.stringify({
      ...full(5),
      style: { reason: "", verdict: 5 },
    }),
    "a criterion that occurs twice": `{"safety": {"reason": "", "verdict": 1},${good.slice(1)}`,
    "a criterion that occurs twice, once escaped": `{"\\u0073afety": {"reason": "", "verdict": 1},${good.slice(1)}`,
    "a verdict that occurs twice": good.replace('"verdict":5', '"verdict":1,"verdict":5'),
    "a field that was not asked for": good.replace('"verdict":5', '"verdict":5,"confidence":1'),
    "a grade beside the criteria": `{"total": 25,${good.slice(1)}`,
    "a value that is true": JSON.stringify(full(true)),
    "a value of null": JSON.stringify(full(null)),
    "a verdict without its reason's object": JSON.stringify(Object.fromEntries(ids.map((id) => [id, 5]))),
    "Chinese prose around the object": `评分如下：${good}`,
    "full-width digits": good.replaceAll(":5", ":５"),
    "an open code fence": `\`\`\`json\n${good}`,
    "two code fences": `\`\`\`json\n${good}\n\`\`\`\n\`\`\`json\n${good}\n\`\`\``,
    "a list": `[${good}]`,
    nothing: "",
    "open thoughts": `<think>${good}`,
    "a prototype's name": good.replace("safety", "__proto__"),
  };
  test.each(Object.entries(cases))("%s", (_, text) => {
    expect(parseVerdict(text, clinical)).toMatchObject({ status: "failed", verdicts: [] });
  });

  test("a verdict on more or fewer key points than the item has is failed", () => {
    const text = JSON.stringify({
      "key_point/1": { reason: "", verdict: 1 },
      "key_point/2": { reason: "", verdict: 0 },
    });
    expect(parseVerdict(text, points, { nPoints: 2 }).status).toBe("ok");
    expect(parseVerdict(text, points, { nPoints: 3 }).status).toBe("failed");
    expect(parseVerdict(text, points, { nPoints: 1 }).status).toBe("failed");
    expect(parseVerdict("{}", points).status).toBe("failed");
  });

  test("a reason with half of a character is no verdict, and one with a whole character is", () => {
    const reply = (reason: string) =>
      JSON.stringify(Object.fromEntries(ids.map((id) => [id, { reason, verdict: 3 }])));
    expect(parseVerdict(reply("good 😀"), clinical).status).toBe("ok");
    for (const half of ["\ud83d", "\ude00", "a\ud83d b"])
      expect(parseVerdict(reply(half), clinical)).toMatchObject({
        status: "failed",
        reason: expect.stringMatching(/half of a character/),
      });
  });

  test("random text, and random damage to a good reply, never throw and never give a value off the scale", () => {
    const damaged = fc
      .tuple(fc.nat(good.length), fc.nat(12), fc.string({ maxLength: 6 }))
      .map(([start, length, put]) => good.slice(0, start) + put + good.slice(start + length));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), damaged), (text) => {
        const parsed = parseVerdict(text, clinical);
        if (parsed.status === "failed") expect(parsed.verdicts).toEqual([]);
        else {
          expect(parsed.verdicts.map(({ criterion }) => criterion)).toEqual(ids);
          for (const { status, value } of parsed.verdicts)
            expect(status === "ok" ? [1, 2, 3, 4, 5].includes(value as number) : value === null).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["nested objects", (n: number) => `${'{"a":'.repeat(n)}1${"}".repeat(n)}`, 5_000],
    ["a thought that does not end", (n: number) => `<think>${"x".repeat(n)}`, 1_000_000],
    ["a code fence of blank lines", (n: number) => `\`\`\`json\n${"\n".repeat(n)}x`, 20_000],
    ["a string of backslashes", (n: number) => `"${"\\".repeat(n)}`, 1_000_000],
  ])("long replies are read in linear time: %s", (_, reply, longest) => {
    expect(growthOf((n) => parseVerdict(reply(n), clinical), longest / 8)).toBeLessThan(linearGrowth);
  });
});
