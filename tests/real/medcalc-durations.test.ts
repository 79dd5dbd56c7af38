import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { scoreNumeric } from "../../src/lib/metrics/numeric-answer.js";
import { describeShared } from "../shared.js";

interface Item {
  readonly row_number: number;
  readonly output_type: "decimal" | "integer" | "date" | "weeks_days";
  readonly gold: string;
  readonly lower: string;
  readonly upper: string;
}

interface Answer {
  readonly run: string;
  readonly row_number: number;
  readonly llm_answer: string;
}

/** Numbers, dates, and weeks and days that models wrote as bare pairs. */
describeShared(
  "MedCalc-Bench, stored answers of six runs",
  ["real", "recipes", "medcalc_thoughts"],
  (folder) => {
    const read = <T>(name: string): T[] =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString("utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as T);
    const items = new Map(read<Item>("items.jsonl.gz").map((item) => [item.row_number, item]));
    const answers = read<Answer>("answers.jsonl.gz");
    const goldOf = ({ output_type, gold, lower, upper }: Item) =>
      output_type === "decimal"
        ? { value: gold, lower, upper }
        : { type: output_type === "weeks_days" ? "duration" : output_type, value: gold };

    it.each([
      ["QwQ-32B/own_thought", 35],
      ["QwQ-32B/empty_thought", 40],
      ["QwQ-32B/ensembled_thought", 42],
      ["DAPO-Qwen-32B/own_thought", 41],
      ["DAPO-Qwen-32B/empty_thought", 39],
      ["DAPO-Qwen-32B/ensembled_thought", 43],
    ])("%s has %d of 100 right, as published", (run, published) => {
      const scores = answers
        .filter((answer) => answer.run === run)
        .map(
          ({ row_number, llm_answer }) =>
            scoreNumeric(String(llm_answer), goldOf(items.get(row_number) as Item)).score,
        );
      expect(scores).toHaveLength(100);
      expect(scores.filter((score) => score === 1)).toHaveLength(published);
    });
  },
);
