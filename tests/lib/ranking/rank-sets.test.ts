import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedDifferences } from "../../../src/lib/ranking/paired-differences.js";
import { rankSets } from "../../../src/lib/ranking/rank-sets.js";
import { systemCovariance } from "../../../src/lib/ranking/system-covariance.js";
import { tiers } from "../../../src/lib/ranking/tiers.js";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";

const clusters = fc.integer({ min: 2, max: 12 }).chain((size) =>
  fc.array(
    fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    }),
    { minLength: size, maxLength: size },
  ),
);
const names = ["a", "b", "c"];
const known = { degreesOfFreedom: Number.POSITIVE_INFINITY };
const diagonal = (variances: readonly number[]) =>
  variances.map((v, i) => variances.map((_, j) => (i === j ? v : 0)));

describe("systemCovariance and pairedDifferences", () => {
  it("agree with the cluster-robust mean of each system and of each paired difference", () => {
    fc.assert(
      fc.property(clusters, (rows) => {
        const sizes = rows.map((row) => row.size);
        const sums = rows.map((row) => row.shares.map((share) => share * row.size));
        const all = systemCovariance(names, sums, sizes);
        names.forEach((_, s) => {
          const alone = clusterMean(
            sums.map((row) => row[s]!),
            sizes,
          );
          expect(all.estimates[s]).toBeCloseTo(alone.estimate!, 12);
          expect(Math.sqrt(all.covariance![s]![s]!)).toBeCloseTo(alone.standardError!, 12);
        });
        const first = pairedDifferences(all)[0]!;
        const direct = clusterMean(
          sums.map((row) => row[0]! - row[1]!),
          sizes,
        );
        expect(first.difference).toBeCloseTo(direct.estimate!, 12);
        if (first.standardError !== null) {
          expect(first.standardError).toBeCloseTo(direct.standardError!, 6);
          expect(first.upper).toBeCloseTo(direct.upper!, 4);
        }
      }),
    );
  });

  it("gives identical systems a difference of 0 without a standard error", () => {
    const pair = pairedDifferences(
      systemCovariance(
        ["a", "b"],
        [
          [1, 1],
          [0, 0],
          [1, 1],
        ],
        [1, 1, 1],
      ),
    )[0]!;
    expect(pair).toMatchObject({ difference: 0, standardError: null, p: null });
    expect(pair.reason).not.toBeNull();
  });

  it("gives no covariance for a single cluster", () => {
    const one = systemCovariance(["a", "b"], [[3, 1]], [5]);
    expect(one).toMatchObject({ estimates: [0.6, 0.2], covariance: null });
    expect(pairedDifferences(one)[0]).toMatchObject({
      standardError: null,
      reason: /one cluster/.exec(one.reason!)?.input,
    });
  });

  it("throws for a system that lacks a cluster", () => {
    expect(() => systemCovariance(["a", "b"], [[1, Number.NaN]], [1])).toThrow(/"b" NaN/);
  });
});

describe("rankSets", () => {
  it("always contain the rank of the estimate, and order pairs only as the estimates do", () => {
    const boards = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1e-4, max: 0.05, noNaN: true })),
      { minLength: 1, maxLength: 7 },
    );
    fc.assert(
      fc.property(boards, (board) => {
        const estimates = board.map(([estimate]) => estimate);
        const { sets, better } = rankSets(
          board.map((_, i) => `s${i}`),
          estimates,
          diagonal(board.map(([, variance]) => variance)),
          known,
        );
        sets.forEach((set, i) => {
          expect(set.best).toBeLessThanOrEqual(set.rank);
          expect(set.worst).toBeGreaterThanOrEqual(set.rank);
          better[i]!.forEach((shown, j) => {
            if (shown) expect(estimates[i]!).toBeGreaterThan(estimates[j]!);
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  it("orders two systems exactly where a two-sided z test does, for joint sets of two", () => {
    // One pair, both directions: the largest of +-z exceeds 1.959964 in 5 % of the draws.
    const at = (z: number) => rankSets(["a", "b"], [z, 0], diagonal([0.5, 0.5]), known).better[0]![1];
    expect(at(1.93)).toBe(false);
    expect(at(1.99)).toBe(true);
  });

  it("uses the covariance: a shared hard pool cancels in the difference", () => {
    const apart = rankSets(
      ["a", "b"],
      [0.6, 0.5],
      [
        [0.01, 0],
        [0, 0.01],
      ],
      known,
    );
    const paired = rankSets(
      ["a", "b"],
      [0.6, 0.5],
      [
        [0.01, 0.0099],
        [0.0099, 0.01],
      ],
      known,
    );
    expect(apart.better[0]![1]).toBe(false);
    expect(paired.better[0]![1]).toBe(true);
  });

  it("leaves every rank open if systems are equal by construction", () => {
    const { sets } = rankSets(
      ["a", "b", "c"],
      [0.5, 0.5, 0.5],
      [
        [0.01, 0.01, 0],
        [0.01, 0.01, 0],
        [0, 0, 0.01],
      ],
      known,
    );
    for (const set of sets) expect(set).toMatchObject({ rank: 1, best: 1, worst: 3 });
  });

  it("makes marginal sets no wider than joint ones at the same draws", () => {
    const estimates = [0.9, 0.8, 0.72, 0.7, 0.5];
    const covariance = diagonal([0.001, 0.001, 0.001, 0.001, 0.001]);
    const systems = ["a", "b", "c", "d", "e"];
    const joint = rankSets(systems, estimates, covariance, known).sets;
    const marginal = rankSets(systems, estimates, covariance, { ...known, coverage: "marginal" }).sets;
    joint.forEach((set, i) => {
      expect(marginal[i]!.best).toBeGreaterThanOrEqual(set.best);
      expect(marginal[i]!.worst).toBeLessThanOrEqual(set.worst);
    });
  });

  it("asks for the degrees of freedom: a normal approximation orders too many pairs", () => {
    const options = {} as { degreesOfFreedom: number };
    expect(() => rankSets(["a", "b"], [1, 0], diagonal([0.01, 0.01]), options)).toThrow(
      /degreesOfFreedom must be > 0; got undefined/,
    );
  });

  it("needs more evidence with few clusters: z = 2.2 orders two systems if the error is known, not on 9 degrees of freedom", () => {
    const at = (degreesOfFreedom: number) =>
      rankSets(["a", "b"], [2.2, 0], diagonal([0.5, 0.5]), { degreesOfFreedom }).better[0]![1];
    // t(0.975, 9) = 2.262.
    expect(at(Number.POSITIVE_INFINITY)).toBe(true);
    expect(at(9)).toBe(false);
  });

  it("orders systems that differ by the same amount in every cluster only by a sign test over the clusters", () => {
    const same = [
      [0.01, 0.01],
      [0.01, 0.01],
    ];
    const shown = (degreesOfFreedom: number) =>
      rankSets(["a", "b"], [0.6, 0.5], same, { degreesOfFreedom }).better[0]![1];
    // Five clusters: 2 * 0.5^5 = 0.0625; six: 0.03125.
    expect(shown(4)).toBe(false);
    expect(shown(5)).toBe(true);
    expect(shown(Number.POSITIVE_INFINITY)).toBe(true);
  });

  it("throws for an impossible covariance", () => {
    expect(() =>
      rankSets(
        ["a", "b"],
        [1, 0],
        [
          [1, 2],
          [2, 1],
        ],
        known,
      ),
    ).toThrow(/positive semidefinite/);
    expect(() => rankSets(["a", "b"], [1], [[1]], known)).toThrow(/2 systems/);
  });
});

describe("tiers", () => {
  it("do not merge a chain of close neighbors into one group", () => {
    // Neighbors 1.5 SE of a difference apart: none is ordered, but the ends are.
    const step = 1.5 * Math.sqrt(2);
    const systems = ["a", "b", "c", "d", "e", "f"];
    const ranks = rankSets(
      systems,
      systems.map((_, i) => -i * step),
      diagonal(systems.map(() => 1)),
      known,
    );
    expect(ranks.better[0]![1]).toBe(false);
    const result = tiers(ranks);
    expect(result.length).toBeGreaterThan(1);
    expect(result[0]!.anchor).toBe("a");
    expect(result.flatMap((tier) => tier.members)).toEqual(systems);
  });

  it("place every system once and show each later anchor to be worse than the earlier ones", () => {
    const estimates = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(estimates, (scores) => {
        const systems = scores.map((_, i) => `s${i}`);
        const ranks = rankSets(systems, scores, diagonal(scores.map(() => 2)), known);
        const result = tiers(ranks);
        expect(result.flatMap((tier) => tier.members).sort()).toEqual([...systems].sort());
        const place = (name: string) => systems.indexOf(name);
        result.forEach((tier, t) => {
          for (const earlier of result.slice(0, t)) {
            expect(ranks.better[place(earlier.anchor)]![place(tier.anchor)]).toBe(true);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
