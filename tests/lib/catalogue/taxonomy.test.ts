import { describe, expect, it } from "vitest";
import data from "../../../src/lib/catalogue/data/taxonomy-cn.json" with { type: "json" };
import { indexTaxonomy, taxonomySchema } from "../../../src/lib/catalogue/taxonomy.js";
import { InputError } from "../../../src/lib/errors.js";

const taxonomy = taxonomySchema.parse(data);
const index = indexTaxonomy(taxonomy);

describe("the national list of departments", () => {
  // The list without its residual "other" entries: 34 departments, 114 specialties below them.
  it("has 34 primary and 114 secondary specialties", () => {
    expect(index.entries.filter(({ level }) => level === "primary")).toHaveLength(34);
    expect(index.entries.filter(({ level }) => level === "secondary")).toHaveLength(114);
  });

  it("gives every secondary specialty a code that starts with its parent's", () => {
    for (const entry of index.entries) {
      if (entry.parent !== null) expect(entry.code.startsWith(`${entry.parent}.`), entry.code).toBe(true);
    }
  });

  it("has English names without Chinese characters and no English name twice", () => {
    const names = index.entries.map(({ name }) => name.en);
    expect(names.filter((name) => /\p{Script=Han}/u.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("finds cardiology under internal medicine", () => {
    expect(index.find("03.04")).toMatchObject({
      parent: "03",
      name: { zh: "心血管内科专业", en: "Cardiology" },
    });
    expect(index.find("99")).toBeNull();
  });
});

describe("a crosswalk pair", () => {
  it("is valid if the secondary belongs to the primary, or is not given", () => {
    expect(index.objection("03", "03.04")).toBeNull();
    expect(index.objection("10", null)).toBeNull();
    expect(index.objection(null, null)).toBeNull();
  });

  it("is invalid if the levels or the parent are wrong", () => {
    expect(index.objection("04", "03.04")).toContain('belongs to "03"');
    expect(index.objection("03.04", null)).toContain("not a primary");
    expect(index.objection("03", "04")).toContain("not a secondary");
    expect(index.objection(null, "03.04")).toContain("without a primary");
  });
});

it("throws for a taxonomy with a duplicate code, naming it", () => {
  const [first] = taxonomy.primary;
  const twice = { ...taxonomy, primary: [first!, first!] };
  expect(() => indexTaxonomy(twice)).toThrow(InputError);
  expect(() => indexTaxonomy(twice)).toThrow('code "01" occurs twice');
});
