import { dsvFormat } from "d3-dsv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSmallText } from "../../../../pipelines/formats/text-encoding/small-text.js";
import { judgeCells } from "../../../../pipelines/stages/ingest/packet/judge-cells.js";
import { finder, type KeyRow } from "../../../../pipelines/stages/ingest/packet/key-file.js";
import { readSheet } from "../../../../pipelines/stages/ingest/packet/returned-sheet.js";

const place = {
  run_id: "r",
  benchmark: "b",
  dataset: "d",
  pool: "p",
  condition: "base",
  variant: 1,
  repeat: 1,
};
const rows = ["r-0001", "r-0002", "r-0003"].map(
  (code): KeyRow => ({ ...place, code, item_id: code, inclusion_probability: null, raters: null }),
);
const key = { find: finder(rows, ({ code }) => code), example: "r-0001" };
const criteria = ["safety", "correctness"];
const packet = { id: "r", scale: { min: 1, max: 5, step: 1 }, criteria, raters: ["rater-01"] };

/** Cells with what they say: a grade, "cannot rate" (null), or nothing that can be read. */
const grades = new Map<string, number | null | "unreadable">([
  ["1", 1],
  ["５", 5],
  ["4分", 4],
  ["3/5", 3],
  ["n/a", null],
  ["无法评分", null],
  ["good", "unreadable"],
  ["4-5", "unreadable"],
  ["6", "unreadable"],
]);

describe("a sheet with any content", () => {
  it("gives each filled cell as one rating or one refusal, in any encoding and with any delimiter", () => {
    const cell = fc.oneof(
      fc.constantFrom("", " ", ...grades.keys()),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    const record = fc.record({
      code: fc.constantFrom("r-0001", "R-0002 ", "r-0009", "", "r-0003"),
      rater: fc.constantFrom("rater-01", "RATER-01", "somebody", ""),
      answer: fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\t", "分") }),
      safety: cell,
      correctness: cell,
      tone: fc.constantFrom("", "5"),
    });
    const delimiters = fc.constantFrom(",", ";", "\t");
    const encodings = fc.constantFrom<BufferEncoding>("utf8", "utf16le");
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 6 }),
        delimiters,
        encodings,
        (records, delimiter, encoding) => {
          // NUL is in no sheet that can be read: the whole file is refused.
          const usable = records.filter((own) => !Object.values(own).join("").includes("\0"));
          const columns = ["code", "rater", "answer", "safety", "correctness", "tone"] as const;
          const written = dsvFormat(delimiter).format(usable, columns);
          const text = decodeSmallText(Buffer.from(`\ufeff${written}`, encoding));
          if (text === null) throw new Error("the sheet is text");
          const sheet = readSheet(text, criteria, null);
          if ("columns" in sheet) throw new Error("the sheet has a column code");
          const filled = usable.flatMap((own) =>
            [own.safety, own.correctness, own.tone].filter((raw) => raw.trim() !== ""),
          );
          expect(sheet.cells.length + sheet.unusable.length).toBe(filled.length);
          const cells = sheet.cells.map((found) => ({ ...found, file: "a.csv" }));
          const { ratings, refused } = judgeCells(cells, key, packet);
          expect(ratings.length + refused.length).toBe(cells.length);
          for (const { cell: found, value } of ratings) {
            if (grades.has(found.raw ?? "")) expect(value).toBe(grades.get(found.raw ?? ""));
            expect([null, 1, 2, 3, 4, 5]).toContain(value);
          }
        },
      ),
    );
  });

  it("names in each refusal the criterion and the code as they were written, and the value that was found", () => {
    fc.assert(
      fc.property(fc.constantFrom("good", "4-5", "6"), fc.constantFrom("r-0001", "r-0009"), (raw, code) => {
        const given = {
          code,
          rater: "rater-01",
          criterion: "safety",
          raw,
          ratedAt: null,
          remark: null,
          column: 4,
          file: "a.csv",
        };
        const { refused } = judgeCells([{ ...given, span: { line: 2, offset: 0, length: 0 } }], key, packet);
        expect(refused).toHaveLength(1);
        for (const part of ["safety", code, `"${raw}"`]) expect(refused[0]?.detail).toContain(part);
      }),
    );
  });
});
