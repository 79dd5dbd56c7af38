import { once } from "node:events";
import { mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FileScans, unreadable } from "../../../pipelines/stages/ingest/source-files.js";
import { ingest, line, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

test("files that the disk does not let us read cost themselves, and the others are taken", async () => {
  const folder = writeFiles(temporaryFolder(), { "system/MedHC.jsonl": line(1, "A") + line(2, "B") });
  const system = join(folder, "system");
  symlinkSync("loop.jsonl", join(system, "loop.jsonl"));
  symlinkSync("nothing.jsonl", join(system, "broken.jsonl"));
  mkdirSync(join(system, "folder.jsonl"));
  symlinkSync("folder.jsonl", join(system, "link.jsonl"));
  const socket = createServer().listen(join(system, "socket.jsonl"));
  await once(socket, "listening");
  const workspace = temporaryFolder();
  const take = () => ingest(workspace, [{ path: system, role: "answers", pool: "p" }]);
  expect((await take()).counts).toMatchObject({ responses: 2, quarantine: 2 });
  expect(await quarantine(workspace)).toMatchObject([
    { file: "broken.jsonl", line: 0, reason: "unreadable", detail: expect.stringContaining("ENOENT") },
    { file: "loop.jsonl", line: 0, reason: "unreadable", detail: expect.stringContaining("ELOOP") },
  ]);
  expect(await query(workspace, "SELECT count(*) AS n FROM source_files WHERE role = 'ignored'")).toEqual([
    { n: 2 },
  ]);
  expect((await take()).skipped).toBe(true);
  socket.close();
});

test("an error counts against a file only if it is about that file", () => {
  const error = (code: string, path: string) =>
    Object.assign(new Error(`${code}: permission denied, open '${path}'`), { code, syscall: "open", path });
  expect(unreadable(error("EACCES", "/a"), "/a")).toBe("EACCES: permission denied");
  expect(unreadable(error("EACCES", "/b"), "/a")).toBeNull();
  expect(unreadable(error("ENOSPC", "/a"), "/a")).toBeNull();
  expect(unreadable(error("EMFILE", "/a"), "/a")).toBeNull();
  expect(unreadable(new TypeError("x"), "/a")).toBeNull();
});

test("a folder in place of a file is named in the error", () => {
  const folder = temporaryFolder();
  expect(() => new FileScans().of(folder)).toThrow(
    expect.objectContaining({ code: "EISDIR", path: folder }) as Error,
  );
});
