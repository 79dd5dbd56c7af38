import { describe, expect, it } from "vitest";
import { dataDictionary } from "../../../pipelines/stages/release/dictionary.js";
import { chineseMeanings, type Meanings } from "../../../src/lib/records/chinese-meanings.js";
import { releasedNames, releasedTables } from "../../../src/lib/records/released-tables.js";

const dictionary = dataDictionary();
const texts = Object.entries(dictionary).flatMap(([table, { grain, columns }]) => [
  { where: table, ...grain },
  ...Object.entries(columns).map(([column, { meaning }]) => ({ where: `${table}.${column}`, ...meaning })),
]);

describe("the data dictionary", () => {
  it("describes the columns of every released table, in their order", () => {
    expect(Object.keys(dictionary)).toEqual(releasedNames);
    for (const name of releasedNames)
      expect(Object.keys(dictionary[name]?.columns ?? {})).toEqual(Object.keys(releasedTables[name].columns));
  });

  it("has English without Chinese characters and Chinese with some for every table and column", () => {
    expect(texts.filter(({ en }) => en === "" || /\p{Script=Han}/u.test(en))).toEqual([]);
    expect(texts.filter(({ zh }) => !/\p{Script=Han}/u.test(zh ?? ""))).toEqual([]);
  });

  it("repeats no English sentence in Chinese", () => {
    // Four words in a row are a sentence; single words are codes, names of statistics and names of columns.
    expect(texts.filter(({ zh }) => /[a-z]+(?: [a-z]+){3}/i.test(zh))).toEqual([]);
  });

  it("has no Chinese for a column that is no longer released", () => {
    for (const name of releasedNames)
      expect(Object.keys(chineseMeanings[name].columns).sort()).toEqual(
        Object.keys(releasedTables[name].columns).sort(),
      );
  });

  it("does not compile without the Chinese of a column", () => {
    const { grain, columns } = chineseMeanings.overall_scores;
    const { estimate: _, ...others } = columns;
    // @ts-expect-error: the column `estimate` has no meaning here
    const incomplete: Meanings["overall_scores"] = { grain, columns: others };
    expect(incomplete.columns).not.toHaveProperty("estimate");
  });
});
