import { InputError } from "../errors.js";
import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { tCritical } from "../util/special.js";
import { mean, sum } from "../util/sum.js";

/** Agreement measured in one period. */
export interface DriftPeriod {
  /** Judge version, prompt version or month. */
  readonly name: string;
  /** Scores on the frozen anchor items in the baseline's order; null is missing. */
  readonly scores: readonly (number | null)[];
}

/** Options of `driftChart`. */
export interface DriftChartOptions {
  /** Chance of any alarm over all looks if nothing drifts, in (0, 1). Default 0.05. */
  readonly falseAlarmRate?: number;
  /** Total number of looks planned on this anchor set, >= the number of periods. Default: the number of periods. */
  readonly looks?: number;
  /** Independent unit of each anchor item, when several items belong together. */
  readonly clusters?: readonly (string | number)[];
}

/** One period on a drift chart, with its control limits. */
export interface DriftPoint {
  readonly name: string;
  /** Mean change from the baseline on the items scored in both. */
  readonly change: number | null;
  readonly standardError: number | null;
  /** Control limits of the change under no drift: -limit and +limit. */
  readonly limit: number | null;
  readonly alarm: boolean | null;
  readonly n: number;
  readonly nClusters: number;
  readonly reason: Message<"too-few-shared-items"> | null;
}

/** Result of `driftChart`. */
export interface DriftChart {
  readonly points: readonly DriftPoint[];
  readonly looks: number;
  readonly falseAlarmRate: number;
  /** Two-sided confidence of a single look that keeps the false alarm rate over all looks. */
  readonly confidencePerLook: number;
}

/**
 * Detects drift of a judge: compares scores of the same frozen anchor items, period by period, with a baseline run.
 * Changes are paired by item, so item difficulty cancels; limits come from each period's own variance (t, clusters if
 * given) and are widened so that the chance of any false alarm over the planned looks stays at the stated rate (Sidak,
 * which is valid for looks that share a baseline).
 *
 * An alarm is a reason to recalibrate. No alarm does not prove that there is no drift: `limit` is the smallest change
 * that would have been detected.
 *
 * @param baseline scores of the anchor items; null is missing
 * @returns a period with fewer than two shared clusters has nulls and a reason; unchanged scores give no alarm
 * @throws InputError if a period's length differs from the baseline's, or looks or rate are out of range
 * @see Sidak (1967), doi:10.1080/01621459.1967.10482935; Montgomery, Introduction to Statistical Quality Control
 * @example driftChart([1, 2, 3, 4], [{ name: "May", scores: [1, 3, 3, 4] }]).points[0]?.change // 0.25
 */
export function driftChart(
  baseline: readonly (number | null)[],
  periods: readonly DriftPeriod[],
  { falseAlarmRate = 0.05, looks = Math.max(1, periods.length), clusters }: DriftChartOptions = {},
): DriftChart {
  if (
    !(falseAlarmRate > 0 && falseAlarmRate < 1) ||
    !(Number.isInteger(looks) && looks >= Math.max(1, periods.length))
  ) {
    throw new InputError(
      `driftChart: falseAlarmRate must be in (0, 1) and looks an integer >= ${Math.max(1, periods.length)}; got ${falseAlarmRate} and ${looks}`,
    );
  }
  if (clusters !== undefined && clusters.length !== baseline.length) {
    throw new InputError(`driftChart: ${clusters.length} clusters for ${baseline.length} anchor items`);
  }
  const confidencePerLook = (1 - falseAlarmRate) ** (1 / looks);
  const points = periods.map(({ name, scores }): DriftPoint => {
    if (scores.length !== baseline.length) {
      throw new InputError(
        `driftChart: period "${name}" has ${scores.length} scores for ${baseline.length} anchor items`,
        {
          hint: "The anchor set is frozen: pass null for an item that the judge could not score.",
        },
      );
    }
    return point(name, baseline, scores, clusters ?? scores.map((_, item) => item), confidencePerLook);
  });
  return { points, looks, falseAlarmRate, confidencePerLook };
}

function point(
  name: string,
  baseline: readonly (number | null)[],
  scores: readonly (number | null)[],
  clusters: readonly (string | number)[],
  confidence: number,
): DriftPoint {
  const changes = scores.flatMap((score, item) => {
    const before = baseline[item] ?? null;
    return score === null || before === null ? [] : [{ cluster: clusters[item]!, change: score - before }];
  });
  const n = changes.length;
  const nClusters = new Set(changes.map(({ cluster }) => cluster)).size;
  const shared = { name, n, nClusters };
  const change = n === 0 ? null : mean(changes.map((item) => item.change));
  if (change === null || nClusters < 2) {
    const reason = message("too-few-shared-items");
    return { ...shared, change, standardError: null, limit: null, alarm: null, reason };
  }
  const residuals = new Map<string | number, number>();
  for (const item of changes)
    residuals.set(item.cluster, (residuals.get(item.cluster) ?? 0) + item.change - change);
  const variance = sum([...residuals.values()].map((value) => value ** 2)) / n ** 2;
  const standardError = Math.sqrt((variance * nClusters) / (nClusters - 1));
  const limit = tCritical(confidence, nClusters - 1) * standardError;
  // Every item changed by the same amount: without variance, any change counts.
  const alarm = standardError > 0 ? Math.abs(change) > limit : change !== 0;
  return { ...shared, change, standardError, limit, alarm, reason: null };
}
