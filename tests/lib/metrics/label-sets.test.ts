import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelSetMetrics, microF1, parseLabels, scoreLabels } from "../../../src/lib/metrics/label-sets.js";

const items = [
  { gold: ["a", "b"], predicted: ["a"] },
  { gold: [], predicted: ["d"] },
  { gold: ["c"], predicted: ["c", "e"] },
];

describe("parseLabels", () => {
  it("splits on half-width and full-width bars, and reads 无问题 as the empty set", () => {
    expect(parseLabels("偏中心|体位不正｜偏中心")).toEqual(["偏中心", "体位不正"]);
    expect(parseLabels("'偏中心'|“吸气不足”。")).toEqual(["偏中心", "吸气不足"]);
    expect(parseLabels("无问题。")).toEqual([]);
    expect(parseLabels("无问题|偏中心")).toEqual(["偏中心"]);
    expect(parseLabels(" ")).toBeNull();
  });

  it("reads the keys of a JSON object as labels, and an empty object as the empty set", () => {
    const options = { format: "json-keys" } as const;
    expect(parseLabels('```json\n{"错别字": "描述：…", "方位错误": "诊断：…"}\n```', options)).toEqual([
      "错别字",
      "方位错误",
    ]);
    expect(parseLabels("{}", options)).toEqual([]);
    expect(parseLabels("没有问题", options)).toBeNull();
  });
});

describe("microF1", () => {
  it("is 4/7 for the worked pool of P01.4-4: TP 2, FP 2, FN 1", () => {
    const parts = items.map(({ gold, predicted }) => scoreLabels(predicted.join("|"), gold).parts);
    expect(microF1(parts)).toMatchObject({ tp: 2, fp: 2, fn: 1, byConvention: false });
    expect(microF1(parts).f1).toBeCloseTo(4 / 7, 12);
  });

  it("is 1, flagged, for a pool without any label, and 0 when nothing matches", () => {
    expect(microF1([scoreLabels("无问题", []).parts])).toMatchObject({
      f1: 1,
      byConvention: true,
      precision: null,
    });
    expect(microF1([{ tp: 0, fp: 1, fn: 2 }]).f1).toBe(0);
  });

  it("is unchanged by items where both sets are empty", () => {
    const count = fc.record({ tp: fc.nat(9), fp: fc.nat(9), fn: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(count, { minLength: 1 }), (pool) => {
        expect(microF1([...pool, { tp: 0, fp: 0, fn: 0 }])).toEqual(microF1(pool));
      }),
    );
  });
});

describe("scoreLabels", () => {
  it("is the example-based F1, 1 when both sets are empty", () => {
    expect(scoreLabels("a", ["a", "b"]).score).toBeCloseTo(2 / 3, 12);
    expect(scoreLabels("无问题", "无问题").score).toBe(1);
    expect(scoreLabels("偏中心", "无问题").score).toBe(0);
  });

  it("leaves an unreadable answer unscored and counts its gold labels as missed", () => {
    expect(scoreLabels("无", ["错别字"], { format: "json-keys" })).toMatchObject({
      score: null,
      status: "invalid",
      parts: { tp: 0, fp: 0, fn: 1 },
    });
    expect(scoreLabels(null, ["x"]).status).toBe("empty");
  });

  it("counts a missing answer as one missed label where no label applies: silence is not the statement that none does", () => {
    for (const silent of [null, "", "  "]) {
      expect(scoreLabels(silent, "无问题").parts).toEqual({ tp: 0, fp: 0, fn: 1 });
    }
    expect(scoreLabels("no object", "无问题", { format: "json-keys" }).parts).toEqual({
      tp: 0,
      fp: 0,
      fn: 1,
    });
    // One right label, and "no label applies" said or not said: 2 / 2 and 2 / (2 + 1).
    const right = scoreLabels("a", ["a"]).parts;
    expect(microF1([right, scoreLabels("无问题", "无问题").parts]).f1).toBe(1);
    expect(microF1([right, scoreLabels(null, "无问题").parts]).f1).toBeCloseTo(2 / 3, 12);
    // A pool of such items alone is right if all say so, and wrong if none answers.
    expect(microF1([scoreLabels(null, "无问题").parts])).toMatchObject({ f1: 0, byConvention: false });
  });
});

describe("labelSetMetrics", () => {
  it("reproduces the worked example of P14", () => {
    const metrics = labelSetMetrics(items);
    expect(metrics.micro.f1).toBeCloseTo(0.5714, 4);
    expect(metrics.subsetAccuracy).toBe(0);
    // (2/3 + 0 + 2/3) / 3
    expect(metrics.exampleF1).toBeCloseTo(0.4444, 4);
    // labels seen in gold: a F1 1, b 0, c 1
    expect(metrics.macroF1).toBeCloseTo(2 / 3, 12);
  });

  it("has no macro F1 without gold labels and nothing at all without items", () => {
    expect(labelSetMetrics([{ gold: [], predicted: ["a"] }]).macroF1).toBeNull();
    expect(labelSetMetrics([])).toMatchObject({ macroF1: null, subsetAccuracy: null, exampleF1: null, n: 0 });
  });
});
