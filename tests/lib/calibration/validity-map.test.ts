import { describe, expect, it } from "vitest";
import { clusteredKappa, type ValuePair } from "../../../src/lib/agreement/clustered-kappa.js";
import {
  type SliceKappa,
  type ValidityCell,
  validityMap,
} from "../../../src/lib/calibration/validity-map.js";
import { createRandom, type Random, randomNormal } from "../../../src/lib/util/random.js";

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

function sliceOf(i: number, sample: readonly ValuePair[], categories: readonly number[]): SliceKappa {
  const { estimate, standardError, lower, upwardError, nClusters } = clusteredKappa(sample, { categories });
  return { name: String(i), kappa: estimate, standardError, lower, upwardError, nGroups: nClusters };
}

function map(seed: number, ratings: number): ValidityCell[] {
  const random = createRandom(`planted/${seed}`);
  return validityMap(
    Array.from({ length: specialties }, (_, i) => {
      const sample = pairs(random, ratings, broken.includes(i) ? 0 : 0.82);
      return sliceOf(i, sample, [0, 1]);
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
        return sliceOf(i, pairs(random, 40, 0), [0, 1]);
      }),
    );
    expect(cells.map(({ status }) => status)).toEqual(cells.map(() => "not validated"));
  });
});

/** Pairs of the judge with two raters, on a quality cut into grades 1 to 5. */
function graded(random: Random, n: number, cuts: readonly number[], errorSd: number): ValuePair[] {
  const grade = (quality: number) => {
    const seen = quality + errorSd * randomNormal(random);
    return 1 + cuts.filter((cut) => seen > cut).length;
  };
  return Array.from({ length: n }, (_, i) => {
    const quality = randomNormal(random);
    const left = grade(quality);
    return [0, 1].map(() => ({ left, right: grade(quality), cluster: String(i) }));
  }).flat();
}

const allGrades = [1, 2, 3, 4, 5];
const atTheTop = [-2.6, -2.2, -1.7, -0.9];
const spreadOut = [-1.3, -0.4, 0.4, 1.3];

describe("24 slices of 16 items with kappa 0.85, four fifths of the grades at the top", () => {
  it("are called not validated in at most 10 % of studies: a sample without low grades proves nothing", () => {
    // An error of 0.244 standard deviations gives a kappa of 0.85 with these cuts.
    const random = createRandom("rare grades");
    const studies = Array.from({ length: 60 }, () =>
      validityMap(
        Array.from({ length: 24 }, (_, i) => sliceOf(i, graded(random, 16, atTheTop, 0.244), allGrades)),
      ).some(({ reason }) => reason.code === "below-target"),
    );
    expect(studies.filter(Boolean).length / studies.length).toBeLessThanOrEqual(0.1);
  });
});

describe("two slices with kappa 0.70 among 22 with 0.90", () => {
  it.each([
    [16, 0.15],
    [40, 0.05],
  ])("are hardly ever supported by the others, with %i items a slice", (items, most) => {
    // Errors of 0.581 and 0.213 standard deviations give kappas of 0.70 and 0.90 with these cuts.
    const random = createRandom(`borrowed ${items}`);
    const cells = Array.from({ length: 60 }, () =>
      validityMap(
        Array.from({ length: 24 }, (_, i) =>
          sliceOf(i, graded(random, items, spreadOut, i < 2 ? 0.581 : 0.213), allGrades),
        ),
      ),
    );
    const supported = ({ status, action }: ValidityCell) =>
      status !== "not validated" && action !== "recalibrate";
    const low = cells.flatMap((map) => map.slice(0, 2));
    const others = cells.flatMap((map) => map.slice(2));
    expect(low.filter(supported).length / low.length).toBeLessThanOrEqual(most);
    expect(others.filter(supported).length / others.length).toBeGreaterThanOrEqual(0.8);
  });
});
