import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { defaultLimits } from "../../pipelines/formats/unpack.js";
import { unpackZip } from "../../pipelines/formats/zip.js";
import { ingest, line, quarantine, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";
import { type ZipEntry, zipOf } from "./zip-builder.js";

const answer = { name: "MedHC.jsonl", data: line(1, "kept") };

async function ingestZip(entries: readonly ZipEntry[]) {
  const workspace = join(temporaryFolder(), "inner", "workspace");
  const folder = writeFiles(temporaryFolder(), { "system-z.zip": zipOf([...entries, answer]) });
  await ingest(workspace, [{ path: join(folder, "system-z.zip") }]);
  return {
    workspace,
    outside: readdirSync(dirname(workspace)),
    responses: await query(workspace, "SELECT raw, run_id FROM responses"),
    files: await query<{ file: string; role: string }>(
      workspace,
      "SELECT file, role FROM source_files ORDER BY file",
    ),
    refused: await quarantine(workspace),
  };
}

const hostile: [title: string, entry: ZipEntry, reason: string, shown?: string][] = [
  ["a path that leads outside", { name: "../../evil.jsonl", data: "x" }, "zip_path_traversal"],
  ["a path that leads outside with backslashes", { name: "..\\evil.jsonl", data: "x" }, "zip_path_traversal"],
  ["an absolute path", { name: "/tmp/medbench-evil.jsonl", data: "x" }, "zip_absolute_path"],
  ["a Windows drive", { name: "C:/evil.jsonl", data: "x" }, "zip_absolute_path"],
  ["a symbolic link", { name: "link.jsonl", data: "/etc/passwd", mode: 0o120777 }, "zip_symlink"],
  ["an encrypted entry", { name: "secret.jsonl", data: "x", encrypted: true }, "zip_encrypted"],
  ["an archive in the archive", { name: "more.zip", data: zipOf([answer]) }, "zip_nested_archive"],
  ["a bomb", { name: "bomb.jsonl", data: Buffer.alloc(32 * 2 ** 20) }, "zip_bomb"],
  [
    "a bomb that states a small size",
    { name: "liar.jsonl", data: Buffer.alloc(2 ** 20), statedSize: 10 },
    "zip_damaged",
  ],
  [
    "a name that is not UTF-8",
    { name: Buffer.from([0xb4, 0xf0, 0x2e, 0x6a]), data: "x" },
    "zip_name_not_utf8",
    "´ð.j",
  ],
  [
    "a second entry of one name",
    { name: "MedHC.jsonl", data: line(1, "kept") },
    "zip_duplicate_name",
    "MedHC.jsonl (entry 2)",
  ],
];

test.each(hostile)(
  "an archive with %s loses that entry, by name, and keeps the others",
  async (_, entry, reason, shown) => {
    const found = await ingestZip([entry]);
    expect(found.responses).toEqual([{ raw: "kept", run_id: "system-z.llm.upload.default" }]);
    expect(found.refused).toMatchObject([{ file: shown ?? entry.name.toString(), line: 0, reason }]);
    expect(found.outside).toEqual(["workspace"]);
    expect(existsSync("/tmp/medbench-evil.jsonl")).toBe(false);
  },
);

test("macOS metadata and dot files are listed as ignored", async () => {
  const found = await ingestZip([
    { name: "__MACOSX/._MedHC.jsonl", data: "x" },
    { name: ".DS_Store", data: "x" },
  ]);
  expect(found.refused).toEqual([]);
  expect(found.files).toEqual([
    { file: ".DS_Store", role: "ignored" },
    { file: "MedHC.jsonl", role: "answers" },
    { file: "__MACOSX/._MedHC.jsonl", role: "ignored" },
  ]);
});

test("an archive as a whole must not extract to more than its limit", async () => {
  const folder = writeFiles(temporaryFolder(), {
    "a.zip": zipOf([1, 2, 3].map((id) => ({ name: `${id}.jsonl`, data: "x".repeat(100) }))),
  });
  const content = await unpackZip(join(folder, "a.zip"), join(folder, "out"), {
    ...defaultLimits,
    maxTotalBytes: 250,
  });
  expect([...content.files.keys()]).toEqual(["1.jsonl", "2.jsonl"]);
  expect(content.refused).toMatchObject([{ file: "3.jsonl", reason: "zip_bomb" }]);
});

test("a file that is not an archive is an error that names it", async () => {
  const folder = writeFiles(temporaryFolder(), { "broken.zip": "not a zip" });
  await expect(ingest(temporaryFolder(), [{ path: join(folder, "broken.zip") }])).rejects.toThrow(
    /broken\.zip: not a zip archive/,
  );
});
