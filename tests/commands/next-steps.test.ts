import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { queryWarehouse } from "../../pipelines/tools/sql.js";
import { sampleWorkspace } from "../sample.js";
import { temporaryFolder } from "../stages/ingest/workspace.js";
import { said } from "./said.js";

const folder = temporaryFolder();
const at = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const responses = at("responses.jsonl", '{"id": "1", "text": "The answer is B.", "expected": "B"}\n');
const unread = at("unread.jsonl", '{"id": "1", "text": "The answer is B."}\n');
const scores = at("scores.json", JSON.stringify({ track: "llm", scores: { MedExam: 50 } }));
const oracle = at(
  "oracle.json",
  JSON.stringify({ schema: "medbench-oracle/1", group: "none", title: "none", origin: "none", cases: [] }),
);
const pair = ["luming-max.llm.upload.upload-2026-03", "qingtan-72b.llm.upload.upload-2026-03"];

let workspace: string;
beforeAll(async () => {
  workspace = await sampleWorkspace();
});

/** Commands that show something, without and with what they need of the sample; where their next step is printed. */
const shows: readonly (readonly [words: readonly string[], stream: "out" | "problems", next: RegExp])[] = [
  [["compare", ...pair, "--workspace", "%"], "out", /Next: This lists items .*\n {2}.*medbench sql /],
  [["read", responses], "problems", /Next: This counts how often each rule was right\.\n.* --report\n/],
  [["read", responses, "--report"], "problems", /Next: .*\n.* --table\n/],
  [
    ["read", unread],
    "problems",
    /Next: Letters that people have read .*\n.* --expected LETTERS\.jsonl --report\n/,
  ],
  [["oracles", oracle], "out", /Next: .*\n {2}.*medbench verify\n/],
  [
    ["stress-judge", "--limit", "2", "--workspace", "%"],
    "out",
    /Next: A stub is no judge.*\n {2}.* --judge-client openai /,
  ],
  [
    ["rating-packet", "--plan", "--workspace", "%"],
    "out",
    /Next: [\d,]+ more answers need a rating.*\n {2}.*rating-packet --size \d+ /,
  ],
  [["judges", "--workspace", "%"], "out", /\nNext: /],
  [["sources", "--workspace", "%"], "out", /\nNext: /],
];

describe("a command that shows something", () => {
  it.each(shows)("ends with the next step: %j", async (words, stream, next) => {
    const given = words.map((word) => word.replace("%", workspace));
    const plain = await said(...given);
    expect(plain.exitCode).toBe(0);
    expect(plain[stream]).toMatch(next);
    if (stream === "problems") expect(plain.out).not.toContain("Next:");
    const json = await said(...given, "--json");
    expect(json.out + json.problems).not.toContain("Next:");
    const quiet = await said(...given, "--quiet");
    expect(quiet.out + quiet.problems).not.toContain("Next:");
  });

  it("roll-up prints it beside its JSON", async () => {
    const { out, problems } = await said("roll-up", scores);
    expect(() => JSON.parse(out)).not.toThrow();
    expect(problems).toMatch(/Next: .*\n {2}.*medbench ingest ANSWERS/);
    expect((await said("roll-up", scores, "--json")).problems).toBe("");
  });

  it("compare proposes a query that works, and finds items on which the two differ", async () => {
    const { out } = await said("compare", ...pair, "--workspace", workspace);
    const [, query = ""] = /medbench sql "([^"]+)"/.exec(out) ?? [];
    const rows = JSON.parse(await queryWarehouse(workspace, query, { format: "json" })) as Record<
      string,
      number
    >[];
    expect(rows.length).toBeGreaterThan(5);
    for (const { first, second } of rows) expect(first).not.toBe(second);
  });
});

describe("sql", () => {
  it.each([
    ["-- the answer\nselect 42 as n", "n\n42\n"],
    ["--comment\nselect 42 as n", "n\n42\n"],
    ["- - 42", null],
    ["-- nothing else", null],
  ])("takes %j for a query and not for an option", async (query, rows) => {
    const { out, problems, exitCode } = await said("sql", query, "--csv", "--workspace", workspace);
    if (rows === null) {
      expect(problems).not.toMatch(/unknown option/);
      expect(exitCode).toBe(2);
    } else expect(out).toBe(rows);
  });

  it("still refuses an option that does not exist", async () => {
    expect((await said("sql", "--jsn", "--workspace", workspace)).problems).toMatch(/unknown option '--jsn'/);
  });

  it("names columns as the user did; in JSON, where equal names would be one, the second has a number", async () => {
    const query = (format: "json" | "csv" | "table" | "vertical", sql: string) =>
      queryWarehouse(workspace, sql, { format });
    const equal = "select 1 as a, 2 as a, 3 as a_1, 4 as a";
    expect(await query("csv", equal)).toBe("a,a,a_1,a\n1,2,3,4\n");
    expect(await query("table", equal)).toMatch(/│ a │ a │ a_1 │ a │/);
    expect(await query("json", equal)).toBe('[\n {"a":1,"a_2":2,"a_1":3,"a_3":4}\n]\n');
    expect(await query("json", "select 1 as a, 2 as a")).toBe('[\n {"a":1,"a_1":2}\n]\n');
  });

  it.each([
    "update runs set system = 'x'",
    "delete from runs",
    "insert into runs values (1)",
    "truncate runs",
    "merge into runs using items on true when matched then delete",
    "with a as (select 1) update runs set system = 'x'",
  ])("%s is refused with what to do instead", async (query) => {
    for (const allowFiles of [false, true])
      await expect(
        queryWarehouse(workspace, query, { format: "table" }, { allowFiles }),
      ).rejects.toMatchObject({
        name: "InputError",
        hint: expect.stringMatching(/^The stages write the tables, and no statement changes them/),
      });
  });
});
