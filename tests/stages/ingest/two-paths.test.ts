import { join } from "node:path";
import { expect, test } from "vitest";
import { ingest, line, query, temporaryFolder, writeFiles } from "./workspace.js";

const items = [1, 2, 3].map((id) => line(id)).join("");
const fields: Readonly<Record<string, string>> = {
  question: '"Q2"',
  answer: '"yes"',
  other: '{"id":2,"source":"MedHC_V4"}',
  id: "2",
  source: '"MedHC_V4"',
  language: '"zh"',
};
const values = ["null", '"text"', '""', "7", "2.0", "2.5", "true", "[2]", '{"id":2}', "NaN", '"\\u0000"'];

/** Second lines in which one field is absent, occurs twice, stands first, or holds something else. */
function oddLines(): Map<string, string> {
  const odd = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    odd.set(`${name} absent`, lineWith(name, null));
    // In a field that is not taken the engine forgives NaN and a second key: docs/ingest.md.
    for (const other of name === "language" ? values.filter((text) => text !== "NaN") : values)
      odd.set(`${name} is ${other}`, lineWith(name, `"${name}":${other}`));
    odd.set(`${name} first`, `{"${name}":${value},${lineWith(name, null).slice(1)}`);
    if (name !== "language")
      for (const other of [value, "7", '"text"'])
        odd.set(`${name} twice, as ${other}`, lineWith(name, `"${name}":${value},"${name}":${other}`));
  }
  odd.set("an escaped key twice", lineWith("question", '"question":"Q2","\\u0071uestion":"Q3"'));
  odd.set("an answer of another object", lineWith("answer", '"meta":{"answer":"no"}'));
  odd.set("two objects", lineWith("language", null).repeat(2));
  odd.set("blank", "");
  odd.set("cut off", lineWith("language", null).slice(0, 40));
  return odd;
}

function lineWith(name: string, text: string | null): string {
  const field = (key: string): string[] =>
    key === name ? (text === null ? [] : [text]) : [`"${key}":${fields[key]}`];
  const inner = `"other":{${[...field("id"), ...field("source")].join(",")}}`;
  const other = name === "other" ? field("other") : [inner];
  return `{${[...field("question"), ...field("answer"), ...other, ...field("language")].join(",")}}`;
}

test("a file read by the engine gives the same rows as the line reader, whatever is unusual about a line", async () => {
  const odd = [...oddLines()];
  const files: Record<string, string> = { "questions/MedHC.jsonl": items };
  for (const [index, [, second]] of odd.entries()) {
    const lines = `${line(1, "first")}${second}\n${line(3, "third")}`;
    // Half of the files are written as Python writes them.
    const content = index % 2 === 0 ? lines : lines.replaceAll('":', '": ');
    files[`engine-${index}/MedHC.jsonl`] = content;
    // A byte-order mark sends a file to the line reader.
    files[`lines-${index}/MedHC.jsonl`] = `\ufeff${content}`;
  }
  const folder = writeFiles(temporaryFolder(), files);
  const workspace = temporaryFolder();
  await ingest(workspace, [
    { path: join(folder, "questions"), role: "questions", pool: "p" },
    ...odd
      .flatMap((_, index) => [`engine-${index}`, `lines-${index}`])
      .map((name) => ({ path: join(folder, name), role: "answers" as const, pool: "p" })),
  ]);
  const rows = await query<{ source: string; found: string }>(
    workspace,
    `SELECT source, string_agg(text, '; ' ORDER BY text) AS found FROM (
       SELECT split_part(run_id, '.', 1) AS source, concat_ws(' ', source_line, item_id, variant, coalesce(raw, 'NULL')) AS text FROM responses
       UNION ALL SELECT source, concat_ws(' ', line, reason) FROM quarantine
     ) GROUP BY source`,
  );
  const found = new Map(rows.map((row) => [row.source, row.found]));
  const of = (path: string) =>
    Object.fromEntries(odd.map(([title], index) => [title, found.get(`${path}-${index}`)]));
  expect(of("engine")).toEqual(of("lines"));
  const [taken] = await query<{ fast: number }>(
    workspace,
    "SELECT count(*) AS fast FROM source_files WHERE path = 'fast'",
  );
  expect(taken?.fast).toBeGreaterThan(10);
});
