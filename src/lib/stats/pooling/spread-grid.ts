import { type BinomialCells, type MixedMode, mixedMode, type Spreads } from "./mixed-model.js";

/** A fit with the posterior probability of its spreads. */
export interface WeightedMode {
  readonly mode: MixedMode;
  readonly weight: number;
}

/** Beyond 4 in log-odds, slices of a system would be near 0 or near 100 %. */
const largestSpread = 4;
const pointsPerAxis = 7;
/** Half-width of the grid in log-likelihood: e^-5 of the maximum is left out on either side. */
const drop = 5;

/**
 * Fits on a grid of spreads that covers where the likelihood is, weighted by it: the uncertainty about the spreads enters the
 * intervals by averaging over the grid. The prior of each variance is uniform, which keeps intervals wide enough with few
 * slices; a uniform prior of the spreads themselves covered 93 % where this one covers 94 to 96.
 *
 * With one system, difficulty and deviation cannot be told apart: all spread is put on the slices.
 *
 * @see Morris (1983), doi:10.1080/01621459.1983.10477920; Morris & Tang (2011), doi:10.1214/10-STS344
 */
export function spreadGrid(cells: BinomialCells): WeightedMode[] {
  const axes: (keyof Spreads)[] = cells.nSystems > 1 ? ["slices", "cells"] : ["slices"];
  let last: MixedMode | undefined;
  const modeAt = (spreads: Spreads) => {
    last = mixedMode(cells, spreads, { start: last });
    return last;
  };
  let best: Spreads = { slices: 0.3, cells: axes.length > 1 ? 0.2 : 0 };
  const along = (axis: keyof Spreads) => (value: number) => modeAt({ ...best, [axis]: value }).logLikelihood;
  for (let round = 0; round < axes.length; round += 1) {
    for (const axis of axes) best = { ...best, [axis]: maximum(along(axis)) };
  }
  const nodes = (axis: keyof Spreads) => {
    const at = along(axis);
    const enough = at(best[axis]) - drop;
    const low = at(0) >= enough ? 0 : crossing(at, enough, 0, best[axis]);
    const high =
      at(largestSpread) >= enough ? largestSpread : crossing(at, enough, largestSpread, best[axis]);
    // Midpoints: the ends of the range carry little, and 0 itself has no probability.
    return Array.from({ length: pointsPerAxis }, (_, i) => low + ((i + 0.5) / pointsPerAxis) * (high - low));
  };
  const slices = nodes("slices");
  const own = axes.length > 1 ? nodes("cells") : [0];
  const modes = slices.flatMap((value) =>
    own.map((deviation) => modeAt({ slices: value, cells: deviation })),
  );
  const highest = Math.max(...modes.map(({ logLikelihood }) => logLikelihood));
  const weights = modes.map(
    ({ spreads, logLikelihood }) =>
      spreads.slices * (axes.length > 1 ? spreads.cells : 1) * Math.exp(logLikelihood - highest),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return modes
    .map((mode, i) => ({ mode, weight: weights[i]! / total }))
    .filter(({ weight }) => weight > 1e-4);
}

/** Place of the maximum on [0, largestSpread], to about 0.02, by golden section. */
function maximum(value: (spread: number) => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = 0;
  let high = largestSpread;
  let a = high - ratio * (high - low);
  let b = low + ratio * (high - low);
  let atA = value(a);
  let atB = value(b);
  while (high - low > 0.02) {
    if (atA >= atB) {
      high = b;
      b = a;
      atB = atA;
      a = high - ratio * (high - low);
      atA = value(a);
    } else {
      low = a;
      a = b;
      atA = atB;
      b = low + ratio * (high - low);
      atB = value(b);
    }
  }
  return (low + high) / 2;
}

/** Where the likelihood crosses `level` between a spread below it and one above it, to about 0.02. */
function crossing(value: (spread: number) => number, level: number, below: number, above: number): number {
  let out = below;
  let inside = above;
  while (Math.abs(inside - out) > 0.02) {
    const middle = (out + inside) / 2;
    if (value(middle) >= level) inside = middle;
    else out = middle;
  }
  return out;
}
