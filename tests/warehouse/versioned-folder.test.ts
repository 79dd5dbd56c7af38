import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holderText, thisProcess } from "../../pipelines/warehouse/lock-holder.js";
import { beginDraft, currentVersion, type Draft } from "../../pipelines/warehouse/versioned-folder.js";
import { InputError } from "../../src/lib/errors.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medbench-folder-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(draft: Draft, text: string): void {
  writeFileSync(draft.path("table.txt"), text);
}
async function shown(): Promise<string | null> {
  const version = await currentVersion(root);
  return version === null ? null : readFileSync(join(version.folder, "table.txt"), "utf8");
}

describe("drafts of a versioned folder", () => {
  test("a second draft in the same process is refused, and the first keeps its files and can be published", async () => {
    const first = await beginDraft(root);
    write(first, "first");
    await expect(beginDraft(root)).rejects.toThrow(/this process itself.*is writing here/);
    expect(readFileSync(first.path("table.txt"), "utf8")).toBe("first");
    await first.commit({});
    expect(await shown()).toBe("first");
  });

  test("a draft can follow one that was published or abandoned, and leaves only versions and CURRENT", async () => {
    const first = await beginDraft(root);
    write(first, "first");
    const { id } = await first.commit({});
    const second = await beginDraft(root);
    write(second, "second");
    await second.abandon();
    expect(await shown()).toBe("first");
    expect(readdirSync(root).sort()).toEqual(["CURRENT", id]);
  });

  test("a draft whose lock was deleted by hand is not removed by the next one, and does not release the next one's lock", async () => {
    const first = await beginDraft(root);
    write(first, "first");
    rmSync(join(root, "LOCK"));
    const second = await beginDraft(root);
    write(second, "second");
    await first.commit({});
    expect(await shown()).toBe("first");
    await expect(beginDraft(root)).rejects.toThrow(InputError);
    await second.commit({});
    expect(await shown()).toBe("second");
  });

  test("files left by killed processes and earlier versions of medbench are removed", async () => {
    const killed = join(root, ".tmp-killed");
    const earlier = join(root, ".tmp-4711-1");
    for (const folder of [killed, earlier]) mkdirSync(folder);
    // No process ever has this number.
    writeFileSync(join(killed, "OWNER"), holderText({ ...thisProcess(), pid: 99_999_999 }));
    writeFileSync(join(root, "CURRENT.4711"), "v-1\n");
    await (await beginDraft(root)).abandon();
    expect(readdirSync(root)).toEqual([]);
  });

  test("a draft on another host is not removed", async () => {
    const remote = join(root, ".tmp-remote");
    mkdirSync(remote);
    writeFileSync(
      join(remote, "OWNER"),
      holderText({ ...thisProcess(), pid: 99_999_999, host: "elsewhere" }),
    );
    await (await beginDraft(root)).abandon();
    expect(existsSync(remote)).toBe(true);
  });

  test("a draft that cannot begin releases the lock", async () => {
    writeFileSync(join(root, "CURRENT"), "v-missing\n");
    await expect(beginDraft(root)).rejects.toThrow(/CURRENT names v-missing/);
    expect(readdirSync(root)).toEqual(["CURRENT"]);
  });

  test("abandoning after a failed commit does not release the lock of a draft that began in between", async () => {
    const first = await beginDraft(root);
    write(first, "first");
    const stages = {
      get broken(): never {
        throw new Error("no record");
      },
    };
    await expect(first.commit(stages)).rejects.toThrow("no record");
    const second = await beginDraft(root);
    await first.abandon();
    await expect(beginDraft(root)).rejects.toThrow(InputError);
    await second.abandon();
  });

  test("a file that the draft writes itself is recorded with its own hash, even if a kept file has the same name", async () => {
    const first = await beginDraft(root);
    write(first, "first");
    const before = await first.commit({});
    const second = await beginDraft(root);
    write(second, "second");
    const after = await second.commit({}, () => true);
    expect(await shown()).toBe("second");
    const hashOf = ({ manifest }: typeof before) => manifest.files.map(({ sha256 }) => sha256);
    expect(hashOf(after)).toEqual([createHash("sha256").update("second").digest("hex")]);
    expect(hashOf(before)).toEqual([createHash("sha256").update("first").digest("hex")]);
  });
});
