import { describe, expect, it } from "vitest";
import { stratumCovariance } from "../../../src/lib/ranking/composite-covariance.js";
import { groupInfluence } from "../../../src/lib/stats/group-influence.js";

describe("groupInfluence", () => {
  const groups = [4, 7, 9];

  it("gives the covariance of two means over the same groups", () => {
    const [a, b] = [
      { groups, sums: [1, 0, 0.75], sizes: [1, 1, 1] },
      { groups, sums: [0.5, 0.25, 1], sizes: [1, 1, 1] },
    ] as const;
    const all = new Set(groups);
    const [left, right] = [new Map(groupInfluence(a, all)), new Map(groupInfluence(b, all))];
    const product = groups.reduce((sum, group) => sum + left.get(group)! * right.get(group)!, 0);
    // With equal sizes the covariance has the factor G / (G - 1) = 3/2 once, the product of two influences twice.
    expect(product / 1.5).toBeCloseTo(stratumCovariance([a, b]).covariance[0]![1]!, 12);
  });

  it("lists only the groups asked for, and none of a single group", () => {
    expect(
      groupInfluence({ groups, sums: [1, 0, 2], sizes: [1, 1, 2] }, new Set([7])).map(([group]) => group),
    ).toEqual([7]);
    expect(groupInfluence({ groups: [1], sums: [1], sizes: [1] }, new Set([1]))).toEqual([]);
  });
});
