import { describe, expect, it } from "vitest";
import { isShortage, isSystemError, withPath } from "../../pipelines/warehouse/system-error.js";

const systemError = (code: string) => Object.assign(new Error(`${code}: text`), { code, syscall: "read" });

describe("an error of the operating system", () => {
  it("is told from those of programs by the call that failed", () => {
    expect(isSystemError(systemError("EIO"))).toBe(true);
    // zlib's errors have a code and a number, but no call.
    expect(isSystemError(Object.assign(new Error("x"), { code: "Z_DATA_ERROR", errno: -3 }))).toBe(false);
    expect(isSystemError(null)).toBe(false);
  });

  it("gets the name of its file if it has none", () => {
    expect(withPath(systemError("EIO"), "/a")).toMatchObject({ path: "/a" });
    expect(withPath(Object.assign(systemError("EIO"), { path: "/b" }), "/a")).toMatchObject({ path: "/b" });
    const other = new TypeError("x");
    expect(withPath(other, "/a")).toBe(other);
    expect(other).not.toHaveProperty("path");
  });
});

it.each([
  [systemError("ENOSPC"), true],
  [systemError("EMFILE"), true],
  [systemError("EACCES"), false],
  [new Error('IO Error: Cannot open file "/a": Too many open files'), true],
  [new Error('IO Error: Could not write file "/a": No space left on device'), true],
  [new Error("Out of Memory Error: failed to allocate"), true],
  [new Error("the engine ran out of memory: its limit is 700MB"), true],
  [new Error("Invalid Input Error: No magic bytes found at end of file '/a'"), false],
])("a shortage of the machine is no fault of a file: %s", (error, isOne) => {
  expect(isShortage(error)).toBe(isOne);
});
