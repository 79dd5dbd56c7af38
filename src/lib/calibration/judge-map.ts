import { InputError } from "../errors.js";
import { checkFinite, checkSameLength } from "../stats/estimate.js";
import { mean, sum } from "../util/sum.js";

/** A map from a judge's score to the human scale, as plain data that can be stored and shown. */
export type JudgeMap =
  | { readonly kind: "linear"; readonly intercept: number; readonly slope: number }
  | {
      readonly kind: "isotonic";
      /** Human scores at given judge scores, both non-decreasing; linear in between, constant outside. */
      readonly knots: readonly { readonly judge: number; readonly human: number }[];
    };

/** A fitted map from the judge's scale to the human scale. */
export interface JudgeMapFit {
  /** Null if the data do not define one. */
  readonly map: JudgeMap | null;
  readonly n: number;
  /** Root mean squared difference between mapped judge and people, on the items of the fit: optimistic. */
  readonly rmse: number | null;
  /** The same before mapping. */
  readonly rmseRaw: number | null;
  readonly reason: string | null;
}

/**
 * Straight line from the judge's scale to people's by least squares: corrects leniency (intercept) and a compressed
 * or stretched scale (slope). Fit on a random sample of the items that it will be applied to.
 *
 * A map corrects the scale, not single errors, and its mean is only as good as its sample: for a mean with a valid
 * interval use `ppiMean`.
 *
 * @param judge the judge's scores
 * @param human people's scores on the same items
 * @returns null if the judge gives the same score to every item
 * @throws InputError if lengths differ or a value is not finite
 * @see Brown (1993), Measurement, Regression, and Calibration
 * @example linearMap([1, 2, 3], [2, 4, 6]).map // { kind: "linear", intercept: 0, slope: 2 }
 */
export function linearMap(judge: readonly number[], human: readonly number[]): JudgeMapFit {
  checkScores("linearMap", judge, human);
  const centerJudge = mean(judge);
  const centerHuman = mean(human);
  const spread = sum(judge.map((x) => (x - centerJudge) ** 2));
  if (!(spread > 0)) return { ...undefinedMap(judge, human), reason: "the judge's scores do not vary" };
  const slope = sum(judge.map((x, i) => (x - centerJudge) * (human[i]! - centerHuman))) / spread;
  return described({ kind: "linear", intercept: centerHuman - slope * centerJudge, slope }, judge, human);
}

/**
 * Non-decreasing map from the judge's scale to people's by pool-adjacent-violators: assumes only that a higher judge
 * score does not mean a worse answer. Items with the same judge score are averaged first. Needs more items than a line,
 * because the ends of the scale depend on few of them.
 *
 * @param judge the judge's scores
 * @param human people's scores on the same items
 * @param weights of the items, > 0; default 1 each
 * @throws InputError if lengths differ, a value is not finite, or a weight is not positive
 * @see Ayer et al. (1955), doi:10.1214/aoms/1177728423
 * @example isotonicMap([1, 2, 3], [1, 3, 2]).map // { kind: "isotonic", knots: [{ judge: 1, human: 1 }, { judge: 2, human: 2.5 }, { judge: 3, human: 2.5 }] }
 */
export function isotonicMap(
  judge: readonly number[],
  human: readonly number[],
  weights: readonly number[] = judge.map(() => 1),
): JudgeMapFit {
  checkScores("isotonicMap", judge, human);
  checkSameLength("isotonicMap", judge, weights);
  const bad = weights.findIndex((weight) => !(weight > 0 && Number.isFinite(weight)));
  if (bad >= 0) throw new InputError(`isotonicMap: weights[${bad}] must be > 0; got ${weights[bad]}`);
  if (judge.length === 0) return { ...undefinedMap(judge, human), reason: "no items" };
  const levels = new Map<number, { total: number; weight: number }>();
  judge.forEach((x, i) => {
    const level = levels.get(x) ?? { total: 0, weight: 0 };
    level.total += weights[i]! * human[i]!;
    level.weight += weights[i]!;
    levels.set(x, level);
  });
  const blocks: { judges: number[]; total: number; weight: number }[] = [];
  for (const [x, level] of [...levels].sort(([left], [right]) => left - right)) {
    let block = { judges: [x], ...level };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.total / last.weight < block.total / block.weight) break;
      blocks.pop();
      block = {
        judges: [...last.judges, ...block.judges],
        total: last.total + block.total,
        weight: last.weight + block.weight,
      };
    }
    blocks.push(block);
  }
  const knots = blocks.flatMap(({ judges, total, weight }) =>
    judges.map((x) => ({ judge: x, human: total / weight })),
  );
  return described({ kind: "isotonic", knots }, judge, human);
}

/**
 * A judge's score on the human scale.
 *
 * @example applyJudgeMap({ kind: "linear", intercept: 1, slope: 2 }, 3) // 7
 */
export function applyJudgeMap(map: JudgeMap, score: number): number {
  if (map.kind === "linear") return map.intercept + map.slope * score;
  const { knots } = map;
  const above = knots.findIndex((knot) => knot.judge >= score);
  if (above === -1) return knots.at(-1)?.human ?? Number.NaN;
  const high = knots[above]!;
  const low = knots[above - 1];
  if (low === undefined || high.judge === score) return high.human;
  return low.human + ((score - low.judge) / (high.judge - low.judge)) * (high.human - low.human);
}

function checkScores(caller: string, judge: readonly number[], human: readonly number[]): void {
  checkSameLength(caller, judge, human);
  checkFinite(caller, "judge", judge);
  checkFinite(caller, "human", human);
}

function undefinedMap(judge: readonly number[], human: readonly number[]) {
  const rmseRaw = judge.length === 0 ? null : rootMeanSquare(judge, human);
  return { map: null, n: judge.length, rmse: null, rmseRaw };
}

function described(map: JudgeMap, judge: readonly number[], human: readonly number[]): JudgeMapFit {
  const mapped = judge.map((score) => applyJudgeMap(map, score));
  return {
    map,
    n: judge.length,
    rmse: rootMeanSquare(mapped, human),
    rmseRaw: rootMeanSquare(judge, human),
    reason: null,
  };
}

function rootMeanSquare(left: readonly number[], right: readonly number[]): number {
  return Math.sqrt(mean(left.map((value, i) => (value - right[i]!) ** 2)));
}
