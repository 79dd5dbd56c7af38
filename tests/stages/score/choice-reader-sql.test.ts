import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choiceReadingQuery } from "../../../pipelines/stages/score/choice-reader-sql.js";
import { type Engine, openEngine } from "../../../pipelines/warehouse/engine.js";
import { questionAsks, readChoice } from "../../../src/lib/metrics/choice-reader.js";

interface Case {
  readonly text: string;
  readonly letters: string | null;
  readonly multiple: boolean;
}

interface SqlReading extends Record<string, unknown> {
  readonly choice_answer: string | null;
  readonly choice_letters: string | null;
  readonly choice_read_by: string | null;
  readonly choice_status: string | null;
  readonly choice_needs_reader: boolean;
}

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

/** Through JSON, as responses come in: a lone surrogate is no text and cannot. */
async function readInSql(cases: readonly Case[]): Promise<SqlReading[]> {
  const relation = `(SELECT unnest(from_json($1::JSON, '[{"text":"VARCHAR","letters":"VARCHAR","multiple":"BOOLEAN"}]'), recursive := true))`;
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE cases AS SELECT row_number() OVER () AS row, * FROM ${relation}`,
    [JSON.stringify(cases)],
  );
  const columns = { text: "text", letters: "letters", multiple: "multiple" };
  return engine.rows<SqlReading>(`SELECT * FROM (${choiceReadingQuery("cases", columns)}) ORDER BY row`);
}

const optionsOf = (letters: string | null) =>
  letters === null ? null : Object.fromEntries(Array.from(letters, (letter) => [letter, ""]));

async function expectSameReading(cases: readonly Case[]): Promise<SqlReading[]> {
  const rows = await readInSql(cases);
  expect(rows).toHaveLength(cases.length);
  for (const [i, { text, letters, multiple }] of cases.entries()) {
    const row = rows[i] as SqlReading;
    if (row.choice_needs_reader) continue;
    const reading = readChoice(text, optionsOf(letters), { multiple });
    expect(
      [row.choice_answer, row.choice_letters, row.choice_read_by, row.choice_status],
      JSON.stringify(cases[i]),
    ).toEqual([reading.answer, reading.letters.join(""), reading.readBy, reading.status]);
  }
  return rows;
}

const fragments = fc.constantFrom(
  "The answer is ",
  "answer is not ",
  "Resposta: ",
  "a alternativa correta é a letra ",
  "Gabarito: ",
  "答案：",
  "。更正：",
  "不同意",
  ". Sorry, I meant ",
  "I doubt ",
  "\nQuestion: ",
  "\n用户：",
  "故选",
  "不选",
  "选项",
  "Die richtige Antwort ist ",
  "La respuesta correcta es ",
  "A",
  "B",
  "C",
  "D",
  "E",
  "K",
  "ACE",
  "A, C",
  "B e D",
  "Ｃ",
  "<",
  ">",
  "<A, B>",
  "\\boxed{",
  "}",
  '{"answer": "',
  '"answer": "',
  "Answer: C",
  "A) ",
  "\nB) ",
  '"',
  "<answer>",
  "</answer>",
  "<think>",
  "</think>",
  "<think>A or B?</think>",
  ". The answer is ",
  "。答案是",
  ", because of the fever",
  "，因为发热",
  "If he were a child",
  "不宜",
  "<thinking>",
  "</thinking>",
  "think",
  "**",
  "__",
  "\n",
  "\n\n",
  "\r\n",
  "\t",
  " ",
  "　",
  ") texto da opção.",
  ". ",
  ": ",
  "、",
  "（",
  "）",
  "✅ ",
  "❌ ",
  "- ",
  "# ",
  "option ",
  "E. coli",
  "\nC. difficile",
  "A. foo\n",
  "alternativa ",
  "is correct",
  " é a correta",
  "está incorreta",
  "I cannot answer",
  "抱歉",
  "A paciente apresenta dor",
  " porque ",
  "患者发热三天，",
  "x".repeat(420),
  "é ",
  "𠮷",
  "'",
  "’s",
);
const letterSets = fc.constantFrom("ABCD", "ABCDE", "AB", "ABCDEFGHIJKL", null);

describe("choiceReadingQuery", () => {
  it("reads generated responses as readChoice does", async () => {
    const text = fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join(""));
    const cases = fc.array(fc.record({ text, letters: letterSets, multiple: fc.boolean() }), {
      minLength: 150,
      maxLength: 150,
    });
    await fc.assert(
      fc.asyncProperty(cases, async (some) => void (await expectSameReading(some))),
      { numRuns: 20 },
    );
  });

  it("reads arbitrary text as readChoice does", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 120 }).map((some) => some.replaceAll("\0", ""));
    const cases = fc.array(fc.record({ text, letters: letterSets, multiple: fc.boolean() }), {
      minLength: 100,
    });
    await fc.assert(
      fc.asyncProperty(cases, async (some) => void (await expectSameReading(some))),
      { numRuns: 10 },
    );
  });

  it("leaves to the reader all but bare letters and closing verdicts, and letters that are not options", async () => {
    const rows = await expectSameReading([
      { text: "Watchful waiting", letters: "ABCD", multiple: false },
      { text: "H", letters: "ABCD", multiple: false },
      { text: "The answer is B.", letters: "ABCD", multiple: false },
      { text: "Watchful waiting", letters: null, multiple: false },
      { text: "The answer is E. coli.", letters: "ABCDE", multiple: false },
      { text: "A. rest\nB. ice", letters: "AB", multiple: true },
    ]);
    expect(rows.map((row) => row.choice_needs_reader)).toEqual([true, true, false, true, true, true]);
  });

  it("leaves to the reader a verdict with words that put it in doubt, and texts with marks of reasoning or of templates", async () => {
    const doubtful = [
      "The answer is B. If the patient were a child, I would choose C",
      "很多同学误选C",
      "选B不选C",
      "答案是B？",
      "<think>Answer: A</think>Answer: B</think>Answer: D",
      "[THINK]Answer: A[/THINK]Answer: D",
      "D<|role_end|>",
      "assistantanalysisA?assistantfinalB",
    ];
    const rows = await expectSameReading(
      [...doubtful, "p < 0.05. Answer: D", "<D>", "\\boxed{D}"].map((text) => ({
        text,
        letters: "ABCD",
        multiple: false,
      })),
    );
    expect(rows.map((row) => row.choice_answer)).toEqual([...doubtful.map(() => null), "D", "D", "D"]);
  });

  it("reads what follows one block of reasoning, and leaves it to the reader where there may be another mark", async () => {
    const open = ["<think>Answer: A</think>Answer: D", "A or B?\n</think>\n\nAnswer: D"];
    const left = [
      "<think>[/THINK]Answer: A</think>Answer: D",
      "<think>a</thinking>Answer: A<think>b</think>Answer: D",
      "<think>&LT;/think&gt;Answer: A</think>Answer: D",
      "<think>＜/think＞Answer: A</think>Answer: D",
      "<think>◁/think▷Answer: A</think>Answer: D",
      "<think>assistantfinal</think>Answer: D",
      " analysis of A</think>Answer: D",
      "commentary</think>Answer: D",
      "Answer: A<think>b</think>Answer: D",
      "<think>Answer: A</think>\n",
      "<think>Answer: A</think><think>Answer: B",
      "<think>Answer: A</think>Answer: D</s>",
    ];
    const rows = await expectSameReading(
      [...open, ...left].map((text) => ({ text, letters: "ABCD", multiple: false })),
    );
    expect(rows.map((row) => row.choice_needs_reader)).toEqual([
      ...open.map(() => false),
      ...left.map(() => true),
    ]);
  });

  it("reads a closing verdict whose own sentence has no doubt, and one with a reason behind it", async () => {
    const sure = [
      "If the patient were a child, surgery would wait. The answer is B.",
      "该药不宜用于儿童，若有过敏则停用。故选B。",
      "Pain has gone.\n\nTherefore, the correct option is **B**, as explained above.",
      "症状已消失。答案是B，因为血压偏低",
    ];
    const unsure = [
      "I can't agree that the answer is B.",
      "Resposta: B. Não marcar C.",
      "Surgery would wait. If he were a child, the answer is B.",
      "症状消失。若为儿童则选B。",
      "Pain has gone. I doubt the answer is B, because of the fever.",
      "Pain has gone. The answer is B, because C is worse.",
      "In the previous question he was ill. The answer was B.",
    ];
    const rows = await expectSameReading(
      [...sure, ...unsure].map((text) => ({ text, letters: "ABCD", multiple: false })),
    );
    expect(rows.map((row) => row.choice_answer)).toEqual([...sure.map(() => "B"), ...unsure.map(() => null)]);
  });

  it("leaves to the reader all but bare letters where the question asks for other than the right option", async () => {
    const texts = [
      "C",
      "(c)",
      "\\boxed{C}",
      "<C>",
      "答案是C。",
      "A、B、D正确，错误的是C",
      "正确的是A、B、D",
      "C错误",
      "",
    ];
    const questions = [
      "下列说法错误的是",
      "下列說法錯誤的是",
      "All are true EXCEPT:",
      "下列说法正确的是",
      null,
    ];
    const cases = questions.flatMap((question) =>
      texts.flatMap((text) =>
        [false, true].map((multiple) => ({
          ...{ text, letters: "ABCD", multiple, question },
          otherwise: question !== null && questionAsks(question, optionsOf("ABCD")) !== "right",
        })),
      ),
    );
    const rows = await engine.rows<SqlReading>(
      `SELECT * FROM (${choiceReadingQuery(
        `(SELECT unnest(from_json($1::JSON, '[{"text":"VARCHAR","letters":"VARCHAR","multiple":"BOOLEAN","otherwise":"BOOLEAN"}]'), recursive := true))`,
        { text: "text", letters: "letters", multiple: "multiple", askedOtherwise: "otherwise" },
      )})`,
      [JSON.stringify(cases)],
    );
    expect(rows).toHaveLength(cases.length);
    for (const [i, { text, multiple, question, otherwise }] of cases.entries()) {
      const row = rows[i] as SqlReading;
      if (otherwise && text.includes("是")) expect(row.choice_needs_reader, text).toBe(true);
      if (row.choice_needs_reader) continue;
      const reading = readChoice(text, optionsOf("ABCD"), { multiple, question });
      expect([row.choice_answer, row.choice_letters, row.choice_read_by, row.choice_status], text).toEqual([
        reading.answer,
        reading.letters.join(""),
        reading.readBy,
        reading.status,
      ]);
    }
    expect(rows.filter((row) => !row.choice_needs_reader).length).toBeGreaterThan(cases.length / 2);
  });

  it("reads a missing response as empty", async () => {
    const [row] = await engine.rows<SqlReading>(
      choiceReadingQuery("(SELECT NULL::VARCHAR AS text)", { text: "text", letters: "'ABCD'" }),
    );
    expect(row).toMatchObject({ choice_answer: null, choice_status: "empty", choice_needs_reader: false });
  });
});
