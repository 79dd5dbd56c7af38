import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { iouHitRates, parseBoxes, scoreBoxes, scoreFirstBox } from "../../../src/lib/metrics/box-answer.js";

const entry = (label: string, box: readonly number[]) => ({ 类别: [label], 边界框: box });
const none = '[{"类别": ["无病变"], "边界框": []}]';

describe("parseBoxes", () => {
  it("scales thousandths to fractions of the image and counts no repair for the expected format", () => {
    expect(parseBoxes('```json\n[{"类别":["肺癌"],"边界框":[100,200,300,400]}]\n```')).toEqual({
      boxes: [{ label: "肺癌", box: [0.1, 0.2, 0.3, 0.4] }],
      repairs: 0,
    });
    expect(parseBoxes(none)).toEqual({ boxes: [], repairs: 0 });
  });

  it.each([
    ["swapped corners", '[{"类别":["肺癌"],"边界框":[300,400,100,200]}]', [0.1, 0.2, 0.3, 0.4]],
    ["a box beyond the image", '[{"类别":["肺癌"],"边界框":[-50,0,500,1200]}]', [0, 0, 0.5, 1]],
    ["coordinates at most 1", '[{"类别":["肺癌"],"边界框":[0.1,0.2,0.3,0.4]}]', [0.1, 0.2, 0.3, 0.4]],
    ["a label that is no list", '[{"类别":"肺癌","边界框":[100,200,300,400]}]', [0.1, 0.2, 0.3, 0.4]],
    ["an object that is no list", '{"类别":["肺癌"],"边界框":["100","200",300,400]}', [0.1, 0.2, 0.3, 0.4]],
    ["three coordinates", '[{"类别":["肺癌"],"边界框":[100,200,300]}]', [0, 0, 0, 0]],
  ])("reads %s with one repair", (_, text, box) => {
    expect(parseBoxes(text)).toEqual({ boxes: [{ label: "肺癌", box }], repairs: 1 });
  });

  it("skips other brackets in prose and takes the list of entries", () => {
    const text =
      '见[1]，共2处：[{"类别":["肺癌"],"边界框":[0,0,500,500]},{"类别":["肺癌"],"边界框":[500,500,1000,1000]}]';
    expect(parseBoxes(text)?.boxes).toHaveLength(2);
    expect(parseBoxes("[]")).toEqual({ boxes: [], repairs: 1 });
    expect(parseBoxes("[1, 2, 3, 4]")).toBeNull();
  });

  it("needs the image size for pixels", () => {
    const text = '[{"类别":["肺癌"],"边界框":[64,48,128,96]}]';
    expect(parseBoxes(text, { space: "pixel", imageSize: [640, 480] })?.boxes[0]?.box).toEqual([
      0.1, 0.1, 0.2, 0.2,
    ]);
    expect(() => parseBoxes(text, { space: "pixel" })).toThrow(/needs a positive imageSize/);
  });
});

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
