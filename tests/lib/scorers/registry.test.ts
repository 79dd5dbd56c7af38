import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadRubric } from "../../../pipelines/judging/rubrics.js";
import { scorerNames, scorerOf } from "../../../src/lib/scorers/index.js";
import { poolings, poolsCounts } from "../../../src/lib/scorers/pooling.js";
import { readsAnswers } from "../../../src/lib/scorers/scorer.js";
import { verdictKinds } from "../../../src/lib/scorers/verdict-kind.js";
import { referencePage } from "./reference-page.js";

const root = resolve(import.meta.dirname, "../../..");
const queries = join(root, "pipelines/stages/score");
const scriptOf = (name: string) => `score-${name.replaceAll("_", "-")}.sql`;

describe.each(scorerNames)("scorer %s", (name) => {
  const scorer = scorerOf(name);

  it("has a description in English and Chinese, a version and a pooling", () => {
    expect(scorer.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(scorer.label.en).toMatch(/^[A-Z]/);
    expect(scorer.label.zh).toMatch(/^\p{Script=Han}+$/u);
    expect(scorer.summary).toMatch(/^[A-Z].*\.$/);
    expect(scorer.version).not.toBe("");
    expect(poolings).toContain(scorer.pooling);
  });

  it("needs no options, and rejects unknown ones", () => {
    expect(scorer.options.safeParse({}).success).toBe(true);
    expect(scorer.options.safeParse({ noSuchOption: 1 }).success).toBe(false);
  });

  it("has a script in SQL unless it only reads text", () => {
    expect(existsSync(join(queries, scriptOf(name)))).toBe(scorer.reads !== "text");
  });

  if (scorer.reads === "verdicts") {
    it("has a default rubric that asks for the verdicts it counts", () => {
      const { kind, defaultRubric } = scorer.verdicts;
      expect(loadRubric(defaultRubric).kind).toBe(verdictKinds[kind].rubricKind);
    });
  } else if (readsAnswers(scorer)) {
    const { text, gold, options = null } = scorer.example;
    const settings = scorer.options.parse({});

    it("gives its example full marks", () => {
      expect(scorer.score({ text, gold, options }, settings)).toMatchObject({ status: "ok", value: 1 });
    });

    it("gives an empty answer no value, and counts its gold parts as missed where counts are pooled", () => {
      const { status, value, tp, fn } = scorer.score({ text: null, gold, options }, settings);
      expect({ status, value }).toEqual({ status: "unparsed", value: 0 });
      if (poolsCounts(scorer.pooling)) {
        expect(tp).toBe(0);
        expect(fn).toBeGreaterThan(0);
      }
    });
  }
});

it("every file of a scorer is in the registry", () => {
  const files = readdirSync(join(root, "src/lib/scorers"))
    .filter((file) =>
      /\b(answer|verdict|source)Scorer\(\{/.test(readFileSync(join(root, "src/lib/scorers", file), "utf8")),
    )
    .sort();
  expect(files).toEqual(scorerNames.map((name) => `${name.replaceAll("_", "-")}.ts`).sort());
});

it("no script scores for a scorer that is not in the registry", () => {
  const scripts = readdirSync(queries).filter(
    (file) => file.startsWith("score-") && file !== "score-distributions.sql",
  );
  expect(scripts.filter((file) => !scorerNames.map(scriptOf).includes(file))).toEqual([]);
});

it("docs/scorers.md matches the registry", async () => {
  await expect(referencePage()).toMatchFileSnapshot(join(root, "docs/scorers.md"));
});
