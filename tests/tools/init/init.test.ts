import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { csv, init, jsonl, scoreWith } from "./workspace.js";

const options = (n: number) => ({ a: `Plan A${n}`, b: `Plan B${n}`, c: `Plan C${n}`, d: `Plan D${n}` });

describe("init", () => {
  it("takes a file of finished scores as it is", async () => {
    // alpha: 1, 0, 1 of 3; beta: 0, 0, 1 of 3.
    const result = await init({
      "scores.csv": csv(
        ["system", "item", "score"],
        ...["alpha", "beta"].flatMap((system) =>
          [1, 2, 3].map((item) => [system, item, item === 3 || (system === "alpha" && item === 1) ? 1 : 0]),
        ),
      ),
    });
    expect((await scoreWith(result)).overall).toEqual({ alpha: 66.6667, beta: 33.3333 });
  });

  it("joins questions with option columns and answers of several systems", async () => {
    const gold = ["C", "A", "D", "B"];
    const given = {
      alpha: ["C", "The answer is A.", "**B**", "I cannot say"],
      beta: ["A", "A", "D", "Answer: B"],
    };
    const result = await init({
      "questions.csv": csv(
        ["id", "question", "option_a", "option_b", "option_c", "option_d", "answer", "specialty"],
        ...gold.map((letter, n) => [
          `q${n}`,
          `An invented case ${n}?`,
          ...Object.values(options(n)),
          letter,
          "cardiology",
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(given).map(([system, texts]) => [
          `answers_${system}.jsonl`,
          jsonl(...texts.map((response, n) => ({ question_id: `q${n}`, response }))),
        ]),
      ),
    });
    // alpha is right on two of four, beta on three.
    expect((await scoreWith(result)).overall).toEqual({ alpha: 50, beta: 75 });
  });

  it("reads a Chinese spreadsheet with a column for each system", async () => {
    const result = await init(
      {
        "结果.csv": csv(
          ["题号", "题目", "A选项", "B选项", "C选项", "正确答案", "科室", "通义千问 回答", "GPT-4 回答"],
          [1, "虚构的第一题是什么？", "甲", "乙", "丙", "A", "心内科", "A", "答案是B"],
          [2, "虚构的第二题是什么？", "甲", "乙", "丙", "C", "儿科", "选C", "C"],
        ),
      },
      { nameZh: "虚构测评" },
    );
    expect((await scoreWith(result)).overall).toEqual({ 通义千问: 100, "GPT-4": 50 });
    expect(readFileSync(result.catalogue, "utf8")).toContain("name: 虚构测评\n");
  });

  it("overwrites nothing unless it is told to", async () => {
    const files = { "scores.csv": "system,item,score\na,1,1\n" };
    const first = await init(files);
    const again = { path: first.folder, out: first.mapping.replace(/\/mapping\.yaml$/, "") };
    await expect(init(files, again)).rejects.toThrow(/mapping\.yaml and .*catalogue\.yaml exist already/);
    await expect(init(files, { ...again, force: true })).resolves.toMatchObject({ written: true });
  });
});
