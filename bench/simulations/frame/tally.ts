import { CheckError } from "../../../src/lib/errors.js";
import type { Recorder } from "./scenario.js";

/** What one measure came to in one setting. */
export interface Figure {
  /** The share, or the mean; null if no replicate gave an interval. */
  readonly value: number | null;
  /** Monte Carlo standard error of `value`. */
  readonly error: number | null;
  /** Replicates that gave a value. */
  readonly runs: number;
  /** Share of the replicates without an interval. */
  readonly withheld: number;
  /** Mean width of the intervals. */
  readonly width: number | null;
  /** Mean width over that of the baseline, in the replicates where both gave one; and its Monte Carlo standard error. */
  readonly widthRatio: number | null;
  readonly widthRatioError: number | null;
}

interface Sums {
  n: number;
  withheld: number;
  sum: number;
  squares: number;
  width: number;
  intervals: number;
  pairs: number;
  mine: number;
  base: number;
  mineMine: number;
  mineBase: number;
  baseBase: number;
}

/** Counts what the replicates of one setting record, and pairs the widths of a replicate with its baseline's. */
export class Tally implements Recorder {
  readonly #sums = new Map<string, Sums>();
  readonly #baselines: ReadonlyMap<string, string>;
  #widths = new Map<string, number>();

  constructor(measures: readonly string[], baselines: ReadonlyMap<string, string> = new Map()) {
    this.#baselines = baselines;
    for (const measure of measures) {
      this.#sums.set(measure, {
        ...{ n: 0, withheld: 0, sum: 0, squares: 0, width: 0, intervals: 0 },
        ...{ pairs: 0, mine: 0, base: 0, mineMine: 0, mineBase: 0, baseBase: 0 },
      });
    }
  }

  interval(
    measure: string,
    { lower, upper }: { readonly lower: number | null; readonly upper: number | null },
    truth: number,
  ): void {
    const sums = this.#of(measure);
    if (lower === null || upper === null) {
      sums.withheld += 1;
      return;
    }
    // Rounding must not decide whether an interval contains a truth that one of its ends equals.
    this.event(measure, lower <= truth + 1e-12 && truth - 1e-12 <= upper, upper - lower);
  }

  event(measure: string, happened: boolean, width?: number): void {
    this.value(measure, happened ? 1 : 0);
    if (width === undefined) return;
    const sums = this.#of(measure);
    sums.width += width;
    sums.intervals += 1;
    this.#widths.set(measure, width);
  }

  value(measure: string, value: number): void {
    const sums = this.#of(measure);
    sums.n += 1;
    sums.sum += value;
    sums.squares += value ** 2;
  }

  /** Ends a replicate. */
  next(): void {
    for (const [measure, baseline] of this.#baselines) {
      const mine = this.#widths.get(measure);
      const base = this.#widths.get(baseline);
      if (mine === undefined || base === undefined) continue;
      const sums = this.#of(measure);
      sums.pairs += 1;
      sums.mine += mine;
      sums.base += base;
      sums.mineMine += mine ** 2;
      sums.mineBase += mine * base;
      sums.baseBase += base ** 2;
    }
    this.#widths = new Map();
  }

  figure(measure: string): Figure {
    const { n, withheld, sum, squares, width, intervals, ...paired } = this.#of(measure);
    const value = n === 0 ? null : sum / n;
    const variance = value === null || n < 2 ? null : Math.max(0, (squares - n * value ** 2) / (n - 1));
    return {
      value,
      error: variance === null ? null : Math.sqrt(variance / n),
      runs: n,
      withheld: withheld === 0 ? 0 : withheld / (withheld + n),
      width: intervals === 0 ? null : width / intervals,
      ...ratioOf(paired),
    };
  }

  #of(measure: string): Sums {
    const sums = this.#sums.get(measure);
    if (sums === undefined) throw new CheckError(`the scenario records "${measure}", which it does not list`);
    return sums;
  }
}

/** Ratio of two means over the same replicates, with its linearized error. */
function ratioOf({
  pairs,
  mine,
  base,
  mineMine,
  mineBase,
  baseBase,
}: Pick<Sums, "pairs" | "mine" | "base" | "mineMine" | "mineBase" | "baseBase">) {
  if (pairs < 2 || base === 0) return { widthRatio: null, widthRatioError: null };
  const widthRatio = mine / base;
  const squares = mineMine - 2 * widthRatio * mineBase + widthRatio ** 2 * baseBase;
  return {
    widthRatio,
    widthRatioError: (Math.sqrt(Math.max(0, squares) / (pairs - 1)) * Math.sqrt(pairs)) / base,
  };
}
