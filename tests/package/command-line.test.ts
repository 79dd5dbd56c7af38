import { writeFile } from "node:fs/promises";
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
  test("lists its commands", () => {
    const { stdout, stderr, status } = medbench("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("ingest");
    // A line here would say that it runs from its sources, ten times as slowly.
    expect(stderr).toBe("");
  });

  test("reads the letter out of an answer", async () => {
    const file = join(installed.project, "answers.jsonl");
    await writeFile(file, '{"id": "1", "text": "The answer is B."}\n');
    const { stdout } = medbench("read", file);
    expect(JSON.parse(stdout)).toMatchObject({ id: "1", answer: "B" });
  });
});
