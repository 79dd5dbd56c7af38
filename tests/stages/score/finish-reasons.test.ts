import { beforeAll, describe, expect, test } from "vitest";
import { type SmallAnswer, smallWorkspace } from "./small-benchmark.js";

/** Answer, finish reason and the outcome that they make; on a single choice whose gold is B. */
const answers: readonly [id: string, raw: string | null, finish: string | undefined, outcome: string][] = [
  ["read", "The answer is B.", "MAX_TOKENS", "scored"],
  ["cut", "Let me go through the case. First the", "length", "truncated"],
  ["gemini", "Let me go through the case. First the", "FinishReason.MAX_TOKENS", "truncated"],
  ["busy", "Let me go through the case. First the", "insufficient_system_resource", "truncated"],
  ["thought", "<think>Let me go through", undefined, "truncated"],
  ["budget", "", "LENGTH", "truncated"],
  ["filter", null, "SAFETY", "refused"],
  ["half", "Let me go through the case. First the", "content_filter", "refused"],
  ["refusal", "", "refusal", "refused"],
  ["odd", "Let me go through the case. First the", "banana", "unparsed"],
  ["stop", "Let me go through the case. First the", "stop", "unparsed"],
  ["null", null, "stop", "empty"],
  ["blank", " \t\n\u3000\ufeff", undefined, "empty"],
];

describe("the outcome of a response with a finish reason", () => {
  let found: Map<string, string>;
  beforeAll(async () => {
    const { select } = await smallWorkspace({
      datasets: { mcq: [{ metric: "accuracy", scorer: "choice", weight: 1 }] },
      items: answers.map(([id]) => ({ dataset: "mcq", id, gold: "B", options: { A: "Tea", B: "Rest" } })),
      answers: answers.map(
        ([id, raw, finish]): SmallAnswer => ({
          ...{ dataset: "mcq", id, raw },
          ...(finish === undefined ? {} : { finish }),
        }),
      ),
    });
    const rows = await select<{ item_id: string; outcome: string }>("SELECT item_id, outcome FROM outcomes");
    found = new Map(rows.map(({ item_id, outcome }) => [item_id, outcome]));
  });

  test.each(answers)("%s: %j with %j is %s", (id, _raw, _finish, outcome) => {
    expect(found.get(id)).toBe(outcome);
  });
});

test("an answer without a text is scored by its verdict, and empty without one", async () => {
  const { select } = await smallWorkspace({
    datasets: { open: [{ metric: "recall", scorer: "key_points", weight: 1 }] },
    items: ["judged", "unjudged"].map((id) => ({ dataset: "open", id, keyPoints: ["one"] })),
    answers: ["judged", "unjudged"].map((id) => ({ dataset: "open", id, raw: null })),
    verdicts: [{ dataset: "open", id: "judged", criterion: "key_point/1", highest: 1, value: 1 }],
  });
  expect(await select("SELECT item_id, outcome FROM outcomes ORDER BY item_id")).toEqual([
    { item_id: "judged", outcome: "scored" },
    { item_id: "unjudged", outcome: "empty" },
  ]);
});
