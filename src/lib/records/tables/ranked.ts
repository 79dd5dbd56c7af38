import { comparisonReasons, rankMethods, rankReasons } from "../../messages/codes.js";
import { count, flag, integer, number, optional, parametersOf, share, type Table, text } from "./column.js";
import { identity, runColumns } from "./keys.js";

const scope = {
  scope: text("which composite", ["overall", "dimension"]),
  name: text("dimension; '' for overall"),
  basis: text(
    "as_scored = with the judge's grades unchanged; corrected = with the judge's grades corrected by people's ratings of the same answers",
    ["as_scored", "corrected"],
  ),
};

/** Ranks of runs among those that they can be compared with: equal place, board and identity. */
export const rankedTables = {
  ranks: {
    grain: "one run among the runs that it may be compared with, in one composite",
    key: ["run_id", "scope", "name", "basis"],
    columns: {
      ...runColumns,
      ...scope,
      estimate: optional(share("the score that is ranked")),
      rank: optional(integer("rank by the score; 1 is best, ties share the better rank")),
      rank_best: optional(integer("best rank that the data allow")),
      rank_worst: optional(
        integer(
          "worst rank that the data allow; all sets of the composite hold together with 95 % confidence",
        ),
      ),
      n_ranked: count("runs that are ranked together"),
      rank_method: optional(
        text(
          "how the sets were computed: joint-rank-sets = all sets hold together; marginal-rank-sets = each set holds on its own",
          rankMethods,
        ),
      ),
      reason: optional(text("why there is no rank", rankReasons)),
      reason_parameters: parametersOf("reason"),
      identity: identity.identity,
    },
    laws: {
      "a rank is inside its set": "rank BETWEEN rank_best AND rank_worst",
      "rank limits are among the ranked runs": "rank_best >= 1 AND rank_worst <= n_ranked",
      "a run has a rank or a reason": "(rank IS NULL) = (reason IS NOT NULL)",
    },
  },
  comparisons: {
    grain: "one pair of runs that may be compared, in one composite; the higher score first",
    key: ["run_id", "other_run_id", "scope", "name", "basis"],
    columns: {
      ...runColumns,
      other_run_id: text("run that it is compared with"),
      other_system: text("system of that run"),
      ...scope,
      difference: number("score of the run minus score of the other, never below 0"),
      lower: optional(number("lower end of the 95 % interval of this pair alone")),
      upper: optional(number("upper end of the 95 % interval of this pair alone")),
      standard_error: optional(number("standard error of the paired difference")),
      p: optional(
        share(
          "two-sided p-value for no difference, this pair alone; at most 0.05 where the interval excludes 0",
        ),
      ),
      p_holm: optional(share("the same after Holm over all pairs of the composite")),
      is_ordered: flag(
        "the run is better than the other with 95 % confidence over all pairs together: p_holm is at most 0.05. Rank sets and tiers follow from it",
      ),
      n_shared_groups: count("independent groups on which both have a score"),
      n_pairs: count("number of pairs in the composite, for all of which Holm corrects"),
      reason: optional(text("why there is no interval", comparisonReasons)),
      reason_parameters: parametersOf("reason"),
      identity: identity.identity,
    },
    laws: {
      "a difference is not negative": "difference >= 0",
      "an interval contains the difference": "difference BETWEEN lower AND upper",
      "no limit is beyond 100 points": "lower >= -1 AND upper <= 1",
      "adjusting never lowers a p-value": "p_holm >= p",
      "a pair is ordered where the adjusted p-value is at most 0.05":
        "is_ordered = coalesce(p_holm <= 0.05 AND difference > 0, FALSE)",
      "a pair has an interval or a reason": "(lower IS NULL) = (reason IS NOT NULL)",
    },
  },
} as const satisfies Record<string, Table>;
