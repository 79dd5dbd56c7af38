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
  it("names raters after the packet and its draw, so that those of two packets are not one person", () => {
    const first = ratersOf("round-1", 2, "a");
    for (const [index, name] of first.entries())
      expect(name).toMatch(new RegExp(`^round-1-[0-9a-f]{4}-rater-0${index + 1}$`));
    expect(ratersOf("round-1", 2, "a")).toEqual(first);
    // Two packets that were drawn before either came back may have one name.
    expect(ratersOf("round-1", 2, "b")).not.toEqual(first);
    expect(ratersOf("round-1", ["li"], "a")).toEqual(["li"]);
  });

  it("gives packets other names also where only signs differ, and names that can be file names", () => {
    const names = ["r 1", "r-1", "r/1", "../..", "=1", "第一轮", "x".repeat(300)].flatMap((packet) =>
      ratersOf(packet, 1, ""),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u);
  });
});
