import { describe, expect, test } from "vitest";
import { readAs, refused } from "./input.js";

const query = "SELECT id, answer FROM raw";

/** Rows of a CSV file, as texts between slashes; null as ∅. */
async function read(content: string | Buffer, options: Record<string, unknown> = {}, sql = query) {
  const { rows, ledger } = await readAs<Record<string, string | null>>({ "a.csv": content }, sql, {
    options,
  });
  const texts = rows.map((row) =>
    Object.values(row)
      .map((value) => value ?? "∅")
      .join("/"),
  );
  const [{ rows_in, rows_out } = { rows_in: 0, rows_out: 0 }] = ledger.files;
  expect(rows_in).toBe(rows_out + ledger.quarantine.filter(({ line }) => line > 0).length);
  return { texts, refused: refused(ledger), notes: ledger.notes.join("\n") };
}

describe("records of a CSV file", () => {
  test("that begin with # are data, and a line before the header is in quarantine", async () => {
    const { texts, refused, notes } = await read("# exported, batch 7\nid,answer\n#1,B\nq2,C # sure\n");
    expect(texts).toEqual(["#1/B", "q2/C # sure"]);
    expect(refused).toEqual(["a.csv:1 bad_csv_record"]);
    expect(notes).toContain(
      "read as CSV in UTF-8; cells between commas; header after 1 other lines: id, answer",
    );
  });

  test("keep quotation marks inside a cell, and one with text after its quoted cell costs itself", async () => {
    const { texts, refused } = await read('id,answer\n1,a\n2,b"x"y\n3,"c"d\n4,"e ""f"""\n');
    expect(texts).toEqual(["1/a", '2/b"x"y', '4/e "f"']);
    expect(refused).toEqual(["a.csv:4 bad_csv_record"]);
  });

  test("after a stray opening quotation mark are still records", async () => {
    const { texts, refused } = await read('id,answer\n1,a\n2,"b\n3,c\n4,d\n');
    expect(texts).toEqual(["1/a", "3/c", "4/d"]);
    expect(refused).toEqual(["a.csv:3 bad_csv_record"]);
  });

  test("are not made of the lines of a text in which the file is cut off", async () => {
    const { texts, refused } = await read('id,answer\n1,a\n2,"first line\nsecond, line');
    expect(texts).toEqual(["1/a"]);
    expect(refused).toEqual(["a.csv:3 bad_csv_record"]);
  });

  test("may end with LF, CRLF or CR, and a quoted cell may contain any of them", async () => {
    const { texts } = await read('id,answer\r\n1,"a\r\nb\nc\rd"\n2,e\r3,f\r\n\r\n4,g');
    expect(texts).toEqual(["1/a\r\nb\nc\rd", "2/e", "3/f", "4/g"]);
  });

  test("keep blanks, leading zeros, NULL and NA; only a cell without any character is null", async () => {
    const { texts } = await read('id,answer\n007, a \nNA,NULL\n"",\n');
    expect(texts).toEqual(["007/ a ", "NA/NULL", "/∅"]);
  });

  test("of a cell of 3 MB are taken", async () => {
    const long = "x".repeat(3e6);
    const { texts } = await read(`id,answer\n1,"${long}"\n2,b\n`);
    expect(texts.map((text) => text.length)).toEqual([2 + 3e6, 3]);
  });

  test("with too few or too many cells are in quarantine, except that surplus cells may be empty", async () => {
    const { texts, refused } = await read("id,answer\n1,a,b\n2\n3,c,,\n,\n");
    expect(texts).toEqual(["3/c", "∅/∅"]);
    expect(refused).toEqual(["a.csv:2 bad_csv_record", "a.csv:3 bad_csv_record"]);
  });
});

describe("the dialect of a CSV file", () => {
  test.each([
    ["semicolons", "id;answer\n1;a,b\n", ["1/a,b"]],
    ["tabs", "id\tanswer\n1\ta;b\n", ["1/a;b"]],
    ["vertical bars", "id|answer\n1|a,b;c\n", ["1/a,b;c"]],
    ["semicolons", "sep=;\nid;answer\n1;2,5\n", ["1/2,5"]],
  ])("with %s is recognized and stated", async (name, content, expected) => {
    const { texts, notes } = await read(content);
    expect(texts).toEqual(expected);
    expect(notes).toContain(`cells between ${name}`);
  });

  test("of one column keeps delimiters in its cells, and blank lines before its last line", async () => {
    const { texts, notes } = await read("answer\nB\n\nA;C, D\n\n", {}, "SELECT answer FROM raw");
    expect(texts).toEqual(["B", "∅", "A;C, D"]);
    expect(notes).toContain("one column");
  });

  test("without a header gives column0, column1 ... if the mapping uses these names", async () => {
    const { texts } = await read("1,a\n2,b\n", {}, "SELECT column0, column1 FROM raw");
    expect(texts).toEqual(["1/a", "2/b"]);
  });

  test("with a header and no record has no rows", async () => {
    const { texts, refused } = await read("id,answer\n");
    expect(texts).toEqual([]);
    expect(refused).toEqual([]);
  });

  test("can be given by options, with names of the columns for a file with or without a header", async () => {
    const columns = { id: "VARCHAR", answer: "VARCHAR" };
    for (const content of ["id;answer\n1;A\n", "1;A\n"])
      expect((await read(content, { delim: ";", columns })).texts).toEqual(["1/A"]);
    expect((await read("'1','it''s'\n", { columns, quote: "'" })).texts).toEqual(["1/it's"]);
    expect((await read('1,"a \\"b\\""\n', { columns, escape: "\\" })).texts).toEqual(['1/a "b"']);
    expect(
      (await read("no\n//no\nid,answer\n/1,a\n2,NA\n", { skip: 2, comment: "/", nullstr: "NA" })).texts,
    ).toEqual(["2/∅"]);
  });

  test("with the types of columns gives values of these types", async () => {
    const columns = { id: "INTEGER", answer: "VARCHAR" };
    const { rows } = await readAs({ "a.csv": "id,answer\n7,08\n" }, "SELECT id + 1 AS id, answer FROM raw", {
      options: { columns },
    });
    expect(rows).toEqual([{ id: 8, answer: "08" }]);
  });

  test("never depends on options that it does not need", async () => {
    const options = { sample_size: 1, max_line_size: 10, maximum_object_size: 10, ignore_errors: true };
    expect((await read("id,answer\n1,a\n", options)).texts).toEqual(["1/a"]);
    await expect(read("id,answer\n", { deliminator: ";" })).rejects.toThrow(/unknown option deliminator/);
  });
});

describe("the header of a CSV file", () => {
  test("may have two columns of one name unless the mapping uses it", async () => {
    const content = "id,note,note,answer\n1,x,y,a\n";
    expect((await read(content)).texts).toEqual(["1/a"]);
    expect((await read(content, {}, "SELECT note, note_1 FROM raw")).texts).toEqual(["x/y"]);
    await expect(read(content, {}, "SELECT note FROM raw")).rejects.toThrow(
      /the header has "note" in column 2 and "note" in column 3/,
    );
  });

  test("may have two names that differ in case: the one that the mapping writes is meant", async () => {
    expect((await read("id,Answer,answer\n1,x,a\n")).texts).toEqual(["1/a"]);
    await expect(read("id,Answer,answer\n1,x,a\n", {}, "SELECT ANSWER FROM raw")).rejects.toThrow(
      /"Answer" in column 2 and "answer" in column 3/,
    );
  });

  test("may have no name for its last column", async () => {
    const { texts } = await read("id,answer,\n1,a,\n", {}, "SELECT id, answer, column2 FROM raw");
    expect(texts).toEqual(["1/a/∅"]);
  });

  test("may differ from file to file: columns are matched by name, in any case", async () => {
    const files = { "a.csv": "id,note\n1,first\n", "b.csv": "extra;Note;ID\nx;second;2\n" };
    const { rows } = await readAs(files, "SELECT id, note, filename FROM raw ORDER BY id");
    expect(rows).toEqual([
      { id: "1", note: "first", filename: "a.csv" },
      { id: "2", note: "second", filename: "b.csv" },
    ]);
  });

  test("may name columns as the ingest does its own", async () => {
    const content = "filename,file_index,line,input_row\na,b,c,d\n";
    const { rows } = await readAs(
      { "f.csv": content },
      "SELECT filename, file_index, line, input_row, source_filename FROM raw",
    );
    expect(rows).toEqual([
      { filename: "a", file_index: "b", line: "c", input_row: "d", source_filename: "f.csv" },
    ]);
  });
});
