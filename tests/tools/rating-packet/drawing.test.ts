import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { beforeAll, describe, expect, it } from "vitest";
import {
  makeRatingPacket,
  type RatingPacketOptions,
} from "../../../pipelines/tools/rating-packet/rating-packet.js";
import { smallCatalogue } from "../../small-catalogue.js";
import { ingest, temporaryFolder, writeFiles } from "../../stages/ingest/workspace.js";

const catalogue = JSON.stringify(
  smallCatalogue("small", {
    advice: {
      components: [{ metric: "grade", scorer: "judge", weight: 1, options: { rubric: "clinical-5" } }],
    },
    exam: { components: [{ metric: "accuracy", scorer: "choice", weight: 1 }] },
  }),
);
const mapping = (tables: string) => `schema: medbench-mapping/1
benchmark: small
pool: p
board: api
input:
  - {name: answers, files: [answers.jsonl]}
  - {name: verdicts, files: [verdicts.jsonl]}
tables:
  items:
    from: answers
    columns: {dataset: dataset, item_id: id, question: question, gold: gold, track: "'llm'", dimension: "'all'", answer_type: "'-'"}
  responses:
    from: answers
    columns: {system: "'s'", dataset: dataset, item_id: id, raw: answer}
${tables}`;
const judgments = `  judgments:
    from: verdicts
    columns: {system: "'s'", dataset: dataset, item_id: id, judge: "'j'", rubric_version: "'clinical-5/1'", criterion: "'safety'",
              scale_min: "1", scale_max: "5", value: value, status: "'ok'"}
`;

/** Ten answers of `advice` and ten of `exam`; a judge grades the first four of `advice` in `graded`. */
async function workspaceOf({ graded, withCatalogue }: { graded: boolean; withCatalogue: boolean }) {
  const answers = ["advice", "exam"].flatMap((dataset) =>
    Array.from({ length: 10 }, (_, i) => ({
      ...{ dataset, id: `${dataset}-${i}`, question: `Question ${i}?`, answer: `Answer ${i} of ${dataset}.` },
      gold: JSON.stringify(dataset === "advice" ? `Reference ${i}` : "A"),
    })),
  );
  const verdicts = answers.slice(0, 4).map(({ dataset, id }, i) => ({ dataset, id, value: 1 + i }));
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const path = writeFiles(temporaryFolder(), {
    "answers.jsonl": lines(answers),
    "verdicts.jsonl": lines(verdicts),
    "mapping.yaml": mapping(graded ? judgments : ""),
    "catalogue.json": catalogue,
  });
  const workspace = temporaryFolder();
  await ingest(workspace, [
    {
      ...{ path, mapping: join(path, "mapping.yaml") },
      ...(withCatalogue ? { catalogue: join(path, "catalogue.json") } : {}),
    },
  ]);
  return workspace;
}

async function draw(workspace: string, options: Partial<RatingPacketOptions> = {}) {
  const out = temporaryFolder();
  const outcome = await makeRatingPacket({
    ...{ workspace, out, packet: "round-1", size: 6, seed: 1, raters: 2, rubric: "clinical-5" },
    ...options,
  });
  const table = (file: string) => csvParse(readFileSync(join(out, file), "utf8").replace(/^\ufeff/, ""));
  return { ...outcome, key: table("key.csv"), sheet: table(`sheet-${outcome.raters[0]}.csv`) };
}

describe("a rating packet without a judge run", () => {
  let ungraded: string;
  beforeAll(async () => {
    ungraded = await workspaceOf({ graded: false, withCatalogue: true });
  });

  it("is drawn from the datasets that need a judge, with the size that was asked for", async () => {
    const { answers, ratings, key, raters } = await draw(ungraded);
    expect(answers).toBe(6);
    // Half of six get a second rater.
    expect(ratings).toBe(9);
    expect(raters).toEqual([
      expect.stringMatching(/^round-1-[0-9a-f]{4}-rater-01$/),
      expect.stringMatching(/^round-1-[0-9a-f]{4}-rater-02$/),
    ]);
    const again = await draw(ungraded, { seed: 2 });
    expect(again.raters.filter((rater) => raters.includes(rater))).toEqual([]);
    expect(key.map(({ dataset }) => dataset)).toEqual(Array.from({ length: 6 }, () => "advice"));
    // Six of ten.
    for (const row of key) expect(Number(row["inclusion_probability"])).toBeCloseTo(0.6, 12);
  });

  it("can be drawn from any dataset or run by name, and an unknown name is refused with the known ones", async () => {
    const { key } = await draw(ungraded, { datasets: ["exam"], raters: 1 });
    expect(new Set(key.map(({ dataset }) => dataset))).toEqual(new Set(["exam"]));
    await expect(draw(ungraded, { datasets: ["advise"] })).rejects.toMatchObject({
      message: 'rating-packet --dataset: no dataset "advise"',
      hint: expect.stringContaining('Did you mean "advice"?'),
    });
    await expect(draw(ungraded, { runs: ["nope"] })).rejects.toThrow(/rating-packet --run: no run "nope"/);
  });

  it("is drawn from all answers where no catalogue says what a judge grades", async () => {
    const { key, answers, notes } = await draw(await workspaceOf({ graded: false, withCatalogue: false }), {
      size: 50,
    });
    expect(answers).toBe(20);
    expect(new Set(key.map(({ dataset }) => dataset))).toEqual(new Set(["advice", "exam"]));
    expect(notes.join("\n")).toMatch(/50 answers were asked for, and only 20 can be drawn/);
  });
});

describe("a rating packet", () => {
  let graded: string;
  beforeAll(async () => {
    graded = await workspaceOf({ graded: true, withCatalogue: true });
  });

  it("is drawn from graded answers where a judge has graded some, and says how many it left out", async () => {
    const { key, notes } = await draw(graded, { size: 20 });
    expect(key.map(({ item_id }) => item_id).sort()).toEqual([
      "advice-0",
      "advice-1",
      "advice-2",
      "advice-3",
    ]);
    expect(notes.join("\n")).toMatch(/6 answers have no verdict and were not drawn from \(advice: 6\)/);
    expect((await draw(graded, { size: 20, ungraded: true })).answers).toBe(10);
  });

  it("shows raters the reference that the judge sees, and has room for a remark", async () => {
    const { sheet, key } = await draw(graded);
    for (const { code, reference, answer, remark } of sheet) {
      const item = key.find((row) => row.code === code)?.["item_id"] ?? "";
      expect(reference).toBe(`Reference ${item.slice("advice-".length)}`);
      expect(answer).toBe(`Answer ${item.slice("advice-".length)} of advice.`);
      expect(remark).toBe("");
    }
    expect(sheet.length).toBeGreaterThan(0);
  });

  it("says how its strata are formed where it is too small for all of them", async () => {
    // Grades 1 to 4 on a scale to 5: thirds low, middle and high of one specialty; two answers are too few for three strata.
    const { stratified_by, notes, answers } = await draw(graded, { size: 2 });
    expect(answers).toBe(2);
    expect(stratified_by).toEqual(["specialty"]);
    expect(notes.join("\n")).toMatch(
      /strata are formed by specialty: 2 answers are too few for each of the 3/,
    );
  });

  it("needs no second rater with one rater, unless it is asked for", async () => {
    expect(await draw(graded, { raters: 1 })).toMatchObject({ answers: 4, ratings: 4 });
    await expect(draw(graded, { raters: 1, overlap: 0.5 })).rejects.toThrow(/an overlap of 0.5/);
  });
});
