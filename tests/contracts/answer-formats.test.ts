import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runIngest } from "../../pipelines/stages/ingest/ingest.js";
import { queryWarehouse } from "../../pipelines/tools/sql.js";
import { WorkbenchError } from "../../src/lib/errors.js";
import { type Answer, answerFormats } from "./answer-formats.js";

/** What a format is likely to break: other scripts, quotes, separators, line ends, an empty answer, a leading zero. */
const answers: readonly Answer[] = [
  { id: "1", answer: '选择"C"，因为\n第二行, 第三列' },
  { id: "2", answer: "" },
  { id: "3", answer: "007 \\n \u{1F489} é" },
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-contract-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly responses: readonly { item_id: string; raw: string | null }[];
  /** Everything the user is told about what was not taken. */
  readonly complaints: string;
  readonly unbalanced: readonly unknown[];
}

describe.each(answerFormats)("$name", ({ file, encode, place }) => {
  async function ingest(bytes: Buffer): Promise<Result> {
    const source = await place(folder, bytes);
    const workspace = join(folder, "workspace");
    try {
      await runIngest({ workspace, sources: [source] });
    } catch (error) {
      // A refusal is a fine answer to broken input, if it is one that was written for the user.
      if (!(error instanceof WorkbenchError)) throw error;
      return { responses: [], complaints: `${error.message} ${error.hint}`, unbalanced: [] };
    }
    const rows = async (sql: string) => JSON.parse(await queryWarehouse(workspace, sql, { format: "json" }));
    return {
      responses: await rows("SELECT item_id, raw FROM responses ORDER BY item_id"),
      complaints: JSON.stringify(
        await rows("SELECT file, line, reason, detail FROM quarantine ORDER BY file, line"),
      ),
      unbalanced: await rows("SELECT * FROM source_files WHERE rows_in <> rows_out + rows_quarantined"),
    };
  }
  const taken = (rows: readonly Answer[]) => rows.map(({ id, answer }) => ({ item_id: id, raw: answer }));

  test("keeps every id and every character of the answers", async () => {
    const { responses, complaints, unbalanced } = await ingest(encode(answers));
    expect(responses).toEqual(taken(answers));
    expect(complaints).toBe("[]");
    expect(unbalanced).toEqual([]);
  });

  test("takes a repeated row once and reports the other", async () => {
    const { responses, complaints, unbalanced } = await ingest(encode([...answers, answers[0]!]));
    expect(responses).toEqual(taken(answers));
    expect(complaints).toMatch(/duplicate/);
    expect(complaints).toContain(file);
    expect(unbalanced).toEqual([]);
  });

  test("never loses a complete row of a truncated file without a report", async () => {
    const bytes = encode(answers);
    const { responses, complaints, unbalanced } = await ingest(bytes.subarray(0, bytes.length - 6));
    expect(taken(answers)).toEqual(expect.arrayContaining([...responses]));
    expect(complaints).toContain(file);
    expect(unbalanced).toEqual([]);
  });

  test("does not read bytes that are not UTF-8 as text", async () => {
    const bytes = encode(answers);
    bytes[bytes.indexOf("因")] = 0xff;
    const { responses, complaints, unbalanced } = await ingest(bytes);
    expect(responses.map(({ item_id }) => item_id)).not.toContain("1");
    expect(complaints).toContain(file);
    expect(unbalanced).toEqual([]);
  });

  test("reports an empty file by name", async () => {
    const { responses, complaints } = await ingest(Buffer.alloc(0));
    expect(responses).toEqual([]);
    expect(complaints).toContain(file);
  });
});
