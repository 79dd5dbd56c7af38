import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readStudy } from "../../pipelines/calibrate/study-record.js";
import { grrasEntries } from "../../src/components/judge-grras.js";
import type { AgreementRow } from "../../src/components/judge-rows.js";
import { wordsFor } from "../../src/components/words.js";

const folder = mkdtempSync(join(tmpdir(), "medbench-study-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "study.yaml");
const written = (lines: string) => {
  writeFileSync(file, `schema: medbench-rating-study/1\n${lines}`);
  return readStudy(file);
};
const overall = { criterion: "all", n_blinded: 4, n_ratings: 5, kappa: null } as AgreementRow;
const checklist = (study: ReturnType<typeof readStudy>, language: "en" | "zh") =>
  grrasEntries(overall, { validity: undefined, benchmarkName: "b", words: wordsFor(language), study });

describe("the record of a rating study", () => {
  const study = written("independence: rated alone\nprocess: {en: two hours of training, zh: 培训两小时}\n");

  it("fills the items that it answers, in the page's language, and leaves the others open", () => {
    const filled = (language: "en" | "zh") =>
      new Map(checklist(study, language).map(({ item, answer }) => [Number.parseInt(item, 10), answer]));
    expect(filled("en").get(9)).toBe("rated alone");
    expect(filled("zh").get(8)).toContain("; 培训两小时");
    const gaps = [5, 6, 7, 12];
    expect(gaps.map((item) => filled("en").get(item))).toEqual(gaps.map(() => null));
  });

  it("keeps what the data show beside what people say", () => {
    const before = checklist([], "en").find(({ item }) => item.startsWith("8"))?.answer;
    const after = checklist(study, "en").find(({ item }) => item.startsWith("8"))?.answer;
    expect(after).toBe(`${before}; two hours of training`);
  });

  it("refuses a field that the checklist does not have", () => {
    expect(() => written("blinding: yes\n")).toThrow(/study\.yaml: .*blinding/);
  });
});
