// cspell:ignore bababa bcdefg ababab aabbab abbbab xabcd babab aaab
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { compareRuns } from "../../../pipelines/tools/compare/compare.js";
import { smallCatalogue } from "../../small-catalogue.js";
import { ingest, temporaryFolder, writeFiles } from "../../stages/ingest/workspace.js";

const catalogue = smallCatalogue("seasons", {
  ward: { components: [{ metric: "accuracy", scorer: "choice", weight: 1 }] },
});

interface Asked {
  readonly id: string;
  readonly variant?: number;
  readonly group?: string;
  readonly question?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly gold?: string;
  readonly answer: string | null;
}

const mapping = `
schema: medbench-mapping/1
benchmark: seasons
board: api
input: {files: [rows.jsonl]}
tables:
  items:
    columns: {pool: pool, item_id: id, dataset: "'ward'", variant: variant, group_id: grp, question: question, options: to_json(options), gold: to_json(gold)}
  responses:
    from: SELECT * FROM raw WHERE answer IS NOT NULL
    columns: {pool: pool, system: "'alpha'", dataset: "'ward'", item_id: id, variant: variant, raw: answer}
`;

type Pair = readonly [spring: readonly Asked[], summer: readonly Asked[]];

const cases: Record<string, Pair> = {};
let workspace = "";

/** Registers two pools of the shared workspace, and compares them once it exists. */
function pair(name: string, spring: readonly Asked[], summer: readonly Asked[]) {
  cases[name] = [spring, summer];
  return (fields: readonly string[] = ["pool", "goldVersion"]) =>
    compareRuns({
      ...{ workspace, except: fields },
      ...{ first: `alpha.llm.api.${name}-spring`, second: `alpha.llm.api.${name}-summer` },
    });
}

const all = (ids: string, answers: string): Asked[] =>
  [...ids].map((id, index) => ({ id, answer: answers[index] as string }));

const alike = pair("alike", all("abcdef", "BABABA"), all("bcdefg", "ABABAB"));
const reordered = pair("reordered", all("abcdef", "AABBAB"), [
  ...[...all("abcdef", "ABBBAB"), { id: "0", answer: "B" }].reverse(),
]);
const changed = pair("changed", all("abcdefg", "AAAAAAA"), [
  { id: "a", answer: "A", gold: "B" },
  { id: "b", answer: "A", options: { A: "surgery", B: "rest" } },
  { id: "c", answer: "B", question: "What about c, really?" },
  // The same with other spaces.
  { id: "d", answer: "A", question: " What  about d? " },
  ...all("efg", "AAB"),
]);
const varied = pair(
  "varied",
  [{ id: "a", variant: 1, answer: "A" }, { id: "a", variant: 2, answer: "B" }, ...all("bc", "AA")],
  [{ id: "a", variant: 1, answer: "A" }, ...all("bc", "AB")],
);
const vignette = pair(
  "vignette",
  all("abcd", "AAAA").map((item, index) => ({ ...item, group: index < 2 ? "v" : item.id })),
  all("xabcd", "BABAB"),
);
const partly = pair("partly", all("abcd", "AAAB"), all("abc", "ABA"));
const apart = pair("apart", all("abc", "AAA"), all("xyz", "AAA"));
const corrected = pair(
  "corrected",
  all("ab", "AA"),
  all("ab", "AA").map((item) => ({ ...item, gold: "B" })),
);

beforeAll(async () => {
  const lines = Object.entries(cases).flatMap(([name, pools]) =>
    ["spring", "summer"].flatMap((season, index) =>
      (pools[index] as readonly Asked[]).map(({ id, variant = 1, group = id, answer, ...item }) =>
        JSON.stringify({
          ...{ pool: `${name}-${season}`, id, variant, grp: group, answer },
          ...{ question: item.question ?? `What about ${id}?`, gold: item.gold ?? "A" },
          options: item.options ?? { A: "rest", B: "surgery" },
        }),
      ),
    ),
  );
  const folder = writeFiles(temporaryFolder(), {
    "rows.jsonl": `${lines.join("\n")}\n`,
    "mapping.yaml": mapping,
    "catalogue.json": JSON.stringify(catalogue),
  });
  workspace = temporaryFolder();
  const files = { mapping: join(folder, "mapping.yaml"), catalogue: join(folder, "catalogue.json") };
  await ingest(workspace, [{ path: folder, ...files }]);
  await runScore({ workspace });
});

describe("two pools with common items", () => {
  it("are paired by item: five common items that were answered alike have no discordant group", async () => {
    const found = await alike();
    expect(found.items).toEqual({ common: 5, changed: 0, changes: [], only_first: 1, only_second: 1 });
    expect(found.datasets).toEqual([
      expect.objectContaining({
        ...{ n_groups: 5, only_first: 0, only_second: 0, difference: 0, lower: null, upper: null },
        ...{ first_score: 3 / 5, second_score: 3 / 5 },
      }),
    ]);
  });

  it("are paired by item where they list the items in another order", async () => {
    const { datasets } = await reordered();
    // Only b changed, from right to wrong: 1 of 6.
    expect(datasets[0]).toMatchObject({ n_groups: 6, only_first: 1, only_second: 0 });
    expect(datasets[0]?.difference).toBeCloseTo(1 / 6, 9);
  });

  it("leave out an item whose reference answer, options or question changed, and say what changed", async () => {
    const { items, datasets } = await changed();
    expect(items).toMatchObject({ common: 4, changed: 3, changes: ["gold", "options", "question"] });
    expect(datasets[0]).toMatchObject({ n_groups: 4, only_first: 1, only_second: 0 });
  });

  it("compare only the variants of an item that both have", async () => {
    // Right in the first variant and wrong in the second, which does not count.
    const { datasets } = await varied();
    expect(datasets[0]).toMatchObject({ n_groups: 3, first_score: 1, only_first: 1, only_second: 0 });
    expect(datasets[0]?.second_score).toBeCloseTo(2 / 3, 9);
  });

  it("keep the groups of the first pool, so that items of one vignette stay one observation", async () => {
    const { datasets } = await vignette();
    expect(datasets[0]?.n_groups).toBe(3);
  });

  it("leave out an item that only one of them has", async () => {
    const { items, datasets } = await partly();
    expect(items).toMatchObject({ common: 3, only_first: 1 });
    expect(datasets[0]?.n_groups).toBe(3);
  });

  it("are refused where no item is the same in both, with the counts", async () => {
    await expect(apart()).rejects.toThrow(
      "have no item in common: 0 items in both pools, 3 items only in the first, 3 items only in the second",
    );
    await expect(corrected()).rejects.toThrow("2 items left out because of another reference answer");
  });
});

describe("the fields of --except", () => {
  it("can be written as in the tables", async () => {
    const found = await alike(["pool", "gold_version"]);
    expect(found.items?.common).toBe(5);
  });

  it("are refused where the scores differ in another field", async () => {
    await expect(alike(["pool"])).rejects.toThrow(/differ in gold version/);
    await expect(alike([])).rejects.toThrow(/differ in pool of items .*, gold version/);
  });

  it("are refused where they do not exist, with what was meant and all that exist", async () => {
    const hint =
      'Did you mean "goldVersion"? Known identity fields: benchmark, track, pool, board, metricVersion, judge, judgePrompt, goldVersion, settings.';
    for (const name of ["gold", "gold version 2"])
      await expect(alike(["pool", name])).rejects.toMatchObject({
        message: `compare --except: no identity field ${JSON.stringify(name)}`,
        hint,
      });
    await expect(alike([""])).rejects.toThrow('no identity field ""');
  });
});
