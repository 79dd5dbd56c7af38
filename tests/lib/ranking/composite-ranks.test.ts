import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compositeDifference,
  stratumCovariance,
  type WeightedCovariance,
} from "../../../src/lib/ranking/composite-covariance.js";
import { compositeRankSets } from "../../../src/lib/ranking/composite-ranks.js";
import { tiers } from "../../../src/lib/ranking/tiers.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";
import { mean, sum } from "../../../src/lib/util/sum.js";

interface Drawn {
  readonly systems: readonly string[];
  readonly estimates: readonly number[];
  readonly strata: readonly WeightedCovariance[];
}

/** Systems of the given abilities on datasets of shared difficulty; some datasets are graded, and groups may differ in size. */
function drawBoard(
  seed: number,
  { abilities, datasets, groups }: { abilities: readonly number[]; datasets: number; groups: number },
): Drawn {
  const random = createRandom(seed);
  const numbers = Array.from({ length: groups }, (_, g) => g);
  const drawn = Array.from({ length: datasets }, (_, d) => {
    const sizes = numbers.map(() => (d % 3 === 2 ? 1 + Math.floor(3 * random()) : 1));
    const hard = numbers.map(() => randomNormal(random));
    const boards = abilities.map((ability) => {
      const sums = numbers.map((g) => {
        const chance = 1 / (1 + Math.exp(-(ability + (hard[g] as number))));
        return (sizes[g] as number) * (d % 2 === 1 ? chance : random() < chance ? 1 : 0);
      });
      return { groups: numbers, sums, sizes };
    });
    return { boards, sizes };
  });
  return {
    systems: abilities.map((_, s) => `s${s}`),
    estimates: abilities.map((_, s) =>
      mean(drawn.map(({ boards, sizes }) => sum(boards[s]?.sums ?? []) / sum(sizes))),
    ),
    strata: drawn.map(({ boards }) => ({ weight: 1 / datasets, ...stratumCovariance(boards) })),
  };
}

const design = fc.record({
  seed: fc.nat(),
  abilities: fc.array(fc.double({ min: -1, max: 3, noNaN: true }), { minLength: 2, maxLength: 8 }),
  datasets: fc.integer({ min: 1, max: 4 }),
  groups: fc.integer({ min: 2, max: 40 }),
});

describe("compositeRankSets", () => {
  it("decides each pair once: order, adjusted p-value, rank sets and tiers say the same", () => {
    fc.assert(
      fc.property(design, ({ seed, ...about }) => {
        const { systems, estimates, strata } = drawBoard(seed, about);
        const ranks = compositeRankSets(systems, estimates, strata);
        const better = systems.map(() => new Set<number>());
        for (const { a, b, p, pHolm, lower, upper, isOrdered } of ranks.pairs) {
          expect(estimates[a]).toBeGreaterThanOrEqual(estimates[b] as number);
          expect(isOrdered).toBe(pHolm !== null && pHolm <= 0.05 + 1e-15 && estimates[a] !== estimates[b]);
          if (p !== null) expect(pHolm).toBeGreaterThanOrEqual(p);
          if (p !== null && lower !== null) expect(p <= 0.05).toBe(lower > 0 || (upper as number) < 0);
          if (isOrdered) better[a]?.add(b);
        }
        ranks.sets.forEach(({ best, worst }, i) => {
          expect(worst).toBe(systems.length - (better[i]?.size ?? 0));
          expect(best).toBe(1 + better.filter((worse) => worse.has(i)).length);
        });
        const place = (name: string) => systems.indexOf(name);
        const groups = tiers(ranks);
        groups.forEach(({ anchor, members }, t) => {
          for (const member of members) expect(better[place(anchor)]?.has(place(member))).toBe(false);
          for (const earlier of groups.slice(0, t))
            for (const member of members)
              expect(better[place(earlier.anchor)]?.has(place(member))).toBe(true);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("orders none of eight equal systems in 94 of 100 boards of two datasets with 12 questions", () => {
    const runs = 300;
    let wrong = 0;
    for (let run = 0; run < runs; run += 1) {
      const { systems, estimates, strata } = drawBoard(run, {
        ...{ abilities: Array(8).fill(0.3), datasets: 2, groups: 12 },
      });
      if (compositeRankSets(systems, estimates, strata).pairs.some(({ isOrdered }) => isOrdered)) wrong += 1;
    }
    // Two standard errors of 6 % over 300 boards are 2.7 %.
    expect(wrong / runs).toBeLessThan(0.087);
  });
});

describe("the difference of two systems on one dataset of right and wrong groups", () => {
  const pairOf = (onlyFirst: number, onlySecond: number, equal: number) => {
    const first = [...Array(onlyFirst).fill(1), ...Array(onlySecond).fill(0), ...Array(equal).fill(1)];
    const second = [...Array(onlyFirst).fill(0), ...Array(onlySecond).fill(1), ...Array(equal).fill(1)];
    const groups = first.map((_, g) => g);
    const sizes = groups.map(() => 1);
    const strata = [
      { weight: 1, ...stratumCovariance([first, second].map((sums) => ({ groups, sums, sizes }))) },
    ];
    return compositeDifference([mean(first), mean(second)], strata, 0, 1);
  };

  it("has an interval that excludes 0 exactly where McNemar's exact test rejects, for all counts up to 14", () => {
    for (let b = 0; b <= 14; b += 1) {
      for (let c = 0; c <= 14; c += 1) {
        for (const equal of [0, 1, 6, 30]) {
          const { p, lower, upper } = pairOf(b, c, equal);
          if (lower === null) continue;
          expect(lower > 0 || (upper as number) < 0, `${b} ${c} ${equal}`).toBe((p as number) <= 0.05);
        }
      }
    }
  });

  it("has an interval although one system is right on all groups and the other on none", () => {
    // 12 of 12 differ one way: Clopper-Pearson of 12 of 12 is 0.025^(1/12) = 0.7353518 to 1, so 2 * 0.7353518 - 1.
    const { lower, upper, p, reason } = pairOf(12, 0, 0);
    expect(lower).toBeCloseTo(2 * 0.025 ** (1 / 12) - 1, 10);
    expect(upper).toBe(1);
    expect(p).toBeCloseTo(2 * 0.5 ** 12, 12);
    expect(reason).toBeNull();
  });
});

describe("a difference that is the same in every group of two datasets", () => {
  it("is tested by the signs of the groups if they are right or wrong", () => {
    const groups = [0, 1, 2];
    const board = (sums: readonly number[]) => ({ groups, sums, sizes: [1, 1, 1] });
    const one = { weight: 0.5, ...stratumCovariance([board([1, 1, 1]), board([0, 0, 0])]) };
    // Six of six groups: 2 * 0.5^6.
    expect(compositeDifference([1, 0], [one, one], 0, 1)).toMatchObject({ p: 0.03125, lower: null });
  });
});
