import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CatalogueIndex } from "../../../pipelines/stages/ingest/catalogue-index.js";
import type { IngestContext } from "../../../pipelines/stages/ingest/context.js";
import { GoldOrigins } from "../../../pipelines/stages/ingest/gold-origins.js";
import { ItemBook } from "../../../pipelines/stages/ingest/item-book.js";
import { itemRowColumns } from "../../../pipelines/stages/ingest/item-rows.js";
import { JsonRows } from "../../../pipelines/stages/ingest/json-rows.js";
import { Ledger } from "../../../pipelines/stages/ingest/ledger.js";
import { takePlainPack } from "../../../pipelines/stages/ingest/plain-pack.js";
import { ingestQuestions } from "../../../pipelines/stages/ingest/questions.js";
import type { Source } from "../../../pipelines/stages/ingest/source.js";
import { FileScans, sourceFiles } from "../../../pipelines/stages/ingest/source-files.js";
import { builtInCatalogue } from "../../../pipelines/warehouse/catalogue.js";
import { type Engine, withEngine } from "../../../pipelines/warehouse/engine.js";
import { line, temporaryFolder, writeFiles } from "./workspace.js";

const other = '"other":{"id":2,"source":"MedHC_V4"}';
const text = (question: string, id = "2") =>
  `{"question":${question},"answer":"","other":{"id":${id},"source":"MedHC_V4"}}\n`;

/** Packs that the engine takes, each with what is unusual about it. */
const plain: Readonly<Record<string, string>> = {
  "plain lines": line(1) + line(2) + line(3),
  "spaces as Python writes them": (line(1) + line(2)).replaceAll('":', '": ').replaceAll(',"', ', "'),
  "no end of the last line": (line(1) + line(2)).trimEnd(),
  "line ends of Windows": (line(1) + line(2)).replaceAll("\n", "\r\n"),
  "ids as text": line("1") + line("2"),
  "tags in capitals": line(1, "", { source: "MEDHC_V4" }),
  "an id of fifteen digits": line(999_999_999_999_999),
  "answers that a pack need not have": line(1, "given"),
  "escaped characters": text('"\\u4e2d\\n\\"\\ud83d\\ude00"'),
  "a NUL in the question": text('"a\\u0000b"'),
  "an empty question": line(1, "", { question: "" }),
};

/** Packs that are the line reader's, for one line of theirs at least. */
const odd: Readonly<Record<string, string>> = {
  "an item twice": line(1) + line(1),
  "a blank line": `${line(1)}\n${line(2)}`,
  "a byte-order mark": `\ufeff${line(1)}`,
  "a field more": line(1, "", { language: "zh" }),
  "a field more inside": `{"question":"Q","answer":"","other":{"id":2,"source":"MedHC_V4","year":2026}}\n`,
  options: line(1, "", { options: { A: "yes", B: "no" } }),
  "another order of fields": `{"answer":"","question":"Q",${other}}\n`,
  "a question twice": `{"question":"Q","question":"R","answer":"",${other}}\n`,
  "an id twice": `{"question":"Q","answer":"","other":{"id":2,"id":3,"source":"MedHC_V4"}}\n`,
  "no answer": `{"question":"Q",${other}}\n`,
  "an answer that is null": line(1, null),
  "no tag": `{"question":"Q","answer":"","other":{"id":2}}\n`,
  "the tag of another dataset": line(1, "", { source: "MedPopular" }),
  "a tag that nobody knows": line(1, "", { source: "MedNothing" }),
  "an id with a point": text('"Q"', "2.0"),
  "an id in powers of ten": text('"Q"', "2e3"),
  "a negative id": text('"Q"', "-2"),
  "an id that is true": text('"Q"', "true"),
  "an id too long to be exact": text('"Q"', "9007199254740993"),
  "an id with a leading zero": line("007"),
  "an id of letters": line("item-1"),
  "a question in a list": text('["Q"]'),
  "a question that is a number": text("7"),
  "half a surrogate pair": text('"\\ud83d"'),
  "an answer that is not a number": `{"question":"Q","answer":NaN,${other}}\n`,
  "two objects in a line": line(1).trim() + line(2),
  "a line cut off": line(1) + line(2).slice(0, 30),
  "no object": `${line(1)}[1]\n`,
};

test("a plain pack read by the engine gives the same items as the line reader", async () => {
  await withEngine(async (engine) => {
    for (const [title, content] of Object.entries(plain)) {
      const byEngine = await takeAs("engine", content, engine);
      const byLine = await takeAs("lines", content, engine);
      expect(byEngine.rows, title).toEqual(byLine.rows);
      expect(byEngine.taken, title).toBe(byLine.rows.length);
      expect(byLine.quarantine, title).toEqual([]);
      expect(byEngine.book, title).toEqual(byLine.book);
    }
  });
});

test("variants of an item are numbered in the order of their lines, up to the number that the catalogue allows", async () => {
  const exam = (id: number, question: string) => line(id, "", { source: "MedExam_V4", question });
  const five = ["a", "b", "c", "d", "e"].map((question) => exam(7, question) + exam(8, question)).join("");
  await withEngine(async (engine) => {
    const byEngine = await takeAs("engine", five, engine, "MedExam.jsonl");
    expect(byEngine.rows).toEqual((await takeAs("lines", five, engine, "MedExam.jsonl")).rows);
    expect(
      byEngine.rows.map(({ item_id, variant, question }) => `${item_id}.${variant} ${question}`),
    ).toEqual(["7.1 a", "7.2 b", "7.3 c", "7.4 d", "7.5 e", "8.1 a", "8.2 b", "8.3 c", "8.4 d", "8.5 e"]);
    expect((await takeAs("engine", five + exam(7, "f"), engine, "MedExam.jsonl")).taken).toBeNull();
  });
});

test("a pack with anything else in it is left to the line reader, and the engine takes none of its items", async () => {
  await withEngine(async (engine) => {
    for (const [title, content] of Object.entries(odd)) {
      const { taken, rows } = await takeAs("engine", content, engine);
      expect(taken, title).toBeNull();
      expect(rows, title).toEqual([]);
    }
  });
});

test("questions that name the case they are about are one group; an item alone is its own", async () => {
  const content =
    line(1, "", { group: "case-1" }) + line(2, "", { group: 7 }) + line(3, "", { group: "case-1" }) + line(4);
  await withEngine(async (engine) => {
    expect((await takeAs("engine", content, engine)).taken).toBeNull();
    const { rows } = await takeAs("lines", content, engine);
    expect(rows.map((row) => [row.item_id, row.group_id])).toEqual([
      ["1", "case-1"],
      ["2", "7"],
      ["3", "case-1"],
      ["4", "4"],
    ]);
  });
});

test("a second pack of a dataset is left to the line reader, which knows the items of the first", async () => {
  await withEngine(async (engine) => {
    const { context, source } = await contextOf(line(1), engine, "MedHC.jsonl");
    for await (const file of sourceFiles(source, /jsonl$/, context)) {
      expect(await takePlainPack(source, file, context, { leastBytes: 0 })).toBe(1);
      expect(await takePlainPack(source, file, context, { leastBytes: 0 })).toBeNull();
    }
  });
});

test("a small pack is left to the line reader", async () => {
  await withEngine(async (engine) => {
    const { context, source } = await contextOf(line(1), engine, "MedHC.jsonl");
    for await (const file of sourceFiles(source, /jsonl$/, context))
      expect(await takePlainPack(source, file, context)).toBeNull();
  });
});

async function takeAs(path: "engine" | "lines", content: string, engine: Engine, name = "MedHC.jsonl") {
  const { context, source } = await contextOf(content, engine, name);
  let taken: number | null = null;
  if (path === "lines") await ingestQuestions(source, context);
  else
    for await (const file of sourceFiles(source, /jsonl$/, context))
      taken = await takePlainPack(source, file, context, { leastBytes: 0 });
  await context.itemRows.appendTo(engine, "item_rows");
  const rows = await engine.rows<{ item_id: string; group_id: string; variant: number; question: string }>(
    "SELECT * FROM item_rows ORDER BY item_id, variant",
  );
  await engine.run("DROP TABLE item_rows");
  return { taken, rows, quarantine: context.ledger.quarantine, book: context.book };
}

async function contextOf(content: string, engine: Engine, name: string) {
  const folder = writeFiles(temporaryFolder(), { [`questions/${name}`]: content });
  const scratch = join(folder, "scratch");
  mkdirSync(scratch);
  const context: IngestContext = {
    engine,
    scratch,
    ledger: new Ledger(),
    scans: new FileScans(),
    book: new ItemBook(),
    goldOrigins: new GoldOrigins(),
    itemRows: new JsonRows(join(scratch, "items.jsonl"), itemRowColumns),
    fileDone: () => {},
    say: () => {},
  };
  const source: Source = {
    request: 0,
    name: "questions",
    path: join(folder, "questions"),
    task: { role: "questions" },
    index: new CatalogueIndex(await builtInCatalogue()),
    board: "upload",
    pool: "p",
    system: "questions",
  };
  return { context, source };
}
