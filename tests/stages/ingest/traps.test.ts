import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import {
  ingest,
  ingestAnswerFile,
  ingestAnswerFiles,
  line,
  quarantine,
  query,
  temporaryFolder,
  writeFiles,
} from "./workspace.js";

const good = line(1, "yes");
const other = line(2, "no");

describe("a bad line", () => {
  const cases: [title: string, bytes: string | Buffer, reason: string][] = [
    ["that is not JSON", "{oops}\n", "not_json"],
    [
      "with a byte that is not UTF-8",
      Buffer.concat([Buffer.from('{"question":"'), Buffer.from([0xff]), Buffer.from('"}\n')]),
      "invalid_utf8",
    ],
    ["with a NUL byte", line(2, "x").replace("x", "a\0b"), "nul_byte"],
    ["with NaN", line(2, "x").replace('"x"', "NaN"), "nan"],
    [
      "with a key that occurs twice",
      line(2, "x").replace('"answer"', '"answer":"y","answer"'),
      "duplicate_key",
    ],
    [
      "with a key that occurs twice inside other",
      line(2, "x").replace('"id":2', '"id":3,"id":2'),
      "duplicate_key",
    ],
    [
      "with two questions",
      line(2, "x").replace('"question":"Q2"', '"question":"Q2","question":"Q3"'),
      "duplicate_key",
    ],
    [
      "with two source tags",
      line(2, "x").replace('"source":', '"source":"MedHC_V4","source":'),
      "duplicate_key",
    ],
    ["with half of a surrogate pair", line(2, "x").replace('"x"', '"\\ud800"'), "lone_surrogate"],
    ["that is a list", "[1,2]\n", "not_an_object"],
    ["whose answer is a list", line(2, "x").replace('"x"', '["x"]'), "wrong_type"],
    ["whose answer is a number", line(2, "x").replace('"x"', "7"), "wrong_type"],
    ["whose id is a fraction", line(2, "x").replace('"id":2', '"id":2.5'), "wrong_type"],
    ["without id", line(2, "x").replace('"id":2,', ""), "missing_id"],
    ["without question", line(2, "x").replace('"question":"Q2",', ""), "missing_question"],
    [
      "of a dataset that the catalogue does not list",
      line(2, "x", { source: "MedNothing_V9" }),
      "unknown_dataset",
    ],
    [
      "of another dataset than its file",
      line(1, "x", { source: "MedPopular", question: "other" }),
      "wrong_dataset",
    ],
    ["for an item that is not in the pack", line(99, "x"), "unknown_item"],
    ["that answers an item again", line(1, "again"), "duplicate_item"],
    ["that is the first one once more", good, "duplicate_item"],
  ];

  let results: Awaited<ReturnType<typeof ingestAnswerFiles>>;
  beforeAll(async () => {
    // Each case is an upload of its own system.
    const files = cases.map(([, bytes]) =>
      Buffer.concat([Buffer.from(good), Buffer.from(bytes), Buffer.from(line(3, "third"))]),
    );
    results = await ingestAnswerFiles(files);
  });

  test.each(cases.map(([title, bytes, reason], index) => ({ title, bytes, reason, index })))(
    "$title is in quarantine with its place and hash, and the other lines stay",
    ({ bytes, reason, index }) => {
      const bad = Buffer.from(bytes);
      const found = results[index]!;
      expect(found.quarantine).toHaveLength(1);
      expect(found.quarantine[0]).toMatchObject({
        file: "MedHC.jsonl",
        line: 2,
        byte_offset: Buffer.byteLength(good),
        byte_length: bad.length - 1,
        reason,
        excerpt_hash: createHash("sha256").update(bad.subarray(0, -1)).digest("hex"),
      });
      expect(found.responses.map(({ item_id, source_line }) => [item_id, source_line])).toEqual([
        ["1", 1],
        ["3", 3],
      ]);
      expect(found.file).toMatchObject({
        rows_in: 3,
        rows_out: 2,
        rows_quarantined: 1,
        path: "line by line",
      });
    },
  );

  test("without a line end at the end of a file is reported as truncated", async () => {
    const found = await ingestAnswerFile(good + other.slice(0, 25));
    expect(found.quarantine).toMatchObject([{ line: 2, reason: "truncated_line", byte_length: 25 }]);
  });

  test("of 64 MB is refused without loading it into memory, and its neighbors are kept", async () => {
    const long = Buffer.concat([Buffer.from('{"question":"'), Buffer.alloc(64e6, "x"), Buffer.from('"}\n')]);
    const found = await ingestAnswerFile(Buffer.concat([Buffer.from(good), long, Buffer.from(other)]));
    expect(found.quarantine).toMatchObject([
      {
        line: 2,
        reason: "line_too_long",
        byte_length: long.length - 1,
        excerpt_hash: createHash("sha256").update(long.subarray(0, -1)).digest("hex"),
      },
    ]);
    expect(found.responses.map(({ item_id }) => item_id)).toEqual(["1", "2"]);
  });
});

describe("an unusual but valid file", () => {
  test("is read by the engine if none of its lines is unusual", async () => {
    const found = await ingestAnswerFile(good + other);
    expect(found.file).toMatchObject({ rows_in: 2, rows_out: 2, rows_quarantined: 0, path: "fast" });
    expect(found.responses).toMatchObject([
      { item_id: "1", raw: "yes", source_line: 1 },
      { item_id: "2", raw: "no", source_line: 2 },
    ]);
  });

  test("keeps all lines if it begins with a byte-order mark, which is reported", async () => {
    const found = await ingestAnswerFile(`\ufeff${good}${other}`);
    expect(found.responses).toHaveLength(2);
    expect(found.notes.join()).toMatch(/byte-order mark/);
  });

  test.each([
    ["CRLF line ends", (good + other).replaceAll("\n", "\r\n")],
    ["no line end at the end", (good + other).slice(0, -1)],
  ])("keeps all lines with %s", async (_, content) => {
    const found = await ingestAnswerFile(content);
    expect(found.responses.map(({ raw }) => raw)).toEqual(["yes", "no"]);
    expect(found.quarantine).toEqual([]);
  });

  test("counts blank lines in line numbers, but not as rows", async () => {
    const found = await ingestAnswerFile(`${good}\n   \n${other}`);
    expect(found.responses.map(({ source_line }) => source_line)).toEqual([1, 4]);
    expect(found.file).toMatchObject({ rows_in: 2, rows_out: 2 });
  });

  test("keeps an empty answer as empty and a missing one as not answered", async () => {
    const found = await ingestAnswerFile(
      line(1, "") + line(2, null) + line(3, "x").replace(',"answer":"x"', ""),
    );
    expect(found.responses.map(({ raw }) => raw)).toEqual(["", null, null]);
  });

  test("keeps an answer with an escaped NUL unchanged on both paths", async () => {
    const escaped = line(1, "a\0b");
    const fast = await ingestAnswerFile(escaped);
    const slow = await ingestAnswerFile(`\ufeff${escaped}`);
    expect(fast.responses[0]?.raw).toBe("a\0b");
    expect(slow.responses[0]?.raw).toBe("a\0b");
  });

  test("may be compressed with gzip", async () => {
    const found = await ingestAnswerFile(gzipSync(good + other), "MedHC.jsonl.gz");
    expect(found.responses).toHaveLength(2);
  });

  test("is refused by name if its gzip is damaged", async () => {
    const packed = gzipSync(good + other);
    const found = await ingestAnswerFile(packed.subarray(0, packed.length - 9), "MedHC.jsonl.gz");
    expect(found.file).toMatchObject({ role: "refused" });
    expect(found.quarantine).toMatchObject([{ line: 0, reason: "gzip_damaged" }]);
  });

  test("is recorded and noted if it has no lines", async () => {
    const found = await ingestAnswerFile("");
    expect(found.file).toMatchObject({ rows_in: 0, rows_out: 0 });
    expect(found.notes.join()).toMatch(/has no lines/);
  });

  test("may contain several datasets, distinguished by their tags", async () => {
    const found = await ingestAnswerFile(
      good + line(1, "popular", { source: "MedPopular", question: "other" }),
      "all.jsonl",
    );
    expect(found.responses.map(({ dataset }) => dataset)).toEqual(["MedHC", "MedPopular"]);
    expect(found.quarantine).toEqual([]);
  });
});

test("the same id in two datasets gives two items", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "MedHC.jsonl": line(1, "a"),
    "MedPopular.jsonl": line(1, "b", { source: "MedPopular" }),
  });
  await ingest(workspace, [{ path: folder, role: "answers", system: "s" }]);
  const rows = await query(workspace, "SELECT dataset, item_id, raw FROM responses ORDER BY dataset");
  expect(rows).toEqual([
    { dataset: "MedHC", item_id: "1", raw: "a" },
    { dataset: "MedPopular", item_id: "1", raw: "b" },
  ]);
  expect(await query(workspace, "SELECT DISTINCT origin FROM items")).toEqual([{ origin: "answers" }]);
});

test("a second file for a dataset adds only answers that the first did not have", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "q/MedHC.jsonl": line(1) + line(2),
    "s/a/MedHC.jsonl": line(1, "first"),
    "s/b/MedHC.jsonl": line(1, "late") + line(2, "new"),
  });
  await ingest(workspace, [
    { path: join(folder, "q"), role: "questions" },
    { path: join(folder, "s"), role: "answers" },
  ]);
  expect(await query(workspace, "SELECT item_id, raw FROM responses ORDER BY item_id")).toEqual([
    { item_id: "1", raw: "first" },
    { item_id: "2", raw: "new" },
  ]);
  expect(await quarantine(workspace)).toMatchObject([
    { file: "b/MedHC.jsonl", line: 1, reason: "duplicate_item" },
  ]);
});

test("a folder with nothing usable is an error that names what was found", async () => {
  const folder = writeFiles(temporaryFolder(), { "notes.txt": "hello", ".DS_Store": "x" });
  await expect(ingest(temporaryFolder(), [{ path: folder, role: "answers" }])).rejects.toThrow(
    /nothing usable in the sources: none of the 2 file\(s\) contains rows of a known kind: .*notes\.txt \(5 bytes\)/,
  );
});

test("files without data are listed as ignored", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "MedHC.jsonl": line(1, "a"),
    "README.md": "x",
    ".hidden": "y",
  });
  await ingest(workspace, [{ path: folder, role: "answers" }]);
  expect(
    await query(workspace, "SELECT file FROM source_files WHERE role = 'ignored' ORDER BY file"),
  ).toEqual([{ file: ".hidden" }, { file: "README.md" }]);
});
