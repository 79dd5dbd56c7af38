import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driftChart } from "../../../src/lib/calibration/drift-chart.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

describe("driftChart", () => {
  it("raises a false alarm over a year of looks in about 5 % of years, not 5 % of looks", () => {
    const random = createRandom(9);
    const years = 400;
    let alarmed = 0;
    let naive = 0;
    for (let year = 0; year < years; year += 1) {
      const difficulty = Array.from({ length: 40 }, () => randomNormal(random));
      const run = () => difficulty.map((value) => value + 0.5 * randomNormal(random));
      const baseline = run();
      const periods = Array.from({ length: 12 }, (_, month) => ({ name: `m${month}`, scores: run() }));
      if (driftChart(baseline, periods).points.some((point) => point.alarm)) alarmed += 1;
      if (periods.some((period) => driftChart(baseline, [period]).points[0]!.alarm)) naive += 1;
    }
    // All looks share the baseline, so the true rate is below 5 %; 400 years leave +-2 points.
    expect(alarmed / years).toBeLessThan(0.07);
    expect(alarmed / years).toBeGreaterThan(0.005);
    expect(naive / years).toBeGreaterThan(0.12);
  });

  it("gives the same result on any scale of the scores", () => {
    const scores = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(
        scores,
        fc.constantFrom(0.5, 2, 4),
        fc.integer({ min: -3, max: 3 }),
        (changes, stretch, shift) => {
          const rounded = changes.map((value) => Math.round(value * 64) / 64);
          const plain = driftChart(
            rounded.map(() => 0),
            [{ name: "p", scores: rounded }],
          ).points[0]!;
          const other = driftChart(
            rounded.map(() => shift),
            [{ name: "p", scores: rounded.map((value) => stretch * value + shift) }],
          ).points[0]!;
          expect(other.alarm).toBe(plain.alarm);
          expect(other.limit).toBeCloseTo(stretch * plain.limit!, 9);
        },
      ),
    );
  });

  it("counts variants of one anchor question as one independent unit", () => {
    const change = [0.4, -0.1, 0.3, 0.2];
    const single = driftChart([0, 0, 0, 0], [{ name: "p", scores: change }]).points[0]!;
    const copies = change.flatMap((value) => [value, value, value]);
    const grouped = driftChart(
      copies.map(() => 0),
      [{ name: "p", scores: copies }],
      {
        clusters: copies.map((_, i) => Math.floor(i / 3)),
      },
    ).points[0]!;
    expect(grouped.standardError).toBeCloseTo(single.standardError!, 12);
    expect(grouped.limit).toBeCloseTo(single.limit!, 12);
    expect(grouped).toMatchObject({ n: 12, nClusters: 4 });
  });

  it("widens the limits when more looks are planned", () => {
    const limit = (looks: number) =>
      driftChart([1, 2, 3, 4], [{ name: "p", scores: [1, 2, 4, 4] }], { looks }).points[0]!.limit!;
    expect(limit(12)).toBeGreaterThan(limit(1));
  });

  it("pairs by item, leaves failed items out, and gives the reason if nothing is left", () => {
    const chart = driftChart(
      [1, null, 3],
      [
        { name: "some", scores: [2, 5, 5] },
        { name: "none", scores: [null, 1, null] },
      ],
    );
    expect(chart.points[0]).toMatchObject({ n: 2, change: 1.5 });
    expect(chart.points[1]).toMatchObject({ n: 0, change: null, limit: null, alarm: null });
    expect(chart.points[1]!.reason).not.toBeNull();
  });

  it("raises no alarm if no score changes, and one if all scores change equally", () => {
    const chart = driftChart(
      [1, 2],
      [
        { name: "same", scores: [1, 2] },
        { name: "moved", scores: [2, 3] },
      ],
    );
    expect(chart.points.map((point) => point.alarm)).toEqual([false, true]);
  });

  it("throws for a period that is not on the frozen anchor set", () => {
    expect(() => driftChart([1, 2], [{ name: "May", scores: [1] }])).toThrow(/"May" has 1 scores for 2/);
    expect(() => driftChart([1, 2], [], { falseAlarmRate: 0 })).toThrow(/falseAlarmRate/);
  });
});
