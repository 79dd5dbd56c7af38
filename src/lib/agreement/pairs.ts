import { checkFinite, checkSameLength } from "../stats/estimate.js";
import { dot, sum } from "../util/sum.js";

export interface CompletePairs {
  readonly x: number[];
  readonly y: number[];
  readonly n: number;
  /** Pairs dropped because a value is null. */
  readonly nMissing: number;
}

const zeroIfMissing = (value: number | null): number => (value === null ? 0 : value);

/** Pairs with a number on both sides. Only null means missing: NaN and undefined are refused. */
export function completePairs(
  caller: string,
  x: readonly (number | null)[],
  y: readonly (number | null)[],
): CompletePairs {
  checkSameLength(caller, x, y);
  // Holes of an array are undefined and not missing values; `Array.from` visits them, `map` would skip them.
  checkFinite(caller, "x", Array.from(x, zeroIfMissing));
  checkFinite(caller, "y", Array.from(y, zeroIfMissing));
  const kept = x.flatMap((left, i) => {
    const right = y[i] ?? null;
    return left === null || right === null ? [] : [[left, right] as const];
  });
  const left = kept.map((pair) => pair[0]);
  const right = kept.map((pair) => pair[1]);
  return { x: left, y: right, n: left.length, nMissing: x.length - left.length };
}

export interface CenteredMoments {
  readonly meanX: number;
  readonly meanY: number;
  /** Sums of squares and products around the means; exactly 0 for a constant series. */
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Sums around the means in two passes, so that a large common offset costs no digits, as it would in one pass. */
export function centeredMoments(x: readonly number[], y: readonly number[]): CenteredMoments {
  const [meanX, dx] = centered(x);
  const [meanY, dy] = centered(y);
  return {
    meanX,
    meanY,
    xx: sum(dx.map((d) => d * d)),
    yy: sum(dy.map((d) => d * d)),
    xy: dot(dx, dy),
  };
}

function centered(values: readonly number[]): [number, number[]] {
  const first = values[0] ?? Number.NaN;
  // The mean of equal decimals can differ from them by one bit, which would look like variance.
  if (values.every((value) => value === first)) return [first, values.map(() => 0)];
  const mean = sum(values) / values.length;
  return [mean, values.map((value) => value - mean)];
}
