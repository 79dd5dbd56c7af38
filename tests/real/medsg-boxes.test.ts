import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { scoreBoxes } from "../../src/lib/metrics/box-answer.js";
import { sum } from "../../src/lib/util/sum.js";
import { describeShared } from "../shared.js";

interface Row {
  readonly answer: string;
  readonly groundtruth?: readonly number[];
}

/** Boxes in pixels of images with sides of 336, in fields that differ from MedDetect's or in none. */
describeShared("MedSG-Bench task 8, a public run", ["real", "recipes", "medsg_task8"], (folder) => {
  const bytes = gunzipSync(readFileSync(join(folder, "qwen2_5_vl_referring.json.gz")));
  const rows = (JSON.parse(bytes.toString("utf8")) as Row[]).filter(
    ({ groundtruth }) => groundtruth !== undefined,
  );
  const options = {
    space: "pixel",
    imageSize: [336, 336],
    fields: { label: "label", box: "bbox_2d" },
    matchLabels: false,
    take: "first",
    clip: false,
  } as const;
  const scores = rows.map(({ answer, groundtruth }) =>
    scoreBoxes(answer, [{ bbox_2d: groundtruth }], options),
  );

  it("has the published mean overlap of 12.6663 and the published shares of hits", () => {
    const values = scores.map(({ score }) => score ?? 0);
    expect(values).toHaveLength(1482);
    expect((100 * sum(values)) / values.length).toBeCloseTo(12.6663, 4);
    for (const [threshold, hits] of [
      [0.3, 231],
      [0.5, 92],
      [0.7, 32],
    ] as const)
      expect(values.filter((value) => value >= threshold)).toHaveLength(hits);
  });

  it("has no score where the fields are taken for MedDetect's", () => {
    const { fields: _, ...others } = options;
    const unread = rows.map(({ answer, groundtruth }) =>
      scoreBoxes(answer, [{ 边界框: groundtruth }], others),
    );
    const named = rows.filter(({ answer }) => answer.includes("bbox_2d"));
    expect(unread.filter(({ status }) => status === "invalid").length).toBeGreaterThanOrEqual(named.length);
    expect(unread.filter(({ score }) => score === 0).length).toBeLessThan(rows.length - named.length);
  });
});
