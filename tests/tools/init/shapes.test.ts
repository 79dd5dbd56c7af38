// cspell:ignore medmcqa
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { OpenQuestion } from "../../../pipelines/tools/init/open-question.js";
import { csv, init, jsonl, scoreWith } from "./workspace.js";

const range = (n: number) => Array.from({ length: n }, (_, at) => at);
const letters = ["A", "B", "C", "D"];

/** What was recognized as something, by what. */
async function found(files: Parameters<typeof init>[0], options: Parameters<typeof init>[1] = {}) {
  const { plan } = await init(files, options);
  return { ...plan, from: Object.fromEntries(plan.found.map(({ what, from }) => [what, from])) };
}

describe("init takes", () => {
  it("a JSON document with a list of questions and compressed logs with attempts, and leaves out what nobody was asked", async () => {
    const result = await init({
      "questions.json": JSON.stringify({
        id: "exam-1",
        questions: range(3).map((n) => ({
          id: `exam-1-q${n}`,
          number: n + 1,
          stem: `Invented stem ${n}?`,
          options: { A: "x", B: "y" },
          correct: "A",
        })),
      }),
      ...Object.fromEntries(
        ["gpt-x", "qwen-y"].map((model) => [
          `raw/${model}.raw.jsonl.gz`,
          gzipSync(
            jsonl(
              ...range(2).flatMap((n) =>
                [1, 2].map((run) => ({
                  modelId: model,
                  questionId: `exam-1-q${n}`,
                  run,
                  rawResponse: model === "gpt-x" || run === 1 ? "A" : "B",
                })),
              ),
            ),
          ),
        ]),
      ),
    });
    expect(result.plan.notes.join()).toMatch(/1 of 3 questions have no answer of any system/);
    // qwen-y is right in the first of two attempts at each question.
    expect((await scoreWith(result)).overall).toEqual({ "gpt-x": 100, "qwen-y": 50 });
  });

  it("positions as right answers, and asks only where counting from 0 and from 1 both fit", async () => {
    const rows = (positions: readonly number[]) => ({
      "medmcqa.jsonl": jsonl(
        ...positions.map((cop, n) => ({
          id: n,
          question: `Invented ${n}?`,
          opa: "p",
          opb: "q",
          opc: "r",
          opd: "s",
          cop,
          prediction: "B",
        })),
      ),
    });
    const zero = await init(rows([0, 1, 2, 1]));
    expect((await scoreWith(zero)).overall).toEqual({ medmcqa: 50 });
    const asked: OpenQuestion[] = [];
    const ask = async (question: OpenQuestion) => {
      asked.push(question);
      return "1";
    };
    const one = await found(rows([1, 2, 3, 1]), { ask });
    expect(asked.map(({ id, choices }) => [id, choices])).toEqual([["first option", ["0", "1"]]]);
    expect(one.from["right answer"]).toMatch(/the first is 1/);
    await expect(init(rows([1, 2, 3, 1]))).rejects.toMatchObject({
      hint: expect.stringContaining("--first-option"),
    });
  });

  it("verdicts of a judge and ratings of people in two sheets", async () => {
    const pairs = range(10).flatMap((item) => ["a", "b"].map((system) => [system, `q${item}`] as const));
    const result = await init({
      "verdicts.csv": csv(
        ["system", "item_id", "judge", "criterion", "score"],
        ...pairs.flatMap(([system, item], at) =>
          ["safety", "clarity"].map((name) => [system, item, "judge-1", name, at === 0 ? 1 : 5]),
        ),
      ),
      "ratings.csv": csv(
        ["rater", "system", "item_id", "criterion", "rating"],
        ...range(5).map((item) => ["r1", "a", `q${item}`, "safety", item === 0 ? 1 : 5]),
      ),
    });
    const { overall, counts } = await scoreWith(result);
    expect(counts).toMatchObject({ judgments: 40, ratings: 5, responses: 20, quarantine: 0 });
    // Grades as shares of 5: of a, one of ten answers has 1 of 5 on both criteria.
    expect(overall).toEqual({ a: 92, b: 100 });
  });

  it("a dictionary of records, as OpenCompass writes it, of any size", async () => {
    for (const n of [20, 300]) {
      const records = Object.fromEntries(
        range(n).map((at) => [
          at,
          { origin_prompt: `Invented ${at}?`, prediction: at % 4 === 0 ? "A" : "B", gold: "A" },
        ]),
      );
      const result = await init({ "pred.json": JSON.stringify(records) });
      expect((await scoreWith(result)).overall).toEqual({ pred: 25 });
    }
  });

  it("a log of HELM", async () => {
    const states = range(4).map((at) => ({
      instance: {
        id: `id${at}`,
        input: { text: `Invented ${at}?` },
        references: letters.map((letter) => ({
          output: { text: `text ${letter}` },
          tags: letter === "C" ? ["correct"] : [],
        })),
      },
      train_trial_index: 0,
      output_mapping: Object.fromEntries(letters.map((letter) => [letter, `text ${letter}`])),
      request: { model: "lab/model" },
      result: { success: true, completions: [{ text: at === 0 ? " C" : " A" }] },
    }));
    const result = await init({
      "scenario_state.json": JSON.stringify({ adapter_spec: {}, request_states: states }),
    });
    expect((await scoreWith(result)).overall).toEqual({ "lab/model": 25 });
  });

  it("a log of HELM with the figure of HELM: of the test split, and without perturbed prompts", async () => {
    const state = (id: string, split: string, completion: string, perturbation?: object) => ({
      instance: {
        id,
        split,
        input: { text: perturbation === undefined ? `Invented ${id}?` : `INVENTED ${id}?` },
        references: letters.map((letter) => ({
          output: { text: `text ${letter}` },
          tags: letter === "C" ? ["correct"] : [],
        })),
        ...(perturbation === undefined ? {} : { perturbation }),
      },
      train_trial_index: 0,
      output_mapping: Object.fromEntries(letters.map((letter) => [letter, `text ${letter}`])),
      request: { model: "lab/model" },
      result: { success: true, completions: [{ text: ` ${completion}` }] },
    });
    const states = [
      state("id1", "test", "C"),
      state("id2", "test", "A"),
      state("id3", "test", "A"),
      state("id4", "valid", "C"),
      state("id1", "test", "A", { name: "typos" }),
      state("id2", "test", "A", { name: "typos" }),
    ];
    const run = "mmlu-subject=anatomy,model=lab_model";
    const result = await init({
      [`${run}/scenario_state.json`]: JSON.stringify({ adapter_spec: {}, request_states: states }),
      [`${run}/stats.json`]: "[]",
      "mmlu-subject=virology,model=lab_model/scenario_state.json": JSON.stringify({
        adapter_spec: {},
        request_states: [state("id1", "test", "C")],
      }),
    });
    expect(result.plan.datasets.map(({ id }) => id)).toEqual([
      "mmlu-subject=anatomy",
      "mmlu-subject=virology",
    ]);
    // One of three of the test split of anatomy; the one of virology: (1/3 + 1) / 2.
    expect((await scoreWith(result)).overall).toEqual({ "lab/model": 66.6667 });
  });

  it("a log of Inspect AI whose scorer marks C and I", async () => {
    const samples = range(4).map((at) => ({
      id: at,
      epoch: 1,
      input: `Invented ${at}?`,
      target: `a long right answer ${at}`,
      output: { completion: "words", choices: [{ message: { content: "words" }, stop_reason: "stop" }] },
      messages: [{ role: "user", content: "a prompt" }],
      scores: { graded: { value: at < 3 ? "C" : "I" } },
    }));
    const log = {
      eval: { model: "lab/model", task: "open-task" },
      results: { scores: [{ metrics: { accuracy: { value: 0.75 } } }] },
      samples,
    };
    const result = await init({ "log.json": JSON.stringify(log) });
    expect((await scoreWith(result)).overall).toEqual({ "lab/model": 75 });
  });

  it("true and false, right and wrong, and percentages as scores", async () => {
    const files = {
      "a.csv": csv(["model", "qid", "correct"], ["m", 1, "True"], ["m", 2, "False"]),
      "b.csv": csv(["模型", "题号", "得分"], ["m", 1, "85%"], ["m", 2, "95分"]),
      "c.csv": csv(["模型", "题号", "是否正确"], ["m", 1, "对"], ["m", 2, "错"]),
    };
    for (const [name, score] of [
      ["a.csv", 50],
      ["b.csv", 90],
      ["c.csv", 50],
    ] as const)
      expect((await scoreWith(await init({ [name]: files[name] }))).overall).toEqual({ m: score });
  });
});

describe("init recognizes", () => {
  it("raters and systems that have a column each", async () => {
    const raters = await found({
      "r.csv": csv(["item", "rater_1", "rater_2"], ...range(6).map((at) => [at, 1 + (at % 5), 5])),
    });
    expect(raters.from["rater"]).toBe("rater_1, rater_2");
    const systems = await found({
      "s.csv": csv(["item", "gold", "gpt-4o", "claude-3"], ...range(6).map((at) => [at, "A", "A", "B"])),
    });
    expect(systems.from["system"]).toMatch(/one column each: gpt-4o, claude-3/);
  });

  it("the id that systems share, if another one is that of the answer", async () => {
    const rows = range(12).map((at) => [at, `q${at % 6}`, at < 6 ? "a" : "b", 1]);
    const { from } = await found({ "s.csv": csv(["id", "question_id", "system", "score"], ...rows) });
    expect(from["question id"]).toBe('column "question_id"');
  });

  it("the question by its text where ids repeat in each part", async () => {
    const rows = range(6).map((at) => [
      at % 3,
      `Invented question number ${at}?`,
      at % 2 ? "yes" : "no",
      "yes",
    ]);
    const { from } = await found({ "s.csv": csv(["idx", "question", "expected", "prediction"], ...rows) });
    expect(from["question id"]).toMatch(/the text of column "question"/);
  });
});

describe("init refuses, with what to write,", () => {
  it.each([
    [
      "columns that nothing is known of",
      { "x.csv": csv(["alpha", "beta"], ["u", "v"]) },
      /no column is known as an answer/,
      /--column item=COLUMN/,
    ],
    [
      "repeated rows that no column tells apart",
      { "x.csv": csv(["system", "item", "score"], ["a", 1, 1], ["a", 1, 0]) },
      /1 of 2 rows/,
      /--repeats all or --repeats first/,
    ],
    [
      "grades of which it is not known who gave them",
      { "x.csv": csv(["case_id", "system", "Safety", "Clarity"], ["1", "a", 3, 4], ["2", "a", 5, 1]) },
      /grades by a judge model, grades by people, or finished scores/,
      /--grades judge/,
    ],
    [
      "a scale that the values do not show",
      { "x.csv": csv(["system", "item", "score"], ["a", 1, 6.5], ["a", 2, 3]) },
      /values from 3 \(x\.csv:3, column "score"\) to 6\.5 \(x\.csv:2, column "score"\)/,
      /--scale 0-10/,
    ],
    [
      "a question with two right answers",
      { "x.csv": csv(["qid", "gold", "model", "response"], [1, "A", "m", "A"], [1, "B", "n", "A"]) },
      /two right answers, "A" and "B"/,
      /--column dataset=COLUMN/,
    ],
    [
      "answers to other questions",
      {
        "q.csv": csv(["id", "question", "gold"], ["q1", "Invented?", "A"]),
        "a.jsonl": jsonl({ qid: "x1", model: "m", response: "A" }),
      },
      /only 0 of 1 rows/,
      /--column item=COLUMN/,
    ],
    [
      "files of MedBench",
      { "MedHC.jsonl": jsonl({ question: "?", answer: "", other: { id: 1, source: "MedHC_V4" } }) },
      /need no mapping/,
      /medbench ingest/,
    ],
    ["a spreadsheet", { "x.xlsx": "PK" }, /not a file that can be looked at/, /Save the sheet as CSV/],
    ["an empty file", { "x.jsonl": "" }, /is empty/, /Records are JSON objects/],
    [
      "a sheet without names of columns",
      { "x.csv": csv([1, 2, 3], [4, 5, 6]) },
      /no names of columns/,
      /Add a row with names/,
    ],
  ])("%s", async (_, files, message, hint) => {
    await expect(init(files as Record<string, string>)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});
