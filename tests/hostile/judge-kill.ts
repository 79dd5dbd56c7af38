import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { startStubJudge } from "../../pipelines/judging/stub-judge.js";
import { createRandom, randomInteger } from "../../src/lib/util/random.js";
import { temporaryFolder } from "../judging/material.js";
import { askAll } from "./judge-kill-child.js";

const concurrency = 6;

/** Requests with a whole reply line in the journal: what a later run may rely on. */
function answeredIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { type: string; hash: string })
    .filter(({ type }) => type === "reply")
    .map(({ hash }) => hash);
}

/** Ends a judge run with kill -9 at random moments: no answered request may be lost, and none paid for twice. */
export async function checkKilledJudges(kills: number): Promise<void> {
  // About twice as many as the lives get out before their kills, so that some are left for the last run.
  const count = 50 * kills;
  const server = await startStubJudge({ latencyMs: 15 });
  const path = join(temporaryFolder(), "journal.jsonl");
  const random = createRandom("kill -9");
  const child = pathToFileURL(join(import.meta.dirname, "judge-kill-child.ts")).href;
  const script = `import { ${askAll.name} } from "${child}"; await ${askAll.name}(${JSON.stringify([server.url, path, count, concurrency]).slice(1, -1)});`;
  const start = (): ChildProcess =>
    spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      cwd: resolve(import.meta.dirname, "..", ".."),
      stdio: ["ignore", "ignore", "inherit"],
    });
  let inFlight = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const asked = server.log().requests;
      const answered = answeredIn(path).length;
      const life = start();
      const ended = once(life, "exit");
      // Each life gets some requests out, a random number of them, and dies at a random moment after.
      const goal = asked + 1 + randomInteger(random, 25);
      while (server.log().requests < goal && life.exitCode === null) await wait(2);
      await wait(randomInteger(random, 20));
      life.kill("SIGKILL");
      await ended;
      const lost = server.log().requests - asked - (answeredIn(path).length - answered);
      expect(lost).toBeGreaterThanOrEqual(0);
      expect(lost).toBeLessThanOrEqual(concurrency);
      inFlight += lost;
    }
    const before = answeredIn(path);
    expect(before.length).toBeLessThan(count);
    const sentBefore = server.log().requests;
    const [code] = await once(start(), "exit");
    expect(code).toBe(0);

    const { keys } = server.log();
    const after = answeredIn(path);
    // Every request has one reply in the journal, and the server saw each once and again only those in flight at a kill.
    expect(after).toHaveLength(count);
    expect(new Set(after).size).toBe(count);
    expect(keys).toHaveLength(count + inFlight);
    expect(new Set(keys).size).toBe(count);
    const asked = new Set(keys.slice(sentBefore).map((key) => key.replace(/-\d+$/, "")));
    expect(before.filter((hash) => asked.has(hash))).toEqual([]);
    // The kills were not idle: some did hit requests in flight.
    expect(inFlight).toBeGreaterThan(0);
  } finally {
    await server.close();
  }
}
