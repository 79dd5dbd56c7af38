import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  isPortableName,
  nameFile,
  placeFile,
  renameAtOnce,
  renameInto,
  syncFile,
  syncFolder,
} from "../../pipelines/warehouse/disk.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "medbench-disk-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refused = (code: string) => Object.assign(new Error(code), { code });

/** A rename that fails with these codes, one after the other, before it succeeds. */
function failing(...codes: string[]) {
  const calls: [string, string][] = [];
  return {
    calls,
    rename: (from: string, to: string) => {
      calls.push([from, to]);
      const code = codes[calls.length - 1];
      if (code !== undefined) throw refused(code);
    },
  };
}

describe("a rename", () => {
  test("on Windows is tried again while another program has the name open", async () => {
    const { calls, rename } = failing("EPERM", "EBUSY", "EACCES");
    await renameInto("a", "b", { platform: "win32", rename });
    expect(calls).toHaveLength(4);
    const again = failing("EBUSY");
    renameAtOnce("a", "b", { platform: "win32", rename: again.rename });
    expect(again.calls).toHaveLength(2);
  });

  test("on Windows fails at once for another reason", async () => {
    const { calls, rename } = failing("ENOENT");
    await expect(renameInto("a", "b", { platform: "win32", rename })).rejects.toThrow("ENOENT");
    expect(calls).toHaveLength(1);
  });

  test.each(["linux", "darwin"] as const)(
    "on %s fails at once, because open files do not matter",
    async (platform) => {
      const { calls, rename } = failing("EPERM");
      await expect(renameInto("a", "b", { platform, rename })).rejects.toThrow("EPERM");
      expect(() => renameAtOnce("a", "b", { platform, rename: failing("EBUSY").rename })).toThrow("EBUSY");
      expect(calls).toHaveLength(1);
    },
  );

  test("replaces a file, and moves a folder", async () => {
    writeFileSync(join(folder, "old"), "old");
    writeFileSync(join(folder, "new"), "new");
    await renameInto(join(folder, "new"), join(folder, "old"));
    expect(readFileSync(join(folder, "old"), "utf8")).toBe("new");
  });
});

describe("a file under another name", () => {
  const effects = {
    symlink: () => {
      throw refused("EPERM");
    },
    link: () => {
      throw refused("EXDEV");
    },
  };

  test("is a hard link where the user may not make symbolic ones", async () => {
    const { linkSync } = await import("node:fs");
    writeFileSync(join(folder, "a"), "x");
    nameFile(join(folder, "a"), join(folder, "b"), { ...effects, link: linkSync });
    expect(statSync(join(folder, "b")).nlink).toBe(2);
  });

  test("is a copy where neither can be made", () => {
    writeFileSync(join(folder, "a"), "x");
    nameFile(join(folder, "a"), join(folder, "b"), effects);
    expect(readFileSync(join(folder, "b"), "utf8")).toBe("x");
    expect(statSync(join(folder, "b")).nlink).toBe(1);
  });

  test("is not made another way if a full disk is the reason", () => {
    const symlink = () => {
      throw refused("ENOSPC");
    };
    expect(() => nameFile("a", "b", { ...effects, symlink })).toThrow("ENOSPC");
  });

  test("can be in a folder that does not exist yet", async () => {
    writeFileSync(join(folder, "a"), "x");
    await placeFile(join(folder, "a"), join(folder, "deep", "er", "b"));
    expect(readFileSync(join(folder, "deep", "er", "b"), "utf8")).toBe("x");
  });
});

test("files and folders can be synced, and on Windows no folder is opened", () => {
  writeFileSync(join(folder, "a"), "x");
  syncFile(join(folder, "a"));
  syncFolder(folder);
  symlinkSync(folder, join(folder, "self"), "junction");
  syncFolder(join(folder, "missing"), "win32");
  expect(() => syncFolder(join(folder, "missing"), "linux")).toThrow("ENOENT");
});

test.each([
  "CON",
  "aux",
  "nul.txt",
  "Com1",
  "LPT9.jsonl",
  "trailing.",
  "a:b",
  "a|b",
  "a/b",
  "a\\b",
  "a*",
  ".hidden",
  "",
  "裁判",
])("%j is not a name on every file system", (name) => {
  expect(isPortableName(name)).toBe(false);
});

test.each(["Qwen2.5-72B-Instruct", "console", "a.b_c-d", "com10", "nullable.json"])(
  "%j is a name on every file system",
  (name) => {
    expect(isPortableName(name)).toBe(true);
  },
);
