import { describe, expect, it } from "vitest";
import { poolDrift } from "../../../src/lib/calibration/pool-drift.js";

const base = { estimate: 0.1, standardError: 0.03, nClusters: 40 };
const other = { estimate: 0.3, standardError: 0.04, nClusters: 3 };

describe("poolDrift", () => {
  it("adds the errors in quadrature and uses t on the smaller pool's items minus one", () => {
    // sqrt(0.03^2 + 0.04^2) = 0.05; t(0.975, 2 df) = sqrt(2) * 0.95 / sqrt(1 - 0.95^2) = 4.3027: limit 0.2151 > 0.2.
    const { change, standardError, limit, alarm, reason } = poolDrift(base, other);
    expect(change).toBeCloseTo(0.2, 12);
    expect(standardError).toBeCloseTo(0.05, 12);
    expect(limit).toBeCloseTo((0.05 * Math.SQRT2 * 0.95) / Math.sqrt(1 - 0.95 ** 2), 9);
    expect([alarm, reason]).toEqual([false, null]);
    expect(poolDrift(other, base).limit).toBe(limit);
  });

  it("raises the alarm in both directions", () => {
    const larger = { ...other, estimate: 0.4 };
    expect(poolDrift(base, larger).alarm).toBe(true);
    expect(poolDrift(larger, base)).toMatchObject({ alarm: true });
    expect(poolDrift(larger, base).change).toBeCloseTo(-0.3, 12);
  });

  it("takes its limit at the level it is given", () => {
    // t(0.95, 2 df) = 0.9 * sqrt(2) / sqrt(1 - 0.9^2).
    const { limit } = poolDrift(base, other, 0.1);
    expect(limit).toBeCloseTo((0.05 * 0.9 * Math.SQRT2) / Math.sqrt(1 - 0.9 ** 2), 9);
  });

  it("is undefined with a reason if a pool has too few rated items", () => {
    const single = { estimate: 0.3, standardError: null, nClusters: 1 };
    const reason = { code: "too-few-rated-items-in-pool" };
    for (const [one, two] of [
      [base, single],
      [single, base],
    ] as const)
      expect(poolDrift(one, two)).toMatchObject({ standardError: null, limit: null, alarm: null, reason });
    expect(poolDrift({ ...single, estimate: null }, base).change).toBeNull();
  });

  it("has no change and no alarm if either mean is missing", () => {
    const missing = { ...base, estimate: null };
    for (const [one, two] of [
      [missing, other],
      [other, missing],
    ] as const)
      expect(poolDrift(one, two)).toMatchObject({ change: null, alarm: null });
  });

  it("raises no alarm if nothing changed and nothing varies", () => {
    const still = { estimate: 0.2, standardError: 0, nClusters: 5 };
    expect(poolDrift(still, still)).toMatchObject({ change: 0, limit: 0, alarm: false });
  });

  it("throws for an impossible level", () => {
    for (const level of [0, 1, Number.NaN])
      expect(() => poolDrift(base, other, level)).toThrow(/must be in \(0, 1\)/);
  });
});
