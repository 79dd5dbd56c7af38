import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { explainError } from "../../pipelines/terminal/explain-error.js";
import { CheckError, InputError } from "../../src/lib/errors.js";

const folder = mkdtempSync(join(tmpdir(), "medbench-explain-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("no error");
}

const systemError = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: text of the system, write`), { code, syscall: "write", errno: -1 }, more);

describe("an error of the operating system", () => {
  it.each([
    ["ENOSPC", "no space is left", "TMPDIR"],
    ["EDQUOT", "quota", "TMPDIR"],
    ["EFBIG", "larger than the file system", "ulimit -f"],
    ["EROFS", "read-only", "--workspace"],
    ["EACCES", "not allowed", "owner"],
    ["EPERM", "does not allow", "--workspace"],
    ["EMFILE", "too many files are open", "ulimit -n"],
    ["ENFILE", "too many open files", "other programs"],
    ["ENOENT", "does not exist", "Check the path"],
    ["ENOTDIR", "a file, not a folder", "Name a folder"],
    ["EISDIR", "a folder, not a file", "Name a file"],
    ["ENAMETOOLONG", "too long", "255 bytes"],
    ["ELOOP", "back to itself", "Remove the link"],
    ["EIO", "could not read or write", "another disk"],
    ["ESTALE", "replaced", "again"],
    ["EXDEV", "from one disk to another", "one disk"],
    ["ENOMEM", "no memory left", "memory"],
    ["EFAULT", "refused an operation", "text of the system"],
  ])("%s names the file, the reason and the next step", (code, reason, hint) => {
    const explained = explainError(systemError(code, { path: "/data/x.jsonl" }));
    expect(explained).toBeInstanceOf(InputError);
    expect(explained?.message).toMatch(/^\/data\/x\.jsonl: /);
    expect(explained?.message).toContain(reason);
    expect(explained?.message).toContain(code);
    expect(explained?.hint).toContain(hint);
  });

  it("names both files of a move, and says so where the system names none", () => {
    const moved = explainError(systemError("EXDEV", { path: "/a", dest: "/b" }));
    expect(moved?.message).toMatch(/^\/a to \/b: /);
    expect(explainError(systemError("ENOSPC"))?.message).toMatch(/^a file of the workspace or a temporary/);
  });

  it("is understood as the disk gives it", () => {
    const file = join(folder, "file");
    const loop = join(folder, "loop");
    writeFileSync(file, "x");
    mkdirSync(join(folder, "folder.jsonl"));
    symlinkSync("loop", loop);
    const read = (path: string) => explainError(errorOf(() => readFileSync(path)))?.message;
    expect(read(join(file, "inside"))).toContain("a part of the path is a file, not a folder (ENOTDIR");
    expect(read(loop)).toContain("leads back to itself (ELOOP");
    expect(read(join(folder, "x".repeat(300)))).toContain("too long for the disk (ENAMETOOLONG");
    expect(read(join(folder, "folder.jsonl"))).toContain("it is a folder, not a file (EISDIR");
  });

  it("of the network names the address", () => {
    const refused = { syscall: "connect", address: "127.0.0.1", port: 8000 };
    expect(explainError(systemError("ECONNREFUSED", refused))?.message).toBe(
      "127.0.0.1:8000: cannot be reached (ECONNREFUSED, connect)",
    );
  });
});

describe("an error of the engine", () => {
  it.each([
    ['IO Error: Could not write file "/w/a.parquet": No space left on device', "/w/a.parquet: no space"],
    ['IO Error: Cannot open file "/w/a.parquet": Permission denied', "/w/a.parquet: you are not allowed"],
    ['IO Error: Cannot open file "/w/a": Read-only file system', "/w/a: the disk is read-only (EROFS)"],
    ['IO Error: Cannot open file "/w/a": Too many open files', "too many files are open (EMFILE)"],
    ['IO Error: Cannot open file "/w/a": Too many open files in system', "(ENFILE)"],
    ['IO Error: No files found that match the pattern "/w/a.parquet"', "/w/a.parquet: it does not exist"],
    ["IO Error: something else", "a file cannot be read or written: something else"],
    ["Invalid Input Error: No magic bytes found at end of file '/w/a'", "does not hold what it should"],
    ["Conversion Error: Could not convert string 'x' to INT32", "a value does not fit"],
    ["Out of Range Error: Overflow", "too large for its column"],
    ["Out of Memory Error: failed to allocate data", "ran out of memory"],
    ["Out of Memory Error: failed to offload (the 'max_temp_directory_size' setting)", "to sort data"],
    ['Permission Error: Cannot access file "/w/a"', "may not use that file"],
    ["Binder Error: Referenced column x not found", "does not have the columns"],
    ["Parser Error: syntax error", "cannot read a statement"],
    ["Catalog Error: Table with name x does not exist!\n\nLINE 1: ...", "no such table"],
    ["INTERNAL Error: Attempted to access index 3", "the engine failed"],
  ])("%s is explained: %s", (message, says) => {
    const explained = explainError(new Error(message));
    expect(explained).toBeInstanceOf(InputError);
    expect(explained?.message).toContain(says);
    expect(explained?.message).not.toContain("LINE 1");
    expect(explained?.hint?.length).toBeGreaterThan(20);
  });
});

describe("a limit of the runtime", () => {
  it("is explained where a file reaches it", () => {
    const deep = errorOf(function nest(): unknown {
      return [nest()];
    });
    expect(explainError(deep)?.message).toContain("nested too deeply");
    expect(explainError(errorOf(() => "x".repeat(2 ** 30)))?.message).toContain("too large");
    expect(explainError(errorOf(() => readFileSync("a\0b")))?.message).toContain("NUL character");
  });
});

it("errors of the workbench stay as they are, and mistakes in it are no one else's", () => {
  const check = new CheckError("a law does not hold");
  expect(explainError(check)).toBe(check);
  expect(explainError(new TypeError("x is not a function"))).toBeNull();
  expect(explainError("a text")).toBeNull();
});
