import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readJsonValues } from "../../../pipelines/formats/json/values.js";

const folder = mkdtempSync(join(tmpdir(), "medbench-values-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string, pieceBytes: number) {
  const path = join(folder, "x.json");
  writeFileSync(path, content);
  const found = [];
  for (const { bytes, ...place } of readJsonValues(path, pieceBytes))
    found.push({ ...place, text: bytes?.toString() ?? null });
  return found;
}

const record = fc.tuple(fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), fc.constantFrom(0, 1));
const blanks = fc.constantFrom("", " ", "\n", "\r\n  ");
const pieceBytes = fc.integer({ min: 1, max: 40 });

test("the records of a list, or one after the other, come out whole and with their place", () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 6 }),
      blanks,
      fc.boolean(),
      pieceBytes,
      (records, blank, isList, pieceBytes) => {
        const texts = records.map(([value, space]) =>
          JSON.stringify(isList ? value : { value }, null, space),
        );
        const content = isList
          ? `${blank}[${blank}${texts.join(`${blank},${blank}`)}${blank}]${blank}`
          : texts.join(`${blank}\n`);
        const found = read(content, pieceBytes);
        expect(found.map(({ text }) => text)).toEqual(texts);
        for (const { line, offset } of found)
          expect(line).toBe(Buffer.from(content).subarray(0, offset).toString().split("\n").length);
      },
    ),
    { numRuns: 300 },
  );
});

test("any text is read to its end: nothing but blanks, commas and brackets is between records", () => {
  const piece = fc.constantFrom('"', "{", "}", "[", "]", ",", ":", "\\", "\n", "1", "a", " ");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieceBytes, (pieces, pieceBytes) => {
      const content = pieces.join("");
      let end = 0;
      for (const { offset, length } of read(content, pieceBytes)) {
        expect(content.slice(end, offset)).toMatch(/^[\s,[\]]*$/);
        end = offset + length;
      }
      expect(content.slice(end)).toMatch(/^[\s,[\]]*$/);
    }),
    { numRuns: 500 },
  );
});
