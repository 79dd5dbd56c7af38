import {
  type CompositeCorrection,
  compositeCorrection,
  type JudgedPart,
} from "../../../src/lib/calibration/composite-correction.js";
import {
  type CorrectedComposite,
  judgedShare,
  withJudgeError,
} from "../../../src/lib/calibration/judge-error.js";
import type { RaterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import type { CorrectionReason, Message } from "../../../src/lib/messages/codes.js";
import { message, messageColumns } from "../../../src/lib/messages/message.js";
import { verdictKindOf } from "../../../src/lib/scorers/index.js";
import { groupInfluence } from "../../../src/lib/stats/group-influence.js";
import type { GroupMean } from "../../../src/lib/stats/group-mean.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { type GroupValues, stratumKey } from "../../groups/group-values.js";
import type { Versions } from "../../groups/task-groups.js";
import type { Engine } from "../../warehouse/engine.js";
import type { RunRatings } from "./run-ratings.js";
import type { TaskRow } from "./tasks.js";

/** What a composite's correction needs to know about its run. */
export interface CorrectionContext {
  readonly versions: Versions;
  readonly ratings: RunRatings | undefined;
  /** Numbers of the rated groups of the place, by `groupKey`. */
  readonly ratedGroups: ReadonlyMap<string, number>;
  readonly groups: GroupValues | null;
  readonly confidence: number;
  /** Smallest number of rated items. */
  readonly minimumRated: number;
}

/** A composite of tasks with the share of each, and of each part of a dataset (by `stratumKey`). */
export interface WeightedTasks {
  readonly tasks: readonly TaskRow[];
  readonly share: ReadonlyMap<string, number>;
  readonly weights: ReadonlyMap<string, number>;
}

/** What ratings say about a composite: for its own columns, and for ranks and comparisons. */
export interface CompositeRatings {
  /** Share of the composite that depends on the judge's grades. */
  readonly judged: number;
  readonly correction: CompositeCorrection | null;
  readonly severity: RaterSeverity | null;
  readonly corrected: CorrectedComposite | null;
  readonly reason: Message<CorrectionReason> | null;
}

export const groupKey = (dataset: string, groupId: string) => `${dataset}\0${groupId}`;

/** Numbers of the groups of the current place that have a rated answer, by `groupKey`. */
export async function ratedGroupsOf(engine: Engine): Promise<ReadonlyMap<string, number>> {
  const rows = await engine.rows<{ dataset: string; group_id: string; group_no: number }>(
    `SELECT p.dataset, p.group_id, p.group_no FROM place_groups AS p
     SEMI JOIN rated_answers AS r ON (r.dataset, r.group_id) = (p.dataset, p.group_id) ORDER BY p.group_no`,
  );
  return new Map(rows.map(({ dataset, group_id, group_no }) => [groupKey(dataset, group_id), group_no]));
}

/** Corrects a composite by the ratings of its run's answers: the only place that does, for scores, ranks and gates. */
export function ratingsOfComposite(
  interval: GroupMean | null,
  composite: WeightedTasks,
  context: CorrectionContext,
): CompositeRatings {
  const parts = judgedParts(composite, context.versions);
  const judged = parts.reduce((sum, { share }) => sum + share, 0);
  const none = (reason: Message<CorrectionReason> | null): CompositeRatings => ({
    ...{ judged, correction: null, severity: null, corrected: null, reason },
  });
  const { ratings, confidence } = context;
  if (judged === 0 || interval === null) return none(null);
  if (ratings === undefined) return none(message("no-ratings"));
  if (ratings.refusal !== null) return none(ratings.refusal);
  const shares = new Map(parts.map(({ part, perAnswer }) => [part, perAnswer]));
  const rated = ratings.answers.map(({ dataset, group_id, weight, ...answer }) => ({
    ...answer,
    part: dataset,
    cluster: groupKey(dataset, group_id),
    weight: weight * (shares.get(dataset) ?? 0),
  }));
  const { correction, reason } = compositeCorrection(parts, rated, {
    ...{ confidence, minimum: context.minimumRated },
    influence: influencesOf(rated, composite, context),
  });
  if (correction === null) return none(reason);
  const { severity } = ratings;
  const corrected = withJudgeError(interval, correction, severity, { confidence });
  return { judged, correction, severity, corrected, reason: null };
}

/** The columns of a composite that tell what ratings say about it. */
export function correctedColumns({ corrected, correction, reason }: CompositeRatings) {
  return {
    corrected: corrected?.estimate ?? null,
    corrected_lower: corrected?.lower ?? null,
    corrected_upper: corrected?.upper ?? null,
    corrected_raters: corrected?.raters ?? null,
    corrected_same_lower: corrected?.sameRaters.lower ?? null,
    corrected_same_upper: corrected?.sameRaters.upper ?? null,
    corrected_unrated_share: correction?.unratedShare ?? null,
    ...messageColumns("corrected_reason", reason),
  };
}

/**
 * The datasets whose scores depend on the judge's grades, with the share of the composite that these have: less where some
 * answers have a score without a judge, such as refusals. Key points count as unjudged; see `judgedShare`.
 */
function judgedParts({ tasks, share }: WeightedTasks, versions: Versions) {
  return tasks.flatMap((task): (JudgedPart & { readonly perAnswer: number })[] => {
    const components = (versions.get(task.dataset)?.components ?? []).map(({ scorer, weight }) => ({
      weight,
      isGraded: verdictKindOf(scorer) === "scale",
    }));
    const counted = task.n_expected - task.n_excluded;
    if (task.n_scored === 0 || counted <= 0) return [];
    const part = (share.get(task.dataset) ?? 0) * judgedShare(components);
    const judged = (part * Math.min(task.n_scored, counted)) / counted;
    return part === 0
      ? []
      : [
          {
            part: task.dataset,
            family: task.dimension,
            share: judged,
            answers: task.n_scored,
            perAnswer: part / counted,
          },
        ];
  });
}

/** What the rated groups contribute to the composite; none where groups were not kept: then so few are rated that it does not matter. */
function influencesOf(
  rated: readonly { readonly part: string; readonly cluster: string }[],
  { weights }: WeightedTasks,
  { groups, ratedGroups }: CorrectionContext,
): ReadonlyMap<string, number> {
  const influences = new Map<string, number>();
  if (groups === null) return influences;
  for (const [dataset, own] of groupBy(rated, ({ part }) => part)) {
    const clusters = new Map(own.map(({ cluster }) => [ratedGroups.get(cluster), cluster]));
    for (const [key, weight] of weights) {
      if (!key.startsWith(stratumKey(dataset, ""))) continue;
      const stratum = groups.get(key);
      if (stratum === undefined) continue;
      for (const [group, influence] of groupInfluence(stratum, new Set(clusters.keys()))) {
        const cluster = clusters.get(group) as string;
        influences.set(cluster, (influences.get(cluster) ?? 0) + weight * influence);
      }
    }
  }
  return influences;
}
