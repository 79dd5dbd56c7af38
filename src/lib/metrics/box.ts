/** Corners [x1, y1, x2, y2] with x1 <= x2 and y1 <= y2, in continuous coordinates on any scale. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** Area of a box; 0 when it is degenerate or its corners are swapped. */
export function boxArea([x1, y1, x2, y2]: Box): number {
  return x2 <= x1 || y2 <= y1 ? 0 : (x2 - x1) * (y2 - y1);
}

/**
 * Intersection over union, in [0, 1]; touching or degenerate boxes give 0. Coordinates are continuous (no +1 pixel).
 *
 * @see oracle: pycocotools `mask.iou`, oracles: 07-boxes.json
 * @example iou([100, 100, 200, 200], [150, 120, 250, 220]) // 0.25
 */
export function iou(a: Box, b: Box): number {
  const [areaA, areaB] = [boxArea(a), boxArea(b)];
  if (areaA === 0 || areaB === 0) return 0;
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (areaA + areaB - intersection);
}

/** `iou` of every prediction (rows) with every reference box (columns). */
export function iouMatrix(predictions: readonly Box[], references: readonly Box[]): number[][] {
  return predictions.map((prediction) => references.map((reference) => iou(prediction, reference)));
}
