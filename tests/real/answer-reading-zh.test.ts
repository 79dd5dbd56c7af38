import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type ChoiceReading, readChoice } from "../../src/lib/metrics/choice-reader.js";
import { describeShared } from "../shared.js";

interface HandRead {
  readonly id: string;
  readonly stratum: "random" | "hard";
  /** A letter, or `none`, `multiple`, `conflict`. */
  readonly label: string;
  /** Whether the letter is given as a letter or only by its option's text. */
  readonly by: "letter" | "text" | "";
  readonly unsure: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly text: string;
  readonly reading: ChoiceReading;
}

const hasLetter = ({ label }: HandRead) => label.length === 1;
const isWrong = ({ label, reading }: HandRead) => reading.answer !== null && reading.answer !== label;

describeShared("reading hand-read Chinese answers", ["real", "answer-reading-zh"], (folder) => {
  const rows = readFileSync(join(folder, "responses.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as HandRead)
    .filter(({ unsure }) => !unsure)
    .map((row) => ({ ...row, reading: readChoice(row.text, row.options) }));

  const share = (of: readonly HandRead[]) =>
    of.filter(({ label, reading }) => reading.answer === label).length / of.length;

  it.each([
    ["random", 81, 0.98],
    ["hard", 98, 0.95],
  ] as const)("finds the letters of the %s stratum where a letter is given", (stratum, count, least) => {
    const given = rows.filter((row) => row.stratum === stratum && hasLetter(row) && row.by === "letter");
    expect(given).toHaveLength(count);
    expect(share(given)).toBeGreaterThanOrEqual(least);
  });

  it("finds four in five of the options that are given by their text", () => {
    const given = rows.filter((row) => hasLetter(row) && row.by === "text");
    expect(given).toHaveLength(18);
    expect(share(given)).toBeGreaterThanOrEqual(0.8);
  });

  it("reads a letter that is not there in at most two of a hundred answers", () => {
    expect(rows).toHaveLength(266);
    expect(rows.filter(isWrong).length / rows.length).toBeLessThanOrEqual(0.02);
  });

  it("tells the answer whose letter and text contradict each other", () => {
    const conflicts = rows.filter(({ label }) => label === "conflict");
    expect(conflicts.map(({ reading }) => reading.status)).toEqual(["conflict"]);
  });
});
