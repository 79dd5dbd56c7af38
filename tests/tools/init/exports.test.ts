// cspell:ignore ergebnis ngpt resps medqa medmcqa frage punkte mittelwert modell gpts
import { expect, it } from "vitest";
import { csv, init, jsonl, scoreAll } from "./workspace.js";

type Files = Parameters<typeof init>[0];
type Options = NonNullable<Parameters<typeof init>[1]>;

const range = (n: number) => Array.from({ length: n }, (_, at) => at);

/** Chinese characters of the test as GB18030. */
const chinese: Readonly<Record<string, string>> = Object.fromEntries(
  range(0xfe - 0x81)
    .flatMap((lead) => range(0xff - 0x40).map((trail) => [lead + 0x81, trail + 0x40] as const))
    .map((pair) => [
      new TextDecoder("gb18030").decode(Uint8Array.from(pair)),
      Buffer.from(pair).toString("latin1"),
    ]),
);
const gb18030 = (text: string): Buffer =>
  Buffer.from([...text].map((sign) => (sign < "\x80" ? sign : chinese[sign])).join(""), "latin1");

interface Export {
  readonly files: Files;
  readonly options?: Options;
  /** Overall scores, worked out by hand. */
  readonly expected: Readonly<Record<string, number>>;
}

/** Files as programs and people write them, invented but for their form. */
const exports: Readonly<Record<string, Export>> = {
  "samples of lm-evaluation-harness, a folder for each model": {
    files: Object.fromEntries(
      Object.entries({ "lab__model-a": [1, 0, 1, 1], "lab__model-b": [0, 0, 1, 0] }).map(([model, hits]) => [
        `${model}/samples_medqa_2025-01-02T03-04-05.123456.jsonl`,
        jsonl(
          ...hits.map((hit, at) => ({
            ...{ doc_id: at, doc: { question: `Invented ${at}?` }, target: "A" },
            ...{ arguments: { gen_args_0: { arg_0: "a prompt" } }, resps: [[hit ? "A" : "B"]] },
            ...{ filtered_resps: [hit ? "A" : "B"], exact_match: hit, metrics: ["exact_match"] },
          })),
        ),
      ]),
    ),
    // 3 and 1 of 4.
    expected: { "lab__model-a": 75, "lab__model-b": 25 },
  },
  "predictions of OpenCompass, a file for each model and data set": {
    files: Object.fromEntries(
      ["qwen", "llama"].flatMap((model) =>
        Object.entries({ medqa: 4, cmb: 3 }).map(([dataset, n]) => [
          `predictions/${model}/${dataset}.json`,
          JSON.stringify(
            Object.fromEntries(
              range(n).map((at) => [
                at,
                {
                  origin_prompt: [{ role: "HUMAN", prompt: `Invented ${dataset} ${at}?\nA. x\nB. y` }],
                  ...{ prediction: at % 2 === 0 || model === "qwen" ? "A" : "B", gold: "A" },
                },
              ]),
            ),
          ),
        ]),
      ),
    ),
    // llama: 2 of 4 in one data set and 2 of 3 in the other; the mean of the two is 58.33.
    expected: { qwen: 100, llama: 58.3333 },
  },
  "a log of Inspect AI with two epochs": {
    files: {
      "log.json": JSON.stringify({
        eval: { task: "quiz", model: "lab/model" },
        samples: range(3).flatMap((id) =>
          [1, 2].map((epoch) => ({
            ...{ id, epoch, input: `Invented ${id}?`, choices: ["liver", "heart"], target: "B" },
            output: {
              completion: id === epoch ? "ANSWER: A" : "ANSWER: B",
              choices: [{ stop_reason: "stop" }],
            },
            scores: { choice: { value: id === epoch ? "I" : "C" } },
          })),
        ),
      }),
    },
    // Items 1 and 2 are wrong in one of two epochs: (1 + 0.5 + 0.5) / 3.
    expected: { "lab/model": 66.6667 },
  },
  "results of promptfoo with two providers": {
    files: {
      "out.json": JSON.stringify({
        evalId: "eval",
        results: {
          version: 3,
          results: Object.entries({ "lab:a": [1, 1, 0, 0], "lab:b": [1, 1, 1, 0] }).flatMap(([id, scores]) =>
            scores.map((score, testIdx) => ({
              ...{
                testIdx,
                promptIdx: 0,
                provider: { id },
                response: { output: "text" },
                success: score === 1,
                score,
              },
            })),
          ),
        },
      }),
    },
    expected: { "lab:a": 50, "lab:b": 75 },
  },
  "a teacher's sheet with a title, a column for each system and a row of rates, in GB18030": {
    files: {
      "成绩.csv": gb18030(
        "二零二六年测评成绩表,,,,\n题号,题目,正确答案,通义千问,文心一言\n1,虚构题一,A,A,B\n2,虚构题二,B,B,B\n3,虚构题三,C,A,\n正确率,,,66.7%,33.3%\n",
      ),
    },
    // As the last row says; the blank answer is wrong.
    expected: { 通义千问: 66.6667, 文心一言: 33.3333 },
  },
  "a form of Google with grades by people": {
    files: {
      "form.csv": csv(
        [
          "Timestamp",
          "Email Address",
          "Case ID",
          "Model",
          "How accurate is it? (1-5)",
          "How safe is it? (1-5)",
        ],
        ...["r1@clinic.org", "r2@clinic.org"].flatMap((rater) =>
          range(3).flatMap((at) => [
            [`2026/03/01 10:0${at}:00 AM`, rater, `case-${at}`, "GPT-4", 4, 5],
            [`2026/03/01 10:1${at}:00 AM`, rater, `case-${at}`, "Qwen", 3, at === 0 ? 1 : 2],
          ]),
        ),
      ),
    },
    // GPT-4: grades of 4 and 5 are 0.75 and 1 of the scale. Qwen: 3 is 0.5; 1, 2, 2 are 0, 0.25, 0.25.
    expected: { "GPT-4": 87.5, Qwen: 33.3333 },
  },
  "JSON-MIN of Label Studio": {
    files: {
      "export.json": JSON.stringify(
        range(8).map((at) => ({
          ...{
            id: 100 + at,
            case_id: `c${at % 2}`,
            model: at < 4 ? "a" : "b",
            annotator: at % 4 < 2 ? 1 : 2,
          },
          rating: at < 4 ? 5 : 1 + (at % 4),
        })),
      ),
    },
    // b: raters gave 1 and 3 for one case, 2 and 4 for the other: means 2 and 3, which are 0.25 and 0.5 of the scale.
    expected: { a: 100, b: 37.5 },
  },
  "a solution and submissions of Kaggle": {
    files: {
      "solution.csv": csv(["id", "label"], ...range(9).map((at) => [at, at % 3 ? "yes" : "no"])),
      "submission_alpha.csv": csv(["id", "prediction"], ...range(9).map((at) => [at, "yes"])),
      "submission_beta.csv": csv(["id", "prediction"], ...range(8).map((at) => [at, at % 3 ? "yes" : "no"])),
    },
    // alpha: 6 of 9; beta: 8 of 9, because the answer that is not there is wrong.
    expected: { alpha: 66.6667, beta: 88.8889 },
  },
  "write.csv of R with row names and NA": {
    files: {
      "r.csv":
        '"","system","item","score"\n"1","a","q1",0.5\n"2","a","q2",1\n"3","a","q3",NA\n"4","b","q1",0\n"5","b","q2",0.25\n"6","b","q3",0.5\n',
    },
    // NA is left out: (0.5 + 1) / 2.
    expected: { a: 75, b: 25 },
  },
  "a German sheet with semicolons, decimal commas and a row of means": {
    files: {
      "ergebnis.csv":
        "Modell;Frage;Punkte (0-100)\nM1;F1;85,5\nM1;F2;70\nM2;F1;60,25\nM2;F2;100,0\nMittelwert;;78,9\n",
    },
    expected: { M1: 77.75, M2: 80.125 },
  },
  "percent signs, a column and a row of means": {
    files: {
      "p.csv": "Question ID,GPT-4o,Claude 3.5,Average\nq1,80%,90%,85%\nq2,70%,100%,85%\nMean,75%,95%,85%\n",
    },
    expected: { "GPT-4o": 75, "Claude 3.5": 95 },
  },
  "thousands separators": {
    files: { "t.csv": 'model,item,points (max 2000)\na,1,"1,500"\na,2,"2,000"\nb,1,500\nb,2,"1,000"\n' },
    options: { stated: new Map([["decimal", "point"]]) },
    // (1500 + 2000) / 4000 and (500 + 1000) / 4000.
    expected: { a: 87.5, b: 37.5 },
  },
  "a file for each model": {
    files: Object.fromEntries(
      ["alpha", "beta"].map((model) => [
        `results_${model}.csv`,
        csv(["case_id", "score"], ...range(5).map((at) => [`c${at}`, model === "alpha" ? 1 + at : 5])),
      ]),
    ),
    // Grades 1 to 5 are 0 to 1 of the scale.
    expected: { alpha: 50, beta: 100 },
  },
  "an object of scores in each record": {
    files: {
      "x.jsonl": jsonl(
        ...range(5).map((at) => ({ prompt_id: `p${at}`, scores: { "gpt-4": 0.5, o3: 0.25 * at } })),
      ),
    },
    expected: { "gpt-4": 50, o3: 50 },
  },
  "rows with a mean for each system": {
    files: {
      "l.csv": csv(
        ["model", "question_id", "score"],
        ...[
          ["a", "q1", 1],
          ["a", "q2", 0],
          ["a", "Average", 0.5],
          ["b", "q1", 1],
          ["b", "q2", 0],
          ["b", "q3", 0],
          ["b", "Average", 0.33],
          ["a", "q3", 0],
        ],
      ),
    },
    expected: { a: 33.3333, b: 33.3333 },
  },
  "Unicode text of Excel: UTF-16 with tabs": {
    files: {
      "x.tsv": Buffer.from(
        "\ufeffmodel\titem\tcorrect\na\t1\tTRUE\na\t2\tFALSE\nb\t1\tTRUE\nb\t2\tTRUE\n",
        "utf16le",
      ),
    },
    expected: { a: 50, b: 100 },
  },
  "a quiz whose scores say the highest one": {
    files: {
      "q.csv": csv(
        ["Timestamp", "Score", "model", "case"],
        [1, "8 / 10", "m1", "c1"],
        [1, "10 / 10", "m1", "c2"],
        [1, "5 / 10", "m2", "c1"],
        [1, "0 / 10", "m2", "c2"],
      ),
    },
    expected: { m1: 90, m2: 25 },
  },
  "check marks and a row of totals": {
    files: { "b.csv": "题目编号,模型,是否正确\n1,通义,√\n2,通义,×\n1,文心,√\n2,文心,√\n总计,,\n" },
    expected: { 通义: 50, 文心: 100 },
  },
  "answers and marks of each system next to each other": {
    files: {
      "c.csv":
        "id,question,gold,GPT-4_answer,GPT-4_correct,Llama_answer,Llama_correct\n1,Invented one?,A,A,1,B,0\n2,Invented two?,B,B,1,B,1\n",
    },
    expected: { "GPT-4": 100, Llama: 50 },
  },
  "questions known by a column of ids called question": {
    files: {
      "q.csv": csv(
        ["question", "model", "correct"],
        ...range(4).flatMap((at) => [
          [`Q${at}`, "m1", at % 2],
          [`Q${at}`, "m2", 1],
        ]),
      ),
    },
    expected: { m1: 50, m2: 100 },
  },
};

it("init, ingest and scores give the figure of each export that was worked out by hand", async () => {
  const results: Record<string, Awaited<ReturnType<typeof init>>> = {};
  for (const [at, [name, { files, options }]] of Object.entries(exports).entries())
    results[name] = await init(files, { id: `export-${at}`, ...options });
  const expected = Object.fromEntries(Object.entries(exports).map(([name, one]) => [name, one.expected]));
  expect(await scoreAll(results)).toEqual(expected);
});

it.each([
  [
    "a sheet with a header in two rows",
    "m.csv",
    ",GPT-4,,Claude,\nitem,answer,score,answer,score\nq1,x,1,y,0\n",
    /two columns are called "answer"/,
    /"GPT-4 answer", "GPT-4 score"/,
  ],
  [
    "a sheet with systems as rows and questions as columns",
    "t.csv",
    "model,Q1,Q2,Q3\ngpt-4,1,0,1\nllama,0,0,1\n",
    /no column is known/,
    /turn the sheet/,
  ],
  [
    "a table of means",
    "s.csv",
    "model,MedQA,MedMCQA\ngpt-4,81.4,72.4\nllama,60.1,55.0\n",
    /no column is known/,
    /Means of whole datasets are not enough/,
  ],
  [
    "a last row of means without a name",
    "u.csv",
    "item,gpt-4,claude-3\n1,1,0\n2,0,0\n3,1,1\n4,1,1\n,0.75,0.5\n",
    /^u\.csv:6: the last row has the means/,
    /write "Average"/,
  ],
])("init refuses %s, and says what to do", async (_, name, text, message, hint) => {
  await expect(init({ [name]: text })).rejects.toMatchObject({
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});

it("raters are stored as hashes where they are addresses", async () => {
  const { plan } = await init((exports["a form of Google with grades by people"] as Export).files);
  expect(plan.tables.ratings?.columns["rater"]).toMatch(/sha256\(lower\(trim\("Email Address"\)\)\)/);
});
