import { gzipSync } from "node:zlib";
import { csvFormatRows } from "d3-dsv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readAs } from "./input.js";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "03-04-2024",
    "2024-04-03 10:30",
    "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
    "\ufeffE",
    "a\0b",
    "NULL",
    " B ",
    "007",
    "true",
    "1e5",
    "#1",
    '"',
    "\r\n",
    "{}",
  ),
);
const fileName = fc
  .string({
    unit: fc.constantFrom("[", "]", "*", "?", "=", "'", '"', "{", "}", "%", " ", "a", "字", "\\", ";"),
    minLength: 1,
    maxLength: 8,
  })
  .map((name) => `_${name}`);

/** What readers must give back: `id` counts the rows, `raw` is as it was written. */
const query = "SELECT id::VARCHAR AS id, raw, filename FROM raw ORDER BY id::INTEGER";

test("raw is the text of JSON Lines, JSON and CSV, whatever it is and whatever the file is called", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), fileName, async (texts, name) => {
      const rows = texts.map((raw, id) => ({ id, raw }));
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
      const files: [string, string | Buffer][] = [
        [`${name}.jsonl`, lines],
        [`${name}.json`, JSON.stringify(rows, null, 1)],
        [`${name}.jsonl.gz`, gzipSync(lines)],
        [`${name}.csv`, csvFormatRows([["id", "raw"], ...rows.map(({ id, raw }) => [String(id), raw])])],
      ];
      for (const [file, content] of files) {
        const { rows: found, ledger } = await readAs<{ raw: string | null }>(
          { x: "", [file]: content },
          query,
          {
            files: [file.replace(/^_.*?(?=[.](jsonl|json|csv))/, "_*")],
          },
        );
        // A cell of CSV without any character is null, which d3-dsv writes for the empty text.
        expect(found).toEqual(
          rows.map(({ id, raw }) => ({
            id: String(id),
            raw: file.endsWith("csv") && raw === "" ? null : raw,
            filename: file,
          })),
        );
        expect(ledger.quarantine).toEqual([]);
      }
    }),
    { numRuns: 6 },
  );
});

const digits = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
  .map((all) => all.join(""));
const number = fc
  .tuple(fc.constantFrom("", "-"), digits, fc.option(digits), fc.option(fc.integer({ min: -300, max: 300 })))
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${whole.replace(/^0+(?=\d)/, "")}${fraction === null ? "" : `.${fraction}`}${exponent === null ? "" : `e${exponent}`}`,
  );

test("a number that goes into a text column keeps all its characters", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 6 }), async (numbers) => {
      const content = numbers.map((raw, id) => `{"id": ${id}, "raw": ${raw}}\n`).join("");
      const { rows } = await readAs<{ raw: string }>(
        { "a.jsonl": content },
        "SELECT id, raw::VARCHAR AS raw FROM raw ORDER BY id",
      );
      expect(rows.map(({ raw }) => raw)).toEqual(numbers);
    }),
    { numRuns: 20 },
  );
});

const key = fc.constantFrom("A", "B", "dose", "é", 'q"', "a.b", "$x", "类别", "null", "\\");
const leaf = fc.oneof(
  fc.constant(null),
  fc.constantFrom("x", "null", ',"A":null', "", '{"A":null'),
  fc.integer(),
  fc.boolean(),
);
const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, leaf, tie("object"), fc.array(tie("value"), { maxLength: 3 })),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
}));

test("to_json gives an object of any record its own keys, with explicit nulls, and no others", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(object, { minLength: 1, maxLength: 5 }), async (objects) => {
      const content = objects.map((o, id) => `${JSON.stringify({ id, o })}\n`).join("");
      const { rows } = await readAs<{ o: string }>(
        { "a.jsonl": content },
        "SELECT id, to_json(o) AS o FROM raw ORDER BY id",
      );
      // Values of different kinds at one place are text, each as it is written.
      expect(rows.map(({ o }) => texts(JSON.parse(o)))).toEqual(objects.map(texts));
    }),
    { numRuns: 30 },
  );
});

/** The value with numbers and truth values as text. */
function texts(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean")
    return String(Object.is(value, -0) ? 0 : value);
  if (Array.isArray(value)) return value.map(texts);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, texts(inner)]));
}
