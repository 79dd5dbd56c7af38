import { at, isPresent } from "../util/indexing.js";
import { mean } from "../util/sum.js";
import { type Box, iou } from "./box.js";
import { argmax } from "./class-probability.js";

/** A predicted box with its class and confidence. */
export interface Detection {
  readonly class: string;
  readonly box: Box;
  readonly score: number;
}

/** The reference boxes and predictions of one image. */
export interface DetectionImage {
  readonly references: readonly { readonly class: string; readonly box: Box }[];
  readonly predictions: readonly Detection[];
}

/** Average precision of one class, by two conventions. */
export interface AveragePrecisions {
  /** COCO matching and 101 recall thresholds; null for a class without reference boxes. */
  readonly coco101: number | null;
  /** VOC matching and the area under the monotone curve. */
  readonly vocAllPoint: number | null;
}

/** Result of `meanAveragePrecision`. */
export interface MeanAveragePrecision extends AveragePrecisions {
  readonly perClass: ReadonlyMap<string, AveragePrecisions>;
  /** Why the means are null. */
  readonly reason?: string;
}

/**
 * Mean average precision of detections at one IoU threshold (inclusive), in both common definitions. They differ in
 * matching: in COCO a detection takes the best reference box not yet matched; in VOC it takes its best box overall and
 * is a false positive if that one is already matched. Classes without reference boxes are left out of the mean, their
 * detections ignored.
 *
 * @param threshold smallest IoU of a match. Default 0.5
 * @see oracle: pycocotools `COCOeval`, oracles: 07-boxes.json
 */
export function meanAveragePrecision(
  images: readonly DetectionImage[],
  classes: readonly string[],
  threshold = 0.5,
): MeanAveragePrecision {
  const perClass = new Map(classes.map((name) => [name, classPrecision(images, name, threshold)]));
  const defined = [...perClass.values()].filter(({ coco101 }) => coco101 !== null);
  if (defined.length === 0) {
    return { perClass, coco101: null, vocAllPoint: null, reason: "no class has a reference box" };
  }
  return {
    perClass,
    coco101: mean(defined.map(({ coco101 }) => coco101).filter(isPresent)),
    vocAllPoint: mean(defined.map(({ vocAllPoint }) => vocAllPoint).filter(isPresent)),
  };
}

function classPrecision(
  images: readonly DetectionImage[],
  name: string,
  threshold: number,
): AveragePrecisions {
  const references = images.map((image) =>
    image.references.filter((box) => box.class === name).map(({ box }) => box),
  );
  const total = references.reduce((count, boxes) => count + boxes.length, 0);
  if (total === 0) return { coco101: null, vocAllPoint: null };
  const detections = images
    .flatMap((image, i) =>
      image.predictions.filter((box) => box.class === name).map((box) => ({ image: i, ...box })),
    )
    .sort((a, b) => b.score - a.score);

  const hits = (pick: (values: readonly number[], taken: ReadonlySet<number>) => number | null) => {
    const taken = images.map(() => new Set<number>());
    return detections.map(({ image, box }) => {
      const match = pick(
        (references[image] as readonly Box[]).map((reference) => iou(box, reference)),
        taken[image] as Set<number>,
      );
      if (match !== null) taken[image]?.add(match);
      return match !== null;
    });
  };
  const coco = hits((values, taken) => lastBest(values, threshold, taken));
  const voc = hits((values, taken) => {
    const best = firstBest(values, threshold);
    return best !== null && !taken.has(best) ? best : null;
  });
  return { coco101: areaAtRecalls(curve(coco, total)), vocAllPoint: areaUnder(curve(voc, total)) };
}

/** Position of the largest value at or above the threshold; the first one on ties. */
function firstBest(values: readonly number[], threshold: number): number | null {
  const best = argmax(values);
  return (values[best] ?? 0) >= threshold ? best : null;
}

/** Like `firstBest` among the unmatched boxes, but the last one on ties: pycocotools does not skip equal values. */
function lastBest(values: readonly number[], threshold: number, taken: ReadonlySet<number>): number | null {
  let best: number | null = null;
  values.forEach((value, i) => {
    if (value >= threshold && !taken.has(i) && (best === null || value >= at(values, best))) best = i;
  });
  return best;
}

interface CurvePoint {
  readonly recall: number;
  precision: number;
}

/** Precision and recall after each detection, precision made monotone from the right. */
function curve(hits: readonly boolean[], total: number): CurvePoint[] {
  let found = 0;
  const points = hits.map((hit, i) => {
    if (hit) found += 1;
    return { recall: found / total, precision: found / (i + 1) };
  });
  for (let i = points.length - 2; i >= 0; i -= 1) {
    const point = points[i] as CurvePoint;
    point.precision = Math.max(point.precision, (points[i + 1] as CurvePoint).precision);
  }
  return points;
}

function areaAtRecalls(points: readonly CurvePoint[]): number {
  let at = 0;
  let total = 0;
  for (let i = 0; i <= 100; i += 1) {
    // i * 0.01 and not i / 100: numpy's linspace multiplies, and 70 * 0.01 is just above a recall of 0.7.
    while (at < points.length && (points[at] as CurvePoint).recall < i * 0.01) at += 1;
    total += points[at]?.precision ?? 0;
  }
  return total / 101;
}

function areaUnder(points: readonly CurvePoint[]): number {
  let reached = 0;
  let area = 0;
  for (const { recall, precision } of points) {
    area += (recall - reached) * precision;
    reached = recall;
  }
  return area;
}
