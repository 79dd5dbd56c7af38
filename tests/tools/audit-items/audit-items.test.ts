// cspell:ignore qiuz
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { auditWorkspace, type PlaceAudit } from "../../../pipelines/tools/audit-items/audit-items.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";
import { smallCatalogue } from "../../small-catalogue.js";
import { ingest, temporaryFolder, writeFiles } from "../../stages/ingest/workspace.js";

const catalogue = smallCatalogue("audited", {
  quiz: { components: [{ metric: "m", scorer: "label", weight: 1 }] },
  other: { components: [{ metric: "m", scorer: "label", weight: 1 }] },
});

/** Thirty-two systems of two families; the ninth of them also has an older run, in which it answers nothing right. */
const systems = Array.from({ length: 32 }, (_, n) => ({
  system: `s${String(n).padStart(2, "0")}`,
  family: n % 2 === 0 ? "Even" : "Odd",
}));
const random = createRandom("audit of questions");
const abilities = systems.map(() => 0.4 * randomNormal(random));
/** 120 questions: 40 of specialty 07, 20 in English; s03 is much worse in 07; question q01 has a key that only the family Odd knows. */
const questions = Array.from({ length: 120 }, (_, q) => ({
  id: `q${String(q).padStart(2, "0")}`,
  specialty: q % 3 === 0 ? "07" : "03",
  language: q >= 100 ? "en" : "zh",
  difficulty: 1.2 * randomNormal(random),
}));
const isRight = (s: number, q: number) => {
  const { specialty, difficulty } = questions[q] as (typeof questions)[number];
  if (q === 1) return s % 2 === 1;
  const logit = 0.5 + (abilities[s] as number) - difficulty - (s === 3 && specialty === "07" ? 2.5 : 0);
  return random() < 1 / (1 + Math.exp(-logit));
};
const rows = systems.flatMap(({ system, family }, s) =>
  questions.map(({ id, specialty, language }, q) => ({
    ...{ system, family, run: `${system}-new`, submitted: "2026-03-02", d: "quiz", id, specialty, language },
    a: isRight(s, q) ? "yes" : "no",
  })),
);
const older = rows
  .filter(({ system }) => system === "s08")
  .map((row) => ({ ...row, run: "s08-old", submitted: "2026-03-01", a: "no" }));
const elsewhere = ["s00", "s01"].map((system) => ({
  ...{ system, family: "Even", run: `${system}-new`, submitted: "2026-03-02", d: "other", id: "x" },
  ...{ specialty: "03", language: "zh", a: "yes" },
}));

const mapping = `
schema: medbench-mapping/1
benchmark: audited
pool: p
board: api
input: {files: [rows.jsonl]}
tables:
  items:
    columns: {item_id: id, dataset: d, gold: "'\\"yes\\"'", language: language, specialty_primary: specialty}
  runs: {columns: {run_id: run, system: system, family: family, track: "'llm'", submitted_at: submitted}}
  responses:
    columns: {run_id: run, dataset: d, item_id: id, raw: a}
`;

describe("auditing the questions of a workspace", () => {
  let workspace: string;
  let audit: PlaceAudit;

  beforeAll(async () => {
    workspace = temporaryFolder();
    const lines = [...rows, ...older, ...elsewhere].map((row) => JSON.stringify(row));
    const folder = writeFiles(temporaryFolder(), {
      "rows.jsonl": `${lines.join("\n")}\n`,
      "mapping.yaml": mapping,
      "catalogue.json": JSON.stringify(catalogue),
    });
    const [file, list] = [join(folder, "mapping.yaml"), join(folder, "catalogue.json")];
    await ingest(workspace, [{ path: folder, mapping: file, catalogue: list }]);
    await runScore({ workspace });
    audit = (await auditWorkspace({ workspace }))[0] as PlaceAudit;
  });

  const question = (id: string) =>
    audit.questions.find(({ dataset, group_id }) => dataset === "quiz" && group_id === id);

  it("takes the last run of each system", () => {
    expect(audit.runs).toHaveLength(32);
    expect(audit.runs).toContain("s08-new");
    expect(audit.runs).not.toContain("s08-old");
  });

  it("flags the question that only one family answers, with its direction, and few others", () => {
    expect(question("q01")?.flags).toContain("differential functioning");
    expect(question("q01")?.differential.map(({ group }) => group)).toEqual(["Even"]);
    const found = audit.questions.filter(({ flags }) => flags.includes("differential functioning"));
    expect(found.length).toBeLessThanOrEqual(3);
    expect(audit.families).toMatchObject([
      { family: "Even", n_systems: 16, n_others: 16, can_stand_out: true, reason: null },
      { family: "Odd", reason: "the same comparison as for Even, seen from the other side" },
    ]);
  });

  it("finds the system that is worse in one specialty than at other questions of equal difficulty, and only that", () => {
    const found = audit.attributes.filter(({ p_adjusted }) => p_adjusted !== null && p_adjusted <= 0.05);
    expect(found.map(({ attribute, system }) => [attribute, system])).toEqual([
      ["specialty", "s03"],
      ["specialty", "s03"],
    ]);
    const seven = found.find(({ value }) => value === "07");
    expect(seven).toMatchObject({ n_questions: 40, n_others: 81, size: "C", test: "exact" });
    expect(seven?.delta).toBeLessThan(-1.5);
    expect(seven?.odds_ratio).toBeGreaterThan(2);
    expect(seven?.uniform_p).toBeLessThan(0.001);
    const languages = audit.attributes.filter(
      ({ attribute, value }) => attribute === "language" && value === "en",
    );
    expect(languages).toHaveLength(32);
  });

  it("keeps to one dataset, and takes answers that were never given for unknown", async () => {
    const [other] = await auditWorkspace({ workspace, dataset: "other" });
    expect(other?.questions.map(({ group_id, flags }) => [group_id, flags])).toEqual([["x", ["all right"]]]);
    expect(other?.attributes).toEqual([]);
    expect(other?.untested).toEqual([]);
    expect(audit.untested).toEqual([]);
  });

  it("names the pools, tracks and datasets that it knows", async () => {
    await expect(auditWorkspace({ workspace, track: "lmm" })).rejects.toThrow(/no track "lmm"/);
    await expect(auditWorkspace({ workspace, dataset: "qiuz" })).rejects.toThrow(/no dataset "qiuz"/);
    await expect(auditWorkspace({ workspace, pool: "q" })).rejects.toThrow(/no pool "q"/);
  });
});
