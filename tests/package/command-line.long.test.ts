import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InstalledPackage, installPackage, runMedbench } from "./install.js";

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installPackage();
});
afterAll(() => installed?.remove());

const medbench = (...args: string[]) => runMedbench(installed, args);

describe("medbench from an installed package, without development packages", () => {
  test("runs a simulated cycle from the answers to the pages of the report", async () => {
    expect(medbench("simulate", "--out", "cycle", "--systems", "1")).toMatchObject({ status: 0 });
    const { stdout, stderr, status } = medbench("run", "--source", "cycle", "--json");
    expect({ stderr, status }).toMatchObject({ status: 0 });
    expect((JSON.parse(stdout) as { overall: unknown[] }).overall.length).toBeGreaterThan(0);
    const page = await readFile(join(installed.project, "dist", "zh", "leaderboard.html"), "utf8");
    expect(page).toContain('lang="zh');
  });
});
