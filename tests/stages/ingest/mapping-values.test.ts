import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

const start = "schema: medbench-mapping/1\nbenchmark: tiny\npool: p\nboard: api\n";
const items = `{columns: {item_id: id, dataset: "'d'", track: "'llm'", dimension: "'d'", answer_type: "'open'", language: "'en'"}}`;

async function map(content: string, responses: string, file = "a.jsonl") {
  const workspace = temporaryFolder();
  const mapping = `${start}input: {name: raw, files: ["a.*"]}\ntables:\n  items: ${items}\n  responses: ${responses}\n`;
  const folder = writeFiles(temporaryFolder(), { [file]: content, "m.yaml": mapping });
  const outcome = await ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml") }]);
  return { workspace, notes: (outcome.counts["notes"] as unknown as string[]).join("\n") };
}

const columns = (raw: string, more = ""): string =>
  `{columns: {system: "'s'", dataset: "'d'", item_id: id, raw: "${raw}"${more}}}`;

test("an expression that needs more memory than there is names the mapping, the table and the column", async () => {
  const outcome = map('{"id":"1","answer":"A"}\n', columns("repeat(answer, 2000000000)"));
  await expect(outcome).rejects.toThrow(/m\.yaml: table responses: column raw: the engine ran out of memory/);
});

describe("a key that no record has", () => {
  test("is null, and the user is told", async () => {
    const more = ", error: error, prompt_tokens: usage.prompt_tokens, finish_reason: output.reason";
    const { workspace, notes } = await map(
      '{"id":"1","output":{"text":"A"}}\n',
      columns("output.text", more),
    );
    expect(await query(workspace, "SELECT raw, error, prompt_tokens, finish_reason FROM responses")).toEqual([
      { raw: "A", error: null, prompt_tokens: null, finish_reason: null },
    ]);
    for (const key of ["error", "usage", "reason"])
      expect(notes).toContain(`no record of input raw has "${key}", so it counts as null`);
  });

  test("is an error that names it where a required column or the answer would be empty", async () => {
    const content = '{"id":"1","answer":"A"}\n';
    await expect(map(content, columns("answr"))).rejects.toMatchObject({
      message: expect.stringMatching(
        /m\.yaml: table responses: column raw: no record of input raw has "answr", so that raw is null/,
      ),
      // The key is not listed as one that the input has.
      hint: expect.stringMatching(
        /^Is "answer" meant\? Input raw has "id", "answer", "filename", from a\.jsonl\.$/,
      ),
    });
    await expect(map(content, columns("answer").replace("item_id: id", "item_id: idd"))).rejects.toThrow(
      /table responses: column item_id: no record of input raw has "idd"/,
    );
  });

  test("is compared with those that there are", async () => {
    const { notes } = await map(
      '{"id":"1","answer":"A","errors":"e"}\n',
      columns("answer", ", error: error"),
    );
    expect(notes).toContain('is "errors" meant?');
  });

  test("in an empty list or in null can be used as anything", async () => {
    const content = '{"id":"1","answer":"A","messages":[],"usage":null}\n';
    const more = ", error: 'messages[1].content', latency_s: usage.seconds / 1000";
    expect(
      await query((await map(content, columns("answer", more))).workspace, "SELECT raw FROM responses"),
    ).toEqual([{ raw: "A" }]);
  });
});

describe("a number that goes into a text column", () => {
  test("is written as in the file", async () => {
    const content = ["7", "1.10", "2.5", "1e5", "-0"].map((raw, n) => `{"id":${n},"v":${raw}}\n`).join("");
    const { workspace } = await map(content, columns("v"));
    expect(await query(workspace, "SELECT raw FROM responses ORDER BY item_id")).toEqual(
      ["7", "1.10", "2.5", "1e5", "-0"].map((raw) => ({ raw })),
    );
  });

  test("is written as the engine prints it if the mapping calculates with it too, and the user is told", async () => {
    const { workspace, notes } = await map('{"id":1,"v":1.50}\n', columns("v", ", latency_s: v / 10"));
    expect(await query(workspace, "SELECT raw, latency_s FROM responses")).toEqual([
      { raw: "1.5", latency_s: 0.15 },
    ]);
    expect(notes).toContain("table responses calculates with numbers that are also stored as text");
  });
});

describe("an expression", () => {
  test("that fails for a row costs this row", async () => {
    const content = "id,answer,seconds\n1,A,2\n2,B,long\n3,C,\n";
    const { workspace } = await map(
      content,
      columns("answer", ", latency_s: CAST(seconds AS DOUBLE)"),
      "a.csv",
    );
    expect(await query(workspace, "SELECT item_id, latency_s FROM responses ORDER BY item_id")).toEqual([
      { item_id: "1", latency_s: 2 },
      { item_id: "3", latency_s: null },
    ]);
    expect(await quarantine(workspace)).toMatchObject([
      { file: "m.yaml: responses", line: 2, reason: "wrong_type" },
    ]);
  });

  test("that never fits is an error with the file, the table and the column", async () => {
    await expect(map('{"id":"1","answer":"A"}\n', columns("answer + 1"))).rejects.toThrow(
      /^m\.yaml: table responses: column raw: Binder Error/,
    );
  });
});

test("items of different numbers of options have their own options only", async () => {
  const workspace = temporaryFolder();
  const content = '[{"id":"1","o":{"A":"a","B":"b"}},{"id":"2","o":{"A":"a","B":"b","C":"c"}}]';
  const folder = writeFiles(temporaryFolder(), {
    "a.json": content,
    "m.yaml": `${start}input: {files: [a.json]}\ntables:\n  items: ${items.replace("item_id: id", "item_id: id, options: to_json(o)")}\n`,
  });
  await ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml") }]);
  expect(
    await query(
      workspace,
      "SELECT n_options, options FROM items JOIN items_private USING (item_id) ORDER BY item_id",
    ),
  ).toEqual([
    { n_options: 2, options: '{"A":"a","B":"b"}' },
    { n_options: 3, options: '{"A":"a","B":"b","C":"c"}' },
  ]);
});

test("gold keeps an explicit null, also where a field that no record has is asked for", async () => {
  const workspace = temporaryFolder();
  const gold = ['{"dose":null,"unit":"mg"}', '{"unit":"mg","extra":{"unit":null}}', '{"dose":5}'];
  const from = "SELECT id, g, g.notes AS notes FROM raw";
  const folder = writeFiles(temporaryFolder(), {
    "a.jsonl": gold.map((g, id) => `{"id":${id},"g":${g}}\n`).join(""),
    "m.yaml": `${start}input: {files: [a.jsonl]}\ntables:\n  items: ${items.replace("{columns: {", `{from: "${from}", columns: {gold: to_json(g), media: "g::JSON", specialty_primary: notes, `)}\n`,
  });
  await ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml") }]);
  const rows = await query(workspace, "SELECT gold, media FROM items_private ORDER BY item_id");
  expect(rows).toEqual(gold.map((text) => ({ gold: text, media: text })));
});

test("an object in a text column is stored as it is, without keys of other objects", async () => {
  const content = '{"id":1,"v":{"x":1}}\n{"id":2,"v":{"y":null}}\n{"id":3,"v":{"y":"a"}}\n';
  const { workspace } = await map(content, columns("'A'", ", error: v"));
  expect(await query(workspace, "SELECT error FROM responses ORDER BY item_id")).toEqual([
    { error: '{"x":1}' },
    { error: '{"y":null}' },
    { error: '{"y":"a"}' },
  ]);
});
