import { describe, expect, it } from "vitest";
import { leastCommonMultiple } from "../../../src/lib/util/least-common-multiple.js";

describe("leastCommonMultiple", () => {
  it.each([
    [[], 1],
    [[3], 3],
    [[1, 2, 3], 6],
    [[4, 6, 10], 60],
    [[7, 7], 7],
  ])("is the smallest number that all of %j divide", (values, expected) => {
    expect(leastCommonMultiple(values)).toBe(expected);
  });
});
