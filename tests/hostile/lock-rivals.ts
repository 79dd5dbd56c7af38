import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { parseHolder } from "../../pipelines/warehouse/lock-holder.js";
import { createRandom } from "../../src/lib/util/random.js";
import { holdOften, holdUntilKilled } from "./lock-rival.js";

export interface Rivals {
  readonly processes: number;
  /** Holds of each process. */
  readonly holds: number;
  readonly staleShare: number;
}

/** Lets processes compete for one lock. Fails if two had it at once, or if a reader saw a lock file that was not whole. */
export async function expectNoOverlaps({ processes, holds, staleShare }: Rivals): Promise<void> {
  await inFolder(async (folder) => {
    writeFileSync(join(folder, "count"), "0");
    const children = Array.from({ length: processes }, (_, index) =>
      start(holdOften, folder, holds, staleShare, `rival ${index}`),
    );
    let running = true;
    const reading = (async () => {
      let read = 0;
      for (; running; await sleep(1)) {
        const text = textOf(join(folder, "LOCK"));
        if (text === null) continue;
        expect(parseHolder(text), text).not.toBeNull();
        read += 1;
      }
      return read;
    })();
    const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
    running = false;
    expect(await reading).toBeGreaterThan(0);
    expect(codes).toEqual(children.map(() => 0));
    expect(Number(readFileSync(join(folder, "count"), "utf8"))).toBe(processes * holds);
  });
}

/** Lets processes compete for one lock and kills them at random moments; those killed are replaced. */
export async function expectNoOverlapsAfterKills(processes: number, kills: number): Promise<void> {
  await inFolder(async (folder) => {
    const random = createRandom("kill the holders");
    const killed = new Set<number>();
    let started = 0;
    const next = () => start(holdUntilKilled, folder, `rival ${started++}`);
    const children = Array.from({ length: processes }, next);
    const takes = () => logOf(folder).filter((line) => line.startsWith("take")).length;
    try {
      for (let kill = 0; kill < kills; kill += 1) {
        // The lock changes hands between two kills: nobody waits for a process that was killed.
        for (const before = takes(); takes() < before + 3; ) await sleep(5);
        await sleep(random() * 10);
        const at = Math.floor(random() * processes);
        const child = children[at] as ChildProcess;
        expect(child.exitCode).toBeNull();
        killed.add(child.pid as number);
        child.kill("SIGKILL");
        await once(child, "exit");
        children[at] = next();
      }
    } finally {
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
    }
    for (const child of children) killed.add(child.pid as number);
    const overtaken = new Set<string>();
    let holder: string | undefined;
    for (const line of logOf(folder)) {
      const [event, pid] = line.split(" ") as [string, string];
      expect(overtaken.has(pid), `${pid} was overtaken and wrote ${line}`).toBe(false);
      if (event === "give") expect(holder).toBe(pid);
      else if (holder !== undefined) overtaken.add(holder);
      holder = event === "give" ? undefined : pid;
    }
    for (const pid of overtaken) expect(killed.has(Number(pid)), `${pid} was overtaken alive`).toBe(true);
    // What the killed left next to the lock is removed by the holders that follow, and only theirs is left.
    expect(readdirSync(folder).length).toBeLessThan(2 + 3 * processes);
  });
}

function logOf(folder: string): string[] {
  const text = textOf(join(folder, "log")) ?? "";
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "");
}

function textOf(path: string): string | null {
  if (!existsSync(path)) return null;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "medbench-rivals-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start<Parameters extends unknown[]>(
  { name }: (...parameters: Parameters) => Promise<void>,
  ...parameters: Parameters
): ChildProcess {
  const module = pathToFileURL(join(import.meta.dirname, "lock-rival.ts")).href;
  const script = `import { ${name} } from "${module}"; await ${name}(...${JSON.stringify(parameters)});`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    cwd: resolve(import.meta.dirname, "..", ".."),
    stdio: ["ignore", "ignore", "inherit"],
  });
}
