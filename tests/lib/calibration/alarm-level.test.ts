import { describe, expect, it } from "vitest";
import { alarmLevel } from "../../../src/lib/calibration/alarm-level.js";

describe("alarmLevel", () => {
  it("adds up to the rate over all charts and looks, and to four fifths of it over the first twelve looks", () => {
    const total = (looks: number) =>
      6 *
      Array.from({ length: looks }, (_, i) => alarmLevel(i + 1, { charts: 6 })).reduce((a, b) => a + b, 0);
    // The sum of 3 / ((k + 2) (k + 3)) telescopes to 1 - 3 / (looks + 3).
    expect(total(12)).toBeCloseTo(0.05 * 0.8, 12);
    expect(total(297)).toBeCloseTo(0.05 * 0.99, 12);
  });

  it("is an equal share for each chart, and less for each later look", () => {
    expect(alarmLevel(1)).toBeCloseTo(0.05 / 4, 15);
    expect(alarmLevel(1, { falseAlarmRate: 0.1, charts: 4 })).toBeCloseTo(0.1 / 4 / 4, 15);
    expect(alarmLevel(2)).toBeLessThan(alarmLevel(1));
  });

  it("refuses impossible rates, looks and numbers of charts", () => {
    for (const look of [0, 1.5, -1]) expect(() => alarmLevel(look)).toThrow(/look and charts integers >= 1/);
    for (const charts of [0, 2.5]) expect(() => alarmLevel(1, { charts })).toThrow(/integers >= 1/);
    for (const falseAlarmRate of [0, 1])
      expect(() => alarmLevel(1, { falseAlarmRate })).toThrow(/in \(0, 1\)/);
  });
});
