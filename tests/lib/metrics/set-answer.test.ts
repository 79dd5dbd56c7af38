import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSet, scoreSet } from "../../../src/lib/metrics/set-answer.js";

describe("parseSet", () => {
  it.each([
    ["A,C,E"],
    ["A，C，E"],
    ["A、C、E"],
    ["A|C|E"],
    ["A；C;E"],
    ["A C E"],
    ["A\nC\r\nE"],
    ["ACE"],
    ["<A, C, E>"],
    ["【ACE】。"],
    ["**A,C,E**"],
    ["Ａ、Ｃ、Ｅ"],
    ["a, c, e."],
    ["<think>B or D?</think>ACE"],
    ["B? D?</think> ACE"],
    ["A,C,E,C,,A"],
  ])("reads %j as the letters A, C, E", (text) => {
    expect(parseSet(text)).toEqual({ status: "ok", members: ["A", "C", "E"], outside: [] });
  });

  it("has status invalid for prose where letters are expected, and empty for no text", () => {
    expect(parseSet("I think A").status).toBe("invalid");
    expect(parseSet("胸外科").status).toBe("invalid");
    expect(parseSet(" \n").status).toBe("empty");
    expect(parseSet(null).status).toBe("empty");
    expect(parseSet("<think>A").status).toBe("empty");
  });

  it("compares names without case, in answers, gold and offer", () => {
    const options = { kind: "names", allowed: ["Cardiology", "NEUROLOGY"] } as const;
    expect(parseSet("cardiology, Neurology, CARDIOLOGY", options)).toEqual({
      ...{ status: "ok", members: ["cardiology", "Neurology"], outside: [] },
    });
    expect(scoreSet("cardiology, neurology", ["Neurology", "Cardiology"], options)).toMatchObject({
      ...{ score: 1, parts: { tp: 2, fp: 0, fn: 0 } },
    });
    expect(scoreSet("", ["Neurology", "neurology"], { kind: "names" }).parts).toEqual({
      tp: 0,
      fp: 0,
      fn: 1,
    });
  });

  it("compares names without white space and full stops", () => {
    const { members } = parseSet("推荐科室： 呼吸 内科、胸外科。\n1. 胸外科", { kind: "names" });
    expect(members).toEqual(["呼吸内科", "胸外科"]);
  });

  it("keeps a name outside the offered list unless told to drop it", () => {
    const allowed = ["血液科", "淋巴瘤科"];
    expect(parseSet("血液科、风湿科", { kind: "names", allowed })).toEqual({
      status: "ok",
      members: ["血液科", "风湿科"],
      outside: ["风湿科"],
    });
    expect(parseSet("血液科、风湿科", { kind: "names", allowed, outside: "drop" }).members).toEqual([
      "血液科",
    ]);
  });
});

describe("scoreSet", () => {
  it("is 1 for the whole gold set in any order and 0 for a part of it (P01.4-2)", () => {
    expect(scoreSet("H,E,C,A", "A,C,E,H").score).toBe(1);
    const part = scoreSet("A,C,E", ["A", "C", "E", "H"]);
    expect(part.score).toBe(0);
    expect(part.parts).toEqual({ tp: 3, fp: 0, fn: 1 });
    // 2·3 / (2·3 + 0 + 1)
    expect(part.parsed?.overlap.f1).toBeCloseTo(6 / 7, 12);
  });

  it("gives exact 0, recall 2/3 and Jaccard 2/3 for {A,C} against {A,B,C} (P02)", () => {
    const { score, parsed } = scoreSet("AC", "ABC");
    expect(score).toBe(0);
    expect(parsed?.overlap.recall).toBeCloseTo(2 / 3, 12);
    expect(parsed?.overlap.jaccard).toBeCloseTo(2 / 3, 12);
  });

  it("has no score for an unreadable answer, and still counts the missed gold", () => {
    expect(scoreSet("不清楚", "A,C")).toMatchObject({
      score: null,
      status: "invalid",
      parts: { tp: 0, fp: 0, fn: 2 },
    });
    expect(scoreSet("", "A,C").status).toBe("empty");
  });

  it("counts an invented department as wrong even together with all correct ones", () => {
    const options = { kind: "names", allowed: ["血液科", "淋巴瘤科"] } as const;
    expect(scoreSet("淋巴瘤科、血液科", "血液科、淋巴瘤科", options).score).toBe(1);
    expect(scoreSet("淋巴瘤科、血液科、发热门诊", "血液科、淋巴瘤科", options).score).toBe(0);
  });

  const letters = fc.uniqueArray(fc.constantFrom(..."ABCDEFGH"), { minLength: 1 });
  it("does not depend on order, repetition or separator", () => {
    fc.assert(
      fc.property(letters, letters, fc.constantFrom(",", "、", " ", "", "；"), (gold, given, separator) => {
        const once = scoreSet(given.join(","), gold);
        const again = scoreSet([...given, ...given].reverse().join(separator), [...gold].reverse());
        expect(again.score).toBe(once.score);
        expect(again.parts).toEqual(once.parts);
      }),
    );
  });

  it("has counts that add up to the two set sizes", () => {
    fc.assert(
      fc.property(letters, letters, (gold, given) => {
        const { tp, fp, fn } = scoreSet(given.join(""), gold).parts;
        expect([tp + fp, tp + fn]).toEqual([given.length, gold.length]);
      }),
    );
  });
});
