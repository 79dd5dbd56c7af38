// cspell:ignore mesages
import { describe, expect, it } from "vitest";
import { init, jsonl, scoreAll } from "./workspace.js";

const range = (n: number) => Array.from({ length: n }, (_, at) => at);
/** Four records; the answers of the second and the fourth are right. */
const answer = (at: number) => (at % 2 === 1 ? "A" : "B");
const logOf = (fields: (at: number) => object) =>
  jsonl(...range(4).map((at) => ({ id: `q${at}`, gold: "A", model: "lab-model", ...fields(at) })));

/** How the answer is kept in logs of APIs and data sets of chats. */
const logs: Readonly<Record<string, (at: number) => object>> = {
  "messages of OpenAI": (at) => ({
    messages: [
      { role: "system", content: "You are a doctor." },
      { role: "user", content: `Invented ${at}?` },
      { role: "assistant", content: answer(at) },
    ],
  }),
  "messages of several turns": (at) => ({
    messages: [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Which question?" },
      { role: "user", content: `Invented ${at}?` },
      { role: "assistant", content: answer(at) },
    ],
  }),
  "parts of messages": (at) => ({
    messages: [
      { role: "user", content: [{ type: "text", text: `Invented ${at}?` }] },
      { role: "assistant", content: [{ type: "text", text: answer(at) }] },
    ],
  }),
  "conversations of ShareGPT": (at) => ({
    conversations: [
      { from: "human", value: `Invented ${at}?` },
      { from: "gpt", value: answer(at) },
    ],
  }),
  "turns with speakers": (at) => ({
    turns: [
      { speaker: "user", text: `Invented ${at}?` },
      { speaker: "assistant", text: answer(at) },
    ],
  }),
  "choices of OpenAI": (at) => ({
    choices: [{ index: 0, message: { role: "assistant", content: answer(at) } }],
  }),
  "the body of a batch": (at) => ({
    response: {
      status_code: 200,
      body: { choices: [{ message: { content: answer(at) }, finish_reason: "stop" }] },
    },
  }),
  "response.content": (at) => ({ response: { content: answer(at), usage: { output_tokens: 1 } } }),
  "content of Anthropic": (at) => ({ response: { content: [{ type: "text", text: answer(at) }] } }),
  "candidates of Gemini": (at) => ({
    candidates: [{ content: { parts: [{ text: answer(at) }], role: "model" } }],
  }),
  "turns of FastChat": (at) => ({ choices: [{ index: 0, turns: [answer(at)] }] }),
};

it("finds the answer in logs of chats", async () => {
  const results: Record<string, Awaited<ReturnType<typeof init>>> = {};
  for (const [at, [name, fields]] of Object.entries(logs).entries())
    results[name] = await init({ "log.jsonl": logOf(fields) }, { id: `log-${at}` });
  results["responses by model"] = await init(
    {
      "log.jsonl": jsonl(
        ...range(4).map((at) => ({ id: at, gold: "A", model_responses: { "gpt-4": answer(at), ours: "A" } })),
      ),
    },
    { id: "by-model" },
  );
  expect(await scoreAll(results)).toEqual({
    ...Object.fromEntries(Object.keys(logs).map((name) => [name, { "lab-model": 50 }])),
    "responses by model": { "gpt-4": 50, ours: 100 },
  });
});

describe("a place inside records that the user names", () => {
  const files = {
    "log.jsonl": logOf((at) => ({
      messages: [
        { role: "user", content: `Invented ${at}?` },
        { role: "assistant", content: "B" },
        { role: "assistant", content: answer(at) },
        { role: "user", content: "Thanks" },
      ],
    })),
  };

  it("is taken, also from the end of a list", async () => {
    const results = {
      second: await init(files, { id: "second", column: ["answer=messages[2].content"] }),
      third: await init(files, { id: "third", column: ["answer=messages[3].content"] }),
      last: await init(files, { id: "last", column: ["answer=messages[-2].content"] }),
    };
    expect(await scoreAll(results)).toEqual({
      second: { "lab-model": 0 },
      third: { "lab-model": 50 },
      last: { "lab-model": 50 },
    });
  });

  it.each([
    [
      "answer=messages[9].content",
      /there is no column "messages\[9\]\.content"/,
      /Columns: id, gold, model, messages/,
    ],
    ["answer=messages[0].content", /positions in lists count from 1/, /messages\[1\]\.content/],
    ["answer=mesages", /there is no column "mesages"/, /Columns: /],
    [
      "reply=messages",
      /expected ROLE=COLUMN, with one of the roles item, question/,
      /--column item=question_id/,
    ],
  ])("is refused where it cannot be: --column %s", async (column, message, hint) => {
    await expect(init(files, { column: [column] })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("is asked for where no answer is found, with the texts that were seen", async () => {
    const hidden = { "log.jsonl": logOf((at) => ({ trace: { last: { assistant_says: answer(at) } } })) };
    await expect(init(hidden)).rejects.toMatchObject({
      message: expect.stringMatching(
        /no answer of a system was recognized\. Texts that may be answers: trace\.last\.assistant_says \("B"\)/,
      ),
      hint: expect.stringMatching(/--column answer=PATH.*--column ignore=trace/),
    });
    const named = await init(hidden, { column: ["answer=trace.last.assistant_says"] });
    expect((await scoreAll({ named }))["named"]).toEqual({ "lab-model": 50 });
    const { plan } = await init(hidden, { column: ["ignore=trace"] });
    expect(plan.notes.join()).toMatch(/nothing to score yet/);
  });

  it("is asked for where a record has several answers", async () => {
    const several = {
      "log.jsonl": logOf(() => ({
        outputs: [
          { model: "m1", output: "A" },
          { model: "m2", output: "B" },
        ],
      })),
    };
    await expect(init(several)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^log\.jsonl:1: outputs has 2 entries, and only one can be the answer of a record/,
      ),
      hint: expect.stringMatching(/--column answer=outputs\[1\]\.output/),
    });
  });
});
