import { describe, expect, it } from "vitest";
import { goldChecker } from "../../../src/lib/catalogue/gold-check.js";
import type { MetricVersion, ScoringComponent } from "../../../src/lib/catalogue/schema.js";

type Component = Omit<ScoringComponent, "weight" | "metric">;

const version = (...components: Component[]): MetricVersion => ({
  from: null,
  until: null,
  labels: ["x"],
  basis: "published",
  components: components.map((component) => ({ ...component, metric: component.scorer, weight: 1 })),
});
const options = { A: "tea", B: "rest" };

/** The stored gold, or why it was refused. */
function checked(component: Component, gold: unknown, given: unknown = options): unknown {
  const result = goldChecker([version(component)])({ part: "", gold, options: given });
  return result.goldProblem ?? result.gold;
}

describe("gold that a scorer can compare with", () => {
  it.each<[Component, unknown, unknown]>([
    [{ scorer: "choice" }, "B.", "B"],
    [{ scorer: "set" }, "AB", ["A", "B"]],
    [{ scorer: "set", options: { kind: "names" } }, "心内科、呼吸科", ["心内科", "呼吸科"]],
    [{ scorer: "set", options: { kind: "names" } }, ["Internal Medicine"], ["Internal Medicine"]],
    [{ scorer: "label_set" }, "chest pain|fever", ["chest pain", "fever"]],
    [{ scorer: "label_set" }, "chest pain", ["chest pain"]],
    [{ scorer: "label_set" }, [], []],
    [{ scorer: "label_set", options: { source: "letters" } }, "A、B", ["A", "B"]],
    [{ scorer: "label_set", options: { source: "json_keys" } }, ["age, sex"], ["age, sex"]],
    [{ scorer: "fields" }, { age: 3 }, { age: 3 }],
    [{ scorer: "fields" }, '{"age": 3}', { age: 3 }],
    [{ scorer: "edit_distance" }, { report: "text" }, { report: "text" }],
    [{ scorer: "label" }, "True", "True"],
    [{ scorer: "label" }, ["True"], "True"],
    [{ scorer: "label" }, true, "true"],
    [{ scorer: "label", options: { jsonField: "verdict" } }, { verdict: "True", why: "x" }, "True"],
    [{ scorer: "number" }, 5, 5],
    [{ scorer: "number" }, "62.5 mL/min", "62.5 mL/min"],
    [{ scorer: "number" }, { value: -4, lower: -3.8, upper: -4.2 }, { value: -4, lower: -3.8, upper: -4.2 }],
    [{ scorer: "judge" }, "any text", "any text"],
  ])("is stored in that form: %j %j", (component, gold, stored) => {
    expect(checked(component, gold)).toEqual(stored);
    // Checking what is stored changes nothing more.
    expect(checked(component, stored)).toEqual(stored);
  });

  it("is refused in any other form, with what was found", () => {
    const cases: readonly [Component, unknown, RegExp][] = [
      [{ scorer: "choice" }, "F", /choice: gold is "F".*no option of the item \(A, B\)/],
      [{ scorer: "set" }, [1], /set: gold is \[1\], expected option letters; .*list_transform/],
      [
        { scorer: "set", options: { kind: "names" } },
        [7],
        /set: gold is \[7\], expected a JSON list of texts/,
      ],
      [{ scorer: "set", options: { kind: "names" } }, [], /expected at least one name/],
      [{ scorer: "label_set" }, "fever、cough", /a text with separators other than \|; map a list/],
      [{ scorer: "label_set" }, ["fever", ""], /a list with an empty text/],
      [{ scorer: "label_set" }, { fever: true }, /expected a JSON list of texts/],
      [{ scorer: "fields" }, "age 3", /fields: gold is "age 3", expected a JSON object; map an object/],
      [{ scorer: "fields" }, ["age", 3], /expected a JSON object/],
      [{ scorer: "fields" }, 3, /expected a JSON object/],
      [{ scorer: "edit_distance" }, "text", /expected a JSON object/],
      [{ scorer: "edit_distance" }, { report: ["a"] }, /whose field report is \["a"\], expected a text/],
      [{ scorer: "label" }, ["a", "b"], /expected one label as text/],
      [{ scorer: "label" }, { verdict: "True" }, /expected one label as text/],
      [{ scorer: "label" }, " . ", /expected one label as text/],
      [
        { scorer: "label", options: { jsonField: "verdict" } },
        { answer: "True" },
        /object with the field "verdict"/,
      ],
      [{ scorer: "number" }, "about five", /expected a number, a date, a duration or a range/],
      [{ scorer: "number" }, "3,5", /expected a number/],
      [{ scorer: "number" }, [5], /expected a number/],
      [{ scorer: "number" }, { val: 5 }, /an object has the fields type, value, lower and upper/],
      [{ scorer: "number" }, { value: 5, lower: 4 }, /both limits or none/],
      [{ scorer: "number" }, { value: 5, lower: 6, upper: 7 }, /the value lies between them/],
      [{ scorer: "number" }, { type: "integer", value: 2.5 }, /expected a number/],
      [{ scorer: "number" }, { type: "whole", value: 2 }, /expected a number/],
      [{ scorer: "boxes" }, [{ label: "x", bbox: [1, 2, 3, 4] }], /expected a list of labels with boxes/],
    ];
    for (const [component, gold, message] of cases)
      expect(checked(component, gold), JSON.stringify(gold)).toMatch(message);
  });

  it("is checked by the scorers of its own file and of the metric in force only", () => {
    const choiceAndSet = version({ scorer: "choice", part: "SCQ" }, { scorer: "set", part: "MSQ" });
    const old: MetricVersion = { ...version({ scorer: "fields" }), until: "2025-01" };
    const check = goldChecker([old, { ...choiceAndSet, from: "2025-02" }]);
    expect(check({ part: "SCQ", gold: "AB", options }).goldProblem).toMatch(/several options/);
    expect(check({ part: "MSQ", gold: "AB", options }).gold).toEqual(["A", "B"]);
    expect(check({ part: "SQ", gold: "AB", options }).gold).toBe("AB");
    expect(goldChecker([])({ part: "", gold: [null], options }).gold).toEqual([null]);
  });
});

describe("key points", () => {
  const points = (keyPoints: unknown) => {
    const result = goldChecker([])({ part: "", keyPoints });
    return result.keyPointsProblem ?? result.keyPoints;
  };

  it.each<[unknown, unknown]>([
    [
      ["one", "two"],
      ["one", "two"],
    ],
    [[], []],
    ['["one"]', ["one"]],
    [
      [{ text: "one", points: -3, tags: ["a"], more: 1 }],
      [{ text: "one", points: -3, tags: ["a"], more: 1 }],
    ],
    [[{ text: "one", points: "2.5" }], [{ text: "one", points: 2.5 }]],
  ])("are taken as a list of texts or criteria: %j", (given, stored) => {
    expect(points(given)).toEqual(stored);
  });

  it.each<[unknown, RegExp]>([
    ["one; two", /expected a JSON list of texts or of {text, points, tags}; map a list/],
    [{ text: "one" }, /expected a JSON list/],
    [["one", " "], /gold is " ", an empty text \(entry 2 of 2\)/],
    [["one", null], /expected a text or {text, points, tags} \(entry 2 of 2\)/],
    [[{ criterion: "one", points: 1 }], /"text" is missing or empty/],
    [[{ text: "one", points: "many" }], /"points" are no number/],
    [[{ text: "one", points: null }], /"points" are no number/],
    [[{ text: "one", tags: "a" }], /"tags" are not a list of texts/],
  ])("are refused otherwise: %j", (given, message) => {
    expect(points(given)).toMatch(message);
  });
});
