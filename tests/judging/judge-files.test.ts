import { expect, test } from "vitest";
import { judgeJournalPath, judgePart, stressJournalPath } from "../../pipelines/judging/judge-files.js";

test("names that differ in any way, also only in case, have files that differ on every system", () => {
  const names = [
    "qwen",
    "Qwen",
    "QWEN",
    "qwen ",
    "qwen/1",
    "qwen-1",
    "qwen:1",
    "con",
    "CON",
    "评委",
    "é",
    "e\u0301",
    "stress-qwen",
  ];
  for (const fileOf of [
    (name: string) => judgeJournalPath("w", name),
    judgePart,
    (name: string) => stressJournalPath("w", name),
  ]) {
    const files = names.map((name) => fileOf(name).toLowerCase());
    expect(new Set(files).size).toBe(names.length);
  }
});

test("the journal of a stress test is not that of a judge, whatever the judge is called", () => {
  expect(stressJournalPath("w", "qwen")).not.toBe(judgeJournalPath("w", "stress-qwen"));
});
