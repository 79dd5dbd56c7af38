import { InputError } from "../errors.js";
import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { tCritical } from "../util/special.js";

/** Mean difference between a judge and people (judge minus people) in one pool, over independent items. */
export interface PoolDistance {
  readonly estimate: number | null;
  readonly standardError: number | null;
  /** Independent rated items. */
  readonly nClusters: number;
}

/** The judge's drift between two pools. */
export interface PoolDrift {
  /** Difference in the other pool minus that in the base pool. */
  readonly change: number | null;
  readonly standardError: number | null;
  /** Control limits of the change under no drift: -limit and +limit. */
  readonly limit: number | null;
  readonly alarm: boolean | null;
  readonly reason: Message<"too-few-rated-items-in-pool"> | null;
}

/**
 * Tests whether a judge's difference from people has changed between two pools. Pools have no items in common, so the
 * two means are independent and their errors add in quadrature; t on the smaller pool's items minus one, the
 * conservative choice. The level is that of `alarmLevel`, so that the chance of any false alarm on all charts that are watched
 * together stays at the stated rate.
 *
 * @param level significance level of this comparison, two-sided, in (0, 1). Default 0.05
 * @returns nulls with a reason if a pool has fewer than two rated items
 * @throws InputError if the level is outside (0, 1)
 * @see `driftChart` for versions of a judge on the same answers
 * @example poolDrift({ estimate: 0.1, standardError: 0.03, nClusters: 40 }, { estimate: 0.3, standardError: 0.04, nClusters: 30 }, 0.05).standardError // 0.05
 */
export function poolDrift(base: PoolDistance, other: PoolDistance, level = 0.05): PoolDrift {
  if (!(level > 0 && level < 1)) {
    throw new InputError(`poolDrift: the level must be in (0, 1); got ${level}`, {
      hint: "Use alarmLevel(look, { falseAlarmRate, charts }).",
    });
  }
  const change = base.estimate === null || other.estimate === null ? null : other.estimate - base.estimate;
  if (base.standardError === null || other.standardError === null) {
    const reason = message("too-few-rated-items-in-pool");
    return { change, standardError: null, limit: null, alarm: null, reason };
  }
  const standardError = Math.hypot(base.standardError, other.standardError);
  const limit = tCritical(1 - level, Math.min(base.nClusters, other.nClusters) - 1) * standardError;
  return {
    change,
    standardError,
    limit,
    alarm: change === null ? null : Math.abs(change) > limit,
    reason: null,
  };
}
