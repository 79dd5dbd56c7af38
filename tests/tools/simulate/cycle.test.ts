import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import yauzl from "yauzl";
import { simulateCycle } from "../../../pipelines/tools/simulate/simulate.js";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { InputError } from "../../../src/lib/errors.js";
import { cycleSchema } from "../../../src/lib/records/cycle.js";
import { mappingSchema } from "../../../src/lib/records/mapping.js";

const root = mkdtempSync(join(tmpdir(), "medbench-simulate-"));
const sample = join(import.meta.dirname, "..", "..", "..", "data", "sample");
const fresh = join(root, "fresh");
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => simulateCycle({ out: fresh }));

const filesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Entries of an archive by name; yauzl checks structure and sizes as it reads. */
async function unzip(path: string): Promise<Map<string, Buffer>> {
  const archive = await yauzl.openPromise(path);
  const entries = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await archive.openReadStreamPromise(entry)) parts.push(part as Buffer);
    entries.set(entry.fileName, Buffer.concat(parts));
  }
  return entries;
}

/** Content hashes of a cycle, looking into compressed files: compressors may differ between versions of Node. */
async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of filesUnder(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".zip")) {
      for (const [entry, bytes] of await unzip(path)) found[`${name}/${entry}`] = hashOf(bytes);
    } else {
      const bytes = readFileSync(path);
      found[name] = hashOf(name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    }
  }
  return found;
}

const linesOf = (folder: string, name: string) =>
  readFileSync(join(folder, name), "utf8")
    .trimEnd()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as { question: string; gold?: unknown; other: { id: number; source: string } },
    );

describe("a simulated cycle", () => {
  it("has the same bytes for the same seed, including zips, and different bytes for another seed", async () => {
    await simulateCycle({ out: join(root, "again") });
    await simulateCycle({ out: join(root, "other"), seed: 2 });
    const bytes = (folder: string) =>
      filesUnder(folder).map((name) => hashOf(readFileSync(join(folder, name))));
    expect(bytes(join(root, "again"))).toEqual(bytes(fresh));
    expect((await contents(join(root, "other")))["ratings.csv"]).not.toBe(
      (await contents(fresh))["ratings.csv"],
    );
  });

  it("is identical to data/sample, in less than 5 MB", async () => {
    expect(await contents(sample)).toEqual(await contents(fresh));
    const bytes = filesUnder(sample).reduce((sum, name) => sum + statSync(join(sample, name)).size, 0);
    expect(bytes).toBeLessThan(5e6);
  });

  it("has a question file for every file of the 60 datasets, with the catalogue's source tag in every line", () => {
    const expected = catalogueFile.datasets.flatMap(({ files }) => files);
    expect(filesUnder(join(fresh, "questions/upload"))).toEqual(expected.map(({ file }) => file).sort());
    for (const { file, sourceTags } of expected) {
      const tags = new Set(linesOf(fresh, `questions/upload/${file}`).map(({ other }) => other.source));
      expect([...tags], file).toEqual(sourceTags);
    }
  });

  it("marks every question as invented", () => {
    for (const file of readdirSync(join(fresh, "questions/upload"))) {
      for (const { question } of linesOf(fresh, `questions/upload/${file}`)) {
        expect(question).toMatch(/虚构题目，仅供软件测试|Invented item, for software testing only/);
      }
    }
  });

  it("gives a choice item five lines of one id, gold following the option order, equal prompts in some groups only", () => {
    const gold = linesOf(fresh, "gold/upload/MedSafety.jsonl");
    const groups = new Map<number, typeof gold>();
    for (const line of gold) groups.set(line.other.id, [...(groups.get(line.other.id) ?? []), line]);
    const right = ({ question, gold: letter }: (typeof gold)[number]) =>
      question
        .split("\n")
        .find((line) => line.startsWith(`${letter}. `))
        ?.slice(3);
    for (const lines of groups.values()) {
      expect(lines).toHaveLength(5);
      expect(new Set(lines.map(right)).size).toBe(1);
    }
    const all = ["MedExam", "MedSafety", "MedEthics", "MedRxCheck_SCQ"].flatMap((name) => {
      const questions = linesOf(fresh, `questions/upload/${name}.jsonl`);
      return Array.from(
        { length: questions.length / 5 },
        (_, i) => new Set(questions.slice(5 * i, 5 * i + 5).map(({ question }) => question)).size,
      );
    });
    expect(all.filter((distinct) => distinct < 5).length).toBeGreaterThan(0);
    expect(all.filter((distinct) => distinct === 5).length).toBeGreaterThan(all.length / 2);
  });

  it("plants each bad line where the truth file says", async () => {
    const truth = JSON.parse(readFileSync(join(fresh, "truth/truth.json"), "utf8")) as {
      quarantine: { file: string; line: number; kind: string }[];
    };
    expect(truth.quarantine.length).toBeGreaterThanOrEqual(10);
    for (const { file, line, kind } of truth.quarantine) {
      const [archive, entry] = file.split(".zip/");
      const bytes = entry
        ? (await unzip(join(fresh, `${archive}.zip`))).get(entry)!
        : readFileSync(join(fresh, file));
      const lines = bytes.toString("utf8").split("\n");
      const [before, bad] = [lines[line - 2]!, lines[line - 1]!];
      const parsed = (text: string) => JSON.parse(text) as { other: { id?: number }; question: string };
      if (kind === "truncated JSON" || kind === "not JSON") expect(() => parsed(bad)).toThrow(SyntaxError);
      else if (kind === "no item id") expect(parsed(bad).other.id).toBeUndefined();
      else if (kind === "repeated line") expect(bad).toBe(before);
      else
        expect(parsed(bad)).toMatchObject({ other: parsed(before).other, question: parsed(before).question });
    }
  });

  it("leaves out a dataset that one system never submitted and marks one run's settings", () => {
    const rows = readFileSync(join(fresh, "systems.csv"), "utf8").trimEnd().split("\n");
    expect(rows).toHaveLength(16);
    expect(rows.filter((row) => row.includes(",0.7,512,2048,"))).toHaveLength(14);
  });

  it("describes itself by the schemas of ingest and names only files that exist", () => {
    const cycle = cycleSchema.parse(parse(readFileSync(join(fresh, "cycle.yaml"), "utf8")));
    for (const source of cycle.sources) {
      expect(statSync(join(fresh, source.path.replace("/*", "")))).toBeDefined();
      if ("mapping" in source) {
        const mapping = parse(readFileSync(join(fresh, source.mapping), "utf8")) as unknown;
        expect(mappingSchema.safeParse(mapping).error, source.mapping).toBeUndefined();
      }
    }
  });
});

describe("simulate refuses", () => {
  it("a folder that contains something else, even with force", async () => {
    const taken = join(root, "taken");
    mkdirSync(taken);
    writeFileSync(join(taken, "thesis.txt"), "mine");
    await expect(simulateCycle({ out: taken, force: true })).rejects.toThrow(InputError);
    expect(readFileSync(join(taken, "thesis.txt"), "utf8")).toBe("mine");
  });

  it("to replace an earlier simulation unless it is told to", async () => {
    await expect(simulateCycle({ out: fresh })).rejects.toThrow("already contains");
  });

  it.each(["huge", "responses=0", "responses=1e6", "toString"])("the size %s", async (size) => {
    await expect(simulateCycle({ out: join(root, "never"), size })).rejects.toThrow(InputError);
  });
});

it("a size in responses is exceeded by less than one group per file", async () => {
  const cycle = await simulateCycle({
    out: join(root, "counted"),
    size: "responses=3000",
    systems: 2,
    onlyAnswers: true,
  });
  // Bulk leaves out the API board: two runs; a group is 54 lines per run (34 single prompts and four times five).
  expect(cycle.responses).toBeGreaterThanOrEqual(3000);
  expect(cycle.responses).toBeLessThan(3000 + 2 * 54);
  expect(readdirSync(join(root, "counted/uploads"))).toEqual(["qingtan-14b", "qingtan-72b"]);
});
