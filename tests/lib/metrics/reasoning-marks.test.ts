import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOnlyReasoning, withoutReasoning } from "../../../src/lib/metrics/reasoning-marks.js";
import { growthOf, linearGrowth } from "../../growth.js";

describe("withoutReasoning", () => {
  it.each([
    ["<think>A</think>B", "B"],
    ["<THINKING>x</thinking> y", " y"],
    ["<Thought>A?</Thought>\n\n**B**", "\n\n**B**"],
    ["<thoughts>A</thoughts>B", "B"],
    ["<reasoning>A is wrong</reasoning><answer>B</answer>", "<answer>B</answer>"],
    ["＜think＞A＜/think＞B", "B"],
    ["<think >A</think >B", "B"],
    ['<think type="deep">A</think>B', "B"],
    ["&lt;think&gt;A&lt;/think&gt;B", "B"],
    ["<think>A<\\/think>B", "B"],
    ["◁think▷A◁/think▷B", "B"],
    ["[THINK]A[/THINK]B", "B"],
    ["[think]A[/think]B", "B"],
    ["<seed:think>A</seed:think>B", "B"],
    ["<longcat_think>A</longcat_think>B", "B"],
    ["<antThinking>A</antThinking>B", "B"],
    ["<思考>先看A</思考>B", "B"],
    ["<|begin_of_thought|>A<|end_of_thought|>B", "B"],
    ["<|START_THINKING|>A<|END_THINKING|>B", "B"],
    ["<|inner_prefix|>A<|inner_suffix|>B", "B"],
    ["<unused94>thought\nA<unused95>B", "B"],
    ["<|channel>thought\nA<channel|>B", "B"],
  ])("drops the block in %j", (text, answer) => {
    expect(withoutReasoning(text)).toBe(answer);
  });

  it.each([
    ["A?</think>B", "B"],
    ["A?</Thought>B", "B"],
    ["A?[/THINK]B", "B"],
    ["A?◁/think▷B", "B"],
    ["first A</think>then C</think>B", "B"],
  ])("drops everything before a closing mark without its opening mark: %j", (text, answer) => {
    expect(withoutReasoning(text)).toBe(answer);
  });

  it.each([
    ["B\n<think>A would also", "B\n"],
    ["<thought>A", ""],
    ["[THINK]A", ""],
    ["<think>A</think><think>C", ""],
  ])("drops an open block to the end: %j", (text, answer) => {
    expect(withoutReasoning(text)).toBe(answer);
  });

  it("drops nested blocks, and blocks whose marks are of two kinds, as one", () => {
    expect(withoutReasoning("<think>A<think>C</think>D</think>B")).toBe("B");
    expect(withoutReasoning("<thought>A</think>B")).toBe("B");
    expect(withoutReasoning("<think>in <reasoning> tags: A</reasoning>, no, C</think>B")).toBe("B");
  });

  const start = "<|start|>assistant";
  it.each([
    [`<|channel|>analysis<|message|>A?<|end|>${start}<|channel|>final<|message|>B<|return|>`, "B"],
    [`${start}<|channel|>analysis<|message|>A?<|end|>${start}<|channel|>final<|message|>B`, "B"],
    [
      `<|channel|>analysis<|message|>A?<|end|>${start}<|channel|>commentary<|message|>C<|end|>${start}<|channel|>final <|constrain|>json<|message|>{"answer": "B"}<|return|>`,
      '{"answer": "B"}',
    ],
    [
      `<|channel|>analysis<|message|>A?<|call|><|start|>functions.look_up to=assistant<|channel|>commentary<|message|>C<|end|>${start}<|channel|>final<|message|>B<|end|>`,
      "B",
    ],
    [`analysis<|message|>A?<|end|>${start}<|channel|>final<|message|>B<|return|>`, "B"],
    [`<|channel|>final<|message|>B<|end|><|start|>user<|message|>And why A?<|end|>`, "B"],
    [`final<|message|>B<|return|>`, "B"],
    [`<|channel|>analysis<|message|>A?`, ""],
    [`<|channel|>analysis<|message|>A?<|end|>${start}<|channel|>final`, ""],
  ])("keeps the final channel of gpt-oss: %j", (text, answer) => {
    expect(withoutReasoning(text)).toBe(answer);
  });

  it.each([
    ["analysisThe answer is A at first sight. Hmm.assistantfinalB", "B"],
    ["analysisA?assistantcommentaryC?assistantfinal**B**\n", "**B**\n"],
    ["A? Hmm.assistantfinalB", "B"],
    ["assistantanalysis用户问A。assistantfinal答案是B。", "答案是B。"],
    ["analysis\nA?\nassistant\nfinal\nB", "\nB"],
    ["analysisThe answer might be A", ""],
    ["analysis用户问的是", ""],
  ])("keeps the final channel of gpt-oss whose special tokens were dropped: %j", (text, answer) => {
    expect(withoutReasoning(text)).toBe(answer);
  });

  it.each([
    "a < b, c > d [see 3]",
    "analysis of the urine shows B",
    "Analysis: the assistant final report is B",
    "analysis\nThe dose is right.",
    "I think the reasoning is sound.",
    "<p>B</p>",
    "<answer>B</answer>",
    "[Reasoning] A is wrong. [Answer] B",
    "<thinks>B",
    "B\u0000\r\n\ufeff ",
  ])("returns %j, which has no marks, as it is", (text) => {
    expect(withoutReasoning(text)).toBe(text);
  });

  it("keeps every character outside a block", () => {
    const outside = fc.string({ unit: "binary" }).filter((text) => withoutReasoning(text) === text);
    const marks = fc.constantFrom(
      ["<think>", "</think>"],
      ["◁think▷", "◁/think▷"],
      ["[THINK]", "[/THINK]"],
      ["<Reasoning>", "</REASONING>"],
    );
    fc.assert(
      fc.property(outside, marks, outside, outside, (before, [open, close], inside, after) => {
        expect(withoutReasoning(`${before}${open}${inside}${close}${after}`)).toBe(before + after);
      }),
    );
  });

  it.each([
    "<think>",
    "</think>",
    "<think ",
    "<",
    "[",
    "&lt;",
    "◁think▷",
    "<|channel|>",
    "<|start|>",
    "<|message|>",
    "assistantfinal",
    "assistantanalysis",
    "assistant ",
    "\u3000",
    " ",
  ])("reads a text that repeats %j in linear time", (unit) => {
    const growth = growthOf((n) => {
      withoutReasoning(`analysis${unit.repeat(n)}`);
      withoutReasoning(`${unit.repeat(n)}x`);
    }, 20_000);
    expect(growth).toBeLessThan(linearGrowth);
  });
});

describe("isOnlyReasoning", () => {
  it("is true of reasoning that was cut off, and of no blank or answered text", () => {
    expect(isOnlyReasoning("<think>The patient")).toBe(true);
    expect(isOnlyReasoning("The patient</think>\n")).toBe(true);
    expect(isOnlyReasoning(" \n")).toBe(false);
    expect(isOnlyReasoning("<think>A</think>B")).toBe(false);
  });
});
