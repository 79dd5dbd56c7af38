/** Truths of the grade models in `hard-data.ts`, by numerical integration instead of a large sample. */
import { normalCdf } from "../../src/lib/util/special.js";
import { sum } from "../../src/lib/util/sum.js";
import { type GradeShape, gradeCuts } from "./hard-data.js";

/** Mean of `f` over a standard normal variable. */
export function normalMean(f: (z: number) => number): number {
  const step = 0.01;
  const points = Array.from({ length: 1601 }, (_, i) => -8 + step * i);
  const density = points.map((z) => Math.exp((-z * z) / 2));
  return sum(points.map((z, i) => (density[i] as number) * f(z))) / sum(density);
}

/** Joint probabilities of two grades of one answer, each with an error of its own. */
function gradeCells(shape: GradeShape, errorSd: number): number[][] {
  const cuts = [Number.NEGATIVE_INFINITY, ...gradeCuts[shape], Number.POSITIVE_INFINITY];
  const step = 0.02;
  const cells = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
  let total = 0;
  for (let z = -8; z <= 8; z += step) {
    const density = Math.exp((-z * z) / 2);
    total += density;
    const below = cuts.map((cut) =>
      Number.isFinite(cut) ? normalCdf((cut - z) / errorSd) : cut > 0 ? 1 : 0,
    );
    const share = below.slice(1).map((p, i) => p - (below[i] as number));
    for (const [i, row] of cells.entries()) {
      for (let j = 0; j < 5; j += 1) row[j]! += density * (share[i] as number) * (share[j] as number);
    }
  }
  return cells.map((row) => row.map((value) => value / total));
}

/** Share of each grade. */
export function gradeShares(shape: GradeShape, errorSd: number): number[] {
  return gradeCells(shape, errorSd).map((row) => sum(row));
}

/** Quadratically weighted kappa of the judge with one rater. */
export function populationKappa(shape: GradeShape, errorSd: number): number {
  const cells = gradeCells(shape, errorSd);
  const margins = cells.map((row) => sum(row));
  const distance = (of: (i: number, j: number) => number) =>
    sum(cells.flatMap((row, i) => row.map((_, j) => (i - j) ** 2 * of(i, j))));
  const observed = distance((i, j) => cells[i]?.[j] as number);
  return 1 - observed / distance((i, j) => (margins[i] as number) * (margins[j] as number));
}

/** The error with which judge and raters have this kappa. */
export function errorSdFor(shape: GradeShape, kappa: number): number {
  let [low, high] = [0.02, 3];
  for (let i = 0; i < 25; i += 1) {
    const middle = (low + high) / 2;
    if (populationKappa(shape, middle) > kappa) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
