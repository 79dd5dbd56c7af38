import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { choiceReadingQuery } from "../../pipelines/stages/score/choice-reader-sql.js";
import { withEngine } from "../../pipelines/warehouse/engine.js";
import { type ChoiceReading, readChoice } from "../../src/lib/metrics/choice-reader.js";
import { describeShared } from "../shared.js";

interface Question {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
  readonly correct: string;
  readonly annulled: boolean;
  readonly hasImage: boolean;
  readonly hasTable: boolean;
}

interface Response {
  readonly edition: string;
  readonly modelId: string;
  readonly questionId: string;
  readonly run: number;
  readonly rawResponse: string;
  readonly question: Question;
  readonly reading: ChoiceReading;
}

const EDITIONS = ["enamed-2025", "revalida-2025-1"];

function responsesOf(folder: string, edition: string): Response[] {
  const content: unknown = JSON.parse(readFileSync(join(folder, edition, "questions.json"), "utf8"));
  const questions = (
    Array.isArray(content) ? content : (content as { questions: Question[] }).questions
  ) as Question[];
  const byId = new Map(questions.map((question) => [question.id, question]));
  return readdirSync(join(folder, edition, "raw")).flatMap((file) =>
    gunzipSync(readFileSync(join(folder, edition, "raw", file)))
      .toString()
      .trim()
      .split("\n")
      .map((line) => {
        const response = JSON.parse(line) as Omit<Response, "edition" | "question" | "reading">;
        const question = byId.get(response.questionId) as Question;
        return {
          ...response,
          edition,
          question,
          reading: readChoice(response.rawResponse, question.options),
        };
      }),
  );
}

describeShared("reading 10,521 real responses", ["real", "medbench-brasil"], (folder) => {
  let responses: Response[];
  beforeAll(() => {
    responses = EDITIONS.flatMap((edition) => responsesOf(folder, edition));
  });

  it.each([
    ["random", 0.98],
    ["hard", 0.95],
  ])("agrees with the hand-read letters of the %s stratum on at least %d of them", (stratum, least) => {
    const key = (row: { edition: string; modelId: string; questionId: string; run: number }) =>
      [row.edition, row.modelId, row.questionId, row.run].join(" ");
    const read = new Map(responses.map((response) => [key(response), response.reading.answer]));
    const labels = readFileSync(join(folder, "..", "answer-reading", "labels.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((label) => label.stratum === stratum);
    expect(labels).toHaveLength(130);
    const wrong = labels.filter((label) => read.get(key(label)) !== label.label);
    expect(1 - wrong.length / labels.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(least);
  });

  const accuracy = (modelId: string, edition: string) => {
    const counted = responses.filter(
      ({ question, ...response }) =>
        response.modelId === modelId &&
        response.edition === edition &&
        !(question.annulled || question.hasImage || question.hasTable),
    );
    const right = counted.filter(({ reading, question }) => reading.answer === question.correct);
    return Number(((100 * right.length) / counted.length).toFixed(1));
  };

  // Corrected by hand in answer-reading/README.md, over all responses of the system.
  it.each([
    ["meta-llama/llama-4-scout", "enamed-2025", 88.6],
    ["meta-llama/llama-4-scout", "revalida-2025-1", 81.2],
    ["meta-llama/llama-4-maverick", "enamed-2025", 90.2],
    ["meta-llama/llama-4-maverick", "revalida-2025-1", 82.7],
    ["gpt-5.4", "enamed-2025", 94.3],
    ["gpt-5.4", "revalida-2025-1", 96.5],
  ])("gives %s on %s the accuracy %d that reading by hand gave", (modelId, edition, corrected) => {
    expect(accuracy(modelId, edition)).toBe(corrected);
  });

  it.each([
    ["enamed-2025", 91.9],
    ["revalida-2025-1", 92.5],
  ])("gives qwen3.5-122b-a10b on %s at least %d, the floor of the correction", (edition, floor) => {
    expect(accuracy("qwen/qwen3.5-122b-a10b", edition)).toBeGreaterThanOrEqual(floor);
  });

  it("gives the same letters in SQL, which leaves three in five of these long responses to the reader", async () => {
    await withEngine(async (engine) => {
      const texts = responses.map(({ rawResponse, question }, row) => ({
        row,
        text: rawResponse,
        letters: Object.keys(question.options).join(""),
      }));
      await engine.run(
        `CREATE TABLE responses AS SELECT unnest(from_json($1::JSON, '[{"row":"INTEGER","text":"VARCHAR","letters":"VARCHAR"}]'), recursive := true)`,
        [JSON.stringify(texts)],
      );
      const rows = await engine.rows<{
        choice_answer: string;
        choice_read_by: string;
        choice_needs_reader: boolean;
      }>(
        `SELECT choice_answer, choice_read_by, choice_needs_reader FROM (${choiceReadingQuery("responses", { text: "text", letters: "letters" })}) ORDER BY row`,
      );
      const left = rows.filter((row) => row.choice_needs_reader).length;
      expect(left / rows.length).toBeLessThan(0.61);
      const different = rows.filter((row, i) => {
        const { reading } = responses[i] as Response;
        return (
          !row.choice_needs_reader &&
          (row.choice_answer !== reading.answer || row.choice_read_by !== reading.readBy)
        );
      });
      expect(different).toEqual([]);
    });
  });
});
