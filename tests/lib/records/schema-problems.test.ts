// cspell:ignore bencmark colums fles poool respnses sise sistem
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { cycleSchema } from "../../../src/lib/records/cycle.js";
import { mappingSchema } from "../../../src/lib/records/mapping.js";
import { schemaProblems } from "../../../src/lib/records/schema-problems.js";

describe("problems of a record", () => {
  it("are none if it fits", () => {
    expect(schemaProblems(z.strictObject({ a: z.string() }), { a: "x" })).toEqual([]);
  });

  it("name the known fields at the place of an unknown one, through lists, defaults and records", () => {
    const inner = z.strictObject({ id: z.string(), size: z.number().optional() });
    const schema = z.strictObject({
      rows: z.array(inner).default([]),
      by: z.record(z.string(), inner).optional(),
    });
    expect(schemaProblems(schema, { rows: [{ id: "a" }, { id: "b", sise: 1, length: 2 }] })).toEqual([
      'rows[1] (b): "sise", "length" are not known; known here: id, size',
    ]);
    expect(schemaProblems(schema, { by: { x: { id: "a", sise: 1 } } })).toEqual([
      'by.x: "sise" is not known; known here: id, size',
    ]);
    expect(schemaProblems(schema, { rows: [{}] })).toEqual(["rows[0].id is missing (expected string)"]);
    expect(schemaProblems(schema, "text")).toEqual([expect.stringMatching(/expected object/)]);
  });
});

describe("problems of cycle.yaml", () => {
  const cycle = (more: object, source: object = { path: "answers", role: "answers" }) => ({
    schema: "medbench-cycle/1",
    sources: [{ path: "gold", role: "gold" }, source],
    ...more,
  });

  it.each([
    [
      cycle({ bencmark: "x" }),
      '"bencmark" is not known; known here: schema, benchmark, catalogue, judge, sources',
    ],
    [
      cycle({}, { path: "answers", role: "answers", sistem: "s" }),
      'sources[1] (answers): "sistem" is not known; known here: path, board, pool, role, system',
    ],
    [
      cycle({}, { path: "raw", mapping: "m.yaml", sistem: "s" }),
      'sources[1] (raw): "sistem" is not known; known here: path, board, pool, mapping',
    ],
    [
      cycle({}, { path: "raw", mapping: "m.yaml", role: "answers" }),
      expect.stringMatching(
        /^sources\[1\] \(raw\): "(role|mapping)" is not known; known here: path, board, pool/,
      ),
    ],
    [cycle({}, { path: "raw" }), expect.stringMatching(/^sources\[1\] \(raw\)\.(role|mapping) is missing/)],
    [
      cycle({}, { path: "raw", role: "answer" }),
      expect.stringMatching(/^sources\[1\] \(raw\)\.role: .*"answers"/),
    ],
  ])("name the place and what is known: %j", (value, problem) => {
    expect(schemaProblems(cycleSchema, value)).toEqual([problem]);
  });
});

describe("problems of a mapping file", () => {
  const columns = { system: "s", raw: "r" };
  const mapping = (more: object) => ({
    schema: "medbench-mapping/1",
    input: { files: ["a.jsonl"] },
    tables: { responses: { columns } },
    ...more,
  });

  it.each([
    [
      mapping({ poool: "p" }),
      /^"poool" is not known; known here: schema, benchmark, pool, board, input, tables$/,
    ],
    [
      mapping({ input: { file: ["a.jsonl"] } }),
      /^input: "file" is not known; known here: name, files, format, options/,
    ],
    [
      mapping({
        input: [
          { name: "a", files: ["a"] },
          { name: "b", fles: ["b"] },
        ],
      }),
      /^input\[1\] \(b\): "fles" is not known; known here: name, files, format, options/,
    ],
    [
      mapping({ tables: { responses: { colums: columns } } }),
      /tables\.responses.*"colums" is not known; known here: from, columns/,
    ],
    [
      mapping({ tables: { respnses: { columns } } }),
      /tables: .*"respnses" is not known; known here: items, runs, responses, ratings, judgments/,
    ],
  ])("name the place and what is known: %j", (value, problem) => {
    expect(schemaProblems(mappingSchema, value).join("\n")).toMatch(problem);
  });
});
