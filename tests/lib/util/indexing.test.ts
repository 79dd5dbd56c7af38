import { describe, expect, it } from "vitest";
import { WorkbenchError } from "../../../src/lib/errors.js";
import { add, at, cell, column, isPresent, lookUp, zip } from "../../../src/lib/util/indexing.js";

describe("reads by an index that must exist", () => {
  it.each([
    ["past the end of a list", () => at([1, 2], 2)],
    ["before its start", () => at([1, 2], -1)],
    ["past the end of a typed array", () => at(new Float64Array(2), 2)],
    ["in a row that is not there", () => cell([[1]], 1, 0)],
    ["in a column that is not there", () => cell([[1]], 0, 1)],
    ["of a column that one row lacks", () => column([[1, 2], [1]], 1)],
    ["under a key that is not there", () => lookUp(new Map([["a", 1]]), "b")],
    ["to add to what is not there", () => add([0], 1, 1)],
    ["of a second list that is shorter", () => zip([1, 2], [1])],
  ])("throw instead of giving NaN: %s", (_, read) => {
    expect(read).toThrow(WorkbenchError);
    expect(read).toThrow(/no value at/);
  });

  it("give values that are falsy but there", () => {
    expect(at([0, Number.NaN], 0)).toBe(0);
    expect(at([0, Number.NaN], 1)).toBeNaN();
    expect(at([null], 0)).toBeNull();
    expect(lookUp(new Map([["a", ""]]), "a")).toBe("");
  });
});

describe("lists side by side", () => {
  it("are paired by place, columns are read down, and sums are added in place", () => {
    expect(zip(["a", "b"], [1, 2])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(
      column(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    ).toEqual([2, 4]);
    const totals = [1, 2];
    add(totals, 1, 5);
    expect(totals).toEqual([1, 7]);
  });

  it("keep zeros and empty texts when missing values are left out", () => {
    expect([0, "", null, undefined, false].filter(isPresent)).toEqual([0, "", false]);
  });
});
