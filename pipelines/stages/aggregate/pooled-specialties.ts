import type { Row } from "../../../src/lib/records/tables.js";
import type { ClusterMoments } from "../../../src/lib/stats/cluster-moments.js";
import {
  poolScores,
  type SharedDifficultyPart,
  sharedDifficulty,
} from "../../../src/lib/stats/pooling/pooled-scores.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery } from "../../warehouse/sql-files.js";

type Pooled =
  | "pooled"
  | "pooled_lower"
  | "pooled_upper"
  | "prior_mean"
  | "prior_sd"
  | "shrinkage"
  | "n_pooled_runs";

/** A specialty of a run before pooling; without moments if it has no score yet. */
export interface SpecialtyScore {
  readonly row: Omit<Row<"specialty_scores">, Pooled>;
  readonly moments: ClusterMoments | null;
}

/** What the runs of a board share on the questions of a specialty; see `sharedDifficulty`. */
export interface SharedPart extends SharedDifficultyPart {
  readonly board: string;
  readonly level: string;
}

/** Sums over the groups of a batch whose units are single groups; see `groupScores`. */
export function sharedDifficultyParts(engine: Engine): Promise<SharedPart[]> {
  return engine.rows<SharedPart>(readQuery(new URL("shared-difficulty.sql", import.meta.url)));
}

/**
 * Adds the partially pooled scores to the specialties of a place. The runs of a board share one model for each level of the
 * taxonomy; without `parts` (too many groups to keep), each run has a model of its own.
 */
export function pooledSpecialties(
  scores: readonly SpecialtyScore[],
  parts: readonly SharedPart[] | null,
  { confidence }: { readonly confidence: number },
): Row<"specialty_scores">[] {
  const pooled = new Map<SpecialtyScore, Pick<Row<"specialty_scores">, Pooled>>();
  const modelOf = ({ row }: SpecialtyScore) =>
    `${row.board}\0${row.level}\0${parts === null ? row.run_id : ""}`;
  for (const all of groupBy(scores, modelOf).values()) {
    const own = all.flatMap((score) => (score.moments === null ? [] : [{ score, moments: score.moments }]));
    const shared = (parts ?? []).filter(
      ({ board, level }) => board === all[0]?.row.board && level === all[0]?.row.level,
    );
    const { cells, nSystems } = poolScores(
      own.map(({ score, moments }) => ({ system: score.row.run_id, slice: score.row.specialty, moments })),
      { confidence, sharedDifficulty: sharedDifficulty(shared) },
    );
    for (const [i, { score }] of own.entries()) {
      const cell = cells[i];
      if (!cell) continue;
      pooled.set(score, {
        pooled: cell.estimate,
        pooled_lower: cell.lower,
        pooled_upper: cell.upper,
        prior_mean: cell.priorMean,
        prior_sd: cell.priorSd,
        shrinkage: cell.shrinkage,
        n_pooled_runs: nSystems,
      });
    }
  }
  return scores.map((score) => ({ ...score.row, ...(pooled.get(score) ?? unpooled) }));
}

const unpooled = {
  pooled: null,
  pooled_lower: null,
  pooled_upper: null,
  prior_mean: null,
  prior_sd: null,
  shrinkage: null,
  n_pooled_runs: null,
} as const;
