import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  iouHitRates,
  readGoldBoxes,
  scoreBoxes,
  scoreFirstBox,
} from "../../../src/lib/metrics/box-answer.js";

const entry = (label: string, box: readonly number[]) => ({ 类别: [label], 边界框: box });
const none = '[{"类别": ["无病变"], "边界框": []}]';

describe("scoreBoxes", () => {
  const gold = [entry("肺癌", [100, 100, 200, 200]), entry("肺癌", [300, 300, 400, 400])];
  const three = [
    entry("肺癌", [150, 120, 250, 220]),
    entry("肺癌", [310, 310, 400, 400]),
    entry("肺癌", [0, 0, 20, 20]),
  ];

  it("is (0.81 + 0.25) / 3 for three predictions of two boxes (P16)", () => {
    const { score, parts } = scoreBoxes(JSON.stringify(three), gold);
    expect(score).toBeCloseTo(1.06 / 3, 12);
    expect(parts).toEqual({ matched: 2, predicted: 3, gold: 2 });
  });

  it("is 1 when both sides report no lesion and 0 when only one does", () => {
    expect(scoreBoxes(none, none).score).toBe(1);
    expect(scoreBoxes(none, gold).score).toBe(0);
    expect(scoreBoxes(JSON.stringify(three), none).score).toBe(0);
  });

  it("matches only equal labels by default", () => {
    const other = JSON.stringify([entry("肝癌", [100, 100, 200, 200])]);
    const one = [entry("肺癌", [100, 100, 200, 200])];
    expect(scoreBoxes(other, one).score).toBe(0);
    expect(scoreBoxes(other, one, { matchLabels: false }).score).toBe(1);
  });

  it("leaves an answer without JSON unscored and throws for a malformed gold answer", () => {
    expect(scoreBoxes("无病变", gold)).toMatchObject({ score: null, status: "invalid", parts: { gold: 2 } });
    expect(scoreBoxes("", gold).status).toBe("empty");
    expect(() => scoreBoxes(none, [entry("肺癌", [1, 2, 3])])).toThrow(
      /expected a list of labels with boxes/,
    );
    expect(() => scoreBoxes(none, null)).toThrow(/gold is null/);
  });

  it("leaves an answer without the expected fields unscored, because nothing says what its fields mean", () => {
    const named = '[{"label": "肺癌", "bbox_2d": [100, 100, 200, 200]}]';
    expect(scoreBoxes(named, gold)).toMatchObject({
      score: null,
      status: "invalid",
      reason: "no 边界框 in the answer",
    });
    const unlabeled = '[{"name": "肺癌", "边界框": [100, 100, 200, 200]}]';
    expect(scoreBoxes(unlabeled, gold)).toMatchObject({ status: "invalid", reason: "no 类别 in the answer" });
    expect(scoreBoxes("[100, 100, 200, 200]", gold)).toMatchObject({ status: "invalid" });
    // One of two entries has a box: the other one is a prediction without a place, and both are counted.
    const half = '[{"类别": ["肺癌"], "边界框": [100, 100, 200, 200]}, {"类别": ["肺癌"]}]';
    expect(scoreBoxes(half, gold)).toMatchObject({ status: "ok", score: 0.5 });
  });

  it("reads other field names, pixels and boxes without labels", () => {
    const options = {
      space: "pixel",
      imageSize: [400, 200],
      fields: { label: "label", box: "bbox_2d" },
      matchLabels: false,
    } as const;
    const wanted = [{ bbox_2d: [100, 100, 300, 150] }];
    for (const text of [
      '```json\n[{"bbox_2d": [100, 100, 300, 150], "label": "x"}]\n```',
      "[100, 100, 300, 150]",
      // Cut off inside its second entry.
      '```json\n[{"bbox_2d": [100, 100, 300, 150], "label": "x"}, {"bbox_2d": [1',
    ])
      expect(scoreBoxes(text, wanted, options).score, text).toBe(1);
    const both = "[[100, 100, 300, 150], [0, 0, 10, 10]]";
    expect(scoreBoxes(both, wanted, options).score).toBe(0.5);
    expect(scoreBoxes(both, wanted, { ...options, take: "first" }).score).toBe(1);
    // 100 x 50 of 200 x 100 pixels overlap if the box is cut at the image's lower edge, else of 200 x 150.
    const beyond = "[200, 100, 400, 250]";
    const corner = [{ bbox_2d: [200, 100, 300, 150] }];
    expect(scoreBoxes(beyond, corner, options).score).toBeCloseTo(5000 / 20000, 12);
    expect(scoreBoxes(beyond, corner, { ...options, clip: false }).score).toBeCloseTo(5000 / 30000, 12);
  });

  it.each([
    ["a box of three numbers", [entry("肺癌", [1, 2, 3])]],
    ["a box beyond the image, as pixels would be", [entry("肺癌", [100, 100, 1300, 900])]],
    ["an empty box", [entry("肺癌", [100, 100, 100, 200])]],
    ["other field names", [{ label: "肺癌", bbox: [1, 2, 3, 4] }]],
    ["a box without a label", [{ 边界框: [100, 100, 200, 200] }]],
    ["a text", "no lesion"],
    ["a number", 3],
  ])("refuses gold that is %s", (_, wanted) => {
    expect(() => readGoldBoxes(wanted)).toThrow(/expected a list of labels with boxes inside the image/);
  });

  it("takes gold as JSON text, and gold without a lesion", () => {
    expect(readGoldBoxes(JSON.stringify(gold))).toHaveLength(2);
    expect(readGoldBoxes(none)).toEqual([]);
    expect(readGoldBoxes([])).toEqual([]);
  });

  it("is 1 for the gold itself in any order and never above 1", () => {
    const n = fc.integer({ min: 2, max: 400 });
    const lesion = fc
      .tuple(fc.constantFrom("肺癌", "肝癌"), n, n, n, n)
      .map(([label, x, y, w, h]) => entry(label, [x, y, x + w, y + h]));
    const lesions = fc.array(lesion, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lesions, lesions, (a, b) => {
        expect(scoreBoxes(JSON.stringify([...a].reverse()), a).score).toBeCloseTo(1, 12);
        expect(scoreBoxes(JSON.stringify(b), a).score).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe("scoreFirstBox", () => {
  const target = [100, 100, 200, 200] as const;

  it.each([
    ["[150, 120, 250, 220]", 0.25],
    ["The box is [[150, 120, 250, 220], [100, 100, 200, 200]].", 0.25],
    ['{"bbox": [150, 120, 250, 220]}', 0.25],
    ["[0.15, 0.12, 0.25, 0.22]", 0.25],
    ["[200, 200, 100, 100]", 1],
    ["[150, 120, 250]", null],
    ["nothing", null],
  ])("reads %j with IoU %d", (text, expected) => {
    const { score, status } = scoreFirstBox(text, target);
    if (expected === null) expect([score, status]).toEqual([null, "invalid"]);
    else expect(score).toBeCloseTo(expected, 12);
  });

  it("has status empty for no text", () => {
    expect(scoreFirstBox(null, target).status).toBe("empty");
  });
});

describe("iouHitRates", () => {
  it("counts values at the threshold and is null without values", () => {
    expect([...iouHitRates([0.3, 0.5, 0.69, 0]).values()]).toEqual([0.75, 0.5, 0]);
    expect(iouHitRates([]).get(0.5)).toBeNull();
  });
});
