import { describe, expect, it } from "vitest";
import { ratersOf, readRaters } from "../../../pipelines/tools/rating-packet/raters.js";

describe("readRaters", () => {
  it("reads a number, or pseudonyms in any script", () => {
    expect(readRaters("3")).toBe(3);
    expect(readRaters("li, wang")).toEqual(["li", "wang"]);
    expect(readRaters("李医生，dr_b.2")).toEqual(["李医生", "dr_b.2"]);
  });

  it("refuses what is no number of people and no name, and shows it", () => {
    for (const text of ["0", "-1", "2.5", "", "a,,b", "../x", "a b", "=1", "li,2"])
      expect(() => readRaters(text), text).toThrow(/--raters: found ".*"; expected a number or pseudonyms/);
    expect(() => readRaters("Li,li")).toThrow(/--raters: "li" occurs twice/);
  });
});

describe("ratersOf", () => {
  it("names raters after the packet, so that those of two rounds are not one person", () => {
    expect(ratersOf("round-1", 2)).toEqual(["round-1-rater-01", "round-1-rater-02"]);
    expect(ratersOf("round-1", ["li"])).toEqual(["li"]);
  });

  it("gives packets other names also where only signs differ, and names that can be file names", () => {
    const names = ["r 1", "r-1", "r/1", "../..", "=1", "第一轮", "x".repeat(300)].flatMap((packet) =>
      ratersOf(packet, 1),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u);
  });
});
