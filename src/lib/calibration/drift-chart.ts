import { InputError } from "../errors.js";
import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { tCritical } from "../util/special.js";
import { mean, sum } from "../util/sum.js";
import { type AlarmLevelOptions, alarmLevel } from "./alarm-level.js";

/** Agreement measured in one period. */
export interface DriftPeriod {
  /** Judge version, prompt version or month. */
  readonly name: string;
  /** Scores on the frozen anchor items in the baseline's order; null is missing. */
  readonly scores: readonly (number | null)[];
}

/** Options of `driftChart`. */
export interface DriftChartOptions extends AlarmLevelOptions {
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
  /** Significance level of this look, two-sided. */
  readonly level: number;
  readonly n: number;
  readonly nClusters: number;
  readonly reason: Message<"too-few-shared-items"> | null;
}

/** Result of `driftChart`. */
export interface DriftChart {
  readonly points: readonly DriftPoint[];
  readonly falseAlarmRate: number;
  readonly charts: number;
}

/**
 * Detects drift of a judge: compares scores of the same frozen anchor items, period by period, with a baseline run.
 * Changes are paired by item, so item difficulty cancels; limits come from each period's own variance (t, clusters if
 * given), at the level of `alarmLevel`: the chance of any false alarm on all charts that are watched together, over all looks past and
 * future, stays at the stated rate. Give the number of those charts.
 *
 * An alarm also needs so many changed items that their changes could not all have the same sign by chance: of a few changed items
 * t is too sure.
 *
 * An alarm is a reason to recalibrate. No alarm does not prove that there is no drift: `limit` is the smallest change
 * that would have been detected.
 *
 * @param baseline scores of the anchor items; null is missing
 * @param periods in the order in which they are looked at; a new one is added at the end
 * @returns a period with fewer than two shared clusters has nulls and a reason; unchanged scores give no alarm
 * @throws InputError if a period's length differs from the baseline's, or charts or rate are out of range
 * @see Montgomery, Introduction to Statistical Quality Control; Foster & Stine (2008), doi:10.1111/j.1467-9868.2007.00643.x
 * @example driftChart([1, 2, 3, 4], [{ name: "May", scores: [1, 3, 3, 4] }]).points[0]?.change // 0.25
 */
export function driftChart(
  baseline: readonly (number | null)[],
  periods: readonly DriftPeriod[],
  { falseAlarmRate = 0.05, charts = 1, clusters }: DriftChartOptions = {},
): DriftChart {
  if (clusters !== undefined && clusters.length !== baseline.length) {
    throw new InputError(`driftChart: ${clusters.length} clusters for ${baseline.length} anchor items`);
  }
  // Also checks the options where there is no period.
  alarmLevel(1, { falseAlarmRate, charts });
  const points = periods.map(({ name, scores }, i): DriftPoint => {
    if (scores.length !== baseline.length) {
      throw new InputError(
        `driftChart: period "${name}" has ${scores.length} scores for ${baseline.length} anchor items`,
        {
          hint: "The anchor set is frozen: pass null for an item that the judge could not score.",
        },
      );
    }
    const level = alarmLevel(i + 1, { falseAlarmRate, charts });
    return point(name, baseline, scores, clusters ?? scores.map((_, item) => item), level);
  });
  return { points, falseAlarmRate, charts };
}

function point(
  name: string,
  baseline: readonly (number | null)[],
  scores: readonly (number | null)[],
  clusters: readonly (string | number)[],
  level: number,
): DriftPoint {
  const changes = scores.flatMap((score, item) => {
    const before = baseline[item] ?? null;
    return score === null || before === null ? [] : [{ cluster: clusters[item]!, change: score - before }];
  });
  const n = changes.length;
  const nClusters = new Set(changes.map(({ cluster }) => cluster)).size;
  const shared = { name, level, n, nClusters };
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
  const limit = tCritical(1 - level, nClusters - 1) * standardError;
  const alarm = Math.abs(change) > limit && enoughChanged(changes, level);
  return { ...shared, change, standardError, limit, alarm, reason: null };
}

/** Whether changes that all have one sign would be rarer than the level if their signs were drawn by a coin. */
function enoughChanged(
  changes: readonly { readonly cluster: string | number; readonly change: number }[],
  level: number,
): boolean {
  const totals = new Map<string | number, number>();
  for (const { cluster, change } of changes) totals.set(cluster, (totals.get(cluster) ?? 0) + change);
  const changed = [...totals.values()].filter((total) => total !== 0).length;
  return 2 ** (1 - changed) <= level;
}
