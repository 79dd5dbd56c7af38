import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeLock, waitForLock } from "../../pipelines/warehouse/lock.js";
import {
  holderText,
  type LockHolder,
  parseHolder,
  thisProcess,
} from "../../pipelines/warehouse/lock-holder.js";
import { InputError } from "../../src/lib/errors.js";

const isLinux = process.platform === "linux";
/** Process numbers end at 2^22 on Linux: no process ever has this one. */
const noProcess = 99_999_999;
const doing = "is writing here";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "medbench-lock-"));
  path = join(folder, "LOCK");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a lock file in place as another process would have left it. */
function leaveLock(changes: Partial<LockHolder>, at = path): LockHolder {
  const holder = { ...thisProcess(), ...changes };
  writeFileSync(at, holderText(holder));
  return holder;
}

/** Field 22 of /proc/<pid>/stat, counted from the last parenthesis: field 3 comes next. */
function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[22 - 3] as string;
}

function failure(): InputError {
  try {
    takeLock(path, { doing }).release();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("the lock was taken");
}

describe("a lock that is free", () => {
  test("names its holder by number, host, command and time, and leaves nothing when it is released", () => {
    const lock = takeLock(path, { doing });
    const written = parseHolder(readFileSync(path, "utf8"));
    expect(written).toMatchObject({ pid: process.pid, host: hostname() });
    expect(written?.command).not.toBe("");
    expect(Math.abs(Date.parse(written?.since ?? "") - Date.now())).toBeLessThan(600_000);
    if (isLinux) expect(written?.started).toBe(startOf(process.pid));
    expect(readdirSync(folder)).toEqual(["LOCK"]);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is free again after its release, and a second release does not free the next holder's lock", () => {
    const first = takeLock(path, { doing });
    first.release();
    const second = takeLock(path, { doing });
    first.release();
    expect(parseHolder(readFileSync(path, "utf8"))?.token).toBe(second.holder.token);
    second.release();
  });

  test("is not removed by a holder whose lock was deleted by hand and taken by another process", () => {
    const lock = takeLock(path, { doing });
    const other = leaveLock({ pid: process.ppid });
    lock.release();
    expect(readFileSync(path, "utf8")).toBe(holderText(other));
  });

  test("cannot be taken where no file can be created, and the error names the path", () => {
    path = join(folder, "missing", "LOCK");
    expect(() => takeLock(path, { doing })).toThrow(/ENOENT.*missing/);
  });
});

describe("a lock that is held", () => {
  test("is refused within the same process, and the message says that it is this process", () => {
    const lock = takeLock(path, { doing });
    expect(failure().message).toContain(`${path}: this process itself, ${process.pid} on ${hostname()}`);
    expect(failure().message).toContain(`since ${lock.holder.since}) is writing here`);
    lock.release();
  });

  test("is refused while its process runs, with its holder and advice", () => {
    const started = isLinux ? startOf(process.ppid) : null;
    leaveLock({ pid: process.ppid, started, command: "medbench score --workspace data" });
    expect(failure().message).toMatch(
      new RegExp(
        `process ${process.ppid} on .* \\(medbench score --workspace data; since .*\\) is writing here$`,
      ),
    );
    expect(failure().hint).toContain("Wait for it to end.");
  });

  test.runIf(isLinux)("is refused while its process is stopped", async () => {
    const child = spawn("sleep", ["600"], { stdio: "ignore" });
    try {
      await once(child, "spawn");
      const pid = child.pid as number;
      const held = leaveLock({ pid, started: startOf(pid) });
      child.kill("SIGSTOP");
      expect(failure().message).toContain(`process ${pid}`);
      expect(readFileSync(path, "utf8")).toBe(holderText(held));
    } finally {
      child.kill("SIGKILL");
    }
  });

  test("is refused on another host, container or machine even if no process here has its number, and the hint says how to remove it", () => {
    const others: Partial<LockHolder>[] = [
      { host: "elsewhere" },
      { machine: "0123456789abcdef" },
      { pidNamespace: "pid:[1]" },
      { boot: "another", pidNamespace: "pid:[1]" },
      { boot: null },
    ];
    for (const changes of isLinux ? others : others.slice(0, 1)) {
      const held = leaveLock({ pid: noProcess, ...changes });
      const error = failure();
      expect(error.message).toContain(`process ${noProcess} on ${held.host}`);
      expect(error.hint).toContain(`if you know that it is not, delete ${path} yourself`);
      expect(readFileSync(path, "utf8")).toBe(holderText(held));
    }
  });

  test.runIf(!isLinux)("says that the age of processes cannot be read", () => {
    leaveLock({ pid: process.ppid });
    expect(failure().hint).toContain("the age of a process cannot be read");
  });
});

describe("a lock whose holder is gone", () => {
  function expectTakenOver(): void {
    const lock = takeLock(path, { doing });
    expect(parseHolder(readFileSync(path, "utf8"))?.token).toBe(lock.holder.token);
    expect(readdirSync(folder)).toEqual(["LOCK"]);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  }

  test("is taken over when no process has its number", () => {
    leaveLock({ pid: noProcess });
    expectTakenOver();
  });

  test.runIf(isLinux)(
    "is taken over when its number belongs to a process that started at another time",
    () => {
      leaveLock({ pid: process.ppid, started: String(Number(startOf(process.ppid)) + 1) });
      expectTakenOver();
    },
  );

  test.runIf(isLinux)(
    "is taken over when its process has ended and only its entry in the process list is left",
    async () => {
      // `sleep 600` is the parent of the first sleep and never asks how that ended.
      const parent = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 600"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      try {
        const [text] = (await once(parent.stdout, "data")) as [Buffer];
        const pid = Number(String(text).trim());
        while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await sleep(5);
        leaveLock({ pid, started: startOf(pid) });
        expectTakenOver();
      } finally {
        parent.kill("SIGKILL");
      }
    },
  );

  test.runIf(isLinux && existsSync("/etc/machine-id") && isOutsideContainers())(
    "is taken over when the machine has been booted since",
    () => {
      leaveLock({ boot: "6c1d1a0e-0000-4000-8000-000000000000" });
      expectTakenOver();
    },
  );

  test("is taken over when earlier attempts were killed halfway, and their files are removed", () => {
    const gone = leaveLock({ pid: noProcess });
    const first = leaveLock({ pid: noProcess }, `${path}.${gone.token}`);
    leaveLock({ pid: noProcess }, `${path}.${gone.token}.${first.token}`);
    leaveLock({ pid: noProcess }, `${path}.0123.new`);
    expectTakenOver();
  });

  test("is left to the process that is taking it over", () => {
    const gone = leaveLock({ pid: noProcess });
    const started = isLinux ? startOf(process.ppid) : null;
    leaveLock({ pid: process.ppid, started }, `${path}.${gone.token}`);
    expect(failure().message).toContain(`process ${process.ppid}`);
    expect(readFileSync(path, "utf8")).toBe(holderText(gone));
  });

  test("is not confused with attempts of processes that still run", () => {
    writeFileSync(`${path}.0123.new`, "");
    leaveLock({}, `${path}.4567.new`);
    takeLock(path, { doing }).release();
    expect(readdirSync(folder).sort()).toEqual(["LOCK.0123.new", "LOCK.4567.new"]);
  });
});

describe("an invalid lock file", () => {
  const contents = {
    "an empty file": "",
    "a process number, as earlier versions wrote it": `${noProcess}\n`,
    "half a lock file": holderText(thisProcess()).slice(0, 40),
    "a lock file without the process": JSON.stringify({ schema: "medbench-lock/1", host: hostname() }),
    "another program's text": "do not delete!",
  };
  for (const [name, text] of Object.entries(contents)) {
    test(`is refused at once and left as it is: ${name}`, async () => {
      writeFileSync(path, text);
      expect(failure().message).toContain(`${path}: not a lock file of this version of medbench`);
      expect(failure().hint).toContain(`delete ${path} yourself`);
      await expect(waitForLock(path, { doing, onWait: () => {} })).rejects.toThrow(InputError);
      expect(readFileSync(path, "utf8")).toBe(text);
    });
  }

  test("is refused at once if it is a folder or a broken link", async () => {
    mkdirSync(path);
    expect(failure().message).toContain("EISDIR");
    rmSync(path, { recursive: true });
    symlinkSync(join(folder, "nothing"), path);
    expect(failure().message).toContain("cannot be taken as a lock file");
    await expect(waitForLock(path, { doing, onWait: () => {} })).rejects.toThrow(InputError);
  });
});

describe("waiting for a lock", () => {
  test("ends when the holder releases it, and names the holder once", async () => {
    const lock = takeLock(path, { doing });
    const told: string[] = [];
    const waiting = waitForLock(path, { doing, onWait: (message) => told.push(message), tellAfterMs: 0 });
    while (told.length === 0) await sleep(2);
    lock.release();
    (await waiting).release();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`waiting: this process itself, ${process.pid} on ${hostname()}`);
  });

  test("reports nothing before the delay has passed", async () => {
    const lock = takeLock(path, { doing });
    const waiting = waitForLock(path, {
      doing,
      onWait: () => expect.unreachable(),
      tellAfterMs: Number.POSITIVE_INFINITY,
    });
    await sleep(20);
    lock.release();
    (await waiting).release();
  });

  test("ends when the holder is killed", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    await once(child, "spawn");
    const pid = child.pid as number;
    leaveLock({ pid, started: isLinux ? startOf(pid) : null });
    const told: string[] = [];
    const waiting = waitForLock(path, { doing, onWait: (message) => told.push(message), tellAfterMs: 0 });
    while (told.length === 0) await sleep(2);
    child.kill("SIGKILL");
    (await waiting).release();
    expect(told[0]).toContain(`process ${pid}`);
  });

  test("continues for the lock of another host, and explains how to remove it", async () => {
    leaveLock({ host: "elsewhere" });
    const told: string[] = [];
    const waiting = waitForLock(path, { doing, onWait: (message) => told.push(message), tellAfterMs: 0 });
    while (told.length === 0) await sleep(2);
    expect(told[0]).toContain(`delete ${path} yourself`);
    rmSync(path);
    (await waiting).release();
  });
});

function isOutsideContainers(): boolean {
  try {
    return readlinkSync("/proc/self/ns/pid") === "pid:[4026531836]";
  } catch {
    return false;
  }
}
