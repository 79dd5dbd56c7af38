import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dsvFormat } from "d3-dsv";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type CsvMarks, readCsvRecords } from "../../../pipelines/formats/csv/records.js";

const folder = mkdtempSync(join(tmpdir(), "medbench-csv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function marks(delimiter: string): CsvMarks {
  return { delimiter: delimiter.charCodeAt(0), quote: 34, escape: 34, comment: null };
}

function read(content: string, delimiter: string, width: number | null, pieceBytes = 2 ** 20) {
  const path = join(folder, "x.csv");
  writeFileSync(path, content);
  return [...recordsOf(path, marks(delimiter), width, pieceBytes)];
}

function* recordsOf(path: string, marks: CsvMarks, width: number | null, pieceBytes: number) {
  for (const { cells, ...place } of readCsvRecords(path, marks, () => width, 0, pieceBytes))
    yield { ...place, cells: Array.from({ length: cells.count }, (_, index) => cells.text(index, marks)) };
}

const piece = fc.constantFrom(
  '"',
  '""',
  ",",
  ";",
  "\t",
  "\n",
  "\r",
  "\r\n",
  "#",
  " ",
  "a",
  "字",
  "\u{1f489}",
  "\ufeff",
  "\0",
);
const cell = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
const delimiter = fc.constantFrom(",", ";", "\t", "|");
const pieceBytes = fc.integer({ min: 1, max: 40 });

/** A table of text, and the file that has it: each cell quoted where it has to be, and elsewhere at will. */
const file = fc
  .tuple(fc.integer({ min: 2, max: 4 }), delimiter, fc.constantFrom("\n", "\r\n", "\r"), fc.boolean())
  .chain(([width, delimiter, lineEnd, endsWithLineEnd]) =>
    fc
      .array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 6,
      })
      .map((rows) => {
        const write = ([text, isQuoted]: [string, boolean]): string =>
          isQuoted || /["\r\n\ufeff]/.test(text) || text.includes(delimiter)
            ? `"${text.replaceAll('"', '""')}"`
            : text;
        const lines = rows.map((row) => row.map(write).join(delimiter));
        return {
          delimiter,
          content: lines.join(lineEnd) + (endsWithLineEnd ? lineEnd : ""),
          lines,
          rows: rows.map((row) => row.map(([text]) => text)),
        };
      }),
  );

test("every cell is read as it was written, wherever the pieces of the file end, and as d3-dsv reads it", () => {
  fc.assert(
    fc.property(file, pieceBytes, ({ content, delimiter, lines, rows }, pieceBytes) => {
      const records = read(content, delimiter, 2, pieceBytes);
      expect(records.map(({ cells }) => cells)).toEqual(rows);
      expect(records.map(({ fault }) => fault)).toEqual(rows.map(() => null));
      const bytes = Buffer.from(content);
      expect(records.map(({ offset, length }) => bytes.toString("utf8", offset, offset + length))).toEqual(
        lines,
      );
      expect(dsvFormat(delimiter).parseRows(content)).toEqual(rows);
    }),
    { numRuns: 300 },
  );
});

test("every character of any text belongs to a record or is a line end", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      pieceBytes,
      fc.constantFrom(null, 2),
      (pieces, pieceBytes, width) => {
        const content = `x${pieces.join("")}`;
        const bytes = Buffer.from(content);
        let end = 0;
        let line = 1;
        for (const record of read(content, ",", width, pieceBytes)) {
          expect(bytes.toString("latin1", end, record.offset)).toMatch(/^[\r\n]*$/);
          expect(record.line).toBeGreaterThanOrEqual(line);
          line = record.line;
          end = record.offset + record.length;
        }
        expect(bytes.toString("latin1", end)).toMatch(/^[\r\n]*$/);
      },
    ),
    { numRuns: 500 },
  );
});

test("the line of a record counts the line ends inside of cells", () => {
  expect(read('a,b\n"1\n2",c\r\n\r\nd,e\n', ",", 2).map(({ line }) => line)).toEqual([1, 2, 5]);
});
