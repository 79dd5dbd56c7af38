import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driftChart } from "../../../src/lib/calibration/drift-chart.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

describe("driftChart", () => {
  it("raises a false alarm on some of six charts over a year in at most 5 % of years", () => {
    const random = createRandom(9);
    const years = 300;
    let alarmed = 0;
    let alone = 0;
    for (let year = 0; year < years; year += 1) {
      const charts = Array.from({ length: 6 }, () => {
        const difficulty = Array.from({ length: 40 }, () => randomNormal(random));
        const run = () => difficulty.map((value) => value + 0.5 * randomNormal(random));
        const baseline = run();
        return {
          baseline,
          periods: Array.from({ length: 12 }, (_, month) => ({ name: `m${month}`, scores: run() })),
        };
      });
      const alarm = (share: number) =>
        charts.some(({ baseline, periods }) =>
          driftChart(baseline, periods, { charts: share }).points.some((point) => point.alarm),
        );
      if (alarm(6)) alarmed += 1;
      if (alarm(1)) alone += 1;
    }
    // Four fifths of the rate are spent on the first twelve looks.
    expect(alarmed / years).toBeLessThanOrEqual(0.05);
    // Each chart with the whole rate for itself: several times as many.
    expect(alone / years).toBeGreaterThan(0.05);
  });

  it("keeps the level of a look when later looks are added", () => {
    const scores = [1, 2, 4, 4];
    const month = (name: string) => ({ name, scores });
    const [may] = driftChart([1, 2, 3, 4], [month("May")]).points;
    const year = driftChart([1, 2, 3, 4], [month("May"), month("June"), month("July")]).points;
    expect(year[0]).toEqual(may);
    expect(year.map(({ limit }) => limit)).toEqual(
      [...year.map(({ limit }) => limit!)].sort((a, b) => a - b),
    );
  });

  it("still finds a shift of a quarter of a grade at the twelfth look of six charts", () => {
    // 100 anchors of which 10 change by chance and 24 more drift: mean 0.24, standard error sqrt((34 - 100 * 0.24^2) / 99 / 100) =
    // 0.0534, t = 4.49. The level is 0.05 / 6 * 3 / (14 * 15) = 0.00012, whose t with 99 degrees of freedom is 4.0.
    const baseline = Array.from({ length: 100 }, () => 3);
    const calm = baseline.map((grade, i) => (i < 5 ? grade + 1 : i < 10 ? grade - 1 : grade));
    const shifted = calm.map((grade, i) => (i >= 10 && i < 34 ? grade + 1 : grade));
    const periods = Array.from({ length: 12 }, (_, look) => ({
      name: `${look}`,
      scores: look < 11 ? calm : shifted,
    }));
    const { points } = driftChart(baseline, periods, { charts: 6 });
    expect(points.map(({ alarm }) => alarm)).toEqual([...Array.from({ length: 11 }, () => false), true]);
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

  it("widens the limits when more charts share the rate", () => {
    const limit = (charts: number) =>
      driftChart([1, 2, 3, 4], [{ name: "p", scores: [1, 2, 4, 4] }], { charts }).points[0]!.limit!;
    expect(limit(6)).toBeGreaterThan(limit(1));
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

  it("raises no alarm if no score changes, and one if all of many change equally", () => {
    const anchors = (n: number, value: number) => Array.from({ length: n }, () => value);
    const chart = driftChart(anchors(20, 1), [
      { name: "same", scores: anchors(20, 1) },
      { name: "moved", scores: anchors(20, 2) },
    ]);
    expect(chart.points.map((point) => point.alarm)).toEqual([false, true]);
  });

  it("raises no alarm from so few changed items that a coin could give all of them the same sign", () => {
    // The level of the first look is 0.05 / 4 = 0.0125; seven equal signs have probability 2^-6 = 0.0156, eight 2^-7 = 0.0078.
    const moved = (items: number) =>
      driftChart(
        Array.from({ length: items }, () => 1),
        [{ name: "p", scores: Array.from({ length: items }, () => 2) }],
      ).points[0]!.alarm;
    expect([2, 7, 8].map(moved)).toEqual([false, false, true]);
  });

  it("throws for a period that is not on the frozen anchor set", () => {
    expect(() => driftChart([1, 2], [{ name: "May", scores: [1] }])).toThrow(/"May" has 1 scores for 2/);
    expect(() => driftChart([1, 2], [], { falseAlarmRate: 0 })).toThrow(/falseAlarmRate/);
  });
});
