import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compositeCovariance,
  compositeDifference,
  discordantGroups,
  stratumCovariance,
} from "../../../src/lib/ranking/composite-covariance.js";
import { compositeRankSets } from "../../../src/lib/ranking/composite-ranks.js";
import { pairedDifferences } from "../../../src/lib/ranking/paired-differences.js";
import { systemCovariance } from "../../../src/lib/ranking/system-covariance.js";
import { compositeClusterInterval } from "../../../src/lib/stats/composite.js";

const ones = (values: readonly number[]) => values.map(() => 1);
const groupsOf = (sums: readonly number[]) => ({
  groups: sums.map((_, g) => g),
  sums,
  sizes: ones(sums),
});

describe("covariance of composites", () => {
  it("matches a hand computation for two strata of two systems", () => {
    // Stratum 1, 4 groups: a = 1 0 1 1 (mean 3/4), b = 1 1 0 1 (mean 3/4). Residuals a: .25 -.75 .25 .25, b: .25 .25 -.75 .25;
    // products: own 0.75, cross 0.0625 - 0.1875 - 0.1875 + 0.0625 = -0.25. Times G/(G-1)/G^2 = 4/3/16 = 1/12.
    const first = stratumCovariance([groupsOf([1, 0, 1, 1]), groupsOf([1, 1, 0, 1])]);
    expect(first.covariance[0]?.[0]).toBeCloseTo(0.75 / 12, 12);
    expect(first.covariance[0]?.[1]).toBeCloseTo(-0.25 / 12, 12);
    // Stratum 2, 2 groups: a = 1 0, b = 1 0. Residuals .5 -.5 in both: products 0.5, times 2/1/4 = 1/2: 0.25 everywhere.
    const second = stratumCovariance([groupsOf([1, 0]), groupsOf([1, 0])]);
    const strata = [
      { weight: 0.5, ...first },
      { weight: 0.5, ...second },
    ];
    expect(compositeCovariance(strata)[0]?.[0]).toBeCloseTo(0.25 * (0.0625 + 0.25), 12);
    expect(compositeCovariance(strata)[0]?.[1]).toBeCloseTo(0.25 * (-0.25 / 12 + 0.25), 12);
    // The second stratum cancels in the difference: variance 0.25 * (2 * 0.75 + 2 * 0.25) / 12 = 0.25 / 6.
    const { standardError, nShared } = compositeDifference([0.6, 0.5], strata, 0, 1);
    expect(standardError).toBeCloseTo(Math.sqrt(0.25 / 6), 12);
    expect(nShared).toBe(6);
  });

  it("is 0 between systems without common groups", () => {
    const { covariance, nShared } = stratumCovariance([
      { groups: [1, 2], sums: [1, 0], sizes: [1, 1] },
      { groups: [3, 4], sums: [1, 0], sizes: [1, 1] },
      undefined,
    ]);
    expect(covariance[0]?.[0]).toBeCloseTo(0.25, 12);
    expect(Array.from(covariance[0] ?? []).slice(1)).toEqual([0, 0]);
    expect(Array.from(nShared[0] ?? [])).toEqual([2, 0, 0]);
  });

  it("gives the reason why two systems with equal groups have no interval", () => {
    const strata = [{ weight: 1, ...stratumCovariance([groupsOf([1, 0, 1]), groupsOf([1, 0, 1])]) }];
    const same = compositeDifference([2 / 3, 2 / 3], strata, 0, 1);
    // McNemar's exact test without discordant groups.
    expect(same).toMatchObject({
      standardError: null,
      p: 1,
      reason: { code: "constant-difference", parameters: {} },
    });
  });

  const score = fc.integer({ min: 0, max: 4 }).map((value) => value / 4);
  const board = fc.integer({ min: 2, max: 5 }).chain((systems) =>
    fc.array(
      fc.record({
        weight: fc.integer({ min: 1, max: 3 }),
        rows: fc.array(fc.array(score, { minLength: systems, maxLength: systems }), {
          minLength: 3,
          maxLength: 12,
        }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  );

  it("has the composite's own variance on its diagonal", () => {
    fc.assert(
      fc.property(board, (parts) => {
        const total = parts.reduce((sum, { weight }) => sum + weight, 0);
        const systems = parts[0]?.rows[0]?.map((_, system) => system) ?? [];
        const column = (rows: readonly number[][], system: number) =>
          rows.map((row) => row[system] as number);
        const covariance = compositeCovariance(
          parts.map(({ weight, rows }) => ({
            weight: weight / total,
            ...stratumCovariance(systems.map((system) => groupsOf(column(rows, system)))),
          })),
        );
        for (const system of systems) {
          const { standardError } = compositeClusterInterval(
            parts.map(({ weight, rows }) => ({
              weight,
              sums: column(rows, system),
              sizes: rows.map(() => 1),
            })),
          );
          expect(Math.sqrt(covariance[system]?.[system] as number)).toBeCloseTo(standardError as number, 10);
        }
      }),
    );
  });

  it("gives the paired difference of one stratum", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 3, maxLength: 20 }), (rows) => {
        const board = systemCovariance(["a", "b"], rows, ones(rows.map(() => 1)));
        const [expected] = pairedDifferences(board);
        const strata = [
          {
            weight: 1,
            ...stratumCovariance([0, 1].map((system) => groupsOf(rows.map((row) => row[system] as number)))),
          },
        ];
        const got = compositeDifference(board.estimates, strata, 0, 1);
        if (expected?.standardError == null) expect(got.standardError).toBeNull();
        else {
          expect(got.standardError).toBeCloseTo(expected.standardError, 10);
          if (!rows.flat().every((value) => value === 0 || value === 1))
            expect(got.p).toBeCloseTo(expected.p as number, 8);
          expect(got.lower).toBeCloseTo(Math.max(-1, expected.lower as number), 8);
        }
      }),
    );
  });

  it("tests one stratum of groups that are right or wrong by McNemar's exact test, and nothing else by it", () => {
    const first = [1, 1, 1, 1, 1, 0];
    const second = [0, 0, 0, 0, 1, 0];
    const stratum = stratumCovariance([groupsOf(first), groupsOf(second)]);
    expect(discordantGroups([stratum], 0, 1)).toEqual({ onlyFirst: 4, onlySecond: 0 });
    expect(discordantGroups([stratum], 1, 0)).toEqual({ onlyFirst: 0, onlySecond: 4 });
    // Four of four discordant groups on one side: 2 * 0.5^4.
    expect(compositeDifference([5 / 6, 1 / 6], [{ weight: 1, ...stratum }], 0, 1).p).toBeCloseTo(0.125, 12);
    const withRatings = { ownVariance: [0.01, 0] };
    const others = [
      compositeDifference([5 / 6, 1 / 6], [{ weight: 1, ...stratum }], 0, 1, withRatings),
      compositeDifference(
        [5 / 6, 1 / 6],
        [0.5, 0.5].map((weight) => ({ weight, ...stratum })),
        0,
        1,
      ),
    ];
    for (const { p } of others) expect(p).not.toBeCloseTo(0.125, 6);
    const partly = stratumCovariance([groupsOf([0.5, ...first.slice(1)]), groupsOf(second)]);
    expect(discordantGroups([partly], 0, 1)).toEqual({ onlyFirst: null, onlySecond: null });
    const elsewhere = stratumCovariance([groupsOf(first), groupsOf(second.slice(1))]);
    expect(discordantGroups([elsewhere], 0, 1)).toEqual({ onlyFirst: null, onlySecond: null });
  });

  it("has no limit beyond -1 or 1", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 5 }), (rows) => {
        const [a, b] = [0, 1].map((system) => rows.map((row) => row[system] as number)) as [
          number[],
          number[],
        ];
        const mean = (values: readonly number[]) =>
          values.reduce((sum, value) => sum + value, 0) / values.length;
        const strata = [{ weight: 1, ...stratumCovariance([groupsOf(a), groupsOf(b)]) }];
        const { lower, upper } = compositeDifference([mean(a), mean(b)], strata, 0, 1);
        if (lower !== null) expect(Math.min(lower, -(upper as number))).toBeGreaterThanOrEqual(-1);
      }),
    );
  });

  it("gives rank sets that contain the point rank", () => {
    fc.assert(
      fc.property(board, (parts) => {
        const systems = parts[0]?.rows[0]?.map((_, system) => system) ?? [];
        const total = parts.reduce((sum, { weight }) => sum + weight, 0);
        const strata = parts.map(({ weight, rows }) => ({
          weight: weight / total,
          ...stratumCovariance(systems.map((system) => groupsOf(rows.map((row) => row[system] as number)))),
        }));
        const estimates = systems.map((system) =>
          parts.reduce(
            (sum, { weight, rows }) =>
              sum +
              (weight / total / rows.length) * rows.reduce((all, row) => all + (row[system] as number), 0),
            0,
          ),
        );
        const { sets } = compositeRankSets(systems.map(String), estimates, strata);
        for (const { rank, best, worst } of sets) {
          expect(best).toBeLessThanOrEqual(rank);
          expect(rank).toBeLessThanOrEqual(worst);
        }
      }),
      { numRuns: 60 },
    );
  });
});
