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
    { name: Buffer.from([0xff, 0xb4, 0x2e, 0x6a]), data: "x" },
    "zip_name_not_utf8",
    "ÿ´.j",
  ],
  ["an entry whose checksum differs", { name: "MedExam.jsonl", data: "x", statedCrc: 1 }, "zip_damaged"],
  [
    "a stored entry whose checksum differs",
    { name: "MedExam.jsonl", data: "x", statedCrc: 1, stored: true },
    "zip_damaged",
  ],
  [
    "a stored entry whose sizes differ",
    { name: "MedExam.jsonl", data: "xyz", statedSize: 2, stored: true },
    "zip_damaged",
  ],
  [
    "an entry that is shorter than stated",
    { name: "MedExam.jsonl", data: "x", statedSize: 2 },
    "zip_damaged",
  ],
  [
    "two names that differ by ./ only",
    { name: "./MedHC.jsonl", data: line(1, "kept") },
    "zip_duplicate_name",
    "MedHC.jsonl (entry 2)",
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

test.each([
  "./MedExam.jsonl",
  ".//MedExam.jsonl",
  "a/./MedExam.jsonl",
  "a//MedExam.jsonl",
  "././a/MedExam.jsonl",
])("an entry named %j is read under its plain name", async (name) => {
  const found = await ingestZip([{ name, data: line(1, "x", { source: "MedExam_V4" }) }]);
  expect(found.responses).toHaveLength(2);
  expect(found.files.map(({ file }) => file)).toEqual(
    ["MedHC.jsonl", /a[/]/.test(name) ? "a/MedExam.jsonl" : "MedExam.jsonl"].sort(),
  );
});

test("a name in GB18030, as Windows writes it in Chinese, is read", async () => {
  const name = Buffer.from([0xb4, 0xf0, 0xb0, 0xb8, ...Buffer.from("/MedExam.jsonl")]);
  const found = await ingestZip([{ name, data: line(1, "x", { source: "MedExam_V4" }) }]);
  expect(found.files.map(({ file }) => file)).toContain("答案/MedExam.jsonl");
  expect(found.responses).toHaveLength(2);
});

test("an entry whose sizes are in a zip64 field is read", async () => {
  const data = line(1, "x", { source: "MedExam_V4" });
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(data.length), 4);
  const found = await ingestZip([{ name: "MedExam.jsonl", data, statedSize: 0xffffffff, extra }]);
  expect(found.refused).toEqual([]);
  expect(found.responses).toHaveLength(2);
});

test("folders, macOS metadata and dot files are listed as ignored", async () => {
  const found = await ingestZip([
    { name: "sub/" },
    { name: "./" },
    { name: "__MACOSX/._MedHC.jsonl", data: "x" },
    { name: ".DS_Store", data: "x" },
  ]);
  expect(found.refused).toEqual([]);
  expect(found.files).toEqual([
    { file: "./", role: "ignored" },
    { file: ".DS_Store", role: "ignored" },
    { file: "MedHC.jsonl", role: "answers" },
    { file: "__MACOSX/._MedHC.jsonl", role: "ignored" },
    { file: "sub/", role: "ignored" },
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
    /broken\.zip: zip_damaged \(damaged zip archive: not a zip archive, or cut off\)/,
  );
});

const good = zipOf([answer]);
test.each([
  ["is cut off", good.subarray(0, 60), /cut off/],
  ["lost its last byte", good.subarray(0, -1), /cut off/],
  ["has data after its end", Buffer.concat([good, Buffer.from("\n")]), /data after its end/],
  ["has data before its start", Buffer.concat([Buffer.from("#!/bin/sh\n"), good]), /signature/],
  ["is empty", Buffer.alloc(0), /not a zip archive/],
])("an archive that %s costs itself: the archives next to it are taken", async (_, bytes, detail) => {
  const folder = writeFiles(temporaryFolder(), { "up/good.zip": good, "up/bad.zip": bytes });
  const workspace = temporaryFolder();
  const sources = ["good.zip", "bad.zip"].map((name) => ({ path: join(folder, "up", name) }));
  await ingest(workspace, sources);
  expect(await query(workspace, "SELECT raw FROM responses")).toEqual([{ raw: "kept" }]);
  expect(await quarantine(workspace)).toMatchObject([
    {
      source: "bad.zip",
      file: "bad.zip",
      line: 0,
      reason: "zip_damaged",
      detail: expect.stringMatching(detail),
    },
  ]);
});

test("an archive in the folder of a system is a part of its submission", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "sys/part.zip": good,
    "sys/MedExam.jsonl": line(1, "x", { source: "MedExam_V4" }),
  });
  await ingest(workspace, [{ path: join(folder, "sys") }]);
  expect(
    await query(
      workspace,
      "SELECT system, count(*) AS n FROM responses JOIN runs USING (run_id) GROUP BY system",
    ),
  ).toEqual([{ system: "sys", n: 2 }]);
});
