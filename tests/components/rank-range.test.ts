import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankRanges, tiedWithLeader } from "../../src/components/rank-range.js";

const interval = (lower: number, upper: number) => ({ estimate: (lower + upper) / 2, lower, upper });
const unknown = { estimate: null, lower: null, upper: null };

const rows = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
        .map(([low, wide]) => interval(low / 100, (low + wide) / 100)),
    },
    { weight: 1, arbitrary: fc.constant(unknown) },
  ),
  { maxLength: 12 },
);

describe("rank ranges", () => {
  it("gives a strict order where no interval overlaps, and one range for all where all do", () => {
    expect(rankRanges([interval(0.8, 0.9), interval(0.1, 0.2), interval(0.5, 0.6)])).toEqual([
      { from: 1, to: 1 },
      { from: 3, to: 3 },
      { from: 2, to: 2 },
    ]);
    expect(rankRanges([interval(0.4, 0.6), interval(0.5, 0.7), interval(0.55, 0.9)])).toEqual([
      { from: 1, to: 3 },
      { from: 1, to: 3 },
      { from: 1, to: 3 },
    ]);
  });

  it("lets a system between two others overlap with both although these do not overlap", () => {
    expect(rankRanges([interval(0.7, 0.9), interval(0.5, 0.75), interval(0.4, 0.6)])).toEqual([
      { from: 1, to: 2 },
      { from: 1, to: 3 },
      { from: 2, to: 3 },
    ]);
  });

  it("counts touching ends as overlap", () => {
    expect(rankRanges([interval(0.5, 0.6), interval(0.6, 0.7)])).toEqual([
      { from: 1, to: 2 },
      { from: 1, to: 2 },
    ]);
  });

  it("leaves systems without an interval out of every count", () => {
    expect(rankRanges([unknown, interval(0.1, 0.2), interval(0.8, 0.9)])).toEqual([
      null,
      { from: 2, to: 2 },
      { from: 1, to: 1 },
    ]);
  });

  it("covers the rank by estimate, and does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(rows, (sample) => {
        const ranges = rankRanges(sample);
        sample.forEach((row, index) => {
          const range = ranges[index];
          if (row.estimate === null) {
            expect(range).toBeNull();
            return;
          }
          const better = sample.filter(({ estimate }) => estimate !== null && estimate > row.estimate).length;
          expect(range?.from).toBeLessThanOrEqual(better + 1);
          expect(range?.to).toBeGreaterThanOrEqual(better + 1);
        });
        expect(rankRanges([...sample].reverse()).reverse()).toEqual(ranges);
      }),
    );
  });
});

describe("systems tied with the leader", () => {
  it("counts those whose interval reaches the leader's, the leader included", () => {
    expect(tiedWithLeader([interval(0.8, 0.9), interval(0.7, 0.8), interval(0.1, 0.79)])).toBe(2);
    expect(tiedWithLeader([unknown])).toBe(0);
  });
});
