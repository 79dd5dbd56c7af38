import { describe, expect, it } from "vitest";
import { compositeShares } from "../../../src/lib/catalogue/composite-shares.js";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { rollUp } from "../../../src/lib/catalogue/roll-up.js";
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { createRandom } from "../../../src/lib/util/random.js";

const catalogue = catalogueSchema.parse(catalogueFile);
const total = (shares: ReadonlyMap<string, number>) =>
  [...shares.values()].reduce((sum, share) => sum + share, 0);

describe("compositeShares", () => {
  it("gives a small dimension's dataset more of the overall score than a large one's", () => {
    const small = {
      dimensions: [
        { id: "one", track: "t" },
        { id: "three", track: "t" },
        { id: "empty", track: "t" },
        { id: "elsewhere", track: "u" },
      ],
      datasets: [
        { id: "a", track: "t", dimension: "one" },
        ...["b", "c", "d"].map((id) => ({ id, track: "t", dimension: "three" })),
        { id: "e", track: "u", dimension: "elsewhere" },
      ],
    };
    const { overall, dimensions } = compositeShares(small, "t");
    // Two dimensions with datasets: 1/2 for the only dataset, 1/6 for each of three.
    expect([...overall]).toEqual([["a", 1 / 2], ...["b", "c", "d"].map((id) => [id, 1 / 3 / 2])]);
    expect([...dimensions.keys()]).toEqual(["one", "three"]);
    expect(dimensions.get("three")?.get("b")).toBe(1 / 3);
  });

  it("sums to 1 in every track and dimension of MedBench v4", () => {
    for (const { id } of catalogue.tracks) {
      const { overall, dimensions } = compositeShares(catalogue, id);
      for (const shares of [overall, ...dimensions.values()]) expect(total(shares)).toBeCloseTo(1, 12);
    }
  });

  it("gives the board's roll-up except for the board's rounding of tasks and of the printed score", () => {
    const random = createRandom("shares");
    for (const { id } of catalogue.tracks) {
      const { overall } = compositeShares(catalogue, id);
      const scores = Object.fromEntries([...overall.keys()].map((dataset) => [dataset, 100 * random()]));
      const weighted = [...overall].reduce((sum, [dataset, share]) => sum + share * scores[dataset]!, 0);
      // Tasks and the printed overall are each off by at most 0.05.
      expect(Math.abs((rollUp(catalogue, id, scores).overall as number) - weighted)).toBeLessThanOrEqual(0.1);
    }
  });
});
