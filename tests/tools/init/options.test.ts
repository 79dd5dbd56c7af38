import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { csv, init, jsonl } from "./workspace.js";

type Files = Parameters<typeof init>[0];
type Options = NonNullable<Parameters<typeof init>[1]>;

const range = (n: number) => Array.from({ length: n }, (_, at) => at);
const pairs = ["a", "b"].flatMap((system) => range(6).map((at) => [system, `q${at}`, at] as const));

/** The shapes of files that init takes, each with all that may be a column of it. */
const shapes: Readonly<Record<string, Files>> = {
  "scores in rows": {
    "s.csv": csv(
      ["system", "item", "score", "extra"],
      ...pairs.map(([system, item, at]) => [system, item, 1 + (at % 5), at]),
    ),
  },
  "scores in columns": {
    "s.csv": csv(
      ["item", "gpt-4", "claude-3", "extra"],
      ...range(6).map((at) => [`q${at}`, at % 2, (at + 1) % 2, at]),
    ),
  },
  "answers with right answers": {
    "s.csv": csv(
      ["system", "item", "question", "gold", "answer", "extra"],
      ...pairs.map(([system, item, at]) => [
        system,
        item,
        `An invented question ${at}?`,
        "A",
        at % 2 ? "A" : "B",
        at,
      ]),
    ),
  },
  "questions and answers in two files": {
    "q.csv": csv(
      ["id", "question", "opa", "opb", "gold", "extra"],
      ...range(6).map((at) => [`q${at}`, `Invented ${at}?`, "x", "y", at % 2, at]),
    ),
    "a.jsonl": jsonl(
      ...pairs.map(([model, qid, at]) => ({ model, qid, response: "A", deep: { extra: at } })),
    ),
  },
  "grades of a judge": {
    "s.csv": csv(
      ["system", "item", "judge", "criterion", "judge_score", "extra"],
      ...pairs.map(([system, item, at]) => [system, item, "j", "safety", 1 + (at % 5), at]),
    ),
  },
  "raters in rows": {
    "s.csv": csv(
      ["system", "item", "rater", "rating", "extra"],
      ...pairs.flatMap(([system, item, at]) =>
        ["r1", "r2"].map((rater) => [system, item, rater, 1 + (at % 5), 1 + (at % 5)]),
      ),
    ),
  },
  "raters in columns": {
    "s.csv": csv(
      ["system", "item", "rater_1", "rater_2", "extra"],
      ...pairs.map(([system, item, at]) => [system, item, 1 + (at % 5), 5 - (at % 5), 1 + (at % 5)]),
    ),
  },
  "chat logs": {
    "s.jsonl": jsonl(
      ...pairs.map(([model, id, at]) => ({
        model,
        id,
        gold: "A",
        extra: at,
        messages: [
          { role: "user", content: `Invented ${at}?` },
          { role: "assistant", content: at % 2 ? "A" : "B" },
        ],
      })),
    ),
  },
  "a log of Inspect AI": {
    "s.json": JSON.stringify({
      eval: { model: "lab/model", task: "task" },
      samples: range(4).map((at) => ({
        id: at,
        epoch: 1,
        extra: at,
        input: `Invented ${at}?`,
        target: "A",
        output: { completion: "A", choices: [{ stop_reason: "stop" }] },
        scores: { graded: { value: at < 3 ? "C" : "I" } },
      })),
    }),
  },
};

const stated = (id: string, value: string): Options => ({ stated: new Map([[id, value]]) });
const roles = [
  ...[
    "item",
    "question",
    "options",
    "gold",
    "gold_lower",
    "gold_upper",
    "key_points",
    "dataset",
    "specialty",
    "specialty_2",
    "excluded",
  ],
  ...[
    "difficulty",
    "language",
    "system",
    "answer",
    "parsed",
    "judge",
    "rater",
    "criterion",
    "judge_score",
    "rating",
    "score",
    "rationale",
  ],
  ...[
    "repeat",
    "condition",
    "finish_reason",
    "error",
    "latency_ms",
    "latency_s",
    "prompt_tokens",
    "completion_tokens",
    "cost",
  ],
];

/** Each option of the command, with a value that some shape has a use for. */
const options: readonly (readonly [string, Options])[] = [
  ["--system", stated("system", "omega")],
  ["--dataset", stated("dataset", "ward")],
  ["--scale", stated("scale", "0-50")],
  ["--first-option", stated("first option", "0")],
  ["--grades judge", stated("grades", "judge")],
  ["--grades people", stated("grades", "people")],
  ["--grades scores", stated("grades", "scores")],
  ["--repeats all", stated("repeats", "all")],
  ["--repeats first", stated("repeats", "first")],
  ["--blanks wrong", stated("blanks", "wrong")],
  ["--blanks left-out", stated("blanks", "left-out")],
  ["--decimal comma", stated("decimal", "comma")],
  ["--systems", { systems: ["extra"] }],
  ["--name", { name: "Another name" }],
  ["--name-zh", { nameZh: "虚构" }],
  ["--id", { id: "another-id" }],
  ["--pool", { pool: "2026-04" }],
  ...roles.map((role): [string, Options] => [`--column ${role}`, { column: [`${role}=extra`] }]),
];

/** What init writes; what it says if it refuses. */
async function outcome(files: Files, more: Options): Promise<{ written: string } | { refused: string }> {
  try {
    const { mapping, catalogue } = await init(files, { ask: null, ...more });
    return { written: readFileSync(mapping, "utf8") + readFileSync(catalogue, "utf8") };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message.length).toBeGreaterThan(20);
    expect(error.hint ?? "").not.toBe("");
    return { refused: error.message };
  }
}

/** Options that say what init does by itself in a shape: they change nothing, rightly. */
const says: Readonly<Record<string, RegExp>> = {
  "--grades judge": /grades of a judge/,
  "--grades people": /raters/,
  "--grades scores": /scores in rows|Inspect/,
  "--first-option": /two files/,
  "--blanks wrong": /answers|chat|Inspect/,
  "--blanks left-out": /scores|grades|raters/,
  "--decimal comma": /./,
};

describe.each(Object.entries(shapes))(
  "every option of init has an effect or is refused, with %s:",
  (shape, files) => {
    it.each(options)("%s", async (option, more) => {
      const plain = (await outcome(files, {})) as { written: string };
      const found = await outcome(files, more);
      const isSame = "written" in found && found.written === plain.written;
      if (isSame) expect(shape).toMatch(says[option] ?? /no shape/);
      else expect(found).not.toEqual(plain);
    });
  },
);
