import { describe, expect, it } from "vitest";
import { parseBoxes } from "../../../src/lib/metrics/box-text.js";

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
  });

  it("needs the image size for pixels", () => {
    const text = '[{"类别":["肺癌"],"边界框":[64,48,128,96]}]';
    expect(parseBoxes(text, { space: "pixel", imageSize: [640, 480] })?.boxes[0]?.box).toEqual([
      0.1, 0.1, 0.2, 0.2,
    ]);
    expect(() => parseBoxes(text, { space: "pixel" })).toThrow(/needs a positive imageSize/);
  });

  it("reads lists of four numbers as boxes without a label", () => {
    const box = [0.1, 0.2, 0.3, 0.4];
    expect(parseBoxes("The box is [100, 200, 300, 400].")?.boxes).toEqual([{ label: "", box }]);
    expect(parseBoxes("[[100, 200, 300, 400], [100, 200, 300, 400]]")?.boxes).toHaveLength(2);
    expect(parseBoxes("[1, 2, 3]")).toBeNull();
    expect(parseBoxes("[[1, 2, 3, 4], [1, 2]]")?.boxes).toHaveLength(1);
  });

  it("is null where no entry has the field of the box", () => {
    expect(parseBoxes('[{"类别": ["肺癌"], "bbox": [100, 200, 300, 400]}]')).toBeNull();
    expect(parseBoxes('{"diagnosis": "肺癌"}')).toBeNull();
    // "No lesion" needs no box.
    expect(parseBoxes('[{"类别": ["无病变"]}]')?.boxes).toEqual([]);
    expect(
      parseBoxes('[{"name": "normal"}]', { fields: { label: "name", box: "box" }, none: ["Normal"] })?.boxes,
    ).toEqual([]);
  });
});
