import type { IntervalMethod } from "../messages/codes.js";
import { compositeFromMoments, type WeightedMoments } from "./composite-moments.js";

/** Groups of one stratum of a task or slice, and its weight. */
export type GroupStratum = WeightedMoments;

/** A mean over independent groups with its interval. */
export interface GroupMean {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
  /** Satterthwaite's, over groups and strata; null where the groups do not vary. */
  readonly degreesOfFreedom: number | null;
  /** Number of groups of equal weight whose mean would be as precise. */
  readonly effectiveGroups: number | null;
  /** Too few independent groups for any interval to be trusted: fewer than `fewGroupsBelow` effective ones. */
  readonly isFew: boolean;
  readonly method: IntervalMethod;
}

/** With fewer effective groups, one group decides almost alone: 5 equal ones, or one that has 45 % of all rows. */
export const fewGroupsBelow = 5;

/**
 * Mean over independent groups with its interval, for scores of one stratum and of several: the only rule for tasks,
 * dimensions, overall scores, specialties and conditions, so that a composite of one part has the interval of that part. The
 * interval is that of `compositeFromMoments` on [0, 1].
 *
 * @param strata at least one; those of weight 0 do not count
 * @returns undefined parts are null; `method` names the method that would apply
 * @see `scoreInterval`, `compositeFromMoments`
 * @example groupMean([{ weight: 1, moments: { nClusters: 10, sumS: 8, sumN: 10, sumSS: 8, sumSN: 8, sumNN: 10 } }]).lower // 0.4901624715
 */
export function groupMean(
  strata: readonly GroupStratum[],
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): GroupMean {
  const used = strata.filter(({ weight }) => weight > 0);
  const { reason: _, ...found } = compositeFromMoments(used, { confidence });
  return {
    ...found,
    isFew: found.effectiveGroups !== null && found.effectiveGroups < fewGroupsBelow,
    method: used.length === 1 ? "wilson-groups" : "score-groups",
  };
}
