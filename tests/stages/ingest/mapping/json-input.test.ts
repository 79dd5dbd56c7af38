import { describe, expect, test } from "vitest";
import { readAs, refused } from "./input.js";

const lines = (...values: readonly (string | object)[]): string =>
  values.map((value) => `${typeof value === "string" ? value : JSON.stringify(value)}\n`).join("");

async function read(content: string | Buffer, query: string, file = "a.jsonl") {
  const { rows, ledger } = await readAs<Record<string, unknown>>({ [file]: content }, query);
  const [{ rows_in, rows_out } = { rows_in: 0, rows_out: 0 }] = ledger.files;
  expect(rows_in).toBe(rows_out + ledger.quarantine.filter(({ line }) => line > 0).length);
  return { rows, refused: refused(ledger), ledger };
}

describe("values of JSON", () => {
  test("stay text, whatever they look like", async () => {
    const texts = [
      "03-04-2024",
      "2024-04-03",
      "10:30",
      "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
      "007",
      "true",
      "",
    ];
    const { rows } = await read(lines(...texts.map((a) => ({ a }))), "SELECT a FROM raw");
    expect(rows.map(({ a }) => a)).toEqual(texts);
  });

  test("keep all digits of whole numbers, beyond 64 and 128 bits too", async () => {
    const numbers = ["18446744073709551616", "123456789012345678901234567890123456789012", "7"];
    for (const number of numbers) {
      const { rows } = await read(`{"id": ${number}}\n`, "SELECT id::VARCHAR AS id FROM raw");
      expect(rows).toEqual([{ id: number }]);
    }
  });

  test("of different kinds at one place are text, each as it is written", async () => {
    const values = ["7", '"x8"', "1.10", "1e5", "true", "12345678901234567890"];
    const { rows } = await read(values.map((v) => `{"v":${v}}\n`).join(""), "SELECT v AS v FROM raw");
    expect(rows.map(({ v }) => v)).toEqual(["7", "x8", "1.10", "1e5", "true", "12345678901234567890"]);
  });

  test("that are numbers can be calculated with, together with whole ones", async () => {
    const { rows } = await read(lines({ n: 1 }, { n: 2.5 }, {}), "SELECT n / 2 AS half FROM raw");
    expect(rows.map(({ half }) => half)).toEqual([0.5, 1.25, null]);
  });

  test("with escapes, a leading U+FEFF or U+0000 are unchanged", async () => {
    const text = '\ufeffE\0\u2028\u{1f489}\\u0041"';
    const { rows } = await read(lines({ a: text }), "SELECT a FROM raw");
    expect(rows).toEqual([{ a: text }]);
  });
});

describe("objects of JSON", () => {
  const json = "SELECT to_json(o) AS o FROM raw";

  test("become JSON text with the keys that they have, and no others", async () => {
    const objects = [{ A: "1", B: "2" }, { A: "1", B: "2", C: "3" }, { C: "3" }, {}];
    const { rows } = await read(lines(...objects.map((o) => ({ o }))), json);
    expect(rows.map(({ o }) => JSON.parse(o as string))).toEqual(objects);
  });

  test("keep an explicit null where other objects lack the key", async () => {
    const objects = [
      { dose: null, unit: "mg" },
      { unit: "mg" },
      { dose: 5, unit: null },
      { list: [{ a: null }, { b: 1 }, { a: 2, b: null }] },
    ];
    const { rows } = await read(lines(...objects.map((o) => ({ o }))), json);
    expect(rows.map(({ o }) => JSON.parse(o as string))).toEqual(objects);
  });

  test("with keys that look like JSON keep them", async () => {
    const objects = [{ 'a","b': 1 }, { "x:null,": null, '"': 2 }, { "[{": 1, "\\": null, é: null }, { é: 1 }];
    const { rows } = await read(lines(...objects.map((o) => ({ o }))), json);
    expect(rows.map(({ o }) => JSON.parse(o as string))).toEqual(objects);
  });

  test("with keys that differ in case keep both, and each can be reached", async () => {
    const { rows } = await read(
      lines({ o: { Answer: "x", answer: "y" } }),
      "SELECT to_json(o) AS o, o->>'answer' AS small, o->>'Answer' AS large FROM raw",
    );
    expect(rows).toEqual([{ o: '{"Answer":"x","answer":"y"}', small: "y", large: "x" }]);
  });

  test("with hundreds of keys are maps, as a file that is one object by id", async () => {
    const byId = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`q${n}`, { answer: `a${n}` }]));
    const query =
      "SELECT e.key AS id, e.value.answer AS answer FROM (SELECT unnest(map_entries(json)) AS e FROM raw)";
    const { rows } = await read(JSON.stringify(byId), query, "a.json");
    expect(rows).toHaveLength(300);
    expect(rows[299]).toEqual({ id: "q299", answer: "a299" });
  });
});

describe("keys of records that differ in case", () => {
  const content = lines({ id: 1, Answer: "x", answer: "y" }, { id: 2, Answer: "z" });

  test("stay apart: the one that the mapping writes is read", async () => {
    expect((await read(content, "SELECT answer FROM raw ORDER BY id")).rows).toEqual([
      { answer: "y" },
      { answer: null },
    ]);
    const { rows, ledger } = await read(content, "SELECT Answer FROM raw ORDER BY id");
    expect(rows.map((row) => Object.values(row)[0])).toEqual(["x", "z"]);
    expect(ledger.notes.join()).toContain('the keys "Answer" and "answer"');
  });

  test("are an error that names them if it is not clear which is meant", async () => {
    await expect(read(content, "SELECT ANSWER FROM raw")).rejects.toThrow(/keys "Answer" and "answer"/);
    await expect(read(content, "SELECT Answer, answer FROM raw")).rejects.toThrow(
      /keys "Answer" and "answer"/,
    );
  });
});

describe("a record that is not JSON costs itself", () => {
  const deep = `{"id":${"[".repeat(40_000)}${"]".repeat(40_000)}}`;
  test.each([
    ["NaN", '{"id":NaN}', "nan"],
    ["a repeated key", '{"id":1,"\\u0069d":2}', "duplicate_key"],
    ["40,000 brackets", deep, "too_deep"],
    ["half of a surrogate pair", '{"id":"\\ud800"}', "lone_surrogate"],
    ["a comma too many", '{"id":1,}', "not_json"],
    ["a tab inside a string", '{"id":"\t"}', "not_json"],
    ["a number with a leading zero", '{"id":01}', "not_json"],
    ["a list", "[1]", "not_an_object"],
  ])("%s", async (_, bad, reason) => {
    const { rows, refused } = await read(lines({ id: 1 }, bad, { id: 3 }), "SELECT id FROM raw");
    expect(rows).toEqual([{ id: 1 }, { id: 3 }]);
    expect(refused).toEqual([`a.jsonl:2 ${reason}`]);
  });

  test("in a list too, with its line", async () => {
    const content = `[{"id":1},\n  {"id":NaN}, {"id":3},\n${deep},\n{"id":4,"id":5},\n7, {"id":8}]`;
    const { rows, refused } = await read(content, "SELECT id FROM raw", "a.json");
    expect(rows).toEqual([{ id: 1 }, { id: 3 }, { id: 8 }]);
    expect(refused).toEqual([
      "a.json:2 nan",
      "a.json:3 too_deep",
      "a.json:4 duplicate_key",
      "a.json:5 not_an_object",
    ]);
  });

  test("in a list whose string does not end", async () => {
    const content = '[\n  {"id":1},\n  {"id":"2},\n  {"id":3}\n]';
    const { rows, refused } = await read(content, "SELECT id FROM raw", "a.json");
    expect(rows).toEqual([{ id: 1 }, { id: 3 }]);
    expect(refused).toEqual(["a.json:3 not_json"]);
  });

  test("without leaving a trace in the types of the others", async () => {
    const { rows } = await read(lines({ id: 1 }, '{"id":"x","id":1}'), "SELECT id + 1 AS next FROM raw");
    expect(rows).toEqual([{ next: 2 }]);
  });
});

describe("a JSON file", () => {
  const query = "SELECT id FROM raw";
  test.each([
    ["a list", '[{"id":1},{"id":2}]'],
    ["a list over many lines", '[\n  {\n    "id": 1\n  },\n  {\n    "id": 2\n  }\n]\n'],
    ["objects one after the other", '{"id":1}{"id":2}'],
    ["JSON Lines", '{"id":1}\n{"id":2}\n'],
    ["two lists", '[{"id":1}] [{"id":2}]'],
    ["a list after a byte-order mark", '\ufeff[{"id":1},{"id":2}]'],
  ])("may be %s", async (_, content) => {
    expect(await read(content, query, "a.json")).toMatchObject({ rows: [{ id: 1 }, { id: 2 }], refused: [] });
  });

  test("may be an object that has lists", async () => {
    const { rows } = await read(
      '{"rows": [{"id":1},{"id":2}]}',
      "SELECT unnest(rows).id AS id FROM raw",
      "a.json",
    );
    expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("may be a list of values that are not objects: they are the column json", async () => {
    const { rows } = await read(
      '[["q1","A"],["q2","B"]]',
      "SELECT json[1] AS id, json[2] AS a FROM raw",
      "a.json",
    );
    expect(rows).toEqual([
      { id: "q1", a: "A" },
      { id: "q2", a: "B" },
    ]);
  });

  test("that is cut off keeps its complete records and reports the rest", async () => {
    expect(await read('[{"id":1},{"id":2},{"i', query, "a.json")).toMatchObject({
      rows: [{ id: 1 }, { id: 2 }],
      refused: ["a.json:1 truncated_line"],
    });
    expect(await read('[{"id":1},{"id":2}', query, "a.json")).toMatchObject({
      rows: [{ id: 1 }, { id: 2 }],
      refused: ["a.json:1 not_json"],
    });
  });
});

test("records keep their columns filename and file_index; the path is then in source_filename", async () => {
  const { rows } = await readAs(
    { "a.jsonl": lines({ filename: "x", file_index: 7 }), "b.jsonl": lines({ line: 3 }) },
    "SELECT filename, file_index, line, source_filename FROM raw ORDER BY source_filename",
  );
  expect(rows).toEqual([
    { filename: "x", file_index: 7, line: null, source_filename: "a.jsonl" },
    { filename: null, file_index: null, line: 3, source_filename: "b.jsonl" },
  ]);
});
