import { describe, expect, it } from "vitest";
import { clusteredKappa, type ValuePair } from "../../../src/lib/agreement/clustered-kappa.js";
import { type ValidityCell, validityMap } from "../../../src/lib/calibration/validity-map.js";
import { createRandom, type Random } from "../../../src/lib/util/random.js";

const specialties = 24;
const broken = [3, 11];

/**
 * Pairs of a yes/no judge with a physician who says yes half of the time. Copying the physician with probability kappa,
 * and otherwise guessing with a fair coin, gives exactly that kappa in expectation.
 */
function pairs(random: Random, n: number, kappa: number): ValuePair[] {
  return Array.from({ length: n }, (_, i) => {
    const right = random() < 0.5 ? 1 : 0;
    const left = random() < kappa ? right : random() < 0.5 ? 1 : 0;
    return { left, right, cluster: String(i) };
  });
}

function map(seed: number, ratings: number): ValidityCell[] {
  const random = createRandom(`planted/${seed}`);
  return validityMap(
    Array.from({ length: specialties }, (_, i) => {
      const sample = pairs(random, ratings, broken.includes(i) ? 0 : 0.82);
      const { estimate, standardError, lower, nClusters } = clusteredKappa(sample, { categories: [0, 1] });
      return { name: String(i), kappa: estimate, standardError, lower, nGroups: nClusters };
    }),
  );
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const isFlagged = ({ status }: ValidityCell) => status === "not validated";

describe("a judge with kappa 0.82 that is random in two of 24 specialties, 40 ratings each, 200 seeds", () => {
  const maps = seeds.map((seed) => map(seed, 40));

  it("is flagged in both specialties in at least 80 % of the maps", () => {
    const both = maps.filter((cells) => broken.every((i) => isFlagged(cells[i] as ValidityCell))).length;
    expect(both / maps.length).toBeGreaterThanOrEqual(0.8);
  });

  it("is flagged in at most 5 % of the specialties in which it is good", () => {
    const good = maps.flatMap((cells) => cells.filter((_, i) => !broken.includes(i)));
    expect(good.filter(isFlagged).length / good.length).toBeLessThanOrEqual(0.05);
  });

  it("is wrongly flagged in at most 5 % of the flags, on average", () => {
    const rates = maps.map((cells) => {
      const flagged = cells.flatMap((cell, i) => (isFlagged(cell) ? [i] : []));
      return flagged.length === 0 ? 0 : flagged.filter((i) => !broken.includes(i)).length / flagged.length;
    });
    expect(rates.reduce((a, b) => a + b, 0) / rates.length).toBeLessThanOrEqual(0.05);
  });

  it("is never called validated where it is random, and is validated somewhere on its own data", () => {
    expect(maps.some((cells) => broken.some((i) => cells[i]?.status === "validated"))).toBe(false);
    expect(maps.every((cells) => cells.some(({ status }) => status === "validated"))).toBe(true);
  });
});

describe("with 11 ratings a specialty", () => {
  it("validates no specialty in any of 200 seeds", () => {
    const cells = seeds.flatMap((seed) => map(seed, 11));
    expect(cells.filter(({ status }) => status === "validated")).toEqual([]);
  });
});

describe("a judge that is random everywhere", () => {
  it("is validated nowhere", () => {
    const random = createRandom("random everywhere");
    const cells = validityMap(
      Array.from({ length: 12 }, (_, i) => {
        const { estimate, standardError, lower } = clusteredKappa(pairs(random, 40, 0), {
          categories: [0, 1],
        });
        return { name: String(i), kappa: estimate, standardError, lower, nGroups: 40 };
      }),
    );
    expect(cells.map(({ status }) => status)).toEqual(cells.map(() => "not validated"));
  });
});
