import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readStudy } from "../../../pipelines/stages/calibrate/study-record.js";
import { runAll } from "../../../pipelines/stages/run.js";
import { simulateCycle } from "../../../pipelines/tools/simulate/simulate.js";
import { grrasEntries } from "../../../src/components/tables/judge-grras.js";
import { wordsFor } from "../../../src/components/words.js";
import { releasedRow } from "../../components/released-row.js";

const folder = mkdtempSync(join(tmpdir(), "medbench-study-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "study.yaml");
const written = (lines: string) => {
  writeFileSync(file, `schema: medbench-rating-study/1\n${lines}`);
  return readStudy(file);
};
const overall = releasedRow("agreement", { criterion: "all", n_blinded: 4, n_ratings: 5, kappa: null });
const checklist = (study: ReturnType<typeof readStudy>, language: "en" | "zh") =>
  grrasEntries(overall, { validity: undefined, benchmarkName: "b", words: wordsFor(language), study });

describe("the record of a rating study", () => {
  const study = written("independence: rated alone\nprocess: {en: two hours of training, zh: 培训两小时}\n");

  it("fills the items that it answers, in the page's language, and leaves the others open", () => {
    const filled = (language: "en" | "zh") =>
      new Map(checklist(study, language).map(({ item, answer }) => [Number.parseInt(item, 10), answer]));
    expect(filled("en").get(9)).toBe("rated alone");
    expect(filled("zh").get(8)).toBe("5 个评分中 4 个为盲评；培训两小时");
    const gaps = [5, 6, 7, 12];
    expect(gaps.map((item) => filled("en").get(item))).toEqual(gaps.map(() => null));
  });

  it("shows the data next to what the study record says, and names what is not recorded", () => {
    const process = (rows: typeof study) =>
      checklist(rows, "en").find(({ item }) => item.startsWith("8"))?.answer;
    expect(process([])).toBe("blinded: 4 of 5 ratings; time interval and training not recorded");
    expect(process(study)).toBe("blinded: 4 of 5 ratings; two hours of training");
  });

  it("is refused by a run over a cycle without a judge", async () => {
    const cycle = join(folder, "cycle");
    await simulateCycle({ out: cycle, systems: 1, onlyAnswers: true });
    const places = { workspace: join(folder, "workspace"), out: join(folder, "dist") };
    await expect(runAll({ ...places, sources: [cycle], study: file })).rejects.toThrow(
      /--study .*study\.yaml is about a judge, but the warehouse contains no judgments/,
    );
  });

  it("refuses a field that the checklist does not have", () => {
    expect(() => written("blinding: yes\n")).toThrow(/study\.yaml: .*blinding/);
  });
});
