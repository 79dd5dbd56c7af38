import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDate, parseDuration } from "../../../src/lib/metrics/date-text.js";
import { parsePlainNumber } from "../../../src/lib/metrics/number-text.js";
import { roundHalfEven, scoreNumeric } from "../../../src/lib/metrics/numeric-answer.js";
import { numericErrors, relativeAccuracy } from "../../../src/lib/metrics/numeric-error.js";
import { parseNumericText } from "../../../src/lib/metrics/numeric-text.js";

describe("parseNumericText", () => {
  it.each([
    ["16.1", 16.1],
    ["−3", -3],
    ["1,234,567.5", 1234567.5],
    ["３．５", 3.5],
    ["3/8", 0.375],
    ["1e-3", 0.001],
    ["1.2×10^3", 1200],
    ["≈ 12.5 mL/min", 12.5],
    ["25%", 25],
    ["**42**", 42],
    ["答案是 7。", 7],
    ["The score is 3 points.", 3],
    ["3300元", 3300],
    [".5", 0.5],
    ["1.5万", 15_000],
    ["约3亿", 300_000_000],
    ["2千万元", 20_000_000],
    ["血小板 15万/μL", 150_000],
    ["1.2 million", 1_200_000],
    ["3千克", 3],
    ["22/7", 22 / 7],
  ])("reads %j as %d", (text, value) => {
    expect(parseNumericText(text)).toMatchObject({ status: "ok", value });
  });

  it.each([
    ["3-5", 3, 5],
    ["5~3", 3, 5],
    ["3 到 5 天", 3, 5],
    ["-5--3", -5, -3],
    ["1.5 to 2.5 mg", 1.5, 2.5],
    ["3-5万", 30_000, 50_000],
    ["1万到2万元", 10_000, 20_000],
  ])("reads %j as the range %d to %d", (text, lower, upper) => {
    expect(parseNumericText(text)).toEqual({ status: "range", lower, upper });
  });

  it.each([
    ["3 or 4", "multiple"],
    ["第1步得2分", "multiple"],
    ["95*5+3300", "multiple"],
    ["process.exit()", "invalid"],
    ["5*", "invalid"],
    ["1/0", "invalid"],
    ["120/80", "invalid"],
    ["血压 120/80 mmHg", "invalid"],
    ["不确定", "invalid"],
    ["  ", "empty"],
    ["<think>42", "empty"],
  ])("does not take a number from %j", (text, status) => {
    expect(parseNumericText(text).status).toBe(status);
  });

  it("converts known units and leaves others unchanged", () => {
    const units = { mg: 1, g: 1000 };
    expect(parseNumericText("1.5 g", { units })).toMatchObject({ value: 1500, unit: "g" });
    expect(parseNumericText("给予 2g 静滴", { units })).toMatchObject({ value: 2000, readBy: "only-number" });
    expect(parseNumericText("1.5 kg", { units })).toMatchObject({ value: 1.5, unit: "kg" });
  });

  it("reads back every finite number as JavaScript writes it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumericText(String(value))).toMatchObject({ status: "ok", value: value || 0 });
        expect(parsePlainNumber(String(value))).toBe(value || 0);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => void parseNumericText(text)));
  });
});

describe("scoreNumeric", () => {
  const gold = { value: 25.3, lower: 24.035, upper: 26.565 };

  it.each([
    ["26.5", 1],
    ["26.565", 1],
    ["26.6", 0],
    ["24.035", 1],
    ["3-5", 0],
  ])("scores %j against 25.3 within 24.035..26.565 as %d (P15)", (text, score) => {
    expect(scoreNumeric(text, gold).score).toBe(score);
  });

  it("sorts the swapped limits of a negative gold", () => {
    expect(scoreNumeric("-10.2", { value: -10, lower: -9.5, upper: -10.5 }).score).toBe(1);
    expect(scoreNumeric("-10.2", -10).score).toBe(1);
    expect(scoreNumeric("-10.6", -10).score).toBe(0);
  });

  it("rounds half to even for integers and flags the tie", () => {
    expect(scoreNumeric("2.5", { type: "integer", value: 2 })).toMatchObject({
      score: 1,
      parsed: { tieRounded: true },
    });
    expect(scoreNumeric("2.5", { type: "integer", value: 3 }).score).toBe(0);
    expect(scoreNumeric("2.6", { type: "integer", value: 3 }).parsed).not.toHaveProperty("tieRounded");
    expect([0.5, 1.5, 2.5, -0.5, -1.5].map(roundHalfEven).map((value) => value + 0)).toEqual([
      0, 2, 2, 0, -2,
    ]);
  });

  it("compares dates after parsing, and durations in weeks and days", () => {
    expect(scoreNumeric("3/5/2024", { type: "date", value: "03/05/2024" }).score).toBe(1);
    expect(scoreNumeric("2024年3月5日", "03/05/2024").score).toBe(1);
    expect(scoreNumeric("02/30/2024", "03/05/2024").status).toBe("invalid");
    expect(scoreNumeric("('3 weeks', '2 days')", "(3 weeks, 2 days)").score).toBe(1);
    expect(scoreNumeric("3周2天", { type: "duration", value: "3 weeks, 2 days" }).score).toBe(1);
    expect(scoreNumeric("23 days", "(3 weeks, 2 days)").score).toBe(0);
  });

  it("accepts a range only if the gold value is the same range", () => {
    expect(scoreNumeric("3到5", "3-5").score).toBe(1);
    expect(scoreNumeric("3到6", "3-5").score).toBe(0);
    expect(scoreNumeric("4", { type: "range", lower: 3, upper: 5 }).score).toBe(0);
  });

  it("leaves text without a number, or with several, unscored", () => {
    expect(scoreNumeric("不知道", 3)).toMatchObject({
      score: null,
      status: "invalid",
      parts: { correct: 0, total: 1 },
    });
    expect(scoreNumeric("3 or 4", 3).status).toBe("multiple");
    expect(scoreNumeric(null, 3).status).toBe("empty");
    expect(() => scoreNumeric("3", "abc")).toThrow(/gold is "abc"/);
    expect(() => scoreNumeric("3", { type: "date", value: "x" })).toThrow(/expected a number, a date/);
  });
});

describe("dates and durations", () => {
  it("knows leap years", () => {
    expect(parseDate("02/29/2024")).toBe("2024-02-29");
    expect(parseDate("02/29/1900")).toBeNull();
    expect(parseDate("13/01/2024")).toBeNull();
  });

  it.each([
    "29 weeks, 3 days",
    "(29 weeks, 3 days)",
    "('29 weeks', '3 days')",
    "29w3d",
    "29w 3d",
    "29 wks and 3 days",
    "29周3天",
    "２９周零３天",
    "29週3日",
    "29 semanas e 3 dias",
    "**29 weeks 3 days**",
    "The gestational age is 29 weeks and 3 days, as the scan says.",
    "孕周为29周3天。",
    "29 weeks 3 days (29 weeks, 3 days)",
  ])("reads %j as a duration of 29 weeks and 3 days", (text) => {
    expect(parseDuration(text)).toEqual({ weeks: 29, days: 3 });
  });

  it.each([
    "(29, 3)",
    "[29, 3]",
    "29, 3",
    "('29', '3')",
    "29+3",
    "(29.0, 3.0)",
    "（29，3）",
    "Answer: (29, 3)",
  ])("reads %j as a duration only where one is expected", (text) => {
    expect(parseDuration(text)).toBeNull();
    expect(parseDuration(text, { bare: true })).toEqual({ weeks: 29, days: 3 });
    expect(scoreNumeric(text, { type: "duration", value: "29 weeks, 3 days" }).score).toBe(1);
  });

  it.each([
    "29",
    "29.4 weeks",
    "29,3,1",
    "29-3",
    "29 kg, 3 days",
    "29 weeks 3 days or 30 weeks 1 day",
    "(29, 3) or (30, 1)",
    "weeks, days",
    "-29, 3",
  ])("reads no duration in %j", (text) => {
    expect(parseDuration(text, { bare: true })).toBeNull();
  });

  it("takes gold durations as text, as a pair or as an object, and never a decimal comma for one", () => {
    for (const value of ["(29, 3)", [29, 3], { weeks: 29, days: 3 }, "29w3d"])
      expect(scoreNumeric("29 weeks, 3 days", { type: "duration", value }).score).toBe(1);
    for (const value of [{ weeks: 29, dys: 3 }, {}, { weeks: 29.5 }, [29], null])
      expect(() => scoreNumeric("29 weeks", { type: "duration", value })).toThrow(
        /expected a number, a date/,
      );
    expect(() => scoreNumeric("3", "3,5")).toThrow(/expected a number, a date/);
  });

  it("does not read an empty duration", () => {
    expect(parseDuration("")).toBeNull();
    expect(parseDuration("2 days")).toEqual({ weeks: 0, days: 2 });
  });
});

describe("numericErrors", () => {
  it("reproduces the relative accuracies of P15", () => {
    expect([
      relativeAccuracy(90, 100),
      relativeAccuracy(250, 100),
      relativeAccuracy(0, 0),
      relativeAccuracy(1, 0),
    ]).toEqual([0.9, 0, 1, 0]);
  });

  it("computes absolute errors over parsed answers and everything else over all items", () => {
    // errors 5, 10, 150 -> mean 55, median 10, RMSE sqrt((25+100+22500)/3); accuracies .95, .9, 0, 0
    const result = numericErrors([
      { value: 95, gold: 100 },
      { value: 90, gold: 100 },
      { value: 250, gold: 100 },
      { value: null, gold: 100 },
    ]);
    expect(result.meanAbsoluteError).toBeCloseTo(55, 12);
    expect(result.medianAbsoluteError).toBe(10);
    expect(result.rootMeanSquaredError).toBeCloseTo(Math.sqrt(22625 / 3), 12);
    expect(result.meanRelativeAccuracy).toBeCloseTo(1.85 / 4, 12);
    expect([...result.hitRates.values()].map(({ numerator }) => numerator)).toEqual([1, 2, 2, 2]);
    expect(result.parsed).toMatchObject({ numerator: 3, denominator: 4 });
    expect(numericErrors([{ value: null, gold: 1 }]).meanAbsoluteError).toBeNull();
    expect(numericErrors([]).meanRelativeAccuracy).toBeNull();
  });
});
