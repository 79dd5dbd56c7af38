import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chinese } from "../../src/components/words/chinese.js";
import { english } from "../../src/components/words/english.js";
import { outcomes, quarantineReasons, tables } from "../../src/lib/records/tables.js";

function paths(value: unknown, path = ""): string[] {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`))
    : [path];
}

describe("the page's words", () => {
  it("have the same entries in both languages, including maps of codes", () => {
    expect(paths(chinese)).toEqual(paths(english));
  });

  it("name every outcome of the ledger", () => {
    expect(Object.keys(english.common.outcomes)).toEqual([...outcomes]);
  });

  it("name every quarantine reason and every role of a file", () => {
    expect(Object.keys(english.quality.reasons).sort()).toEqual(quarantineReasons.toSorted());
    expect(Object.keys(english.quality.roles).sort()).toEqual(
      tables.source_files.columns.role.oneOf?.toSorted(),
    );
  });

  it("are explained in docs/ingest.md for every quarantine reason", () => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "ingest.md"), "utf8");
    const explained = page.split("\n").filter((line) => line.startsWith("| `"));
    expect(
      quarantineReasons.filter((reason) => !explained.some((line) => line.includes(`\`${reason}\``))),
    ).toEqual([]);
  });

  it("are Chinese in the Chinese dictionary", () => {
    const latin = paths(chinese).filter((path) => {
      const value = path
        .slice(1)
        .split(".")
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], chinese);
      return typeof value === "string" && !/\p{Script=Han}/u.test(value);
    });
    expect(latin).toEqual([
      ".language.code",
      ".language.separator",
      ".language.colon",
      ".language.semicolon",
      ".site.otherLanguage",
      ".common.boards.api",
      ".common.accessKinds.api",
    ]);
  });
});
