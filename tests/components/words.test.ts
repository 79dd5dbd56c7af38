import { describe, expect, it } from "vitest";
import { outcomes } from "../../pipelines/warehouse/tables.js";
import { chinese } from "../../src/components/words/chinese.js";
import { english } from "../../src/components/words/english.js";

function paths(value: unknown, path = ""): string[] {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`))
    : [path];
}

describe("the page's words", () => {
  it("say the same things in both languages, maps of codes included", () => {
    expect(paths(chinese)).toEqual(paths(english));
  });

  it("name every outcome of the ledger", () => {
    expect(Object.keys(english.common.outcomes)).toEqual([...outcomes]);
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
      ".site.otherLanguage",
      ".common.boards.api",
      ".common.accessKinds.api",
    ]);
  });
});
