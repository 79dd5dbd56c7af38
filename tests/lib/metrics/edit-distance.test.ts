import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareByEdits, editDistance } from "../../../src/lib/metrics/edit-distance.js";
import { editSimilarity, scoreTextFields } from "../../../src/lib/metrics/edit-similarity.js";

/** The textbook dynamic program on code points: the reference for the fast algorithm. */
function textbookDistance(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  let row = y.map((_, j) => j + 1);
  row.unshift(0);
  for (let i = 1; i <= x.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= y.length; j += 1) {
      const substitution = (row[j - 1] as number) + (x[i - 1] === y[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[y.length] as number;
}

describe("editDistance", () => {
  const short = fc.string({
    unit: fc.constantFrom("a", "b", "c", "中", "国", "𠮷", "😀", "\ud83d", "e\u0301"),
    maxLength: 20,
  });
  const long = fc.string({ unit: fc.constantFrom("a", "b", "中", "𠮷"), minLength: 25, maxLength: 150 });

  it("equals the textbook dynamic program on short, mixed-plane and ill-formed text", () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(editDistance(a, b)).toBe(textbookDistance(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it("equals the textbook dynamic program across block borders", () => {
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(editDistance(a, b)).toBe(textbookDistance(a, b));
      }),
      { numRuns: 200 },
    );
  });

  it.each([31, 32, 33, 63, 64, 65, 96, 97])("is correct for patterns of exactly %i code points", (n) => {
    const a = "𠮷".repeat(n);
    expect(editDistance(a, "x".repeat(n + 3))).toBe(n + 3);
    expect(editDistance(`p${a}q`, `r${"𠮷".repeat(n - 1)}s`)).toBe(
      textbookDistance(`p${a}q`, `r${"𠮷".repeat(n - 1)}s`),
    );
  });

  it("counts an ideograph outside the basic plane as one", () => {
    expect(editDistance("𠮷", "中")).toBe(1);
    expect(compareByEdits("a𠮷\ud842", "")).toEqual({ distance: 3, lengthA: 3, lengthB: 0 });
  });

  it("is not affected by longer texts compared before", () => {
    editDistance("中国".repeat(2000), "国中x".repeat(1500));
    expect(editDistance("中国", "国中")).toBe(2);
    expect(editDistance("", "国中")).toBe(2);
  });

  it("is symmetric and obeys the triangle inequality", () => {
    fc.assert(
      fc.property(short, short, short, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe("editSimilarity", () => {
  it.each([
    ["右肺上叶结节", "右肺下叶小结节", 5 / 7],
    ["", "影像描述", 0],
    ["影像", "影像", 1],
    ["", "", 1],
    ["ＣＴ（平扫）", "CT(平扫)", 1],
  ])("of %j and %j is %d (P16)", (a, b, similarity) => {
    expect(editSimilarity(a, b).similarity).toBeCloseTo(similarity, 12);
  });

  it("compares texts as given when normalization is off", () => {
    expect(editSimilarity("Ａ", "A", { normalization: "none" }).distance).toBe(1);
  });
});

describe("scoreTextFields", () => {
  const gold = { 影像描述: "右肺下叶小结节", 影像诊断: "肺结节" };

  it("is the mean of 1-N.E.D. over the two report fields", () => {
    const answer = scoreTextFields('```json\n{"影像描述": "右肺上叶结节", "影像诊断": "肺结节"}\n```', gold);
    // (5/7 + 1) / 2
    expect(answer.score).toBeCloseTo(6 / 7, 12);
    expect(answer.parts).toEqual({ edits: 2, length: 10 });
  });

  it("treats a missing field as empty text", () => {
    expect(scoreTextFields('{"影像诊断": "肺结节"}', gold).score).toBeCloseTo(0.5, 12);
  });

  it("has no score for text without JSON", () => {
    expect(scoreTextFields("右肺下叶小结节", gold)).toMatchObject({ score: null, status: "invalid" });
    expect(scoreTextFields(null, gold).status).toBe("empty");
  });
});
