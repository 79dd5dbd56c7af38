import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { hashFile } from "../../pipelines/warehouse/hash.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { createRandom } from "../../src/lib/util/random.js";
import { ingest, line, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const medbench = resolve(import.meta.dirname, "..", "..", "bin", "medbench.js");

function upload(answer: string): Record<string, string> {
  return Object.fromEntries(
    ["MedHC", "MedPopular", "MedMC"].map((dataset) => [
      `system-a/${dataset}.jsonl`,
      Array.from({ length: 200 }, (_, id) => line(id + 1, answer, { source: dataset })).join(""),
    ]),
  );
}

/**
 * Kills an ingest at random moments: each time the warehouse must hold the old version or the new one, whole; in the end a
 * rerun completes.
 */
export async function checkKilledIngests(kills: number): Promise<void> {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), upload("old"));
  const source = { path: join(folder, "system-a"), role: "answers" as const };
  await ingest(workspace, [source]);
  const warehouse = join(workspace, "warehouse");
  const random = createRandom(20);
  writeFiles(folder, upload("new"));
  const started = performance.now();
  await run(workspace, null);
  const whole = performance.now() - started;
  const wanted = (await currentVersion(warehouse))?.manifest.files;
  for (let kill = 0; kill < kills; kill += 1) {
    // Alternate, so that each killed run has something to change.
    writeFiles(folder, upload(kill % 2 === 0 ? `text ${kill}` : "new"));
    await run(workspace, whole * (0.2 + random() * 0.8));
    const version = await currentVersion(warehouse);
    expect(version).not.toBeNull();
    for (const { file, sha256 } of version?.manifest.files ?? [])
      expect(
        hashFile(join(version?.folder as string, ...file.split("/"))).sha256,
        `kill ${kill}: ${file}`,
      ).toBe(sha256);
    const answers = await query<{ raw: string; n: number }>(
      workspace,
      "SELECT raw, count(*) AS n FROM responses GROUP BY raw",
    );
    expect(answers, `kill ${kill}`).toHaveLength(1);
    expect(answers[0]?.n).toBe(600);
  }
  writeFiles(folder, upload("new"));
  expect(await run(workspace, null)).toBe(0);
  expect((await currentVersion(warehouse))?.manifest.files).toEqual(wanted);
}

/** Reads the sources again in a process of its own, killed after some milliseconds. @returns exit code */
async function run(workspace: string, killAfter: number | null): Promise<number | null> {
  const child = spawn(process.execPath, [medbench, "ingest", "--workspace", workspace], { stdio: "ignore" });
  const ended = new Promise<number | null>((done) => child.on("exit", done));
  if (killAfter !== null) {
    await Promise.race([setTimeout(killAfter), ended]);
    child.kill("SIGKILL");
  }
  return ended;
}
